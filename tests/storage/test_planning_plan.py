"""What the database is asked while notices are planned: by the people of a share, and not by all that the date owes;
as often for ten thousand people as for ten."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager, closing, contextmanager
from datetime import datetime, timedelta
from itertools import cycle
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from sqlalchemy.dialects.postgresql import asyncpg

from bot.domain.calendar import WorkCalendar
from bot.domain.ids import PersonId
from bot.ports.planning import Alike, AlikeStep, DateToPlan, Share
from bot.ports.storage import Stores
from bot.services.notices_of_each import Ladders
from bot.services.planning_pace import PlanningPace
from storage import sqlite_driver
from storage.database import Database
from storage.planning import PlanningStore
from storage.planning_taking import insert_taken
from tests.benchmarks.population import plan_another_date, populate, stored, url_of
from tests.calendar_days import MONDAY
from tests.factories import SmallNetwork
from tests.opening import open_event
from tests.planning import before_transaction, plan_notices
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
    last = [place for place, one in enumerate(words) if one.startswith("DELETE FROM planning_share")][-2:]
    noted = [place for place, one in enumerate(words) if one.startswith("INSERT INTO planning_steps")]
    assert len(noted) == 1, "the rules were asked once"
    assert last[1] - last[0] == 4, "emptied, taken, who is of a new kind, planned"


async def test_steps_that_a_lost_connection_takes_along_are_noted_again(
    database: Database, database_file: Path, shares_of: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They stand in a temporary table, and whoever is cancelled in the middle of a statement costs us the writer's."""
    await _populate(database_file, 3 * shares_of)

    async def lose() -> None:
        for connection in database._writing._idle:
            await connection.invalidate()

    before_transaction(3, lose, monkeypatch)
    assert await plan_notices(database, days=DAYS, now=MONDAY) == 4 * 3 * shares_of


