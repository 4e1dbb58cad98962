"""What the database costs as it grows, and what one writer is worth. Both sides of each ratio run alternately."""

from __future__ import annotations

import asyncio
import sqlite3
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.domain.calendar import WorkCalendar
from storage.database import Database
from storage.dialect import create_writer
from tests.benchmarks.figures import Figure, Part, median, share
from tests.benchmarks.population import count, make_history, populate, stored, url_of
from tests.calendar_days import MONDAY
from tests.planning import plan_notices

_FEW, _MANY = 10_000, 200_000
_CLAIMS = 25
_CLAIMED = 100
_INCREMENTS = 2_000
_PLANNED_FEW, _PLANNED_MANY = 1_000, 8_000


async def measure() -> Part:
    with tempfile.TemporaryDirectory(prefix="vestovoy-bench-") as folder:
        figures = [
            *await _claiming(Path(folder)),
            *await _planning(Path(folder)),
            *await _writing(Path(folder)),
        ]
    return Part("Storage: growth, and one writer", tuple(figures))


async def _claiming(folder: Path) -> Sequence[Figure]:
    """Half of the notices were sent long ago, the other half is due: the worst case for an order by due time."""
    files = {size: folder / f"{size}.sqlite3" for size in (_FEW, _MANY)}
    for size, file in files.items():
        await populate(file, size // 2, now=MONDAY, due_in=timedelta(days=3))
        make_history(file, size // 2, now=MONDAY)
    databases = {size: Database(url_of(file)) for size, file in files.items()}
    times: dict[int, list[float]] = {size: [] for size in files}
    looks: dict[int, list[float]] = {size: [] for size in files}
    try:
        for _ in range(_CLAIMS):
            for size, database in databases.items():
                looks[size].append(await _look_ahead(database))
                times[size].append(await _claim(database))
    finally:
        for database in databases.values():
            await database.close()
    few, many = median(times[_FEW]), median(times[_MANY])
    return (
        Figure(
            f"claim {_CLAIMED} due notices of {_MANY:,}",
            f"{many / few:.2f} times the time of {_FEW:,}",
            f"limit 1; {few * 1000:.0f} and {many * 1000:.0f} ms, medians of {_CLAIMS}",
        ),
        Figure(
            "look when the next is due, before anything is claimed",
            f"{median(looks[_MANY]) / median(looks[_FEW]):.2f} times the time of {_FEW:,}",
            "limit 1",
        ),
        Figure(
            "… both without a scan or a sort of the table",
            "yes" if (scans := _scans(files[_MANY])) == 0 else f"no: {scans} steps",
            "EXPLAIN QUERY PLAN of the sender's two questions",
        ),
    )


async def _claim(database: Database) -> float:
    began = time.perf_counter()
    async with database.write() as tx:
        claim = await tx.notices.claim(_CLAIMED, now=MONDAY, days=WorkCalendar())
    took = time.perf_counter() - began
    assert len(claim.to_send) == _CLAIMED, "each claim finds as many as it asked for"
    return took


async def _look_ahead(database: Database) -> float:
    began = time.perf_counter()
    async with database.read() as tx:
        assert await tx.notices.next_due_at() == MONDAY
    return time.perf_counter() - began


def _scans(file: Path) -> int:
    """The two questions of the sender in SQLite's own words; a step that reads all notices or sorts them is counted."""
    waiting = "notices.state IN ('planned', 'sending', 'in_doubt') AND notices.state = 'planned'"
    questions = (
        f"SELECT id FROM notices WHERE {waiting} AND due_at <= ? ORDER BY due_at, id LIMIT 100",
        f"SELECT min(due_at) FROM notices WHERE {waiting} AND ? IS NOT NULL",
    )
    with closing(sqlite3.connect(file)) as connection:
        steps = [
            str(step[3])
            for question in questions
            for step in connection.execute(f"EXPLAIN QUERY PLAN {question}", (stored(MONDAY),))
        ]
    return sum("TEMP B-TREE" in step or step == "SCAN notices" for step in steps)


async def _planning(folder: Path) -> Sequence[Figure]:
    few = await _plan(folder / "planning-few.sqlite3", _PLANNED_FEW)
    many = await _plan(folder / "planning-many.sqlite3", _PLANNED_MANY)
    return (
        Figure(
            f"plan the notices of {_PLANNED_MANY:,} people",
            f"{many.each / few.each:.2f} times the CPU a notice of {_PLANNED_FEW:,} people",
            f"limit 1; {few.each * 1e6:.0f} and {many.each * 1e6:.0f} µs a notice, {many.planned:,} notices",
        ),
        Figure(
            "… longest wait of another write meanwhile",
            f"{many.longest_wait / many.whole:.1%} of the planning",
            f"100 % in one transaction; {many.longest_wait * 1000:.0f} ms",
        ),
    )


class _Planning:
    def __init__(self, planned: int, cpu: float, whole: float, longest_wait: float) -> None:
        self.planned = planned
        self.each = cpu / planned
        self.whole = whole
        self.longest_wait = longest_wait


async def _plan(file: Path, people: int) -> _Planning:
    await populate(file, people, now=MONDAY, due_in=timedelta(days=3), needs_planning=True)
    database = Database(url_of(file))
    waits: list[float] = []
    try:
        beside = asyncio.create_task(_write_meanwhile(database, waits))
        began, spent = time.perf_counter(), time.process_time()
        planned = await plan_notices(database, days=WorkCalendar(), now=MONDAY)
        whole, cpu = time.perf_counter() - began, time.process_time() - spent
        beside.cancel()
        await asyncio.wait({beside})
    finally:
        await database.close()
    assert planned == count(file, "SELECT count(*) FROM notices")
    return _Planning(planned, cpu, whole, max(waits))


async def _write_meanwhile(database: Database, waits: list[float]) -> None:
    while True:
        began = time.perf_counter()
        async with database.write() as tx:
            await tx.notices.expire(now=_LONG_AGO)
        waits.append(time.perf_counter() - began)
        await asyncio.sleep(0.02)


_LONG_AGO: datetime = MONDAY - timedelta(days=365)


async def _writing(folder: Path) -> Sequence[Figure]:
    """Each of many tasks reads a number and writes it back plus one, in a transaction."""
    ours, our_errors = await _increments(create_writer(url_of(_counter(folder / "one-writer.sqlite3"))))
    pool, pool_errors = await _increments(create_async_engine(url_of(_counter(folder / "pool.sqlite3"))))
    return (
        Figure(
            f"{_INCREMENTS:,} concurrent increments: kept",
            f"{share(ours, _INCREMENTS)}, errors {our_errors}",
            f"SQLAlchemy's default pool, deferred transactions: {share(pool, _INCREMENTS)}, errors {pool_errors}",
        ),
    )


def _counter(file: Path) -> Path:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE counter (value INTEGER NOT NULL)")
        connection.execute("INSERT INTO counter VALUES (0)")
    return file


async def _increments(engine: AsyncEngine) -> tuple[int, int]:
    errors = 0

    async def increment() -> None:
        nonlocal errors
        try:
            async with engine.begin() as connection:
                value = (await connection.execute(text("SELECT value FROM counter"))).scalar_one()
                await connection.execute(text("UPDATE counter SET value = :value"), {"value": value + 1})
        except SQLAlchemyError:
            errors += 1

    try:
        await asyncio.gather(*(increment() for _ in range(_INCREMENTS)))
        async with engine.begin() as connection:
            return int((await connection.execute(text("SELECT value FROM counter"))).scalar_one()), errors
    finally:
        await engine.dispose()
