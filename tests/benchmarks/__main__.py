"""`python -m tests.benchmarks [PART …]`: measures the program against its limits and against other ways of doing it."""

from __future__ import annotations

import argparse
import asyncio
import importlib
import os
import platform
import sqlite3
import time
from collections.abc import Callable, Coroutine
from typing import Any

import uvloop
from rich.console import Console

from bot.logs import set_up_logs
from tests.benchmarks.figures import Part, show

PARTS = ("terms", "documents", "storage", "growth", "taps", "stalls", "sending", "thousands")
_PIECES = ("planning",)  # of a part, by themselves
_WIDTH = 118


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    names = f"of {', '.join(PARTS)}, all by default; or {', '.join(_PIECES)}"
    parser.add_argument("parts", nargs="*", metavar="PART", help=names)
    wanted = parser.parse_args().parts
    if unknown := [name for name in wanted if name not in PARTS + _PIECES]:
        parser.error(f"there is no part {', '.join(unknown)}; there are {', '.join(PARTS + _PIECES)}")
    set_up_logs("ERROR", token="")
    console = Console()
    console = console if console.is_terminal else Console(width=_WIDTH)
    console.print(
        f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} · {platform.system()} {platform.machine()} · "
        f"Python {platform.python_version()} · SQLite {sqlite3.sqlite_version}\n"
    )
    for name in wanted or PARTS:
        measure: Callable[[], Coroutine[Any, Any, Part]] = importlib.import_module(f"tests.benchmarks.{name}").measure
        began = time.monotonic()
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:  # as the bot itself runs
            part = runner.run(measure())
        show(console, name, part, time.monotonic() - began)


if __name__ == "__main__":
    main()
