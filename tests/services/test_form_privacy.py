"""What somebody wrote into forms is his: he gets it in a file, and it goes when he asks."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import select

from bot.domain.forms import AskedState, Question, QuestionKind
from bot.domain.network import Role
from bot.services.ask_about_form import ask_about_form
from bot.services.change_profile import erase_own_data, leave_network
from bot.services.show_people import remove_member
from storage.database import Database
from storage.tables import notices
from tests.acting import actor_of
from tests.calendar_days import MONDAY
from tests.factories import NetworkFactory, SmallNetwork
from tests.forms import MENTORS, ORDER, begin, say, task_with_form

NOTE = Question("note", QuestionKind.TEXT, "Что мешает?")
PAGE = Question("page", QuestionKind.LINK, "Страница")


async def test_the_file_of_a_person_has_what_he_answered(database: Database, network: SmallNetwork) -> None:
    filling = await begin(database, network.coordinator_1, await task_with_form(database, network, (MENTORS, NOTE)))
    await say(database, network.coordinator_1, filling, 0, "21")
    await say(database, network.coordinator_1, filling, 1, "нет кабинета")
    async with database.read() as tx:
        exported = await tx.people.export(network.coordinator_1)
    answers = [(row["question"], row["text"], row["number"]) for row in exported["form_answers"]]
    assert answers == [("mentors", "21", 21), ("note", "нет кабинета", None)]


async def test_his_words_go_and_the_figures_of_the_school_stay(
    database: Database, network: SmallNetwork, factory: NetworkFactory
) -> None:
    owed = await task_with_form(database, network, (MENTORS, ORDER, NOTE, PAGE))
    second = factory.person("Юдина Мария Львовна", network.school_1, Role.COORDINATOR)
    filling = await begin(database, network.coordinator_1, owed)
    for place, words in enumerate(("21", "да", "болею с мая", "vk.com/zimina")):
        await say(database, network.coordinator_1, filling, place, words)
    await erase_own_data(database, actor=await actor_of(database, network.coordinator_1), now=MONDAY)
    given = (await begin(database, second, owed)).submission.given
    assert given["mentors"].value.number == 21
    assert given["order"].value.text == "да"
    assert given["note"].value.is_skipped
    assert given["page"].value.is_skipped
    assert {one.full_name for one in given.values()} == {""}


async def erased(database: Database, network: SmallNetwork) -> None:
    await erase_own_data(database, actor=await actor_of(database, network.teacher_1), now=MONDAY)


async def left(database: Database, network: SmallNetwork) -> None:
    await leave_network(database, actor=await actor_of(database, network.teacher_1), now=MONDAY)


async def put_out(database: Database, network: SmallNetwork) -> None:
    async with database.read() as tx:
        [membership] = await tx.memberships.of_person(network.teacher_1)
    actor = await actor_of(database, network.coordinator_1)
    await remove_member(database, actor=actor, membership_id=membership.id, now=MONDAY)


@pytest.mark.parametrize("go", [erased, left, put_out])
async def test_who_asked_a_colleague_hears_that_he_is_gone(
    database: Database, network: SmallNetwork, go: Callable[[Database, SmallNetwork], Awaitable[None]]
) -> None:
    owed = await task_with_form(database, network)
    filling = await begin(database, network.coordinator_1, owed)
    await ask_about_form(
        database,
        actor=await actor_of(database, network.coordinator_1),
        submission_id=filling.submission.id,
        place=0,
        colleague_id=network.teacher_1,
        now=MONDAY,
    )
    await go(database, network)
    asked = (await begin(database, network.coordinator_1, owed)).asked["mentors"]
    assert asked.state is AskedState.DECLINED
    async with database.read() as tx:
        told = await tx._connection.execute(select(notices.c.person_id).where(notices.c.key.endswith(":declined")))
        assert told.scalars().all() == [network.coordinator_1]
