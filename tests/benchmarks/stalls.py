"""The pacer on a machine that stands still now and then: by a clock of its own, so that each run prints the same."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from itertools import pairwise

from bot.telegram.pacing import Pacer
from tests.benchmarks.figures import Figure, Part
from tests.benchmarks.paces import most_in, over_ideal
from tests.virtual_time import run_in_virtual_time

Stall = tuple[float, float]

_RATES = ((30.0, 600), (1000.0, 20_000))
_WINDOW = 0.2  # seconds: as many want to go at once as the sender has in flight
_LASTS = 60.0


def usual(every: float, length: float, *, seed: int = 1) -> tuple[Stall, ...]:
    """So long on average, and so often, at random."""
    chance, stalls, at = random.Random(seed), list[Stall](), 0.0
    while at < _LASTS:
        begins = at + chance.expovariate(1 / every)
        at = begins + chance.expovariate(1 / length)
        stalls.append((begins, at))
    return tuple(stalls)


CASES: tuple[tuple[str, tuple[Stall, ...]], ...] = (
    ("no stalls", ()),
    ("60 ms after the first message", ((0.001, 0.061),)),
    ("one of 90 ms", ((5.0, 5.09),)),
    ("one of 200 ms", ((5.0, 5.2),)),
    ("5 ms, twenty times a second", usual(0.045, 0.005)),
    ("10 ms, nine times a second", usual(0.1, 0.01)),
    ("20 ms, once a second", usual(1.0, 0.02)),
    ("20 ms, eight times a second", usual(0.1, 0.02)),
    ("100 ms, every two seconds", usual(1.9, 0.1)),
)


def written_at(rate: float, messages: int, stalls: Sequence[Stall]) -> list[float]:
    """When each message leaves, where there is always another that wants to go."""

    async def scene() -> list[float]:
        pacer, times, loop = Pacer(rate), list[float](), asyncio.get_running_loop()

        async def carry() -> None:
            while len(times) < messages and (turn := await pacer.permission()):
                turn.leave()
                times.append(loop.time())

        await asyncio.gather(*(carry() for _ in range(max(8, round(rate * _WINDOW)))))
        return times[:messages]

    return run_in_virtual_time(scene(), stalls)


async def measure() -> Part:
    figures = [figure for title, stalls in CASES for figure in await asyncio.to_thread(_figures, title, stalls)]
    return Part("Stalls: the pacer where nothing runs now and then, by a clock that jumps", tuple(figures))


def _figures(title: str, stalls: Sequence[Stall]) -> list[Figure]:
    found = []
    for rate, messages in _RATES:
        times = written_at(rate, messages, stalls)
        longest = max(later - earlier for earlier, later in pairwise(times))
        found.append(
            Figure(
                f"{title}, {messages:,} at {rate:.0f}/s: wall ÷ ideal",
                f"{over_ideal(times, rate):.4f}",
                f"in any second at most {most_in(1, times)}, in a tenth {most_in(0.1, times)}; "
                f"longest pause {longest * 1000:.0f} ms",
            )
        )
    return found
