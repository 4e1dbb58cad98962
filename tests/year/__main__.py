"""``python -m tests.year``: plays a school year in some minutes, checks every message, and prints the figures."""

from __future__ import annotations

import argparse
import asyncio
import logging
import sys
import tempfile
from collections import Counter
from pathlib import Path

import structlog

from tests.year.board import differences, standing
from tests.year.checks import faults
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
        year = asyncio.run(play(Path(folder) / "year.sqlite3", schools=asked.schools, seed=asked.seed))
        is_well = report(year)
        if asked.kills:
            killed = asyncio.run(
                play(Path(folder) / "killed.sqlite3", schools=asked.schools, seed=asked.seed, kills=asked.kills)
            )
            is_well &= report(killed)
            different = differences(standing(year.file), standing(killed.file))
            print(f"\nboards after {killed.kills} kills: {len(different)} differences")
            print("\n".join(f"  {line}" for line in different[:_SHOWN]))
            is_well &= not different
    return 0 if is_well else 1


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
