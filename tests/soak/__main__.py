"""``python -m tests.soak``: the bot at its full rate with taps, imports and exports at once; a line a minute.

Exit code 1 where memory or open files grew, or somebody was not answered.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from statistics import fmean, quantiles

from tests.crashes.broadcast import environment_for
from tests.crashes.plan import Plan, Promise
from tests.crashes.telegram import Telegram
from tests.crashes.victim import Victim
from tests.soak.crowd import Crowd, Minute
from tests.soak.process import Footprint, footprint

_MAY_GROW = 10  # per cent of memory, from the second quarter of the time to the last: the first fills caches
_MORE_FILES = 5  # connections come and go
_COLUMNS = (
    ("minute", 6), ("MB", 6), ("files", 5), ("threads", 7), ("CPU s", 6), ("messages", 8), ("behind", 6),
    ("unwanted", 8), ("taps", 5), ("p50 ms", 6), ("p95 ms", 6), ("unanswered", 10), ("imports", 7), ("exports", 7),
    ("failed", 6),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """``print`` of the bot's process at the end of the minute, ``files`` at the worst second in it."""

    minute: Minute
    print: Footprint
    files: int
    cpu: float  # seconds in this minute


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--minutes", type=int, default=30)
    parser.add_argument("--people", type=int, default=2_000)
    parser.add_argument("--rate", type=float, default=30, help="messages a second")
    parser.add_argument("--taps", type=float, default=5, help="a second")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    print(f"{asked.people} people, {asked.rate:.0f} messages/s, {asked.taps:.0f} taps/s, seed {asked.seed}")
    print(" ".join(f"{head:>{width}}" for head, width in _COLUMNS))
    with tempfile.TemporaryDirectory(prefix="vestovoy-soak-") as folder:
        lines = asyncio.run(soak(asked, Path(folder) / "soak.sqlite3"))
    promises = judged(lines)
    for promise in promises:
        print(f"{'kept  ' if promise.is_kept else 'broken'}  {promise.words}: {promise.found} (limit {promise.limit})")
    return 0 if all(promise.is_kept for promise in promises) else 1


async def soak(asked: argparse.Namespace, file: Path) -> list[Line]:
    telegram = Telegram(way=0.02)
    crowd = Crowd(telegram, file, asked.people, rate=asked.rate, taps=asked.taps, seed=asked.seed)
    await crowd.populate(lasts=timedelta(minutes=asked.minutes))
    await telegram.start()
    victim = Victim(environment_for(Plan(rate=asked.rate), telegram, file))
    victim.start()
    living = asyncio.create_task(crowd.live())
    lines: list[Line] = []
    try:
        before = footprint(victim.pid)
        for number in range(1, asked.minutes + 1):
            line = await _minute(crowd, victim, living, before)
            before = line.print
            lines.append(line)
            _show(number, line)
        living.cancel()
        await victim.stop()
    finally:
        living.cancel()
        victim.kill()
        await telegram.stop()
    return lines


async def _minute(crowd: Crowd, victim: Victim, living: asyncio.Task[None], before: Footprint) -> Line:
    ends, files = time.monotonic() + 60, 0
    while time.monotonic() < ends:
        await asyncio.sleep(1)
        victim.ensure_alive()
        if living.done():
            living.result()
        taken = footprint(victim.pid)
        files = max(files, taken.files)
    return Line(crowd.take_minute(), taken, files, taken.cpu - before.cpu)


def _show(number: int, line: Line) -> None:
    minute, taken = line.minute, line.print
    p50, p95 = _percentiles(minute.waits)
    figures = (
        number, f"{taken.memory:.1f}", line.files, taken.threads, f"{line.cpu:.1f}", minute.sent, minute.behind,
        minute.unwanted, len(minute.waits), f"{p50:.0f}", f"{p95:.0f}", minute.unanswered, minute.imports,
        minute.exports, minute.failed_turns,
    )  # fmt: skip
    print(" ".join(f"{figure:>{width}}" for figure, (_, width) in zip(figures, _COLUMNS, strict=True)), flush=True)


def _percentiles(waits: list[float]) -> tuple[float, float]:
    """Of half and of 95 in a hundred, in ms."""
    if len(waits) < 2:
        return 0.0, 0.0
    cuts = quantiles(waits, n=20, method="inclusive")
    return cuts[9] * 1000, cuts[18] * 1000


def judged(lines: list[Line]) -> tuple[Promise, ...]:
    quarter = max(1, len(lines) // 4)
    early, last = lines[quarter : 2 * quarter] or lines, lines[-quarter:]
    began, ended = fmean(line.print.memory for line in early), fmean(line.print.memory for line in last)
    waits = [wait for line in lines for wait in line.minute.waits]
    print(
        f"memory {began:.1f} → {ended:.1f} MB; messages {sum(line.minute.sent for line in lines):,}; "
        f"taps {len(waits):,}, p95 from the tap to the changed message {_percentiles(waits)[1]:.0f} ms"
    )
    return (
        Promise("memory grew, per cent", round(100 * (ended / began - 1)), _MAY_GROW),
        Promise(
            "open files more than in the second quarter",
            max(line.files for line in last) - max(line.files for line in early),
            _MORE_FILES,
        ),
        Promise("taps that changed nothing", sum(line.minute.unanswered for line in lines), 0),
        Promise("imports and exports that failed", sum(line.minute.failed_turns for line in lines), 0),
    )


if __name__ == "__main__":  # the bot's process is forked from one that imports this module
    sys.exit(main())
