"""Plays years beside each other, each in a process of its own, and says what came of them."""

from __future__ import annotations

import asyncio
import logging
import tempfile
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import Future, ProcessPoolExecutor, wait
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from multiprocessing import get_context
from pathlib import Path

import structlog
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TimeElapsedColumn

from tests.year.board import Standing, standing
from tests.year.checks import faults
from tests.year.plan import END, START
from tests.year.play import play
from tests.year.year import Year

_SHOWN = 5
_LOOK_SECONDS = 1.0


@dataclass(frozen=True)
class Played:
    """What came of one year: the printed lines, whether every promise was kept, and the board at its end."""

    report: str
    is_well: bool
    kills: int
    board: Standing


def play_all(kills: Sequence[int], *, schools: int, seed: int) -> list[Played]:
    """A year for each number of kills, in a process of its own: one is played by one core."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        pool = stack.enter_context(ProcessPoolExecutor(len(kills), mp_context=get_context("spawn")))
        bars = stack.enter_context(
            Progress("{task.description}", BarColumn(), TimeElapsedColumn(), console=Console(stderr=True))
        )
        running: dict[Future[Played], tuple[TaskID, Path]] = {}
        for place, count in enumerate(kills):
            file = folder / f"year-{place}.sqlite3"
            bar = bars.add_task("01.09", total=(END - START).total_seconds())
            running[pool.submit(_played, file, schools, seed, count)] = (bar, _clock_of(file))
        while wait(running, timeout=_LOOK_SECONDS).not_done:
            for bar, clock in running.values():
                if clock.exists() and (now := clock.read_text()):
                    at = datetime.fromisoformat(now)
                    bars.update(bar, completed=(at - START).total_seconds(), description=f"{at:%d.%m}")
        return [future.result() for future in running]


def _clock_of(file: Path) -> Path:
    """Where a year that is being played writes how far it has come."""
    return file.with_suffix(".now")


def _played(file: Path, schools: int, seed: int, kills: int) -> Played:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))

    def show(now: datetime) -> None:
        _clock_of(file).write_text(now.isoformat())

    year = asyncio.run(play(file, schools=schools, seed=seed, kills=kills, on_turn=show))
    report, is_well = reported(year)
    return Played(report, is_well, year.kills, standing(year.file))


def reported(year: Year) -> tuple[str, bool]:
    """The figures and the promises in lines; whether all of the promises were kept."""
    kinds = Counter(seen.kind.value for seen in year.sightings)
    reminders = sum(kinds[kind] for kind in ("reminder", "today", "nudge"))
    lines = [
        f"\n{len(year.network.schools)} schools, {len(year.network.zones)} people, {year.kills} kills",
        f"messages {len(year.sightings)}: " + ", ".join(f"{kind} {count}" for kind, count in kinds.most_common()),
        f"refused by those who had blocked the bot: {sum(year.outcomes.values()) - len(year.sightings)}",
        f"answers {year.given}, reminders per answer {reminders / max(year.given, 1):.2f}",
        f"another term asked for {year.postponed} times, given back {year.returned} times",
    ]
    found = faults(year)
    for promise, broken in found.items():
        lines.append(f"{'broken' if broken else 'kept  '}  {promise}" + (f": {len(broken)}" if broken else ""))
        lines += [f"          {line}" for line in broken[:_SHOWN]]
    return "\n".join(lines), not any(found.values())
