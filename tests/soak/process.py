"""What the bot's process takes of the machine, as the kernel says."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")
_MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Footprint:
    """``memory`` in MB, resident; ``cpu``: seconds since the start."""

    memory: float
    files: int
    threads: int
    cpu: float


def footprint(pid: int) -> Footprint:
    """Linux only. Raises OSError where the process is gone."""
    proc = Path("/proc") / str(pid)
    fields = (proc / "stat").read_text().rpartition(")")[2].split()
    return Footprint(
        memory=int((proc / "statm").read_text().split()[1]) * _PAGE / _MEGABYTE,
        files=len(list((proc / "fd").iterdir())),
        threads=int(fields[17]),
        cpu=(int(fields[11]) + int(fields[12])) / _TICKS,
    )
