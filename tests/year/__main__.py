"""``python -m tests.year``: plays a school year in some minutes, checks every message, and prints the figures."""

from __future__ import annotations

import argparse
import sys

from tests.year.board import differences
from tests.year.side_by_side import play_all

_SHOWN = 5


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.year", description=__doc__)
    parser.add_argument("--schools", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kills", type=int, default=0, help="play it again, killed so often, and compare the boards")
    asked = parser.parse_args()
    played = play_all([0, asked.kills] if asked.kills else [0], schools=asked.schools, seed=asked.seed)
    for one in played:
        print(one.report)
    is_well = all(one.is_well for one in played)
    if asked.kills:
        calm, killed = played
        different = differences(calm.board, killed.board)
        print(f"\nboards after {killed.kills} kills: {len(different)} differences")
        print("\n".join(f"  {line}" for line in different[:_SHOWN]))
        is_well &= not different
    return 0 if is_well else 1


sys.exit(main())
