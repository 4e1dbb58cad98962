"""What a million notices cost to plan, and who waits meanwhile: the piece of `growth` that wants a quiet machine."""

from __future__ import annotations

import asyncio
import sqlite3
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, closing, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

from bot.domain.calendar import WorkCalendar
from bot.ports.storage import Storage, Stores
from bot.services.planning_pace import PlanningPace
from storage.database import Database
from storage.sqlite_driver import Connection
from tests.benchmarks.figures import Figure, Part, median
from tests.benchmarks.network import Network, build_network
from tests.benchmarks.population import stored, url_of
from tests.calendar_days import MONDAY
from tests.planning import plan_notices

_FEW, _MANY = 10_000, 1_000_000
_LONG_AGO = MONDAY - timedelta(days=365)


async def measure() -> Part:
    with tempfile.TemporaryDirectory(prefix="vestovoy-planning-") as folder:
        few = await build_network(Path(folder) / "few.sqlite3", _FEW, now=MONDAY, is_planned=True)
        many = await build_network(Path(folder) / "many.sqlite3", _MANY, now=MONDAY, is_planned=True)
        figures = [*await planning(few, many), await _moved(few)]
    return Part(f"Planning: {4 * many.people:,} notices beside {4 * few.people:,}", tuple(figures))


async def planning(few: Network, many: Network) -> Sequence[Figure]:
    """What the notices of an event cost for everybody, with another write every twentieth of a second beside."""
    for network in (few, many):
        _wait_for_planning(network)
    bare = _bare_insert(many)
    small, _, _, _ = await _plan(few)
    each, seconds, waits, taken = await _plan(many)
    held, spent = [sorted(times) for times in zip(*taken, strict=True)]
    return (
        Figure(
            f"plan {4 * many.people:,} notices",
            f"{each * 1e6:.1f} µs of the processor a notice",
            f"{seconds:.0f} s; {each / bare:.1f} times a bare INSERT … SELECT of such rows ({bare * 1e6:.1f} µs);"
            f" {small * 1e6:.1f} µs with {4 * few.people:,}",
        ),
        Figure(
            "… its longest transaction",
            f"{spent[-1] * 1000:.0f} ms of the processor",
            f"limit 20 ms; half of {len(spent):,} took {median(spent) * 1000:.0f} ms or less, 99 of 100"
            f" {spent[len(spent) * 99 // 100] * 1000:.0f}; by the clock {held[-1] * 1000:.0f} at most",
        ),
        Figure(
            "… longest wait of another write meanwhile",
            f"{max(waits) * 1000:.0f} ms",
            f"limit 50 ms; {max(waits) / median(held):.1f} times a transaction of the planning ({len(held):,} of"
            f" {median(held) * 1000:.0f} ms); half of {len(waits):,} waited {median(waits) * 1000:.0f} ms or less,"
            f" 99 of 100 {sorted(waits)[len(waits) * 99 // 100] * 1000:.0f}; in all {max(waits) / seconds:.2%}",
        ),
    )


