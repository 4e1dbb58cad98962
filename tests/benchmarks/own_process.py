"""A module of the benchmarks in a process of its own: what it costs must not be what is measured.

One that is asked says hello, then answers one line of JSON on its standard input with one on its standard output, and
ends with its input. One that says what it has to say and ends is told by ``said_by``.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
_LINE = 1 << 24  # bytes: a tally of some thousand chats, the waits of some ten thousand taps


class OwnProcess:
    """Made by ``own_process``. ``hello``: what it said of itself when it was ready."""

    def __init__(self, process: asyncio.subprocess.Process, hello: Any) -> None:
        self._process = process
        self._turn = asyncio.Lock()
        self.hello = hello

    async def ask(self, deed: str, **arguments: Any) -> Any:
        """Raises ``RuntimeError`` if it has died."""
        async with self._turn:
            assert self._process.stdin is not None, "it was made with pipes"
            self._process.stdin.write(json.dumps({"do": deed, **arguments}).encode() + b"\n")
            return await _said(self._process)


@asynccontextmanager
async def own_process(module: str, *arguments: str) -> AsyncIterator[OwnProcess]:
    """``module`` obeys (``obey``) until the end of the block."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", module, *arguments,
        cwd=ROOT, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, limit=_LINE,
    )  # fmt: skip
    try:
        with ending(process):
            yield OwnProcess(process, await _said(process))
    finally:
        await process.wait()


async def said_by(module: str, *arguments: str) -> Any:
    """What ``module`` printed, as JSON. Raises ``RuntimeError`` if it failed."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", module, *arguments, cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    with ending(process):
        printed, _ = await process.communicate()
    if process.returncode:
        raise RuntimeError(f"{module} has died; its own words stand above")
    return json.loads(printed)


@contextmanager
def ending(process: asyncio.subprocess.Process) -> Iterator[None]:
    """Nothing that was started outlives the measuring."""
    try:
        yield
    finally:
        if process.returncode is None:
            process.kill()


async def _said(process: asyncio.subprocess.Process) -> Any:
    assert process.stdout is not None, "it was made with pipes"
    line = await process.stdout.readline()
    if not line:
        raise RuntimeError("the process has died; its own words stand above")
    return json.loads(line)


# The other side: the process itself


async def obey(hello: Any, deeds: Mapping[str, Callable[..., Any]]) -> None:
    """Says ``hello``, then does what it is asked by the name of a deed, until nobody is there to ask."""
    _say(hello)
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        request = json.loads(line)
        _say(deeds[request.pop("do")](**request))


def _say(what: Any) -> None:
    print(json.dumps(what), flush=True)
