"""Who is told what and when, once a date is opened, moved or called off."""

from __future__ import annotations

import json
import sqlite3
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bot.domain.calendar import WorkCalendar
from bot.domain.delivery import NoticeState
from bot.domain.drafts import PlannedDate
from bot.domain.ids import ActivityId, OccurrenceId, PersonId
from bot.domain.network import Reach, Role
from bot.ports.people import NewMembership
from bot.services.assign_newcomers import assign_newcomers
from bot.services.change_profile import leave_network
from bot.services.note_reach import note_reach
from bot.services.open_occurrences import open_occurrences
from bot.services.plan_document import plan_document
from bot.services.plan_notices import note_newcomers
from bot.services.start_dates import open_more
from storage.database import Database
from tests.acting import actor_of
from tests.calendar_days import MONDAY
from tests.drafts import accepted
from tests.factories import NetworkFactory, SmallNetwork
from tests.opening import open_task, open_webinar
from tests.planning import plan_notices

DAYS = WorkCalendar()


async def plan(database: Database, now: datetime = MONDAY) -> int:
    return await plan_notices(database, days=DAYS, now=now)


def planned(file: Path, person: PersonId, *, state: str = "planned") -> list[str]:
    with sqlite3.connect(file) as connection:
        rows = connection.execute(
            "SELECT kind, days_before, due_at FROM notices WHERE person_id = ? AND state = ? ORDER BY due_at, id",
            (person, state),
        )
        return [f"{kind}{_ahead(days)} {_short(due_at)}" for kind, days, due_at in rows]


def _ahead(days: int | None) -> str:
    return "" if days is None else str(-days)


def _short(stored: str) -> str:
    """«07.09 09:00», in UTC."""
    return f"{stored[8:10]}.{stored[5:7]} {stored[11:16]}"


def mark_sent(file: Path, *kinds: str) -> None:
    with sqlite3.connect(file) as connection:
        for kind in kinds:
            connection.execute("UPDATE notices SET state = 'sent' WHERE kind = ?", (kind,))


async def move(database: Database, occurrence: OccurrenceId, due_at: datetime, *, from_version: int = 1) -> None:
    async with database.write() as tx:
        await tx.matters.move(
            occurrence, from_version=from_version, due_at=due_at, due_on=due_at.date(), has_time=False
        )


async def test_every_coordinator_of_a_school_gets_its_ladder_on_his_own_clock(
    database: Database, database_file: Path, network: SmallNetwork
) -> None:
    await open_task(database, network, network.vladimir, network.amur)
    assert await plan(database) == 4 * 3
    in_moscow = ["announcement 07.09 09:00", "reminder-3 11.09 06:00", "today0 14.09 06:00"]
    in_yakutsk = ["announcement 07.09 09:00", "reminder-3 11.09 00:00", "today0 14.09 00:00"]
    assert planned(database_file, network.coordinator_1) == in_moscow
    assert planned(database_file, network.coordinator_4) == in_yakutsk
    assert planned(database_file, network.teacher_1) == []


async def test_planning_twice_plans_once(database: Database, network: SmallNetwork) -> None:
    await open_task(database, network)
    first = await plan(database)
    assert first > 0
    assert await plan(database) == 0
    async with database.write() as tx:
        await tx.planning.replan_for_newcomers(since=MONDAY - timedelta(days=9), now=MONDAY)
    assert await plan(database, MONDAY + timedelta(hours=1)) == 0


async def test_a_school_without_a_coordinator_is_looked_after_from_above_once(
    database: Database, database_file: Path, network: SmallNetwork
) -> None:
    await note_reach(database, person_id=network.coordinator_1, reach=Reach.BLOCKED, now=MONDAY)
    await note_reach(database, person_id=network.coordinator_3, reach=Reach.DELETED, now=MONDAY)
    await open_task(database, network)
    await plan(database)
    assert planned(database_file, network.coordinator_1) == []
    assert planned(database_file, network.municipal) == ["assigned 07.09 09:00"], "the municipality of school 1"
    assert planned(database_file, network.regional) == ["assigned 07.09 09:00"], "Murom has no coordinator of its own"