def _bare_insert(network: Network) -> float:
    """The same rows with nothing to work out, in the same table with its indexes and keys, on a copy."""
    file = network.file.with_name("bare.sqlite3")
    copy_of(network.file, file)
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        began, rows = time.process_time(), 0
        for start in range(0, network.people // 4, 1_000):
            rows += connection.execute(
                "INSERT INTO notices (key, person_id, kind, state, due_at, expires_at, occurrence_id,"
                " occurrence_version, assignment_id, unit_id, attempts, created_at)"
                " SELECT 'a' || owed.id || ':v1:p' || owed.person_id || ':' || step.value, owed.person_id, step.value,"
                " 'planned', date.due_at, date.due_at, date.id, 1, owed.id, owed.unit_id, 0, date.created_at"
                " FROM assignments owed JOIN occurrences date ON date.id = owed.occurrence_id"
                ' CROSS JOIN json_each(\'["announcement", "reminder", "today", "starts_soon"]\') step'
                " WHERE owed.occurrence_id = ? AND owed.person_id > ? AND owed.person_id <= ? ON CONFLICT DO NOTHING",
                (network.event_id, start, start + 1_000),
            ).rowcount
        spent = time.process_time() - began
    file.unlink()
    return spent / rows


async def _plan(network: Network) -> tuple[float, float, list[float], list[_Taken]]:
    """CPU a notice, seconds, how long other writes waited, and what each transaction of the planning took."""
    database = Database(url_of(network.file))
    waits: list[float] = []
    taken: list[_Taken] = []
    over = asyncio.Event()
    beside = asyncio.create_task(_write_meanwhile(database, waits, over))
    try:
        began, spent = time.perf_counter(), time.process_time()
        with _noting(taken):
            planned = await plan_notices(database, days=WorkCalendar(), now=MONDAY)
        seconds, cpu = time.perf_counter() - began, time.process_time() - spent
    finally:
        over.set()
        await beside
        await database.close()
    assert planned == 4 * network.people, "the announcement, two reminders and the link"
    return cpu / planned, seconds, waits, taken


class _Taken(NamedTuple):
    """Seconds for which a transaction had the lock, by the clock and of the processor: on a busy machine the clock
    says how long it waited for a core."""

    held: float
    spent: float


@contextmanager
def _noting(taken: list[_Taken]) -> Iterator[None]:
    """Notes what the transactions of the planning take: of the event loop's thread and of the connection's. What else
    the loop does meanwhile is counted too, and what writes the log back is not."""
    watched, run_on_thread = PlanningPace.watched, Connection._on_thread
    on_threads = 0.0

    def timed(connection: Connection, deed: Callable[[], Any]) -> Any:
        def work() -> Any:
            nonlocal on_threads
            began = time.thread_time()
            try:
                return deed()
            finally:
                on_threads += time.thread_time() - began

        return run_on_thread(connection, work)

    @asynccontextmanager
    async def noting(pace: PlanningPace, storage: Storage) -> AsyncIterator[Stores]:
        async with watched(pace, storage) as tx:
            began, spent = time.perf_counter(), time.thread_time() + on_threads
            yield tx
        taken.append(_Taken(time.perf_counter() - began, time.thread_time() + on_threads - spent))

    with patch.object(PlanningPace, "watched", noting), patch.object(Connection, "_on_thread", timed):
        yield


async def _write_meanwhile(database: Database, waits: list[float], over: asyncio.Event) -> None:
    while not over.is_set():
        began = time.perf_counter()
        async with database.write() as tx:
            await tx.notices.expire(now=_LONG_AGO)
        waits.append(time.perf_counter() - began)
        await asyncio.sleep(0.02)


def _wait_for_planning(network: Network) -> None:
    with closing(sqlite3.connect(network.file)) as connection, connection:
        connection.execute("UPDATE occurrences SET needs_planning = 1 WHERE id = ?", (network.event_id,))


async def _moved(network: Network) -> Figure:
    told = await _plan_moved(network)
    return Figure(
        f"tell {network.people:,} people that it has moved",
        f"{told * 1e6:.0f} µs of the processor a person",
        "the news, the edit of the announcement, and the steps that come after it",
    )


async def _plan_moved(network: Network) -> float:
    """CPU a person: the announcement has come to everybody, and the event goes to another day."""
    later = MONDAY + timedelta(days=14)
    with closing(sqlite3.connect(network.file)) as connection, connection:
        connection.execute(
            "UPDATE notices SET state = 'sent', claimed_at = due_at, settled_at = due_at, message_id = id"
            " WHERE occurrence_id = ? AND kind = 'announcement'",
            (network.event_id,),
        )
        connection.execute(
            "UPDATE occurrences SET version = 2, moved_from = due_at, needs_planning = 1, due_at = ?, due_on = ?"
            " WHERE id = ?",
            (stored(later), f"{later:%Y-%m-%d}", network.event_id),
        )
    database = Database(url_of(network.file))
    try:
        spent = time.process_time()
        planned = await plan_notices(database, days=WorkCalendar(), now=MONDAY)
        assert planned >= 2 * network.people, "the news and the edit at least"
        return (time.process_time() - spent) / network.people
    finally:
        await database.close()


def copy_of(file: Path, target: Path) -> None:
    """A database as it stands, in another file."""
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
