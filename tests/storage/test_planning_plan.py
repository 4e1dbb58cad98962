"""What the database is asked while notices are planned: by the people of a share, and not by all that the date owes;
as often for ten thousand people as for ten."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import pytest
from sqlalchemy.dialects.postgresql import asyncpg

from bot.domain.calendar import WorkCalendar
from bot.domain.ids import OccurrenceId, PersonId
from bot.domain.ladder import DueMoment
from bot.domain.matters import ActivityKind, OccurrenceState
from bot.ports.planning import DateToPlan, Share
from bot.services.plan_notices import plan_notices
from storage import sqlite_driver
from storage.database import Database
from storage.planning_shares import _taking
from tests.benchmarks.population import populate, stored
from tests.calendar_days import MONDAY
from tests.factories import SmallNetwork
from tests.storage.test_board import open_task

DAYS = WorkCalendar()


@contextmanager
def noting() -> Iterator[list[tuple[str, Any]]]:
    """Every statement that SQLite is asked, with its values."""
    asked: list[tuple[str, Any]] = []
    run = sqlite_driver._run

    def note(connection: sqlite3.Connection, operation: str, parameters: Any, *, is_many: bool) -> Any:
        asked.append((operation, parameters))
        return run(connection, operation, parameters, is_many=is_many)

    with patch.object(sqlite_driver, "_run", note):
        yield asked


async def test_a_share_costs_what_its_people_do(database: Database, database_file: Path, network: SmallNetwork) -> None:
    await open_task(database, network, network.vladimir)
    with noting() as asked:
        async with database.write() as tx:
            dates = await tx.planning.next_dates(1, now=MONDAY)
            await tx.planning.take_share(dates, Share(PersonId(0), PersonId(3)), is_untouched=False)

    taking = [(statement, values) for statement, values in asked if "INSERT INTO planning_share" in statement]
    with sqlite3.connect(database_file) as connection:
        for statement, _ in asked:
            if statement.lstrip().startswith("CREATE TEMPORARY"):
                connection.execute(statement)
        steps = [row[3] for text, values in taking for row in connection.execute(f"EXPLAIN QUERY PLAN {text}", values)]
    looked = [step for step in steps if " assignments " in step]
    assert len(looked) == 2, "those who owe it themselves, and those whose school does"
    assert [step for step in looked if step.endswith("(occurrence_id=?)") or step.startswith("SCAN")] == []
    assert [step for step in steps if step.startswith(("SCAN notices", "SCAN memberships", "SCAN persons"))] == []


@pytest.fixture
def shares_of(monkeypatch: pytest.MonkeyPatch) -> int:
    """People in a share, and one share in a transaction."""
    monkeypatch.setattr("bot.services.planning_pace._AT_MOST", 1)
    monkeypatch.setattr("bot.services.plan_notices._SHARE", 20)
    return 20


async def test_a_share_of_known_kinds_of_readers_asks_four_questions(
    database: Database, database_file: Path, shares_of: int
) -> None:
    await _populate(database_file, 5 * shares_of)
    with noting() as asked:
        assert await plan_notices(database, days=DAYS, now=MONDAY) == 4 * 5 * shares_of
    words = [operation for operation, _ in asked]
    first, second = [place for place, one in enumerate(words) if one.startswith("DELETE FROM planning_share")][:2]
    beginnings = [" ".join(one.split()[:3]) for one in words[first + 1 : second]]
    last = [place for place, one in enumerate(words) if one.startswith("DELETE FROM planning_share")][-2:]
    assert beginnings[0] == "INSERT INTO planning_share"
    assert "INSERT INTO planning_steps" in beginnings, "the rules were asked for the first share"
    assert last[1] - last[0] == 4, "emptied, taken, who is of a new kind, planned"


async def test_a_moved_date_is_told_to_a_share_as_to_one(
    database: Database, database_file: Path, shares_of: int
) -> None:
    """Whoever heard of the older version and of nothing since is told the same: as a set, and not one by one."""
    asked = {}
    for people in (2, shares_of - 1):
        await database.close()
        await _populate(database_file, people)
        database.move_to(database_file)  # type: ignore[attr-defined]  # the tests' own
        assert await plan_notices(database, days=DAYS, now=MONDAY) == 4 * people
        _move(database_file)
        with noting() as questions:
            planned = await plan_notices(database, days=DAYS, now=MONDAY + timedelta(hours=1))
        assert planned == 5 * people, "that it has moved, three steps, and the edit of the announcement"
        asked[people] = len(questions)
    assert asked[shares_of - 1] == asked[2]


def _remove(file: Path) -> None:
    file.unlink()


async def _populate(file: Path, people: int) -> None:
    _remove(file)
    await populate(file, people, now=MONDAY, due_in=timedelta(days=9), needs_planning=True)


def _move(file: Path) -> None:
    """The announcement came, and then the date is put off by two days."""
    later = MONDAY + timedelta(days=11)
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(
            "UPDATE notices SET state = 'sent', claimed_at = due_at, settled_at = due_at, message_id = id, chat_id = 1"
            " WHERE kind = 'announcement'"
        )
        connection.execute(
            "UPDATE occurrences SET version = 2, moved_from = due_at, needs_planning = 1, due_at = ?, due_on = ?",
            (stored(later), f"{later:%Y-%m-%d}"),
        )


def test_on_postgresql_the_versions_of_dates_are_compared_as_numbers() -> None:
    """It has no operator for a number and a text, where SQLite takes either for the other."""
    dialect = asyncpg.dialect()  # type: ignore[no-untyped-call]  # SQLAlchemy leaves it untyped
    date = DateToPlan(
        OccurrenceId(1),
        7,
        ActivityKind.TASK,
        OccurrenceState.OPEN,
        DueMoment(MONDAY, MONDAY.date(), has_time=False),
        MONDAY,
        None,
    )
    connection: Any = SimpleNamespace(dialect=dialect)
    taking = _taking(connection, [date], is_untouched=False).compile(dialect=dialect)
    told = re.search(r"occurrence_version = \$(\d+)::(\w+)", str(taking))
    assert told is not None
    assert told[2] == "INTEGER"
    assert taking.params[(taking.positiontup or [])[int(told[1]) - 1]] == 7
