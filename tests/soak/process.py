"""The bot as its owner starts it, and what its process takes of the machine, as the kernel says."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.own_process import ROOT, ending

_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")
_MEGABYTE = 1024 * 1024
_GRACE = 25.0  # seconds to stop in order


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


class Running:
    """Made by ``bot_run``."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    @property
    def pid(self) -> int:
        return self._process.pid

    def ensure_alive(self) -> None:
        """Raises RuntimeError where it has ended by itself: its own words stand above."""
        if self._process.returncode is not None:
            raise RuntimeError("the bot has ended by itself")

    async def stop(self) -> int:
        """SIGTERM; the exit code. Raises TimeoutError where it does not end."""
        self._process.terminate()
        async with asyncio.timeout(_GRACE):
            return await self._process.wait()


@asynccontextmanager
async def bot_run(environment: Mapping[str, str], *, folder: Path) -> AsyncIterator[Running]:
    """``python -m bot run`` itself, until the end of the block. It starts in ``folder``, where no .env of the machine's
    owner lies.

    Not forked from a process that has imported the program, as the killed ones are: that one has built all models of
    Telegram, and its hundred megabytes would be counted as the bot's.
    """
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", cwd=folder, env={**os.environ, **environment, "PYTHONPATH": str(ROOT)}
    )
    with ending(process):
        yield Running(process)
    await process.wait()
