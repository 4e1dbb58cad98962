"""``python -m tests.soak``: the bot at its full rate with taps, imports and exports at once; a line a minute.

Exit code 1 where the bot took too much memory, memory or open files grew, messages fell behind the rate, people waited
longer at the end than in the beginning or were not answered, or imports and exports failed or did not happen.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from tests.crashes.broadcast import environment_for
from tests.crashes.plan import Plan
from tests.crashes.telegram import Telegram
from tests.soak.crowd import Crowd
from tests.soak.process import Footprint, Running, bot_run, footprint
from tests.soak.verdict import Course, Line, judged, percentiles, summary

_COLUMNS = (
    ("minute", 6), ("MB", 6), ("files", 5), ("threads", 7), ("CPU s", 6), ("messages", 8), ("behind", 6),
    ("unwanted", 8), ("taps", 5), ("p50 ms", 6), ("p95 ms", 6), ("unanswered", 10), ("imports", 7), ("exports", 7),
    ("failed", 6),
)  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--minutes", type=int, default=30)
    parser.add_argument("--people", type=int, default=2_000)
    parser.add_argument("--rate", type=float, default=30, help="messages a second; Telegram allows everybody 30")
    parser.add_argument("--taps", type=float, default=5, help="a second")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    print(f"{asked.people} people, {asked.rate:.0f} messages/s, {asked.taps:.0f} taps/s, seed {asked.seed}")
    print(" ".join(f"{head:>{width}}" for head, width in _COLUMNS))
    with tempfile.TemporaryDirectory(prefix="vestovoy-soak-") as folder:
        course = asyncio.run(soak(asked, Path(folder) / "soak.sqlite3"))
    print(summary(course))
    promises = judged(course)
    for promise in promises:
        print(f"{'kept  ' if promise.is_kept else 'broken'}  {promise.words}: {promise.found} (limit {promise.limit})")
    return 0 if all(promise.is_kept for promise in promises) else 1


async def soak(asked: argparse.Namespace, file: Path) -> Course:
    telegram = Telegram(way=0.02)
    crowd = Crowd(telegram, file, asked.people, rate=asked.rate, taps=asked.taps, seed=asked.seed)
    await crowd.populate(lasts=timedelta(minutes=asked.minutes))
    await telegram.start()
    try:
        async with bot_run(environment_for(Plan(rate=asked.rate), telegram, file), folder=file.parent) as bot:
            course = await _lived(asked, crowd, bot)
            await bot.stop()
    finally:
        await telegram.stop()
    return course


async def _lived(asked: argparse.Namespace, crowd: Crowd, bot: Running) -> Course:
    living = asyncio.create_task(crowd.live())
    lines: list[Line] = []
    memory: list[float] = []
    try:
        before = footprint(bot.pid)
        for number in range(1, asked.minutes + 1):
            line = await _minute(crowd, bot, living, before, memory)
            before = line.print
            lines.append(line)
            _show(number, line)
    finally:
        living.cancel()
    return Course(lines, memory, asked.taps)


async def _minute(
    crowd: Crowd, bot: Running, living: asyncio.Task[None], before: Footprint, memory: list[float]
) -> Line:
    ends, files = time.monotonic() + 60, 0
    while time.monotonic() < ends:
        await asyncio.sleep(1)
        bot.ensure_alive()
        if living.done():
            living.result()
        taken = footprint(bot.pid)
        files = max(files, taken.files)
        memory.append(taken.memory)
    return Line(crowd.take_minute(), taken, files, taken.cpu - before.cpu)


def _show(number: int, line: Line) -> None:
    minute, taken = line.minute, line.print
    p50, p95 = percentiles(minute.waits)
    figures = (
        number, f"{taken.memory:.1f}", line.files, taken.threads, f"{line.cpu:.1f}", minute.sent, minute.behind,
        minute.unwanted, len(minute.waits), f"{p50:.0f}", f"{p95:.0f}", minute.unanswered, minute.imports,
        minute.exports, minute.failed_turns,
    )  # fmt: skip
    print(" ".join(f"{figure:>{width}}" for figure, (_, width) in zip(figures, _COLUMNS, strict=True)), flush=True)


if __name__ == "__main__":
    sys.exit(main())
