"""Who is silent is told to the one above, once a day, and only while somebody is."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

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


async def test_many_are_read_in_parts_and_told_as_if_they_were_read_at_once(
    database: Database, database_file: Path, network: SmallNetwork, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of ten thousand silent schools; whoever taps between two parts is answered first."""
    monkeypatch.setattr("bot.services.plan_overdue._AT_ONCE", 1)
    await open_task(database, network, due_at=FRIDAY)
    await open_task(database, network, network.school_2, due_at=FRIDAY, title="Второе")
    turns = 0

    async def take_turns() -> None:
        nonlocal turns
        while True:
            await asyncio.sleep(0)
            turns += 1

    others = asyncio.create_task(take_turns())
    read_at = await debts_read(database, moscow(14, 9), lambda: turns)
    others.cancel()
    assert len(set(read_at)) == len(read_at) > 3, "somebody else had a turn before each part"
    assert {person for person, _ in summaries(database_file)} == {network.municipal, network.regional}
    told = read(database_file, "SELECT detail FROM notices WHERE kind = 'overdue' ORDER BY person_id")
    assert sorted(len(json.loads(detail)["occurrences"]) for (detail,) in told) == [1, 2]


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


async def test_the_steps_of_a_day_that_nobody_looked_on_come_at_the_next_allowed_hour(
    database: Database, database_file: Path, network: SmallNetwork
) -> None:
    """Down from Friday evening to Tuesday night: the summary of Monday comes on Tuesday morning, and once."""
    await open_task(database, network, network.school_1, network.school_2, due_at=FRIDAY)
    await plan_overdue(database, days=DAYS, now=moscow(11, 20))
    assert await plan_overdue(database, days=DAYS, now=moscow(15, 4)) == 1
    assert summaries(database_file) == [(network.municipal, "2026-09-15 05:00")], "eight by his clock"
    for hour in (5, 9, 12):
        assert await plan_overdue(database, days=DAYS, now=moscow(15, hour)) == 0, "still the one of the day"
    assert await plan_overdue(database, days=DAYS, now=moscow(16, 9)) == 2, "the third working day is its own"


async def test_what_is_caught_up_and_the_steps_of_the_day_are_one_summary(
    database: Database, database_file: Path, network: SmallNetwork
) -> None:
    """Monday's matter was missed; the other has its step on Tuesday itself."""
    await plan_overdue(database, days=DAYS, now=moscow(11, 20))
    await open_task(database, network, network.school_1, due_at=FRIDAY)
    await open_task(database, network, network.school_2, due_at=FRIDAY + timedelta(days=3), title="Второе")
    assert await plan_overdue(database, days=DAYS, now=moscow(15, 11)) == 1
    [(detail,)] = read(database_file, "SELECT detail FROM notices WHERE kind = 'overdue'")
    assert len(json.loads(detail)["occurrences"]) == 2


async def test_one_that_expired_unsent_comes_in_the_next(
    database: Database, database_file: Path, network: SmallNetwork
) -> None:
    """Planned early on Monday for nine; the machine stood until Tuesday noon."""
    await open_task(database, network, network.school_1, due_at=FRIDAY)
    await plan_overdue(database, days=DAYS, now=moscow(14, 5))
    assert await plan_overdue(database, days=DAYS, now=moscow(15, 12)) == 1
    assert await plan_overdue(database, days=DAYS, now=moscow(15, 13)) == 0
    assert summaries(database_file)[-1] == (network.municipal, "2026-09-15 09:00")


async def test_what_is_caught_up_over_a_weekend_waits_and_takes_up_the_steps_of_its_day(
    database: Database, database_file: Path, network: SmallNetwork
) -> None:
    """Friday was missed; nobody hears of it on Saturday, and on Monday one summary tells it beside Monday's own."""
    await plan_overdue(database, days=DAYS, now=moscow(10, 20))
    await open_task(database, network, network.school_1, due_at=FRIDAY - timedelta(days=1))
    await open_task(database, network, network.school_2, due_at=FRIDAY, title="Второе")
    assert await plan_overdue(database, days=DAYS, now=moscow(12, 10)) == 1
    assert await plan_overdue(database, days=DAYS, now=moscow(14, 5)) == 0
    assert summaries(database_file) == [(network.municipal, "2026-09-14 05:00")]
    [(detail,)] = read(database_file, "SELECT detail FROM notices WHERE kind = 'overdue'")
    assert len(json.loads(detail)["occurrences"]) == 2


async def test_on_a_day_that_has_had_its_summary_the_rest_waits_for_the_next(
    database: Database, database_file: Path, network: SmallNetwork
) -> None:
    await plan_overdue(database, days=DAYS, now=moscow(11, 20))
    await open_task(database, network, network.school_1, due_at=FRIDAY)
    await plan_overdue(database, days=DAYS, now=moscow(15, 11))
    with sqlite3.connect(database_file) as connection:
        connection.execute("UPDATE notices SET state = 'sent'")
    await open_task(database, network, network.school_2, due_at=FRIDAY + timedelta(days=3), title="Второе")
    assert await plan_overdue(database, days=DAYS, now=moscow(15, 12)) == 1
    assert summaries(database_file)[-1] == (network.municipal, "2026-09-16 05:00")


async def test_a_second_look_reads_nobody_until_something_can_have_changed(
    database: Database, network: SmallNetwork
) -> None:
    await open_task(database, network, network.school_1, due_at=FRIDAY)
    assert await plan_overdue(database, days=DAYS, now=moscow(14, 9)) == 1
    for minutes, reads, reason in (
        (5, 0, "told already, and nobody has acted"),
        (14, 0, "nor later in the quarter"),
        (15, 1, "somewhere a day may begin"),
        (20, 0, "looked at in this quarter"),
    ):
        asked = await debts_read(database, moscow(14, 9) + timedelta(minutes=minutes))
        assert len(asked) == reads, reason
    async with database.write() as tx:
        await tx.audit.record("anything", by=None, now=moscow(14, 9) + timedelta(minutes=22))
    assert len(await debts_read(database, moscow(14, 9) + timedelta(minutes=25))) == 1, "somebody has acted"


async def debts_read(database: Database, now: datetime, clock: Callable[[], int] = lambda: 0) -> list[int]:
    """What ``clock`` showed each time that a look asked who is silent."""
    asked: list[int] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if "assignments.person_id IS NULL AS is_of_school" in statement:
            asked.append(clock())

    event.listen(database._reader.sync_engine, "before_cursor_execute", note)
    try:
        await plan_overdue(database, days=DAYS, now=now)
    finally:
        event.remove(database._reader.sync_engine, "before_cursor_execute", note)
    return asked


def test_the_summaries_are_found_by_their_own_index(database_file: Path) -> None:
    query = "SELECT id FROM notices WHERE notices.kind = 'overdue' AND expires_at > ?"
    with sqlite3.connect(database_file) as connection:
        steps = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {query}", ("2026",))]
    assert "ix_notices_summaries" in steps[0]


def read(file: Path, query: str) -> list[tuple[Any, ...]]:
    with sqlite3.connect(file) as connection:
        return connection.execute(query).fetchall()
