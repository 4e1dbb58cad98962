"""Where a statement runs: short ones at once, long ones on a thread, and the event loop is never held."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from storage.dialect import create_reader, create_writer, sqlite_connection
from storage.sqlite_driver import Costs

_HERE = threading.get_ident()
_LONG = (
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000) SELECT count(*), runner() FROM n"
)
_LONG_SELECT = f"SELECT * FROM ({_LONG})"


@pytest.fixture
async def reader(database_file: Path) -> AsyncIterator[AsyncConnection]:
    async for connection in _connected(create_reader(f"sqlite+aiosqlite:///{database_file}")):
        yield connection


@pytest.fixture
async def writer(database_file: Path) -> AsyncIterator[AsyncConnection]:
    async for connection in _connected(create_writer(f"sqlite+aiosqlite:///{database_file}")):
        yield connection


async def _connected(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """Its ``runner()`` tells in which thread a statement runs."""
    async with engine.connect() as connection:
        raw: Any = (await connection.get_raw_connection()).driver_connection
        raw.create_function("runner", 0, threading.get_ident)
        yield connection
    await engine.dispose()


async def _runner(connection: AsyncConnection, statement: str) -> int:
    return int((await connection.execute(text(statement))).one()[-1])


async def test_a_short_question_is_answered_without_a_thread(reader: AsyncConnection) -> None:
    assert await _runner(reader, "SELECT runner()") == _HERE


async def test_a_long_question_is_broken_off_and_asked_on_the_thread(reader: AsyncConnection) -> None:
    count, runner = (await reader.execute(text(_LONG_SELECT))).one()
    assert count == 300_000
    assert runner != _HERE


async def test_after_a_long_question_the_next_short_one_is_answered_at_once(reader: AsyncConnection) -> None:
    """The look at the time that broke the long one off must not break what follows it."""
    await reader.execute(text(_LONG_SELECT))
    assert await _runner(reader, "SELECT runner()") == _HERE


async def test_the_loop_goes_on_while_a_long_question_is_answered(reader: AsyncConnection) -> None:
    turns = 0

    async def turn() -> None:
        nonlocal turns
        while True:
            await asyncio.sleep(0)
            turns += 1

    turning = asyncio.create_task(turn())
    await reader.execute(text(_LONG_SELECT))
    turning.cancel()
    assert turns > 1


async def test_what_changes_rows_is_tried_on_the_thread_first(writer: AsyncConnection) -> None:
    """It cannot be broken off without losing its transaction, so nobody knows yet whether it is short."""
    await writer.execute(text("CREATE TABLE ran (runner)"))
    for _ in range(2):
        await writer.execute(text("INSERT INTO ran VALUES (runner())"))
    first, second = (await writer.execute(text("SELECT runner FROM ran ORDER BY rowid"))).scalars()
    assert first != _HERE
    assert second == _HERE


async def test_another_program_that_writes_is_waited_for_without_holding_the_loop(
    writer: AsyncConnection, database_file: Path
) -> None:
    with closing(sqlite3.connect(database_file, isolation_level=None)) as other_hand:
        other_hand.execute("BEGIN IMMEDIATE")
        waiting = asyncio.ensure_future(writer.begin().start())
        for _ in range(3):
            await asyncio.sleep(0)
        assert not waiting.done()
        other_hand.execute("COMMIT")
    async with asyncio.timeout(15):
        await waiting
    await writer.rollback()


async def test_a_task_cancelled_in_a_long_statement_leaves_the_next_one_a_connection(database_file: Path) -> None:
    engine = create_writer(f"sqlite+aiosqlite:///{database_file}")

    async def count_for_long() -> None:
        async with engine.begin() as connection:
            await connection.execute(text(_LONG_SELECT.replace("300000", "30000000").replace("runner()", "1")))

    counting = asyncio.create_task(count_for_long())  # about ten seconds, unless it is given up
    for _ in range(50):
        await asyncio.sleep(0.001)
    counting.cancel()
    await asyncio.wait({counting})
    async with asyncio.timeout(15), engine.begin() as connection:
        assert (await connection.execute(text("SELECT 1"))).scalar() == 1
    await engine.dispose()


async def test_what_a_cancelled_task_left_on_the_thread_is_waited_for_there(writer: AsyncConnection) -> None:
    """SQLite lets one thread in at a time: whatever is asked of the connection meanwhile would hold the loop."""
    async with writer.begin():
        """At hand, where nothing of others is waited for."""
    raw = sqlite_connection(writer)
    assert raw is not None
    asked_by: dict[str, int] = {}
    raw._connection.set_trace_callback(lambda words: asked_by.setdefault(words.split("=")[0], threading.get_ident()))
    is_over = threading.Event()
    raw._under_way = raw._worker.submit(is_over.wait)
    asyncio.get_running_loop().call_soon(is_over.set)
    async with writer.begin():
        assert asked_by.keys() == {"PRAGMA busy_timeout", "BEGIN IMMEDIATE"}
        assert _HERE not in asked_by.values()


@pytest.mark.parametrize(
    ("operation", "cost", "times", "is_short", "reason"),
    [
        ("SELECT 1", None, 1, True, "new, and can be broken off"),
        ("UPDATE persons SET id = id", None, 1, False, "new, and cannot be"),
        ("UPDATE persons SET id = id", 0.0001, 1, True, "was short"),
        ("UPDATE persons SET id = id", 0.0001, 100, False, "a hundred of them are not"),
        ("SELECT 1", 0.01, 1, False, "was long"),
    ],
)
def test_what_a_statement_cost_decides_where_it_runs_next(
    operation: str, cost: float | None, times: int, is_short: bool, reason: str
) -> None:
    costs = Costs()
    if cost is not None:
        costs.note(operation, 1, cost)
    assert costs.is_short(operation, times) is is_short, reason


def test_a_statement_that_was_long_once_comes_back_when_it_has_been_short_for_long() -> None:
    costs = Costs()
    costs.note("SELECT 1", 1, 0.02)
    for _ in range(5):
        costs.note("SELECT 1", 1, 0.0001)
    assert not costs.is_short("SELECT 1", 1)
    for _ in range(50):
        costs.note("SELECT 1", 1, 0.0001)
    assert costs.is_short("SELECT 1", 1)
