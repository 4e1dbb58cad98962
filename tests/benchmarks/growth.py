"""What a million assignments cost beside ten thousand: idle jobs, planning, claiming, the board, the process.

Steps are those of SQLite's virtual machine: they say what a question reads, however busy the computer is.
"""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sqlite3
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from sqlalchemy import event

from bot.app import App
from bot.clock import MovableClock
from bot.config import Settings
from bot.domain.calendar import WorkCalendar
from bot.domain.ids import PersonId
from bot.services.plan_notices import plan_notices
from bot.services.show_board import list_board, show_board
from storage.database import Database
from tests.acting import actor_of
from tests.benchmarks.figures import Figure, Part, median
from tests.benchmarks.local_telegram import ROOT, local_telegram
from tests.benchmarks.network import TASKS, Network, build_network
from tests.benchmarks.population import accounts_of, stored, url_of
from tests.calendar_days import MONDAY

_FEW, _MANY = 10_000, 1_000_000
_EVERY = 50  # steps of SQLite between two counts
_CLAIMS = 10
_LONG_AGO = MONDAY - timedelta(days=365)
_TICKS_FOR = 45.0  # seconds that the bot runs for


async def measure() -> Part:
    with tempfile.TemporaryDirectory(prefix="vestovoy-growth-") as folder:
        few = await build_network(Path(folder) / "few.sqlite3", _FEW, now=MONDAY, is_planned=True)
        many = await build_network(Path(folder) / "many.sqlite3", _MANY, now=MONDAY, is_planned=True)
        figures = [*await _idle(few, many), *await _process(many)]
        for network in (few, many):
            _wait_for_planning(network)
        figures += [*await _planning(few, many), *await _claiming(few, many), *await _board(many)]
    return Part(f"Growth: {_MANY:,} assignments beside {_FEW:,}", tuple(figures))


class _Steps:
    """Counts what SQLite does for each of the connections of a database."""

    def __init__(self, database: Database) -> None:
        self.count = 0
        for engine in (database._writer, database._reader):
            event.listen(engine.sync_engine, "connect", self._watch)

    def _watch(self, connection: Any, _record: object) -> None:
        connection.run_async(lambda driver: driver.set_progress_handler(self._note, _EVERY))

    def _note(self) -> int:
        self.count += _EVERY
        return 0

    async def of(self, work: Callable[[], Awaitable[object]]) -> int:
        before = self.count
        await work()
        return self.count - before


async def _idle(few: Network, many: Network) -> Sequence[Figure]:
    """Each job of the scheduler when there is nothing for it to do: the second of two runs at the same moment."""
    steps = [await _steps_of_jobs(network) for network in (few, many)]
    figures = [
        Figure(f"idle: {name}", f"{steps[1][name]:,} steps", f"{steps[0][name]:,} at {_FEW:,}")
        for name in steps[0]
        if max(steps[0][name], steps[1][name]) > 1_000
    ]
    rest = [name for name in steps[0] if max(steps[0][name], steps[1][name]) <= 1_000]
    return (
        Figure("idle jobs of at most 1,000 steps at either size", f"{len(rest)} of {len(steps[0])}", ", ".join(rest)),
        *figures,
    )


async def _steps_of_jobs(network: Network) -> dict[str, int]:
    settings = Settings(_env_file=None, database_url=url_of(network.file), backup_keep_days=0)  # type: ignore[call-arg]
    token = SecretStr("1:growth")
    app = await App.build(settings.model_copy(update={"bot_token": token}), MovableClock(MONDAY, is_frozen=True))
    try:
        counter = _Steps(app.storage)
        await app.scheduler.run_all_now()
        return {job.name: await counter.of(job.run) for job in app.scheduler._jobs}
    finally:
        await app.close()


async def _process(network: Network) -> Sequence[Figure]:
    """`python -m bot run` on the larger database, while it plans the notices of an event that is ten days ahead."""
    file = network.file.with_name("process.sqlite3")
    _copy(network.file, file)
    ahead = datetime.now(UTC) + timedelta(days=10)  # noqa: TID251 - the process has the real clock
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(
            "UPDATE occurrences SET due_at = ?, due_on = ?, needs_planning = 1 WHERE id = ?",
            (stored(ahead), f"{ahead:%Y-%m-%d}", network.event_id),
        )
        connection.execute("UPDATE notices SET state = 'expired' WHERE state = 'planned'")
    async with local_telegram(accounts_of(1)) as telegram:
        environment = {
            **os.environ,
            "BOT_TOKEN": telegram.bots[0],
            "TELEGRAM_API_URL": telegram.url,
            "DATABASE_URL": url_of(file),
            "BACKUP_KEEP_DAYS": "0",
            "LOG_LEVEL": "ERROR",
        }
        bot = await asyncio.create_subprocess_exec(sys.executable, "-m", "bot", "run", cwd=ROOT, env=environment)
        await asyncio.sleep(_TICKS_FOR)
        now, peak = _memory(bot.pid)
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as other_hand:
            planned = other_hand.execute("SELECT count(*) FROM notices WHERE occurrence_id = 52").fetchone()[0]
        bot.send_signal(signal.SIGTERM)
        await bot.wait()
    file.unlink()
    return (
        Figure(
            f"`python -m bot run` at {_MANY:,}: its peak while it plans",
            f"{peak} MB",
            f"limit 250 MB; {now} MB after {_TICKS_FOR:.0f} s, with {planned:,} notices planned by then",
        ),
    )


