"""«Прошу перенести»: what a school may ask, who decides, and what follows for this one alone."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, update

from bot.domain.board import Tally
from bot.domain.calendar import WorkCalendar
from bot.domain.calendar_entries import calendar_entry
from bot.domain.errors import NotFoundError
from bot.domain.ids import AssignmentId, OccurrenceId, PersonId
from bot.domain.matters import Answer
from bot.domain.network import Role
from bot.domain.own_terms import TermNoLaterError, TermPastError
from bot.domain.reviewing import AssignmentRequestState
from bot.services.accept_reply import GivenReply, MatterClosedError, accept_reply
from bot.services.decide_postponement import RequestView, decide_postponement
from bot.services.move_occurrence import move_occurrence
from bot.services.plan_notices import note_newcomers, plan_notices
from bot.services.request_postponement import (
    AskedAlreadyError,
    AskedPostponement,
    NothingToPostponeError,
    RequestDecidedError,
    ask_postponement,
    withdraw_postponement,
)
from bot.services.show_history import show_history
from storage.database import Database
from storage.tables import assignments, notices, occurrences
from tests.acting import actor_of
from tests.calendar_days import MONDAY
from tests.factories import NetworkFactory, SmallNetwork
from tests.opening import IN_A_WEEK, assignment, matter, open_task, open_webinar

LATER = MONDAY + timedelta(hours=1)
MOSCOW = ZoneInfo("Europe/Moscow")
FRIDAY = date(2026, 9, 18)
END_OF_FRIDAY = datetime(2026, 9, 18, 20, 59, 59, tzinfo=UTC)


async def ask(
    database: Database,
    person: PersonId,
    owed: AssignmentId,
    wanted_on: date = FRIDAY,
    *,
    reason: str | None = "болеет завуч",
    source: str = "u1",
    now: datetime = LATER,
) -> AskedPostponement:
    return await ask_postponement(
        database,
        actor=await actor_of(database, person),
        assignment_id=owed,
        wanted_on=wanted_on,
        phrase=None,
        reason=reason,
        source=source,
        now=now,
    )


async def decide(
    database: Database, person: PersonId, asked: AskedPostponement, granted_on: date | None = FRIDAY
) -> RequestView:
    return await decide_postponement(
        database,
        actor=await actor_of(database, person),
        request_id=asked.request.id,
        granted_on=granted_on,
        now=LATER + timedelta(hours=1),
    )


async def steps(database: Database, owed: AssignmentId) -> dict[str, list[str]]:
    """The days (and versions of the term) of the reminders of one assignment, by state."""
    async with database.read() as tx:
        rows = await tx._connection.execute(
            select(notices.c.state, notices.c.due_at, notices.c.assignment_due_version)
            .where(notices.c.assignment_id == owed, notices.c.kind.in_(["reminder", "today"]))
            .order_by(notices.c.due_at)
        )
        found: dict[str, list[str]] = {}
        for row in rows:
            found.setdefault(row.state, []).append(f"{row.due_at:%d.%m} v{row.assignment_due_version}")
        return found


async def told(database: Database, prefix: str) -> list[PersonId]:
    async with database.read() as tx:
        rows = await tx._connection.execute(select(notices.c.person_id).where(notices.c.key.startswith(prefix)))
        return [PersonId(i) for i in rows.scalars()]


async def owed_by_school_1(database: Database, network: SmallNetwork) -> tuple[OccurrenceId, AssignmentId]:
    occurrence = await open_task(database, network)
    return occurrence, await assignment(database, occurrence, school=network.school_1)


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


async def test_the_board_counts_it_apart_and_measures_lateness_by_its_own_term(
    database: Database, network: SmallNetwork
) -> None:
    occurrence, owed = await owed_by_school_1(database, network)
    await decide(database, network.municipal, await ask(database, network.coordinator_1, owed))

    async def tally() -> Tally:
        async with database.read() as tx:
            line = await tx.board.line(occurrence, [await path_of(database, network)])
        assert line is not None
        return line.tally

    assert await tally() == Tally(postponed=1, silent=1)
    await answer(database, network.coordinator_1, owed, now=datetime(2026, 9, 17, 9, tzinfo=UTC))
    assert await tally() == Tally(in_time=1, silent=1), "after the term of the others, before its own"


async def test_it_is_silent_only_once_its_own_term_has_passed(database: Database, network: SmallNetwork) -> None:
    occurrence, owed = await owed_by_school_1(database, network)
    await decide(database, network.municipal, await ask(database, network.coordinator_1, owed))
    scope = [await path_of(database, network)]
    async with database.read() as tx:
        on_tuesday = await tx.planning.silent_units(occurrence, scope, at=datetime(2026, 9, 15, 6, tzinfo=UTC))
        on_saturday = await tx.planning.silent_units(occurrence, scope, at=datetime(2026, 9, 19, 6, tzinfo=UTC))
    assert [title for title, _ in on_tuesday] == ["Школа № 2 г. Суздаля"]
    assert [title for title, _ in on_saturday] == ["Школа № 1 г. Суздаля", "Школа № 2 г. Суздаля"]


async def test_the_calendar_follows_and_its_sequence_grows(database: Database, network: SmallNetwork) -> None:
    _, owed = await owed_by_school_1(database, network)
    before = calendar_entry(await matter(database, owed), MOSCOW)
    await decide(database, network.municipal, await ask(database, network.coordinator_1, owed))
    after = calendar_entry(await matter(database, owed), MOSCOW)
    assert (before.begins, after.begins) == (date(2026, 9, 14), FRIDAY)
    assert after.version > before.version
    assert after.key == before.key


async def test_a_date_that_moves_beyond_a_term_of_ones_own_takes_it_along(
    database: Database, network: SmallNetwork
) -> None:
    occurrence, owed = await owed_by_school_1(database, network)
    await decide(database, network.municipal, await ask(database, network.coordinator_1, owed))
    version = (await matter(database, owed)).due_version
    await move_occurrence(
        database,
        actor=await actor_of(database, network.regional),
        occurrence_id=occurrence,
        version=1,
        due_at=datetime(2026, 9, 25, 20, 59, 59, tzinfo=UTC),
        due_on=date(2026, 9, 25),
        has_time=False,
        now=LATER + timedelta(hours=2),
    )
    moved = await matter(database, owed)
    assert moved.due_on == date(2026, 9, 25)
    assert moved.first_on is None
    assert moved.due_version > version, "what was planned for the older term is stale"


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


async def test_a_reminder_of_the_old_term_that_was_claimed_late_is_not_sent(
    database: Database, network: SmallNetwork
) -> None:
    """The judge asks for the version of the term too, however the notice escaped the cancelling."""
    _, owed = await owed_by_school_1(database, network)
    await plan_notices(database, days=WorkCalendar(), now=LATER)
    await decide(database, network.municipal, await ask(database, network.coordinator_1, owed))
    async with database.write() as tx:
        await tx._connection.execute(
            update(notices).where(notices.c.assignment_id == owed, notices.c.kind == "reminder").values(state="planned")
        )
    friday_morning = datetime(2026, 9, 11, 6, 1, tzinfo=UTC)
    async with database.write() as tx:
        claim = await tx.notices.claim(50, now=friday_morning, days=WorkCalendar())
    assert owed not in [due.notice.assignment_id for due in claim.to_send if due.notice.kind.value == "reminder"]


async def answer(database: Database, person: PersonId, owed: AssignmentId, *, now: datetime = LATER) -> None:
    await accept_reply(
        database,
        actor=await actor_of(database, person),
        reply=GivenReply(owed, Answer.DONE, version=1),
        source=f"{person}:{owed}:{now}",
        now=now,
    )


async def path_of(database: Database, network: SmallNetwork) -> str:
    async with database.read() as tx:
        unit = await tx.units.get(network.suzdal)
    assert unit is not None
    return unit.path


async def test_who_joins_after_the_common_term_is_reminded_of_the_later_one(
    database: Database, network: SmallNetwork, factory: NetworkFactory
) -> None:
    _, owed = await owed_by_school_1(database, network)
    await decide(
        database,
        network.municipal,
        await ask(database, network.coordinator_1, owed, date(2026, 9, 25)),
        date(2026, 9, 25),
    )
    await plan_notices(database, days=WorkCalendar(), now=LATER + timedelta(hours=2))
    joined_at = IN_A_WEEK + timedelta(days=2)
    factory.now = joined_at
    deputy = factory.person("Юдина Нина Львовна", network.school_1, Role.COORDINATOR)
    await note_newcomers(database, since=joined_at - timedelta(hours=1), now=joined_at)
    await plan_notices(database, days=WorkCalendar(), now=joined_at)
    async with database.read() as tx:
        rows = await tx._connection.execute(select(notices.c.kind).where(notices.c.person_id == deputy))
        kinds = set(rows.scalars())
    assert {"reminder", "today"} <= kinds, "the term of this school is yet to come"


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


async def test_a_term_that_changes_while_its_date_is_planned_is_not_passed_over(
    database: Database, network: SmallNetwork
) -> None:
    """The planner takes the people of a date by shares; what changes in an earlier share makes the date wait again."""
    _, owed = await owed_by_school_1(database, network)
    asked = await ask(database, network.coordinator_1, owed)
    async with database.write() as tx:
        dates = await tx.planning.next_dates(1, now=LATER)
        await tx.planning.begin(dates)
    await decide(database, network.municipal, asked)
    async with database.write() as tx:
        await tx.planning.planned(dates, now=LATER)
        assert [date.occurrence_id for date in await tx.planning.next_dates(1, now=LATER)] == [
            date.occurrence_id for date in dates
        ]
