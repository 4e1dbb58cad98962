"""The demonstration as its user runs it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_story_is_told_to_its_end() -> None:
    """It checks itself at every turn and ends with an error where the bot strays from it."""
    done = subprocess.run(
        [sys.executable, "-m", "bot", "demo", "--story"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    assert done.stderr == "", "nothing went wrong on the way"
    chapters = [line.split()[1] for line in done.stdout.splitlines() if line.startswith("━━ ")]
    assert chapters == [*(f"{number}." for number in range(1, 25)), "Итог"]
