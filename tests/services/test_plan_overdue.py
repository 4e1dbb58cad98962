"""Who is silent is told to the one above, once a day, and only while somebody is."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.calendar import WorkCalendar
from bot.domain.matters import Answer
from bot.services.plan_overdue import next_summary_at, plan_overdue
from storage.database import Database
from tests.factories import SmallNetwork
from tests.opening import open_task, open_webinar

DAYS = WorkCalendar()


def moscow(day: int, hour: int) -> datetime:
    return datetime(2026, 9, day, hour - 3, tzinfo=UTC)


FRIDAY = datetime(2026, 9, 11, 20, 59, 59, tzinfo=UTC)
"""The end of Friday in Moscow: the next working days are the 14th, the 15th and the 16th."""


def summaries(file: Path) -> list[tuple[int, str]]:
    with sqlite3.connect(file) as connection:
        rows = connection.execute("SELECT person_id, due_at FROM notices WHERE kind = 'overdue' ORDER BY id")
        return [(person, due_at[:16]) for person, due_at in rows]


@pytest.mark.parametrize(
    ("now", "is_told", "reason"),
    [
        (moscow(12, 10), False, "the day after is a Saturday"),
        (moscow(14, 4), True, "the first working day after it"),
        (moscow(15, 4), False, "one working day later: not yet the third"),
        (moscow(16, 4), True, "the third working day after it: the region too"),
        (moscow(17, 4), False, "then it is left alone"),
    ],
)
async def test_those_above_are_told_on_the_first_and_the_third_working_day(
    database: Database, database_file: Path, network: SmallNetwork, now: datetime, is_told: bool, reason: str
) -> None:
    await open_task(database, network, network.school_1, network.school_2, due_at=FRIDAY)
    told = [network.municipal, *([network.regional] if now.day == 16 else [])] if is_told else []
    assert await plan_overdue(database, days=DAYS, now=now) == len(told), reason
    expected = {(person, f"2026-09-{now:%d} 06:00") for person in told}
    assert set(summaries(database_file)) == expected, "at nine by his clock, not four in the morning"


async def test_it_is_one_summary_a_day_however_much_is_overdue(
    database: Database, database_file: Path, network: SmallNetwork
) -> None:
    await open_task(database, network, network.school_1, due_at=FRIDAY)
    await open_task(database, network, network.school_2, due_at=FRIDAY, title="Второе")
    assert await plan_overdue(database, days=DAYS, now=moscow(14, 9)) == 1
    assert await plan_overdue(database, days=DAYS, now=moscow(14, 11)) == 0
    assert len(summaries(database_file)) == 1


async def test_it_goes_to_the_nearest_coordinator_who_can_be_written_to(
    database: Database, database_file: Path, network: SmallNetwork
) -> None:
    """Murom has no coordinator of its own; Suzdal has one, and the region is not told over his head."""
    await open_task(database, network, due_at=FRIDAY)
    await plan_overdue(database, days=DAYS, now=moscow(14, 9))
    assert {person for person, _ in summaries(database_file)} == {network.municipal, network.regional}


async def test_nobody_is_told_of_what_was_answered_or_of_webinars(
    database: Database, database_file: Path, network: SmallNetwork
) -> None:
    await open_task(database, network, network.school_1, due_at=FRIDAY)
    await open_webinar(database, network, due_at=FRIDAY)
    with sqlite3.connect(database_file) as connection:
        connection.execute(
            "UPDATE assignments SET answer = ? WHERE unit_id = ? AND person_id IS NULL",
            (Answer.DONE.value, network.school_1),
        )
    assert await plan_overdue(database, days=DAYS, now=moscow(14, 9)) == 0


async def test_a_moved_clock_knows_when_the_next_summary_would_come(database: Database, network: SmallNetwork) -> None:
    assert await next_summary_at(database, days=DAYS, now=FRIDAY) is None
    await open_task(database, network, network.school_1, due_at=FRIDAY)
    assert await next_summary_at(database, days=DAYS, now=FRIDAY - timedelta(days=2)) == moscow(14, 9)
    assert await next_summary_at(database, days=DAYS, now=moscow(14, 10)) == moscow(16, 9)
    assert await next_summary_at(database, days=DAYS, now=moscow(16, 10)) is None


async def test_a_summary_ends_with_its_day(database: Database, database_file: Path, network: SmallNetwork) -> None:
    """After an outage it would come beside that day's own: two in one day."""
    await open_task(database, network, network.school_1, due_at=FRIDAY)
    await plan_overdue(database, days=DAYS, now=moscow(14, 9))
    with sqlite3.connect(database_file) as connection:
        [(expires_at,)] = connection.execute("SELECT expires_at FROM notices WHERE kind = 'overdue'").fetchall()
    assert expires_at[:16] == "2026-09-14 21:00", "midnight in Moscow"
