"""Acceptance and return: what waits, who decides, and what a decision is about."""

from __future__ import annotations

import asyncio
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from bot.domain.board import Tally
from bot.domain.delivery import NoticeState
from bot.domain.errors import NotFoundError
from bot.domain.ids import PersonId
from bot.domain.matters import Answer
from bot.domain.network import Role
from bot.domain.undoing import TIME_TO_UNDO
from bot.services.accept_reply import (
    AnswerAcceptedError,
)
from bot.services.ask_acceptance import ask_acceptance
from bot.services.review_answers import (
    DecidedAlreadyError,
    accept_shown,
    list_queue,
    next_in_queue,
)
from bot.services.undo_decision import undo_acceptance
from storage.database import Database
from storage.tables import notices, persons
from storage.task_tables import decisions
from tests.acting import actor_of
from tests.factories import NetworkFactory, SmallNetwork
from tests.opening import assignment, matter, open_task
from tests.services.reviewing import (
    LATER,
    accept,
    give_back,
    mark_of,
    open_reviewed_task,
    planned,
    say_done,
    tally,
)


async def test_an_answer_waits_and_the_coordinator_hears_of_many_at_once(
    database: Database, network: SmallNetwork
) -> None:
    occurrence = await open_reviewed_task(database, network)
    for school, person in ((network.school_1, network.coordinator_1), (network.school_2, network.coordinator_2)):
        done = await say_done(database, person, await assignment(database, occurrence, school=school))
        assert done.matter.is_in_review
        assert not done.matter.is_open, "nobody is reminded while it waits"

    assert await planned(database, "review:") == [(network.municipal, datetime(2026, 9, 7, 12, tzinfo=UTC))], (
        "one message at three in the afternoon, whatever their number"
    )
    assert await tally(database, network, occurrence) == Tally(in_review=2)
    queue = await list_queue(database, actor=await actor_of(database, network.municipal))
    assert [one.matter.assignment.unit_id for one in queue.answers] == [network.school_1, network.school_2]


@pytest.mark.parametrize(
    ("zone", "state", "again_at", "reason"),
    [
        (None, NoticeState.PLANNED, None, "that one will count it too"),
        (None, NoticeState.SENT, datetime(2026, 9, 8, 6, tzinfo=UTC), "one a day: tomorrow at nine"),
        (None, NoticeState.CANCELLED, datetime(2026, 9, 8, 6, tzinfo=UTC), "nothing waited: the next look"),
        ("Asia/Vladivostok", NoticeState.SENT, datetime(2026, 9, 8, 23, tzinfo=UTC), "his own clock, not the school's"),
    ],
)
async def test_a_reviewer_is_told_once_a_day_on_his_own_clock(
    database: Database,
    network: SmallNetwork,
    zone: str | None,
    state: NoticeState,
    again_at: datetime | None,
    reason: str,
) -> None:
    """The first at 15:00 in Moscow, or at nine the next day of Vladivostok; the second answer comes after it."""
    async with database.write() as tx:
        await tx._connection.execute(update(persons).where(persons.c.id == network.municipal).values(timezone=zone))
    occurrence = await open_reviewed_task(database, network)
    await say_done(database, network.coordinator_1, await assignment(database, occurrence, school=network.school_1))
    first = await planned(database, "review:")
    async with database.write() as tx:
        await tx._connection.execute(
            update(notices).where(notices.c.key.startswith("review:")).values(state=state.value, settled_at=first[0][1])
        )
    second = await assignment(database, occurrence, school=network.school_2)
    await say_done(database, network.coordinator_2, second, now=first[0][1] + timedelta(minutes=1))
    later = [at for _, at in await planned(database, "review:") if at != first[0][1]]
    assert later == ([again_at] if again_at else []), reason


async def test_accepted_it_is_in_time_and_locked_and_the_school_hears_when_it_can_be_undone_no_more(
    database: Database, network: SmallNetwork
) -> None:
    occurrence = await open_reviewed_task(database, network)
    owed = await assignment(database, occurrence, school=network.school_1)
    await say_done(database, network.coordinator_1, owed)

    reviewed = await accept(database, network.municipal, owed, await mark_of(database, owed))

    assert reviewed.matter.is_accepted
    assert await tally(database, network, occurrence) == Tally(in_time=1, silent=1)
    assert await planned(database, "accepted:") == [(network.coordinator_1, LATER + TIME_TO_UNDO)]
    with pytest.raises(AnswerAcceptedError):
        await say_done(database, network.coordinator_1, owed, Answer.IN_PROGRESS)


async def test_two_coordinators_decide_at_once_and_the_first_counts(
    database: Database, network: SmallNetwork, factory: NetworkFactory
) -> None:
    occurrence = await open_reviewed_task(database, network)
    owed = await assignment(database, occurrence, school=network.school_1)
    second = factory.person("Дёмин Олег Ильич", network.suzdal, Role.COORDINATOR)
    await say_done(database, network.coordinator_1, owed)
    mark = await mark_of(database, owed)

    outcomes = await asyncio.gather(
        accept(database, network.municipal, owed, mark),
        give_back(database, second, owed, mark),
        return_exceptions=True,
    )

    refused = [one for one in outcomes if isinstance(one, DecidedAlreadyError)]
    assert len(refused) == 1
    assert refused[0].decision.decided_by in ("Белов Пётр Андреевич", "Дёмин Олег Ильич")
    async with database.read() as tx:
        assert len((await tx._connection.execute(select(decisions.c.id))).all()) == 1


