"""What follows from a term of one's own: on the board, in the calendar, in reminders, when the date moves."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select, update

from bot.domain.board import Tally
from bot.domain.calendar import WorkCalendar
from bot.domain.calendar_entries import calendar_entry
from bot.domain.network import Role
from bot.services.move_occurrence import move_occurrence
from bot.services.plan_notices import note_newcomers
from storage.database import Database
from storage.tables import notices
from tests.acting import actor_of
from tests.factories import NetworkFactory, SmallNetwork
from tests.opening import IN_A_WEEK, matter
from tests.planning import plan_notices
from tests.services.postponing import (
    FRIDAY,
    LATER,
    MOSCOW,
    answer,
    ask,
    decide,
    owed_by_school_1,
    path_of,
)


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
