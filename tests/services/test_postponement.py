"""«Прошу перенести»: what a school may ask, who decides, and what follows for this one alone."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta

import pytest
from sqlalchemy import update

from bot.domain.calendar import WorkCalendar
from bot.domain.errors import NotFoundError
from bot.domain.network import Role
from bot.domain.own_terms import TermNoLaterError, TermPastError
from bot.domain.reviewing import AssignmentRequestState
from bot.services.accept_reply import MatterClosedError
from bot.services.request_postponement import (
    AskedAlreadyError,
    NothingToPostponeError,
    RequestDecidedError,
    withdraw_postponement,
)
from bot.services.show_history import show_history
from storage.database import Database
from storage.tables import assignments, occurrences
from tests.acting import actor_of
from tests.factories import NetworkFactory, SmallNetwork
from tests.opening import IN_A_WEEK, assignment, matter, open_task, open_webinar
from tests.planning import plan_notices
from tests.services.postponing import (
    END_OF_FRIDAY,
    FRIDAY,
    LATER,
    answer,
    ask,
    decide,
    owed_by_school_1,
    steps,
    told,
)


async def test_the_request_reaches_the_nearest_above_and_changes_no_term_yet(
    database: Database, network: SmallNetwork
) -> None:
    _, owed = await owed_by_school_1(database, network)

    asked = await ask(database, network.coordinator_1, owed)

    assert asked.deciders == 1
    assert await told(database, "postpone:") == [network.municipal]
    assert asked.matter.due_at == IN_A_WEEK, "the old term stands until it is decided"
    assert asked.matter.is_open, "and reminders go on"
    assert asked.matter.reviewing.wanted_on == FRIDAY


async def test_forty_schools_that_ask_do_not_ring_forty_times(
    database: Database, network: SmallNetwork, factory: NetworkFactory
) -> None:
    asking = [
        (factory.person(f"Просителев Пётр {number}", school, Role.COORDINATOR), school)
        for number in range(4)
        for school in [factory.unit(f"Школа № {number + 10}", parent=network.suzdal)]
    ]
    occurrence = await open_task(database, network)
    for person, school in asking:
        await ask(database, person, await assignment(database, occurrence, school=school), source=f"u{person}")

    assert await told(database, "postpone:") == [network.municipal] * 2, "the first two come with their buttons"
    assert await told(database, "review:") == [network.municipal], "the rest in one message about all that waits"
    tomorrow = LATER + timedelta(days=1, minutes=1)
    owed = await assignment(database, occurrence, school=network.school_1)
    await ask(database, network.coordinator_1, owed, source="tomorrow", now=tomorrow)
    assert await told(database, "postpone:") == [network.municipal] * 3, "a day later one comes alone again"


async def test_the_same_update_asks_once_and_a_second_request_has_to_wait(
    database: Database, network: SmallNetwork, factory: NetworkFactory
) -> None:
    _, owed = await owed_by_school_1(database, network)
    colleague = factory.person("Орехова Инна Львовна", network.school_1, Role.COORDINATOR)
    first = await ask(database, network.coordinator_1, owed)

    again = await ask(database, network.coordinator_1, owed)
    assert again.is_repeat
    assert again.request == first.request
    with pytest.raises(AskedAlreadyError):
        await ask(database, colleague, owed, source="u2")
    assert await told(database, "postpone:") == [network.municipal]


async def test_granted_it_moves_the_ladder_of_this_school_alone(database: Database, network: SmallNetwork) -> None:
    occurrence, owed = await owed_by_school_1(database, network)
    other = await assignment(database, occurrence, school=network.school_2)
    await plan_notices(database, days=WorkCalendar(), now=LATER)
    before = await steps(database, owed)
    assert before == {"planned": ["11.09 v0", "14.09 v0"]}
    asked = await ask(database, network.coordinator_1, owed)

    view = await decide(database, network.municipal, asked)
    await plan_notices(database, days=WorkCalendar(), now=LATER + timedelta(hours=1))

    assert view.is_new
    assert (view.matter.due_on, view.matter.due_at, view.matter.first_on) == (FRIDAY, END_OF_FRIDAY, date(2026, 9, 14))
    after = await steps(database, owed)
    assert after["cancelled"] == ["11.09 v0", "14.09 v0"]
    assert after["planned"] == ["11.09 v1", "15.09 v1", "17.09 v1", "18.09 v1"]
    assert await steps(database, other) == before, "nobody else is moved"
    assert await told(database, "postponed:") == [network.coordinator_1]


async def test_of_two_coordinators_the_first_decides(
    database: Database, network: SmallNetwork, factory: NetworkFactory
) -> None:
    _, owed = await owed_by_school_1(database, network)
    second = factory.person("Дёмин Олег Ильич", network.suzdal, Role.COORDINATOR)
    asked = await ask(database, network.coordinator_1, owed)

    views = await asyncio.gather(
        decide(database, network.municipal, asked), decide(database, second, asked, granted_on=None)
    )

    assert sorted(view.is_new for view in views) == [False, True]
    winner = next(view for view in views if view.is_new)
    loser = next(view for view in views if not view.is_new)
    assert loser.request == winner.request, "the other one sees what was decided, and by whom"
    assert len(await told(database, "postponed:")) == 1, "the school is told once"


async def test_refused_the_term_stays(database: Database, network: SmallNetwork) -> None:
    _, owed = await owed_by_school_1(database, network)
    view = await decide(database, network.municipal, await ask(database, network.coordinator_1, owed), None)
    assert view.request.state is AssignmentRequestState.REFUSED
    assert view.matter.due_at == IN_A_WEEK
    assert view.matter.first_on is None
    assert await told(database, "postponed:") == [network.coordinator_1]


@pytest.mark.parametrize(
    ("field", "reason"),
    [
        ("coordinator_1", "the school itself does not grant what it asked for"),
        ("coordinator_2", "the school next door"),
        ("teacher_1", "a teacher of the school"),
        ("amur_regional", "another region"),
    ],
)
async def test_only_those_above_decide(database: Database, network: SmallNetwork, field: str, reason: str) -> None:
    _, owed = await owed_by_school_1(database, network)
    asked = await ask(database, network.coordinator_1, owed)
    with pytest.raises(NotFoundError):
        await decide(database, getattr(network, field), asked)
    assert (await matter(database, owed)).due_at == IN_A_WEEK, reason


@pytest.mark.parametrize(
    ("wanted", "error"),
    [
        pytest.param(date(2026, 9, 14), TermNoLaterError, id="the term itself"),
        pytest.param(date(2026, 9, 10), TermNoLaterError, id="before the term"),
        pytest.param(date(2026, 9, 1), TermPastError, id="in the past"),
    ],
)
async def test_what_cannot_be_asked_for(
    database: Database, network: SmallNetwork, wanted: date, error: type[Exception]
) -> None:
    _, owed = await owed_by_school_1(database, network)
    with pytest.raises(error):
        await ask(database, network.coordinator_1, owed, wanted)


async def test_an_event_and_an_answered_matter_have_no_term_to_move(database: Database, network: SmallNetwork) -> None:
    webinar = await open_webinar(database, network)
    with pytest.raises(NothingToPostponeError):
        await ask(database, network.teacher_1, await assignment(database, webinar, person=network.teacher_1))
    _, owed = await owed_by_school_1(database, network)
    await answer(database, network.coordinator_1, owed)
    with pytest.raises(NothingToPostponeError):
        await ask(database, network.coordinator_1, owed, source="u5")


async def test_a_final_answer_ends_the_request(database: Database, network: SmallNetwork) -> None:
    _, owed = await owed_by_school_1(database, network)
    asked = await ask(database, network.coordinator_1, owed)
    await answer(database, network.coordinator_1, owed)

    view = await decide(database, network.municipal, asked)

    assert not view.is_new
    assert view.request.state is AssignmentRequestState.WITHDRAWN
    assert view.matter.due_at == IN_A_WEEK


async def test_taken_back_it_is_decided_no_more_and_can_be_asked_anew(
    database: Database, network: SmallNetwork
) -> None:
    _, owed = await owed_by_school_1(database, network)
    asked = await ask(database, network.coordinator_1, owed)
    actor = await actor_of(database, network.coordinator_1)

    changed = await withdraw_postponement(database, actor=actor, request_id=asked.request.id, now=LATER)

    assert changed.reviewing.wanted_on is None
    with pytest.raises(RequestDecidedError):
        await withdraw_postponement(database, actor=actor, request_id=asked.request.id, now=LATER)
    assert not (await decide(database, network.municipal, asked)).is_new
    assert (await ask(database, network.coordinator_1, owed, source="u2")).request.id != asked.request.id


async def test_the_history_tells_who_asked_and_who_decided(database: Database, network: SmallNetwork) -> None:
    _, owed = await owed_by_school_1(database, network)
    await decide(database, network.municipal, await ask(database, network.coordinator_1, owed))
    for person, is_above in ((network.coordinator_1, False), (network.municipal, True)):
        history = await show_history(database, actor=await actor_of(database, person), assignment_id=owed)
        assert [(one.kind.value, one.what, one.name, one.text) for one in history.entries] == [
            ("request", "", "Зимина Анна Олеговна", "болеет завуч"),
            ("request_decided", "granted", "Белов Пётр Андреевич", None),
        ]
        assert history.is_above is is_above
    with pytest.raises(NotFoundError):
        await show_history(
            database, actor=await actor_of(database, network.coordinator_2), assignment_id=owed
        )  # fmt: skip


@pytest.mark.parametrize("end", ["cancelled", "withdrawn"])
async def test_what_is_owed_no_more_gets_no_other_term(database: Database, network: SmallNetwork, end: str) -> None:
    occurrence, owed = await owed_by_school_1(database, network)
    asked = await ask(database, network.coordinator_1, owed)
    async with database.write() as tx:
        if end == "cancelled":
            ended = update(occurrences).where(occurrences.c.id == occurrence).values(state="cancelled")
        else:
            ended = update(assignments).where(assignments.c.id == owed).values(withdrawn_at=LATER)
        await tx._connection.execute(ended)
    with pytest.raises(MatterClosedError):
        await decide(database, network.municipal, asked)
    assert (await matter(database, owed)).due_at == IN_A_WEEK
    assert await told(database, "postponed:") == [], "nobody hears of a term of what he does not owe"
