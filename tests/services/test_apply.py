"""Applying to a selection by its use cases: who may, until when, and what becomes of it with him."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.ids import PersonId
from bot.domain.matters import Answer
from bot.domain.selection import (
    Application,
    ApplicationMovedError,
    ApplicationsStandError,
    ApplicationState,
    DecisionToldError,
    Selection,
    TooManyApplicationsError,
)
from bot.services.accept_reply import GivenReply, MatterClosedError, accept_reply
from bot.services.apply import own_application
from bot.services.change_bounds import prolong_selection
from bot.services.change_profile import erase_own_data
from bot.services.list_matters import list_matters
from bot.services.move_occurrence import DateClosedError
from bot.services.select_applicants import (
    end_selection,
    export_selection,
    next_waiting,
    read_application,
)
from storage.database import Database
from tests.acting import actor_of
from tests.calendar_days import MONDAY
from tests.factories import SmallNetwork
from tests.opening import matter
from tests.selections import announced, applied, applied_as, asked, decided, told, withdrawn

MOSCOW = ZoneInfo("Europe/Moscow")
WAITING, MAIN, RESERVE, DECLINED, WITHDRAWN = ApplicationState
PLACES = Selection(places=1, reserve=1)
BY_SCHOOLS = Selection(places=3, reserve=2, most_each=2)


async def test_who_has_applied_has_answered_and_is_found_among_those_who_wait(
    database: Database, network: SmallNetwork
) -> None:
    selection = await announced(database, network, PLACES)
    assert await _open(database, network.teacher_1) == 1
    one = await applied_as(database, selection, network.teacher_1)
    assert (one.state, one.person_name, one.part_title) == (WAITING, "Смирнова Дарья Павловна", "Суздальский район")
    assert await _open(database, network.teacher_1) == 0, "nobody reminds him any more"
    actor = await actor_of(database, network.regional)
    read = await next_waiting(database, actor=actor, occurrence_id=selection)
    assert read is not None
    assert read.submission is not None
    assert [given.value.text for given in read.submission.given.values()] == ["Я", "Хочу"]


async def test_a_school_sends_as_many_as_it_may_each_under_its_own_name(
    database: Database, network: SmallNetwork
) -> None:
    selection = await announced(database, network, BY_SCHOOLS, by_schools=True)
    school = await asked(database, selection, school=network.school_1)
    await applied(database, school, network.coordinator_1, "Петров Иван")
    both = await applied(database, school, network.coordinator_1, "Седова Анна", "Любит химию")
    assert [(one.number, one.about) for one in both] == [(1, "Петров Иван"), (2, "Седова Анна")]
    with pytest.raises(TooManyApplicationsError):
        await applied(database, school, network.coordinator_1, "Третий")
    await withdrawn(database, network.coordinator_1, both[0])
    left = await applied(database, school, network.coordinator_1, "Третий")
    assert [one.about for one in left] == ["Седова Анна", "Третий"], "the place of the one taken back is free"


async def test_an_application_is_corrected_until_the_decision_is_announced(
    database: Database, network: SmallNetwork
) -> None:
    selection = await announced(database, network, BY_SCHOOLS, by_schools=True)
    school = await asked(database, selection, school=network.school_1)
    (one,) = await applied(database, school, network.coordinator_1, "Петров Иван", "Хочет")
    await decided(database, network.regional, one, MAIN)
    (corrected,) = await applied(database, school, network.coordinator_1, "Петров Илья", correcting=one.id)
    assert (corrected.id, corrected.about, corrected.state) == (one.id, "Петров Илья", WAITING)
    actor = await actor_of(database, network.coordinator_1)
    own = await own_application(database, actor=actor, application_id=one.id, now=MONDAY)
    assert own.submission is not None
    said = {key: given.value.text for key, given in own.submission.given.items()}
    assert said == {"name": "Петров Илья", "why": "Хочет"}, "what was not corrected stays"
    with pytest.raises(ApplicationMovedError):
        await decided(database, network.regional, one, DECLINED)
    await decided(database, network.regional, corrected, MAIN)
    await told(database, network.regional, selection)
    with pytest.raises(DecisionToldError):
        await applied(database, school, network.coordinator_1, "Поздно", correcting=one.id)


async def test_nothing_is_taken_after_the_term_and_a_place_is_given_back_at_any_time(
    database: Database, network: SmallNetwork
) -> None:
    selection = await announced(database, network, PLACES, until="до 15 сентября")
    one = await applied_as(database, selection, network.teacher_1)
    later = MONDAY + timedelta(days=9)
    with pytest.raises(MatterClosedError):
        await applied_as(database, selection, network.teacher_2, now=later)
    await withdrawn(database, network.teacher_1, one, now=later)
    await withdrawn(database, network.teacher_1, one, now=later)
    assert (await _one(database, network, one)).state is WITHDRAWN


async def test_a_selection_that_has_run_out_is_prolonged(database: Database, network: SmallNetwork) -> None:
    selection = await announced(database, network, PLACES, until="до 15 сентября")
    actor = await actor_of(database, network.regional)
    later = MONDAY + timedelta(days=9)
    for _ in range(2):
        await prolong_selection(database, actor=actor, occurrence_id=selection, words="до 20 сентября", now=later)
    one = await applied_as(database, selection, network.teacher_1, now=later)
    assert one.state is WAITING
    await end_selection(database, actor=actor, occurrence_id=selection, version=2, now=later)
    with pytest.raises(DateClosedError):
        await prolong_selection(database, actor=actor, occurrence_id=selection, words="до 25 сентября", now=later)


async def test_who_takes_no_part_says_so_and_may_think_again(database: Database, network: SmallNetwork) -> None:
    selection = await announced(database, network, PLACES)
    given = await asked(database, selection, person=network.teacher_1)
    actor = await actor_of(database, network.teacher_1)
    reply = GivenReply(given, Answer.NOT_APPLYING)
    await accept_reply(database, actor=actor, reply=reply, source="test:no", now=MONDAY)
    assert await _open(database, network.teacher_1) == 0
    one = await applied_as(database, selection, network.teacher_1)
    with pytest.raises(ApplicationsStandError):
        await accept_reply(database, actor=actor, reply=reply, source="test:no again", now=MONDAY)
    await withdrawn(database, network.teacher_1, one)
    assert (await matter(database, given)).assignment.answer is Answer.NOT_APPLYING


async def test_his_applications_are_in_his_file_and_go_with_him(database: Database, network: SmallNetwork) -> None:
    selection = await announced(database, network, Selection(places=2))
    first, second = [await applied_as(database, selection, who) for who in (network.teacher_1, network.teacher_2)]
    await decided(database, network.regional, second, MAIN)
    await decided(database, network.regional, first, DECLINED, reason="Нет стажа")
    assert await _decisions_in_file(database, network.teacher_1) == [(None, None)], "not announced, not his to read"
    await told(database, network.regional, selection)
    assert await _decisions_in_file(database, network.teacher_1) == [("declined", "Нет стажа")]
    await erase_own_data(database, actor=await actor_of(database, network.teacher_1), now=MONDAY)
    await erase_own_data(database, actor=await actor_of(database, network.teacher_2), now=MONDAY)
    actor = await actor_of(database, network.regional)
    export = await export_selection(database, actor=actor, occurrence_id=selection)
    left = {one.id: one for one in export.view.applications}
    assert (left[first.id].reason, left[first.id].person_name) == (None, "")
    assert left[second.id].state is WITHDRAWN, "the place of one who is gone is free"
    words = [given.value.text for one in export.submissions.values() for given in one.given.values()]
    assert set(words) == {None}


async def _open(database: Database, person: PersonId) -> int:
    actor = await actor_of(database, person)
    return (await list_matters(database, actor=actor, answered=False, page=1, reader=MOSCOW, now=MONDAY)).total


async def _one(database: Database, network: SmallNetwork, one: Application) -> Application:
    actor = await actor_of(database, network.regional)
    return (await read_application(database, actor=actor, application_id=one.id)).application


async def _decisions_in_file(database: Database, person: PersonId) -> list[tuple[str | None, str | None]]:
    async with database.read() as tx:
        exported = await tx.people.export(person)
    return [(one["decision"], one["reason"]) for one in exported["applications"]]
