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
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

from pydantic import SecretStr
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from bot.app import App
from bot.clock import MovableClock
from bot.config import Settings
from bot.domain.calendar import WorkCalendar
from bot.domain.ids import OccurrenceId, PersonId
from bot.services.show_board import list_board, show_board
from storage import sqlite_driver
from storage.database import Database
from tests.acting import actor_of
from tests.benchmarks.figures import Figure, Part, median
from tests.benchmarks.local_telegram import local_telegram
from tests.benchmarks.network import TASKS, Network, build_network
from tests.benchmarks.own_process import ROOT, said_by
from tests.benchmarks.planning import copy_of, planning
from tests.benchmarks.population import accounts_of, stored, url_of
from tests.calendar_days import MONDAY

_FEW, _MANY = 10_000, 1_000_000
_EVERY = 50  # steps of SQLite between two counts
_CLAIMS = 10
_TICKS_FOR = 45.0  # seconds that the bot runs for
_STEPS = 8


async def measure() -> Part:
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory(prefix="vestovoy-growth-") as folder, _progress() as step:
        step(f"a network of {_FEW:,}")
        few = await build_network(Path(folder) / "few.sqlite3", _FEW, now=MONDAY, is_planned=True)
        step(f"a network of {_MANY:,}")
        many = await build_network(Path(folder) / "many.sqlite3", _MANY, now=MONDAY, is_planned=True)
        step("idle jobs")
        figures += await _idle(few, many)
        step(f"the process, for {_TICKS_FOR:.0f} s")
        figures += await _process(many)
        step(f"planning {4 * many.people:,} notices")
        figures += await planning(few, many)
        step("claiming")
        figures += await _claiming(few, many)
        step("the board")
        figures += await _board(many)
        step("an export of a million lines")
        figures += await _export(many)
    return Part(f"Growth: {_MANY:,} assignments beside {_FEW:,}", tuple(figures))


@contextmanager
def _progress() -> Iterator[Callable[[str], None]]:
    """What is under way, and how much of it is behind; nothing of it stays on the screen."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        shown = progress.add_task("", total=_STEPS, completed=-1)

        def step(name: str) -> None:
            progress.update(shown, description=name, advance=1)

        yield step


class _Steps:
    """Counts what SQLite does for every statement, whichever connection it runs on."""

    def __init__(self) -> None:
        self.count = 0
        self._run = sqlite_driver._run

    def run(self, connection: sqlite3.Connection, operation: str, parameters: Any, *, is_many: bool) -> Any:
        """Instead of the driver's own, whose look at the time goes by the same handler: nothing is broken off."""
        connection.set_progress_handler(self._note, _EVERY)
        try:
            return self._run(connection, operation, parameters, is_many=is_many)
        finally:
            connection.set_progress_handler(None, 0)

    def _note(self) -> int:
        self.count += _EVERY
        return 0

    async def of(self, work: Callable[[], Awaitable[object]]) -> int:
        before = self.count
        with patch.object(sqlite_driver, "_run", self.run):
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
        counter = _Steps()
        await app.scheduler.run_all_now()
        return {job.name: await counter.of(job.run) for job in app.scheduler._jobs}
    finally:
        await app.close()


async def _process(network: Network) -> Sequence[Figure]:
    """`python -m bot run` on the larger database, while it plans the notices of an event that is ten days ahead."""
    file = network.file.with_name("process.sqlite3")
    copy_of(network.file, file)
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


async def _claiming(few: Network, many: Network) -> Sequence[Figure]:
    """The announcement of the event falls due for everybody at once."""
    databases, counter, spent = [], _Steps(), []
    for network in (few, many):
        with closing(sqlite3.connect(network.file)) as connection, connection:
            connection.execute("UPDATE notices SET due_at = ? WHERE kind = 'announcement'", (stored(MONDAY),))
        databases.append(Database(url_of(network.file)))
    try:
        for _ in range(_CLAIMS):
            for database in databases:
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
    """What a coordinator of all sees, and one of a single school; each asked a second time, as it is all day."""
    database = Database(url_of(network.file))
    try:
        owner = replace(await actor_of(database, PersonId(1)), is_owner=True)
        school = await actor_of(database, PersonId(network.people + 1))
        page = await list_board(database, actor=owner, now=MONDAY)
        tasks = [OccurrenceId(number) for number in range(1, TASKS + 1)]
        of_page = await _cpu(lambda: list_board(database, actor=owner, now=MONDAY))
        of_all = await _cpu(lambda: _sums(database, tasks))
        of_one = await _cpu(lambda: show_board(database, actor=owner, occurrence_id=page.lines[0].occurrence_id))
        of_event = await _cpu(lambda: show_board(database, actor=owner, occurrence_id=OccurrenceId(network.event_id)))
        of_school = await _cpu(lambda: list_board(database, actor=school, now=MONDAY))
    finally:
        await database.close()
    return (
        Figure(
            f"the board of {network.schools:,} schools × {TASKS} tasks, all its sums",
            f"{of_all:.2f} s of the processor",
            f"limit 1 s; {of_all / (network.schools * TASKS) * 1e6:.1f} µs an assignment",
        ),
        Figure("… its first screen", f"{of_page * 1000:.0f} ms of the processor", "limit 1 s"),
        Figure("… one task, by regions", f"{of_one * 1000:.0f} ms of the processor", "limit 1 s"),
        Figure(f"… an event of {network.people:,} people, by regions", f"{of_event * 1000:.0f} ms of the processor"),
        Figure("the first screen of one school", f"{of_school * 1000:.0f} ms of the processor"),
    )


async def _sums(database: Database, tasks: Sequence[OccurrenceId]) -> None:
    async with database.read() as tx:
        assert len(await tx.board.lines(tasks, ["/"])) == len(tasks)


async def _cpu(work: Callable[[], Awaitable[object]]) -> float:
    """Seconds of the processor, the less of two times."""
    spent = []
    for _ in range(2):
        began = time.process_time()
        await work()
        spent.append(time.process_time() - began)
    return min(spent)


async def _export(network: Network) -> Sequence[Figure]:
    """The file of a task of all schools, and of an event with four times its people, each by a process of its own."""
    file = network.file.with_name("export.sqlite3")
    copy_of(network.file, file)
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("DROP INDEX uq_assignments_person")  # everybody comes four times, so that they are a million
        for _ in range(3):
            connection.execute(
                "INSERT INTO assignments (occurrence_id, unit_id, person_id, created_at) SELECT occurrence_id, unit_id,"
                " person_id, created_at FROM assignments WHERE occurrence_id = ? AND person_id IS NOT NULL"
                " GROUP BY person_id",
                (network.event_id,),
            )
    few, many = [await _exported(file, occurrence) for occurrence in (1, network.event_id)]
    file.unlink()
    return (
        Figure(
            f"export of {many['rows']:,} lines: its process at its peak",
            f"{many['peak']} MB",
            f"{few['peak']} MB with {few['rows']:,} lines, {many['before']} MB before; a .zip of {many['size']:.1f} MB"
            f" of the 50 that a message takes; {many['spent'] / many['rows'] * 1e6:.0f} µs of the processor a line",
        ),
    )


async def _exported(file: Path, occurrence: int) -> dict[str, Any]:
    found: dict[str, Any] = await said_by("tests.benchmarks.exporting", url_of(file), str(occurrence))
    return found