async def test_who_joins_later_gets_what_is_still_ahead(
    database: Database, database_file: Path, factory: NetworkFactory, network: SmallNetwork
) -> None:
    await open_task(database, network)
    await open_webinar(database, network)
    await plan(database)
    before = planned(database_file, network.coordinator_1)
    later = MONDAY + timedelta(days=1)
    factory.now = later
    deputy = factory.person("Юдина Нина Львовна", network.school_1, Role.COORDINATOR)
    teacher = factory.person("Рябов Егор Ильич", network.school_1)
    await assign_newcomers(database, now=later)
    assert await note_newcomers(database, since=MONDAY, now=later) == 1
    await plan(database, later)
    ahead = ["announcement 08.09 09:00", "reminder-3 11.09 06:00", "today0 14.09 06:00"]
    assert planned(database_file, deputy) == ahead
    assert planned(database_file, teacher)[0] == "announcement 08.09 09:00"
    assert planned(database_file, network.coordinator_1) == before


async def test_who_left_and_is_back_is_reminded_again(
    database: Database, database_file: Path, network: SmallNetwork
) -> None:
    await open_task(database, network)
    await plan(database)
    mark_sent(database_file, "announcement")
    ahead = planned(database_file, network.coordinator_1)
    coordinator = await actor_of(database, network.coordinator_1)
    await leave_network(database, actor=coordinator, now=MONDAY + timedelta(hours=1))
    assert planned(database_file, network.coordinator_1) == []
    back = MONDAY + timedelta(hours=2)
    place = NewMembership(network.coordinator_1, network.school_1, Role.COORDINATOR)
    async with database.write() as tx:
        await tx.memberships.add([place], now=back)
    await note_newcomers(database, since=MONDAY + timedelta(hours=1), now=back)
    await plan(database, back)
    assert planned(database_file, network.coordinator_1) == ahead, "and the announcement is not repeated"


async def test_a_webinar_brings_its_link_last(database: Database, database_file: Path, network: SmallNetwork) -> None:
    await open_webinar(database, network)
    await plan(database)
    assert planned(database_file, network.teacher_1) == [
        "announcement 07.09 09:00", "reminder-1 09.09 06:00", "today0 10.09 06:00",
        "starts_soon 10.09 08:45",
    ]  # fmt: skip


async def test_a_moved_date_is_told_to_those_who_knew_the_old_one(
    database: Database, database_file: Path, network: SmallNetwork
) -> None:
    occurrence = await open_task(database, network)
    await plan(database)
    with sqlite3.connect(database_file) as connection:
        connection.execute(
            "UPDATE notices SET state = 'sent' WHERE kind = 'announcement' AND person_id = ?", (network.coordinator_1,)
        )
    await move(database, occurrence, datetime(2026, 9, 21, 20, 59, 59, tzinfo=UTC))
    later = MONDAY + timedelta(hours=2)
    await plan(database, later)
    ladder = ["reminder-7 14.09 06:00", "reminder-3 18.09 06:00", "today0 21.09 06:00"]
    assert planned(database_file, network.coordinator_1) == ["moved 07.09 11:00", *ladder]
    assert planned(database_file, network.coordinator_2) == ["announcement 07.09 11:00", *ladder]
    assert planned(database_file, network.coordinator_2, state="cancelled") == [
        "announcement 07.09 09:00", "reminder-3 11.09 06:00", "today0 14.09 06:00"
    ]  # fmt: skip
    assert await plan(database, later) == 0


async def test_a_cancelled_date_is_told_only_to_those_who_knew_it(
    database: Database, database_file: Path, network: SmallNetwork
) -> None:
    occurrence = await open_webinar(database, network)
    await plan(database)
    with sqlite3.connect(database_file) as connection:
        connection.execute(
            "UPDATE notices SET state = 'sent' WHERE kind = 'announcement' AND person_id = ?", (network.teacher_1,)
        )
    async with database.write() as tx:
        assert await tx.matters.cancel_occurrence(occurrence, from_version=1)
    await plan(database, MONDAY + timedelta(hours=1))
    assert planned(database_file, network.teacher_1) == ["called_off 07.09 10:00"]
    assert planned(database_file, network.teacher_2) == []


