"""``python -m bot run`` in a process that starts quickly however often, and can be killed."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
from collections.abc import Mapping
from multiprocessing.context import ForkServerContext, ForkServerProcess

_GRACE = 25.0  # seconds to stop in order


class Victim:
    """Forked from a process that has imported the program; what runs in it is the command itself."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._context: ForkServerContext = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(["tests.crashes.warmed"])
        self._environment = dict(environment)
        self._process: ForkServerProcess | None = None

    def start(self) -> None:
        self._process = self._context.Process(target=_run, args=(self._environment,), daemon=True)
        self._process.start()

    def kill(self) -> None:
        """SIGKILL: no handler, no finally, no flush."""
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process = None

    @property
    def pid(self) -> int:
        assert self._process is not None, "it was started"
        assert self._process.pid is not None, "it was started"
        return self._process.pid

    def ensure_alive(self) -> None:
        """Raises RuntimeError where it has ended by itself: its own words stand above."""
        if self._process is None or not self._process.is_alive():
            raise RuntimeError("the bot has ended by itself")

    async def stop(self) -> int:
        """SIGTERM; the exit code. Raises TimeoutError where it does not end."""
        assert self._process is not None, "it was started"
        self._process.terminate()
        async with asyncio.timeout(_GRACE):
            while self._process.is_alive():  # noqa: ASYNC110 - a process wakes no loop of ours
                await asyncio.sleep(0.05)
        code = self._process.exitcode
        self._process = None
        return -1 if code is None else code


def _run(environment: Mapping[str, str]) -> None:
    from bot.starting import run_bot

    os.environ.update(environment)
    run_bot()