def _memory(pid: int) -> tuple[int, int]:
    """Megabytes of memory that a process has, and the most that it had."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    found = {
        name: int(kilobytes) // 1024
        for name, kilobytes in re.findall(r"^(VmRSS|VmHWM):\s+(\d+) kB", status, re.MULTILINE)
    }
    return found["VmRSS"], found["VmHWM"]


async def _planning(few: Network, many: Network) -> Sequence[Figure]:
    bare = _bare_insert(many)
    small, _, _ = await _plan(few)
    each, seconds, waits = await _plan(many)
    return (
        Figure(
            f"plan {4 * many.people:,} notices",
            f"{each * 1e6:.1f} µs of the processor a notice",
            f"{seconds:.0f} s; {each / bare:.1f} times a bare INSERT … SELECT of such rows ({bare * 1e6:.1f} µs);"
            f" {small * 1e6:.1f} µs with {4 * few.people:,}",
        ),
        Figure(
            "… longest wait of another write meanwhile",
            f"{max(waits) * 1000:.0f} ms",
            f"limit 50 ms; half of {len(waits)} waited {median(waits) * 1000:.0f} ms or less,"
            f" {max(waits) / seconds:.1%} of the planning",
        ),
    )


def _bare_insert(network: Network) -> float:
    """The same rows with nothing to work out, in the same table with its indexes and keys, on a copy."""
    file = network.file.with_name("bare.sqlite3")
    _copy(network.file, file)
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


async def _plan(network: Network) -> tuple[float, float, list[float]]:
    database = Database(url_of(network.file))
    waits: list[float] = []
    over = asyncio.Event()
    beside = asyncio.create_task(_write_meanwhile(database, waits, over))
    try:
        began, spent = time.perf_counter(), time.process_time()
        planned = await plan_notices(database, days=WorkCalendar(), now=MONDAY)
        seconds, cpu = time.perf_counter() - began, time.process_time() - spent
    finally:
        over.set()
        await beside
        await database.close()
    assert planned == 4 * network.people, "the announcement, two reminders and the link"
    return cpu / planned, seconds, waits


async def _write_meanwhile(database: Database, waits: list[float], over: asyncio.Event) -> None:
    while not over.is_set():
        began = time.perf_counter()
        async with database.write() as tx:
            await tx.notices.expire(now=_LONG_AGO)
        waits.append(time.perf_counter() - began)
        await asyncio.sleep(0.02)


async def _claiming(few: Network, many: Network) -> Sequence[Figure]:
    """The announcement of the event falls due for everybody at once."""
    databases, steps, spent = [], [], []
    for network in (few, many):
        with closing(sqlite3.connect(network.file)) as connection, connection:
            connection.execute("UPDATE notices SET due_at = ? WHERE kind = 'announcement'", (stored(MONDAY),))
        databases.append(Database(url_of(network.file)))
        steps.append(_Steps(databases[-1]))
    try:
        for _ in range(_CLAIMS):
            for database, counter in zip(databases, steps, strict=True):
                began, done = time.process_time(), await counter.of(partial(_claim, database))
                spent.append((time.process_time() - began, done))
    finally:
        for database in databases:
            await database.close()
    (small, few_steps), (large, many_steps) = (
        (median([one[0] for one in spent[place::2]]), median([one[1] for one in spent[place::2]])) for place in (0, 1)
    )
    return (
        Figure(
            "claim 100 due notices",
            f"{many_steps / few_steps:.2f} times the steps",
            f"limit 1; {large / small:.2f} times the time of the processor, medians of {_CLAIMS}",
        ),
    )


async def _claim(database: Database) -> None:
    async with database.write() as tx:
        claim = await tx.notices.claim(100, now=MONDAY, days=WorkCalendar())
    assert claim.looked_at == 100


async def _board(network: Network) -> Sequence[Figure]:
    database = Database(url_of(network.file))
    try:
        actor = replace(await actor_of(database, PersonId(1)), is_owner=True)
        began = time.process_time()
        page = await list_board(database, actor=actor, now=MONDAY)
        of_page, began = time.process_time() - began, time.process_time()
        await list_board(database, actor=actor, now=MONDAY, page_size=TASKS)
        of_all, began = time.process_time() - began, time.process_time()
        await show_board(database, actor=actor, occurrence_id=page.lines[0].occurrence_id)
        of_one = time.process_time() - began
    finally:
        await database.close()
    schools = f"{network.schools:,} schools × {TASKS} tasks"
    return (
        Figure(f"the board of {schools}: the first screen", f"{of_page:.2f} s of the processor", "limit 1 s"),
        Figure("… all its dates at once", f"{of_all:.2f} s of the processor", ""),
        Figure("… one task, by regions", f"{of_one:.2f} s of the processor", "limit 1 s"),
    )


def _wait_for_planning(network: Network) -> None:
    with closing(sqlite3.connect(network.file)) as connection, connection:
        connection.execute("UPDATE occurrences SET needs_planning = 1 WHERE id = ?", (network.event_id,))


def _copy(file: Path, target: Path) -> None:
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