async def test_the_matters_of_one_document_are_announced_in_one_message(
    database: Database, database_file: Path, network: SmallNetwork
) -> None:
    first = await open_task(database, network, title="Первое")
    second = await open_task(database, network, title="Второе", due_at=MONDAY + timedelta(days=30))
    _into_one_document(database_file, network, first, second)
    await plan(database)
    with sqlite3.connect(database_file) as connection:
        rows = connection.execute(
            "SELECT kind, detail FROM notices WHERE person_id = ? AND due_at = '2026-09-07 09:00:00.000000'",
            (network.coordinator_1,),
        ).fetchall()
    assert [kind for kind, _ in rows] == ["assigned"]
    assert len(json.loads(rows[0][1])["assignments"]) == 2
    assert len(planned(database_file, network.coordinator_1)) == 1 + 2 + 5
    async with database.write() as tx:
        await tx.planning.replan_for_newcomers(since=MONDAY - timedelta(days=9), now=MONDAY)
    assert await plan(database, MONDAY) == 0, "the list counts as the announcement of each"


class TestRepeatingActivities:
    """Thirteen dates of one monthly activity in the first message would be thirteen times the same line."""

    async def test_the_nearest_date_is_announced_and_the_later_ones_come_with_their_reminders(
        self, database: Database, database_file: Path, network: SmallNetwork
    ) -> None:
        await self.planned_document(database, network, "Ежемесячно, до 25 числа", "до 20 октября 2026 г.")
        await plan(database)
        assert announced(database_file, network.coordinator_1) == [["2026-09-25", "2026-10-20"]]
        assert "reminder-3 22.10 06:00" in planned(database_file, network.coordinator_1), "of 25 October"

    async def test_who_joins_later_hears_of_the_date_that_is_then_the_nearest(
        self, database: Database, database_file: Path, factory: NetworkFactory, network: SmallNetwork
    ) -> None:
        await self.planned_document(database, network, "Ежемесячно, до 25 числа")
        await plan(database)
        later = MONDAY + timedelta(days=21)
        factory.now = later
        deputy = factory.person("Юдина Нина Львовна", network.school_1, Role.COORDINATOR)
        await assign_newcomers(database, now=later)
        assert await note_newcomers(database, since=MONDAY, now=later) == 12
        await plan(database, later)
        assert announced(database_file, deputy) == [["2026-10-25"]]

    async def test_a_date_that_the_daily_job_opens_is_not_announced_a_year_ahead(
        self, database: Database, database_file: Path, network: SmallNetwork
    ) -> None:
        await self.planned_document(database, network, "Ежемесячно, до 25 числа")
        await plan(database)
        mark_sent(database_file, "announcement")
        later = MONDAY + timedelta(days=30)
        assert await open_occurrences(database, now=later) == 1
        await plan(database, later)
        assert announced(database_file, network.coordinator_1, state="planned") == []

    async def test_dates_that_were_added_at_once_are_announced_by_their_nearest(
        self, database: Database, database_file: Path, network: SmallNetwork
    ) -> None:
        """What is added by hand comes before or between the dates of the rule, and people have to hear of it."""
        await self.planned_document(database, network, "Ежемесячно, до 25 числа")
        await plan(database)
        mark_sent(database_file, "announcement")
        async with database.write() as tx:
            opened = await tx.matters.opened(ActivityId(1))
            assert opened is not None
            days = (date(2026, 11, 2), date(2026, 12, 1))
            added = [PlannedDate(local_end(day), day, False, "Europe/Moscow") for day in days]
            await open_more(tx, opened, tuple(added), now=MONDAY)
        await plan(database)
        assert announced(database_file, network.coordinator_1, state="planned") == [["2026-11-02"]]

    async def planned_document(self, database: Database, network: SmallNetwork, *phrases: str) -> None:
        document_id = await accepted(database, network.regional, *phrases)
        actor = await actor_of(database, network.regional)
        async with database.read() as tx:
            draft = await tx.drafts.get(document_id)
        assert draft is not None
        await plan_document(database, actor=actor, document_id=document_id, version=draft.version, now=MONDAY)


