"""Sending to many under flood control: the real bot beside a plain loop and a library, at the same time.

Everything is counted at the local Telegram. The time is its own too, from the first message to the last, so that no
start of a process is in it.
"""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path
from typing import Any

from bot.telegram.pacing import Pacer
from tests.benchmarks.figures import Figure, Part
from tests.benchmarks.local_telegram import Tally, local_telegram
from tests.benchmarks.paces import over_ideal as times_over_ideal
from tests.benchmarks.population import accounts_of
from tests.benchmarks.senders import Library, OurBot, PlainLoop, killed_and_again, over_ideal, plan, through

_PEOPLE = 600
_KILLED = 300  # recipients of the broadcasts that are killed half-way
_RATE = 30.0
_ALLOWED = 25.0  # where the bot was told more
_LATENCY = 0.05
_BLOCKED_EVERY = 20
_PATIENCE = 900.0  # on a machine with nothing else to do it takes a minute


async def measure() -> Part:
    with tempfile.TemporaryDirectory(prefix="vestovoy-bench-") as folder:
        async with asyncio.timeout(_PATIENCE):
            figures = await _at_thirty(Path(folder))
    return Part(
        f"Sending under flood control, {_LATENCY * 1000:.0f} ms latency, {100 / _BLOCKED_EVERY:.0f} % blocked; beside "
        "a plain loop with a pause, and aiogram-broadcaster",
        figures,
    )


async def _at_thirty(folder: Path) -> tuple[Figure, ...]:
    """What is held to a hundredth goes alone: seven programs that start at once take both cores from one that sends."""
    people, killed = accounts_of(_PEOPLE), accounts_of(_KILLED)
    conditions: dict[str, Any] = {"latency": _LATENCY, "blocked_every": _BLOCKED_EVERY}
    async with (
        local_telegram(people, bots=6, per_second=_RATE, **conditions) as usual,
        local_telegram(people, per_second=_ALLOWED, refuses_all=False, **conditions) as slower,
        local_telegram(people, bots=2, per_second=_ALLOWED, refuses_all=True, **conditions) as harsh,
    ):
        tokens = usual.bots
        whole = OurBot(usual, tokens[0], await plan(folder / "whole.sqlite3", _PEOPLE), _RATE)
        broken = OurBot(usual, tokens[3], await plan(folder / "broken.sqlite3", _KILLED), _RATE)
        told = OurBot(slower, slower.bots[0], await plan(folder / "told.sqlite3", _PEOPLE), _RATE)
        refused = OurBot(harsh, harsh.bots[0], await plan(folder / "refused.sqlite3", _PEOPLE), _RATE)
        in_time = OurBot(harsh, harsh.bots[1], await plan(folder / "in_time.sqlite3", _PEOPLE), _ALLOWED)
        floor, _ = await asyncio.gather(_metronome(), through(whole))
        await through(in_time)
        await asyncio.gather(
            through(PlainLoop(usual, tokens[1], people, _RATE)),
            through(Library(usual, tokens[2], people, _RATE, folder / "library.json")),
            killed_and_again(broken, usual, tokens[3], after=_KILLED // 2),
            killed_and_again(PlainLoop(usual, tokens[4], killed, _RATE), usual, tokens[4], after=_KILLED // 2),
            killed_and_again(
                Library(usual, tokens[5], killed, _RATE, folder / "killed.json"), usual, tokens[5], after=_KILLED // 2
            ),
            through(told),
            through(refused),
        )
        tallies = [await usual.tally(token) for token in tokens]
        slow = await slower.tally(slower.bots[0])
        harsh_tallies = [await harsh.tally(token) for token in harsh.bots]
        wanted, wanted_killed = set(people) - usual.blocked, set(killed) - usual.blocked
    title = f"{_PEOPLE} at {_RATE:.0f}/s"
    return (
        *_compared(title, _RATE, tallies[:3], wanted, f"; a metronome that sends nothing {floor:.3f}"),
        Figure(
            "… CPU a message, peak memory",
            f"{whole.cpu_each * 1e6:.0f} µs, {whole.peak_mb:.0f} MB",
            "all that the bot does",
        ),
        *_crashed(f"SIGKILL half-way through {_KILLED}", tallies[3:], wanted_killed, doubted=broken.doubted),
        _alone(f"told {_RATE:.0f}/s where {_ALLOWED:.0f} are allowed", slow, wanted, _ALLOWED, limit=1.2),
        _alone("… where a refusal is for everybody", harsh_tallies[0], wanted, _ALLOWED, limit=1.2),
        _alone(f"told {_ALLOWED:.0f}/s there", harsh_tallies[1], wanted, _ALLOWED, limit=1.01),
    )


def _compared(title: str, rate: float, tallies: list[Tally], wanted: set[int], floor: str) -> tuple[Figure, ...]:
    ours, plain, library = tallies
    return (
        Figure(
            f"{title}: wall ÷ ideal",
            f"{over_ideal(ours, rate):.3f}",
            f"limit 1.01; plain loop {over_ideal(plain, rate):.2f}, library {over_ideal(library, rate):.2f}{floor}",
        ),
        Figure(
            "… most in any second",
            str(ours.most_in_a_second),
            f"limit {rate:.0f}, at the server's clock; plain loop {plain.most_in_a_second}, "
            f"library {library.most_in_a_second}",
        ),
        Figure("… refusals (429)", str(ours.refused), f"plain loop {plain.refused}, library {library.refused}"),
        Figure("… lost", str(ours.lost(wanted)), f"plain loop {plain.lost(wanted)}, library {library.lost(wanted)}"),
        Figure("… doubled", str(ours.doubled), f"plain loop {plain.doubled}, library {library.doubled}"),
    )


def _crashed(title: str, tallies: list[Tally], wanted: set[int], *, doubted: int) -> tuple[Figure, ...]:
    ours, plain, library = tallies
    named = ", all named in doubt" if ours.doubled <= doubted else ""
    return (
        Figure(
            f"{title} and restart: lost",
            str(ours.lost(wanted)),
            f"limit 0; plain loop {plain.lost(wanted)}, library {library.lost(wanted)}",
        ),
        Figure(
            "… doubled",
            f"{ours.doubled}{named}",
            f"limit {doubted}, claimed and not settled at the kill; "
            f"plain loop {plain.doubled}, library {library.doubled}",
        ),
        Figure("… refusals (429)", str(ours.refused), f"plain loop {plain.refused}, library {library.refused}"),
    )


def _alone(title: str, tally: Tally, wanted: set[int], rate: float, *, limit: float) -> Figure:
    return Figure(
        f"{title}: wall ÷ ideal",
        f"{over_ideal(tally, rate):.3f}",
        f"limit {limit:g}; {_words_of(tally, wanted)}",
    )


def _words_of(tally: Tally, wanted: set[int]) -> str:
    return f"{tally.refused} refusals, lost {tally.lost(wanted)}, doubled {tally.doubled}"


async def _metronome() -> float:
    """The same pace with nothing sent: what the machine itself makes of it while everything else runs."""
    pacer, times = Pacer(_RATE), []
    for _ in range(_PEOPLE):
        turn = await pacer.permission()
        assert turn is not None, "nobody refuses anything"
        turn.leave()
        times.append(asyncio.get_running_loop().time())
    return times_over_ideal(times, _RATE)
