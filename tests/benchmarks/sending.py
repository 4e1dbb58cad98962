"""Sending to many under flood control: the real bot beside a plain loop, at the same time on the same machine.

Everything is counted at the local Telegram. The time is its own too, from the first message to the last, so that no
start of a process is in it. At 30 messages a second all four programs together need a few per cent of a core.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from bot.clock import SystemClock
from bot.telegram.pacing import Pacer
from tests.benchmarks.figures import Figure, Part
from tests.benchmarks.local_telegram import ROOT, LocalTelegram, Tally, local_telegram
from tests.benchmarks.population import accounts_of, count, make_due, populate, url_of

_PEOPLE = 600
_KILLED = 300  # recipients of the broadcasts that are killed half-way
_RATE = 30.0
_IDEAL = (_PEOPLE - 1) / _RATE  # seconds from the first message to the last
_LATENCY = 0.05
_BLOCKED_EVERY = 20
_LOOK = 0.05
_PATIENCE = 150.0


class _OurBot:
    """``python -m bot run`` on a database in which the notices are due."""

    def __init__(self, telegram: LocalTelegram, token: str, file: Path) -> None:
        self._environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "BOT_TOKEN": token,
            "TELEGRAM_API_URL": telegram.url,
            "DATABASE_URL": url_of(file),
            "SEND_RATE": str(_RATE),
            "LOG_LEVEL": "ERROR",
        }
        self._file = file

    async def start(self) -> asyncio.subprocess.Process:
        # In the database's folder, where no .env of the machine's owner lies.
        return await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", cwd=self._file.parent, env=self._environment
        )

    async def ended(self, process: asyncio.subprocess.Process) -> None:
        """Everything that was due has its outcome; then the bot is asked to stop."""
        waiting = "SELECT count(*) FROM notices WHERE state IN ('planned', 'sending', 'in_doubt')"
        while count(self._file, waiting):  # noqa: ASYNC110 - another process moves it on, no event of ours
            await asyncio.sleep(_LOOK)
        process.terminate()
        await process.wait()

    @property
    def doubted(self) -> int:
        return count(self._file, "SELECT count(*) FROM notices WHERE was_in_doubt")


class _PlainLoop:
    def __init__(self, telegram: LocalTelegram, token: str, people: range) -> None:
        self._arguments = (telegram.url, token, str(_RATE), str(people.start), str(len(people)))

    async def start(self) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.benchmarks.plain_loop", *self._arguments, cwd=ROOT
        )

    async def ended(self, process: asyncio.subprocess.Process) -> None:
        await process.wait()


async def measure() -> Part:
    people, killed = accounts_of(_PEOPLE), accounts_of(_KILLED)
    with tempfile.TemporaryDirectory(prefix="vestovoy-bench-") as folder:
        whole, broken = Path(folder) / "whole.sqlite3", Path(folder) / "broken.sqlite3"
        await _plan(whole, _PEOPLE)
        await _plan(broken, _KILLED)
        conditions = local_telegram(people, bots=4, per_second=_RATE, latency=_LATENCY, blocked_every=_BLOCKED_EVERY)
        async with conditions as telegram, asyncio.timeout(_PATIENCE):
            ours, theirs, ours_killed, theirs_killed = telegram.bots
            killed_bot = _OurBot(telegram, ours_killed, broken)
            floor, *_ = await asyncio.gather(
                _metronome(),
                _through(_OurBot(telegram, ours, whole)),
                _through(_PlainLoop(telegram, theirs, people)),
                _killed(killed_bot, telegram, ours_killed),
                _killed(_PlainLoop(telegram, theirs_killed, killed), telegram, theirs_killed),
            )
            tallies = [await telegram.tally(token) for token in telegram.bots]
        wanted, wanted_killed = set(people) - telegram.blocked, set(killed) - telegram.blocked
        figures = (
            *_whole(tallies[0], tallies[1], wanted, floor=floor),
            *_crashed(tallies[2], tallies[3], wanted_killed, doubted=killed_bot.doubted),
        )
    return Part(
        f"Sending: {_PEOPLE} recipients at {_RATE:.0f}/s, {_LATENCY * 1000:.0f} ms latency, "
        f"{100 / _BLOCKED_EVERY:.0f} % blocked, flood control on",
        figures,
    )


async def _plan(file: Path, people: int) -> None:
    now = SystemClock().now()
    await populate(file, people, now=now, due_in=timedelta(minutes=10))
    make_due(file, people, now=now)


async def _through(program: _OurBot | _PlainLoop) -> None:
    process = await program.start()
    with _ending(process):
        await program.ended(process)


async def _killed(program: _OurBot | _PlainLoop, telegram: LocalTelegram, token: str) -> None:
    """SIGKILL when half of the messages have arrived, and the same program is started again."""
    process = await program.start()
    with _ending(process):
        while await telegram.arrived(token) < _KILLED // 2:  # noqa: ASYNC110 - another process moves it on
            await asyncio.sleep(_LOOK)
    await process.wait()
    await _through(program)


@contextmanager
def _ending(process: asyncio.subprocess.Process) -> Iterator[None]:
    """Nothing that was started outlives the measuring."""
    try:
        yield
    finally:
        if process.returncode is None:
            process.kill()


async def _metronome() -> float:
    """The same pace with nothing sent: what the machine itself makes of it while everything else runs."""
    loop, pacer = asyncio.get_running_loop(), Pacer(_RATE)
    await pacer.permission()
    began = loop.time()
    for _ in range(_PEOPLE - 1):
        await pacer.permission()
    return (loop.time() - began) / _IDEAL


def _whole(ours: Tally, theirs: Tally, wanted: set[int], *, floor: float) -> tuple[Figure, ...]:
    return (
        Figure(
            "wall ÷ ideal",
            f"{ours.seconds / _IDEAL:.3f}",
            f"plain loop {theirs.seconds / _IDEAL:.2f}; limit 1; a metronome that sends nothing {floor:.3f}",
        ),
        Figure("refusals (429)", str(ours.refused), f"plain loop {theirs.refused}"),
        Figure("lost", str(ours.lost(wanted)), f"plain loop {theirs.lost(wanted)}"),
        Figure("doubled", str(ours.doubled), f"plain loop {theirs.doubled}"),
    )


def _crashed(ours: Tally, theirs: Tally, wanted: set[int], *, doubted: int) -> tuple[Figure, ...]:
    limit = f"limit {doubted}, claimed and not settled at the kill; plain loop {theirs.doubled}"
    name = f"SIGKILL half-way through {_KILLED} and restart"
    return (
        Figure(f"{name}: lost", str(ours.lost(wanted)), f"limit 0; plain loop {theirs.lost(wanted)}"),
        Figure(
            "… doubled", f"{ours.doubled}, all named in doubt" if ours.doubled <= doubted else str(ours.doubled), limit
        ),
        Figure("… refusals (429)", str(ours.refused), f"plain loop {theirs.refused}"),
    )