async def test_a_document_called_off_is_told_in_one_message(
    database: Database, database_file: Path, network: SmallNetwork
) -> None:
    first = await open_task(database, network, title="Первое")
    second = await open_task(database, network, title="Второе")
    _into_one_document(database_file, network, first, second)
    await plan(database)
    mark_sent(database_file, "assigned")
    async with database.write() as tx:
        await tx.matters.cancel_occurrence(first, from_version=1)
        await tx.matters.cancel_occurrence(second, from_version=1)
    await plan(database, MONDAY)
    assert planned(database_file, network.coordinator_1) == ["called_off 07.09 09:00"]


async def test_a_list_that_has_gone_out_counts_as_told_of_each_date_in_it(
    database: Database, database_file: Path, network: SmallNetwork
) -> None:
    """Else the screen says «никому не писали» before the call-off of what everybody knows."""
    first = await open_task(database, network, title="Первое")
    second = await open_task(database, network, title="Второе")
    _into_one_document(database_file, network, first, second)
    await plan(database)
    async with database.read() as tx:
        before = await tx.matters.occurrence_facts(first)
    mark_sent(database_file, "assigned")
    async with database.read() as tx:
        after = await tx.matters.occurrence_facts(first)
    assert before is not None
    assert after is not None
    assert (before.told, after.told) == (0, 3)


async def test_what_is_already_past_is_not_announced_unless_it_was_opened_so(
    database: Database, database_file: Path, network: SmallNetwork
) -> None:
    await open_task(database, network, due_at=MONDAY + timedelta(hours=1), now=MONDAY)
    await open_task(database, network, due_at=MONDAY - timedelta(days=3), now=MONDAY)
    assert await plan(database, MONDAY + timedelta(hours=2)) == 3, "only the one created overdue, to three schools"


async def test_nothing_waits_for_planning_when_all_is_planned(database: Database, network: SmallNetwork) -> None:
    await open_task(database, network)
    await plan(database)
    async with database.read() as tx:
        assert await tx.planning.next_dates(10, now=MONDAY) == ()
        assert set(await tx.notices.counts()) == {NoticeState.PLANNED}


def announced(file: Path, person: PersonId, *, state: str | None = None) -> list[list[str]]:
    """The days that each announcement to the person names, one list a message."""
    with sqlite3.connect(file) as connection:
        rows = connection.execute(
            "SELECT assignment_id, detail FROM notices WHERE person_id = ? AND kind IN ('announcement', 'assigned')"
            " AND state = coalesce(?, state) ORDER BY id",
            (person, state),
        ).fetchall()
        of_date = "SELECT o.due_on FROM occurrences o JOIN assignments a ON a.occurrence_id = o.id WHERE a.id = ?"
        named = [[own] if own else json.loads(detail)["assignments"] for own, detail in rows]
        return [sorted(connection.execute(of_date, (i,)).fetchone()[0] for i in one) for one in named]


def local_end(day: date) -> datetime:
    """The last second of the day in Moscow."""
    return datetime(day.year, day.month, day.day, 20, 59, 59, tzinfo=UTC)


def _into_one_document(file: Path, network: SmallNetwork, *occurrences: OccurrenceId) -> None:
    with sqlite3.connect(file) as connection:
        cursor = connection.execute(
            "INSERT INTO documents (unit_id, kind, title, state, version, audience, problems, created_by, created_at)"
            " VALUES (?, 'roadmap', 'Дорожная карта', 'planned', 1, '{}', '[]', ?, '2026-09-07 09:00:00.000000')",
            (network.vladimir, network.regional),
        )
        connection.execute(
            "UPDATE activities SET document_id = ? WHERE id IN (SELECT activity_id FROM occurrences WHERE id IN"
            f" ({','.join('?' * len(occurrences))}))",
            (cursor.lastrowid, *occurrences),
        )
