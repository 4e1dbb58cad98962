"""How much room the disk of a database has left, and how much is little."""

from __future__ import annotations

import shutil
from pathlib import Path

LITTLE = 500 * 1024 * 1024  # bytes: weeks of answers of a region, and a copy or two
_ENOUGH_AGAIN = LITTLE * 6 // 5  # who stands at the bound would be told of it at every look


def free_bytes(file: Path) -> int:
    """On the disk where the file stands or would stand. Raises OSError."""
    return shutil.disk_usage(nearest_standing(file.resolve().parent)).free


def nearest_standing(folder: Path) -> Path:
    """The folder, or the nearest above it that is there."""
    while not folder.exists():
        folder = folder.parent
    return folder


def is_little(free: int, *, was_little: bool) -> bool:
    """``free`` in bytes; ``was_little``: at the last look."""
    return free < (_ENOUGH_AGAIN if was_little else LITTLE)
