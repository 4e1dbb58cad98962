"""Sending by the thousand: at 1,000 a second, and as fast as the program can; beside what others manage meanwhile."""

from __future__ import annotations

import asyncio
import math
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.benchmarks.figures import Figure, Part
from tests.benchmarks.local_telegram import LocalTelegram, Tally, local_telegram
from tests.benchmarks.own_process import ending, said_by
from tests.benchmarks.population import accounts_of
from tests.benchmarks.senders import Library, OurBot, PlainLoop, killed_and_again, over_ideal, plan

_FAST = 1000.0
_FAST_PEOPLE, _FAST_KILLED = 20_000, 6_000
_MANY = 20_000  # without a limit
_LATENCY = 0.05
_BARE = "tests.benchmarks.bare_requests"
_BLOCKED_EVERY = 20
_PATIENCE = 900.0  # on a machine with nothing else to do it takes a minute


@dataclass(frozen=True, slots=True)
class _Cost:
    """What our sender's process took: CPU in seconds, the peak of its memory in MB; ``most``: left in any second."""

    sent: int
    cpu: float
    seconds: float
    most: int
    peak_mb: float

    @property
    def each(self) -> str:
        return f"{self.cpu / max(1, self.sent) * 1e6:.0f} µs"


async def measure() -> Part:
    with tempfile.TemporaryDirectory(prefix="vestovoy-bench-") as folder:
        async with asyncio.timeout(_PATIENCE):
            figures = (*await _at_a_thousand(Path(folder)), *await _without_a_limit(Path(folder)))
    return Part(
        f"Thousands: {_FAST:.0f}/s with {_LATENCY * 1000:.0f} ms latency, {100 / _BLOCKED_EVERY:.0f} % blocked "
        "and a flood model that refuses all once it is passed; then without any limit",
        figures,
    )


async def _at_a_thousand(folder: Path) -> tuple[Figure, ...]:
    people, killed = accounts_of(_FAST_PEOPLE), accounts_of(_FAST_KILLED)
    conditions: dict[str, Any] = {"latency": _LATENCY, "blocked_every": _BLOCKED_EVERY, "per_second": _FAST}
    async with local_telegram(people, bots=4, refuses_all=True, **conditions) as telegram:
        ours, theirs, library, broken = telegram.bots
        file = await plan(folder / "fast.sqlite3", _FAST_PEOPLE)
        cost = await _our_sender(telegram, ours, file, _FAST)  # by itself: it needs what a core gives
        fast_broken = OurBot(telegram, broken, await plan(folder / "fast_broken.sqlite3", _FAST_KILLED), _FAST)
        rivals = [
            await PlainLoop(telegram, theirs, people, _FAST).start(),
            await Library(telegram, library, people, _FAST, folder / "fast.json").start(),
        ]
        with ending(rivals[0]), ending(rivals[1]):
            await killed_and_again(fast_broken, telegram, broken, after=_FAST_KILLED // 2)
            tallies = [await telegram.tally(token) for token in (ours, theirs, library)]
        crashed = await telegram.tally(broken)
    wanted, wanted_killed = set(people) - telegram.blocked, set(killed) - telegram.blocked
    return (
        Figure(
            f"{_FAST_PEOPLE:,} at {_FAST:.0f}/s, paid: wall ÷ ideal",
            f"{over_ideal(tallies[0], _FAST):.3f}",
            f"limit 1.02; by what they sent for some seconds: plain loop {_pace_of(tallies[1], _FAST):.0f}, "
            f"library {_pace_of(tallies[2], _FAST):.0f}",
        ),
        _faults("…", tallies[0], wanted),
        Figure(
            "… most in any second",
            f"{cost.most}, {tallies[0].most_in_a_second}",
            f"limit {_FAST:.0f}: as they left, and as the server read them, which stood still for up to "
            f"{tallies[0].stood_still * 1000:.0f} ms",
        ),
        Figure("… CPU a message, peak memory", f"{cost.each}, {cost.peak_mb:.0f} MB", "the sender's process"),
        Figure(
            f"SIGKILL half-way through {_FAST_KILLED:,}: lost, doubled",
            f"{crashed.lost(wanted_killed)}, {crashed.doubled}",
            f"limit 0 and {fast_broken.doubted}, claimed and not settled at the kill",
        ),
    )


async def _without_a_limit(folder: Path) -> tuple[Figure, ...]:
    people = accounts_of(_MANY)
    async with local_telegram(people, bots=2, refuses_all=False) as telegram:
        file = await plan(folder / "many.sqlite3", _MANY)
        cost = await _our_sender(telegram, telegram.bots[0], file, math.inf)
        tally = await telegram.tally(telegram.bots[0])
        bare = await said_by(_BARE, telegram.url, telegram.bots[1], str(people.start), str(_MANY // 4))
    aiogram, lean = (bare[name] / (_MANY // 4) * 1e6 for name in ("aiogram", "lean"))
    whole = cost.cpu / max(1, cost.sent) * 1e6
    return (
        Figure(
            f"{_MANY:,} without a limit or latency",
            f"{cost.sent / cost.cpu:,.0f} a second of CPU",
            f"limit 3,000; {cost.sent / cost.seconds:,.0f} by the clock of a shared machine",
        ),
        Figure(
            "… CPU a message: claim, words, request, outcome",
            f"{whole:.0f} µs",
            f"limit 200; {whole / aiogram:.2f} of aiogram's bare request ({aiogram:.0f} µs), ours {lean:.0f} µs",
        ),
        _faults("…", tally, set(people)),
        Figure("… peak memory", f"{cost.peak_mb:.0f} MB"),
    )


def _faults(title: str, tally: Tally, wanted: set[int]) -> Figure:
    return Figure(
        f"{title} refusals, lost, doubled", f"{tally.refused}, {tally.lost(wanted)}, {tally.doubled}", "limit 0"
    )


def _pace_of(tally: Tally, rate: float) -> float:
    """How many times longer than ideal it would need, by what it has sent so far."""
    return math.inf if tally.seconds == 0 else over_ideal(tally, rate)


async def _our_sender(telegram: LocalTelegram, token: str, file: Path, rate: float) -> _Cost:
    return _Cost(**await said_by("tests.benchmarks.our_sender", telegram.url, token, str(file), str(rate)))
