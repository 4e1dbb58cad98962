"""``python -m tests.year``: plays a school year in some minutes, checks every message, and prints the figures."""

from __future__ import annotations

import argparse
import asyncio
import logging
import sys
import tempfile
from collections import Counter
from datetime import datetime
from pathlib import Path

import structlog
from rich.console import Console
from rich.progress import BarColumn, Progress, TimeElapsedColumn

from tests.year.board import differences, standing
from tests.year.checks import faults
from tests.year.plan import END, START
from tests.year.play import play
from tests.year.year import Year

_SHOWN = 5


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.year", description=__doc__)
    parser.add_argument("--schools", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kills", type=int, default=0, help="play it again, killed so often, and compare the boards")
    asked = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    with tempfile.TemporaryDirectory() as folder:
        year = _played(Path(folder) / "year.sqlite3", asked, kills=0)
        is_well = report(year)
        if asked.kills:
            killed = _played(Path(folder) / "killed.sqlite3", asked, kills=asked.kills)
            is_well &= report(killed)
            different = differences(standing(year.file), standing(killed.file))
            print(f"\nboards after {killed.kills} kills: {len(different)} differences")
            print("\n".join(f"  {line}" for line in different[:_SHOWN]))
            is_well &= not different
    return 0 if is_well else 1


def _played(file: Path, asked: argparse.Namespace, *, kills: int) -> Year:
    with Progress("{task.description}", BarColumn(), TimeElapsedColumn(), console=Console(stderr=True)) as progress:
        task = progress.add_task("01.09", total=(END - START).total_seconds())

        def show(now: datetime) -> None:
            progress.update(task, completed=(now - START).total_seconds(), description=f"{now:%d.%m}")

        return asyncio.run(play(file, schools=asked.schools, seed=asked.seed, kills=kills, on_turn=show))


def report(year: Year) -> bool:
    """Prints the figures and the promises; whether all of them were kept."""
    kinds = Counter(seen.kind.value for seen in year.sightings)
    reminders = sum(kinds[kind] for kind in ("reminder", "today", "nudge"))
    print(f"\n{len(year.network.schools)} schools, {len(year.network.zones)} people, {year.kills} kills")
    print(f"messages {len(year.sightings)}: " + ", ".join(f"{kind} {count}" for kind, count in kinds.most_common()))
    print(f"refused by those who had blocked the bot: {sum(year.outcomes.values()) - len(year.sightings)}")
    print(f"answers {year.given}, reminders per answer {reminders / max(year.given, 1):.2f}")
    print(f"another term asked for {year.postponed} times, given back {year.returned} times")
    found = faults(year)
    for promise, broken in found.items():
        print(f"{'broken' if broken else 'kept  '}  {promise}" + (f": {len(broken)}" if broken else ""))
        for line in broken[:_SHOWN]:
            print(f"          {line}")
    return not any(found.values())


sys.exit(main())
