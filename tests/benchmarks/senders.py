"""Programs that send a broadcast, each in a process of its own: the bot, a plain loop, and a library."""

from __future__ import annotations

import asyncio
import os
import sys
from datetime import timedelta
from pathlib import Path
from typing import Protocol

from bot.clock import SystemClock
from tests.benchmarks.local_telegram import LocalTelegram, Tally
from tests.benchmarks.own_process import ROOT, ending
from tests.benchmarks.population import count, make_due, populate, url_of

_LOOK = 0.2  # seconds: each look takes the server some milliseconds of what it is there for
_TICKS = os.sysconf("SC_CLK_TCK")


class Program(Protocol):
    async def start(self) -> asyncio.subprocess.Process: ...

    async def ended(self, process: asyncio.subprocess.Process) -> None:
        """Everything was sent, as far as it will be, and the process has gone."""


class OurBot:
    """``python -m bot run`` on a database in which the notices are due."""

    def __init__(self, telegram: LocalTelegram, token: str, file: Path, rate: float) -> None:
        self._telegram = telegram
        self._token = token
        self._file = file
        self._environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "BOT_TOKEN": token,
            "TELEGRAM_API_URL": telegram.url,
            "DATABASE_URL": url_of(file),
            "SEND_RATE": str(rate),
            "PAID_BROADCAST": str(rate > 30).lower(),
            "LOG_LEVEL": "ERROR",
        }
        self.peak_mb = 0.0
        self.cpu_each = 0.0
        """Seconds, from the first message to the last; whatever else the bot does meanwhile is in it."""

    async def start(self) -> asyncio.subprocess.Process:
        # In the database's folder, where no .env of the machine's owner lies.
        return await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", cwd=self._file.parent, env=self._environment
        )

    async def ended(self, process: asyncio.subprocess.Process) -> None:
        while not (begun := await self._telegram.arrived(self._token)):  # noqa: ASYNC110 - as below
            await asyncio.sleep(_LOOK)
        cpu = _cpu(process.pid)
        waiting = "SELECT count(*) FROM notices WHERE state IN ('planned', 'sending', 'in_doubt')"
        while count(self._file, waiting):  # noqa: ASYNC110 - another process moves it on, no event of ours
            await asyncio.sleep(_LOOK)
        if (sent := await self._telegram.arrived(self._token) - begun) > 0:
            self.cpu_each = (_cpu(process.pid) - cpu) / sent
        self.peak_mb = _peak_mb(process.pid)
        process.terminate()
        await process.wait()

    @property
    def doubted(self) -> int:
        return count(self._file, "SELECT count(*) FROM notices WHERE was_in_doubt")


class PlainLoop:
    def __init__(self, telegram: LocalTelegram, token: str, people: range, rate: float) -> None:
        self._arguments = [telegram.url, token, str(rate), str(people.start), str(len(people))]

    async def start(self) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.benchmarks.plain_loop", *self._arguments, cwd=ROOT
        )

    async def ended(self, process: asyncio.subprocess.Process) -> None:
        await process.wait()


class Library(PlainLoop):
    """It remembers in ``file`` who was sent what."""

    def __init__(self, telegram: LocalTelegram, token: str, people: range, rate: float, file: Path) -> None:
        super().__init__(telegram, token, people, rate)
        self._arguments.append(str(file))

    async def start(self) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.benchmarks.broadcast_library", *self._arguments, cwd=ROOT
        )


def over_ideal(tally: Tally, rate: float) -> float:
    """Of those that were not refused: all of them in the time that the rate asks for is 1."""
    return tally.seconds * rate / max(1, sum(tally.delivered.values()) + tally.blocked - 1)


async def plan(file: Path, people: int) -> Path:
    """A database in which a notice to each of them is due."""
    now = SystemClock().now()
    await populate(file, people, now=now, due_in=timedelta(minutes=10))
    make_due(file, people, now=now)
    return file


async def through(program: Program) -> None:
    process = await program.start()
    with ending(process):
        await program.ended(process)


async def killed_and_again(program: Program, telegram: LocalTelegram, token: str, *, after: int) -> None:
    """SIGKILL when so many messages have arrived, and the same program is started again."""
    process = await program.start()
    with ending(process):
        while await telegram.arrived(token) < after:  # noqa: ASYNC110 - another process moves it on
            await asyncio.sleep(_LOOK)
    await process.wait()
    await through(program)


def _cpu(pid: int) -> float:
    """Seconds of the processor that it has used; 0 where the system does not tell."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _peak_mb(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)
