"""An event loop whose clock jumps to the next timer, so that a test about minutes takes no time.

Only for code that waits for timers alone: a thread or a socket would be given no time at all.
"""

from __future__ import annotations

import asyncio
import selectors
from collections import deque
from collections.abc import Coroutine, Iterable
from functools import partial
from typing import Any, TypeVar

T = TypeVar("T")


def run_in_virtual_time(coroutine: Coroutine[Any, Any, T], stalls: Iterable[tuple[float, float]] = ()) -> T:
    """``stalls``: from when to when the machine lets nothing run, in order. What is due meanwhile comes late."""
    with asyncio.Runner(loop_factory=partial(_VirtualLoop, stalls)) as runner:
        return runner.run(coroutine)


def spend(seconds: float) -> None:
    """As if what runs just now had taken so long. Only in virtual time."""
    loop = asyncio.get_running_loop()
    assert isinstance(loop, _VirtualLoop), "its clock is what is moved"
    loop.spend(seconds)


class _JumpingSelector(selectors.DefaultSelector):
    def __init__(self, stalls: Iterable[tuple[float, float]]) -> None:
        super().__init__()
        self.passed = 0.0
        self._stalls = deque(stalls)

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        self.passed += max(timeout or 0.0, 0.0)
        while self._stalls and self._stalls[0][0] <= self.passed:
            self.passed = max(self.passed, self._stalls.popleft()[1])
        return super().select(0)


class _VirtualLoop(asyncio.SelectorEventLoop):
    def __init__(self, stalls: Iterable[tuple[float, float]]) -> None:
        self._jumping = _JumpingSelector(stalls)
        super().__init__(self._jumping)

    def time(self) -> float:
        return self._jumping.passed

    def spend(self, seconds: float) -> None:
        self._jumping.passed += seconds