async def test_connections_that_take_turns_plan_all_the_same(
    database: Database, database_file: Path, shares_of: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server's pool gives another one for each transaction, and each has temporary tables of its own."""
    await _populate(database_file, 4 * shares_of)
    watched, other = PlanningPace.watched, Database(url_of(database_file))
    turns = cycle([database, other])
    monkeypatch.setattr(PlanningPace, "watched", lambda pace, _: watched(pace, next(turns)))
    try:
        assert await plan_notices(database, days=DAYS, now=MONDAY) == 4 * 4 * shares_of
    finally:
        await other.close()


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
    assert _read_by_date(database_file, questions) == []


async def test_of_a_date_that_moves_meanwhile_nobody_more_is_planned(
    database: Database, database_file: Path, shares_of: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is written of the older version has to be cancelled, row by row, before anybody hears of the new one."""
    await _populate(database_file, 5 * shares_of)

    async def move() -> None:
        _move(database_file, "nothing was sent yet")

    before_transaction(4, move, monkeypatch)  # the first share is taken twice: its readers are of a new kind
    assert await plan_notices(database, days=DAYS, now=MONDAY) == 4 * (2 + 5) * shares_of
    with closing(sqlite3.connect(database_file)) as connection:
        standing = connection.execute(
            "SELECT occurrence_version, state, count(*) FROM notices GROUP BY 1, 2"
        ).fetchall()
    assert standing == [(1, "cancelled", 4 * 2 * shares_of), (2, "planned", 4 * 5 * shares_of)]


async def test_a_date_that_moves_before_its_planning_begins_is_planned_as_it_stands(
    database: Database, database_file: Path, shares_of: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is read in one transaction and begun in another: nobody would hear of it, now or later."""
    await _populate(database_file, shares_of)
    next_dates, read = PlanningStore.next_dates, list[DateToPlan]()

    async def and_it_moves(store: PlanningStore, limit: int, *, now: datetime) -> tuple[DateToPlan, ...]:
        dates = await next_dates(store, limit, now=now)
        if not read:
            _move(database_file, "nothing was sent yet")
        read.extend(dates)
        return dates

    monkeypatch.setattr(PlanningStore, "next_dates", and_it_moves)
    assert await plan_notices(database, days=DAYS, now=MONDAY) == 4 * shares_of
    assert [date.version for date in read] == [1, 2]


async def test_those_who_are_planned_one_by_one_are_looked_for_by_themselves(
    database: Database, database_file: Path, network: SmallNetwork
) -> None:
    """A list of a series knows its dates as they were: whoever has it is told by himself that one has moved."""
    await open_event(database, network, dates=[MONDAY + timedelta(days=days) for days in (3, 10)])
    await plan_notices(database, days=DAYS, now=MONDAY)
    _move(database_file, "assigned")
    with noting() as questions:
        async with database.read() as tx:
            dates = await tx.planning.next_dates(1, now=MONDAY)
            await tx.planning.recipients(dates, [PersonId(number) for number in range(1, 51)])
        assert await plan_notices(database, days=DAYS, now=MONDAY + timedelta(hours=1)) > 0
    assert _read_by_date(database_file, questions) == []


def _read_by_date(file: Path, questions: Sequence[tuple[str, Any]]) -> list[str]:
    """What is found among all that a date told everybody, but for whether there is anything at all."""
    reading = [
        (words, values)
        for words, values in questions
        if words.startswith("SELECT") and "notices" in words and "planning_share" not in words and "LIMIT" not in words
    ]
    with closing(sqlite3.connect(file)) as connection:
        steps = [
            row[3] for words, values in reading for row in connection.execute(f"EXPLAIN QUERY PLAN {words}", values)
        ]
    assert [step for step in steps if "ix_notices_person_message" in step], "the messages of the share are looked for"
    return [
        step for step in steps if any(f"ix_notices_{what}" in step for what in ("occurrence", "document", "series"))
    ]


def _remove(file: Path) -> None:
    file.unlink()


async def _populate(file: Path, people: int) -> None:
    _remove(file)
    await populate(file, people, now=MONDAY, due_in=timedelta(days=9), needs_planning=True)


def _move(file: Path, first_word: str = "announcement") -> None:
    """The first word came, and then the date is put off by two days."""
    later = MONDAY + timedelta(days=11)
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(
            "UPDATE notices SET state = 'sent', claimed_at = due_at, settled_at = due_at, message_id = id, chat_id = 1"
            " WHERE kind = ?",
            (first_word,),
        )
        connection.execute(
            "UPDATE occurrences SET version = 2, moved_from = due_at, needs_planning = 1, due_at = ?, due_on = ?",
            (stored(later), f"{later:%Y-%m-%d}"),
        )


@pytest.mark.parametrize("come_in_lists", [True, False])
def test_what_is_asked_for_a_share_names_no_date(come_in_lists: bool) -> None:
    """So it is put into words once. PostgreSQL would not compare a number with a text, where SQLite would."""
    dialect = asyncpg.dialect()  # type: ignore[no-untyped-call]  # SQLAlchemy leaves it untyped
    taking = insert_taken("postgresql", is_untouched=False, come_in_lists=come_in_lists).compile(dialect=dialect)
    assert {name for name, value in taking.params.items() if value is None} == {"share_after", "share_upto"}
    assert "occurrence_version = (SELECT planning_dates.version" in str(taking) or come_in_lists
    assert str(taking).count("notices.person_id = concerned.person_id") == 2, "what he was told, and whether it waits"


async def test_a_second_planning_puts_nothing_into_words_for_its_shares(
    database: Database, database_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Twenty milliseconds of the event loop each time a date was announced."""
    await _populate(database_file, 2)
    assert await plan_notices(database, days=DAYS, now=MONDAY) == 8
    plan_another_date(database_file, 2, now=MONDAY)
    monkeypatch.setattr("storage.prepared._compiled", lambda *_: pytest.fail("it was put into words before"))
    assert await plan_notices(database, days=DAYS, now=MONDAY) > 0


async def test_the_rules_are_asked_while_nobody_waits_for_the_database(
    database: Database, database_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _populate(database_file, 2)
    under_way: list[Stores] = []
    asked: list[bool] = []
    ask, write = Ladders.alike_steps, Database.write

    @asynccontextmanager
    async def noting_write(this: Database) -> AsyncIterator[Stores]:
        async with write(this) as tx:
            under_way.append(tx)
            yield tx
        under_way.remove(tx)

    def noting_ask(ladders: Ladders, kind: Alike) -> Iterable[AlikeStep]:
        asked.append(bool(under_way))
        return ask(ladders, kind)

    monkeypatch.setattr(Database, "write", noting_write)
    monkeypatch.setattr(Ladders, "alike_steps", noting_ask)
    assert await plan_notices(database, days=DAYS, now=MONDAY) == 8
    assert asked == [False], "one kind of readers, and no transaction"