async def test_the_same_update_decides_once(database: Database, network: SmallNetwork) -> None:
    occurrence = await open_reviewed_task(database, network)
    owed = await assignment(database, occurrence, school=network.school_1)
    await say_done(database, network.coordinator_1, owed)
    mark = await mark_of(database, owed)

    first = await give_back(database, network.municipal, owed, mark)
    again = await give_back(database, network.municipal, owed, mark)

    assert again.decision_id == first.decision_id
    assert len(await planned(database, "returned:")) == 1


@pytest.mark.parametrize("field", ["coordinator_1", "coordinator_2", "teacher_1", "amur_regional"])
async def test_nobody_but_those_above_decides(database: Database, network: SmallNetwork, field: str) -> None:
    occurrence = await open_reviewed_task(database, network)
    owed = await assignment(database, occurrence, school=network.school_1)
    await say_done(database, network.coordinator_1, owed)
    mark = await mark_of(database, owed)
    with pytest.raises(NotFoundError):
        await accept(database, getattr(network, field), owed, mark)
    with pytest.raises(NotFoundError):
        await give_back(database, getattr(network, field), owed, mark)


async def test_a_school_does_not_find_its_own_answers_among_those_to_accept(
    database: Database, network: SmallNetwork
) -> None:
    occurrence = await open_reviewed_task(database, network)
    await say_done(database, network.coordinator_1, await assignment(database, occurrence, school=network.school_1))
    assert (await list_queue(database, actor=await actor_of(database, network.coordinator_1))).total == 0
    assert (await list_queue(database, actor=await actor_of(database, network.regional))).total == 1


async def test_a_wrong_tap_is_taken_back_at_once_and_only_by_who_made_it(
    database: Database, network: SmallNetwork, factory: NetworkFactory
) -> None:
    occurrence = await open_reviewed_task(database, network)
    owed = await assignment(database, occurrence, school=network.school_1)
    second = factory.person("Дёмин Олег Ильич", network.suzdal, Role.COORDINATOR)
    await say_done(database, network.coordinator_1, owed)
    accepted = await accept(database, network.municipal, owed, await mark_of(database, owed))

    async def undo(person: PersonId, after: timedelta, source: str) -> None:
        await undo_acceptance(
            database,
            actor=await actor_of(database, person),
            decision_id=accepted.decision_id,
            source=source,
            now=LATER + after,
        )

    with pytest.raises(DecidedAlreadyError):
        await undo(second, timedelta(minutes=1), "another's")
    with pytest.raises(DecidedAlreadyError):
        await undo(network.municipal, TIME_TO_UNDO, "too late")
    await undo(network.municipal, timedelta(minutes=1), "u1")
    await undo(network.municipal, timedelta(minutes=2), "u1")
    assert (await matter(database, owed)).is_in_review


async def test_a_page_is_accepted_at_once_without_what_came_since_and_without_not_ours(
    database: Database, network: SmallNetwork
) -> None:
    occurrence = await open_reviewed_task(database, network)
    schools = (
        (network.school_1, network.coordinator_1, Answer.DONE, None),
        (network.school_2, network.coordinator_2, Answer.NOT_OURS, "не наше"),
        (network.school_3, network.coordinator_3, Answer.DONE, None),
    )
    owed = {}
    for school, person, answer, text in schools:
        owed[school] = await assignment(database, occurrence, school=school)
        await say_done(database, person, owed[school], answer, text)
    actor = await actor_of(database, network.regional)
    shown = await list_queue(database, actor=actor)
    changed = LATER + timedelta(minutes=1)
    await say_done(database, network.coordinator_3, owed[network.school_3], Answer.NOTHING_TO_REPORT, now=changed)
    marks = [one.mark.reply_id for one in shown.answers]

    taken = await accept_shown(
        database, actor=actor, first=marks[0], last=marks[-1], occurrence_id=None, source="u1", now=changed
    )

    assert taken == 1, "the third has answered anew since, the second is decided by itself"
    assert (await matter(database, owed[network.school_1])).is_accepted
    following = await next_in_queue(database, actor=actor, after=marks[0])
    assert following is not None
    assert following.matter.assignment.id == owed[network.school_2]


async def test_acceptance_is_asked_for_after_planning_and_answers_given_before_wait_too(
    database: Database, network: SmallNetwork
) -> None:
    occurrence = await open_task(database, network)
    owed = await assignment(database, occurrence, school=network.school_1)
    await say_done(database, network.coordinator_1, owed)
    activity_id = (await matter(database, owed)).activity_id
    for person, is_refused in ((network.municipal, True), (network.regional, False)):
        actor = await actor_of(database, person)
        with pytest.raises(NotFoundError) if is_refused else nullcontext():
            await ask_acceptance(database, actor=actor, activity_id=activity_id, is_needed=True, now=LATER)
    assert (await matter(database, owed)).is_in_review
    assert await tally(database, network, occurrence) == Tally(in_review=1, silent=1)
