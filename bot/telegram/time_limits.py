"""The time that each of many requests may take, watched by one timer: a timer for each costs as much as its words."""

from __future__ import annotations

import asyncio


class Limit:
    """Of one request of the task that began it."""

    __slots__ = ("_cancelling", "_is_taken_back", "at", "is_over", "task")

    def __init__(self, task: asyncio.Task[object], at: float) -> None:
        self.task = task
        self.at = at
        self.is_over = False
        self._is_taken_back = False
        self._cancelling = task.cancelling()

    def was_the_reason(self) -> bool:
        """Asked once, of a CancelledError: whether it was only this limit that cancelled the task. Then it is one no
        more, and a TimeoutError is to be raised in its place."""
        return self.is_over and self.take_back() <= self._cancelling

    def take_back(self) -> int:
        """What this limit did to the task, once. Returns how often it is still to be cancelled."""
        if self.is_over and not self._is_taken_back:
            self._is_taken_back = True
            return self.task.uncancel()
        return self.task.cancelling()


class TimeLimits:
    """What is over is cancelled at its time, as ``asyncio.timeout`` does it."""

    def __init__(self) -> None:
        self._limits: set[Limit] = set()
        self._timer: asyncio.TimerHandle | None = None

    def begin(self, seconds: float | None) -> Limit:
        """For the task that is running. None: it may take for ever."""
        task, loop = asyncio.current_task(), asyncio.get_running_loop()
        assert task is not None, "called by a coroutine"
        limit = Limit(task, float("inf") if seconds is None else loop.time() + seconds)
        if seconds is not None:
            self._limits.add(limit)
            if self._timer is None or limit.at < self._timer.when():
                self._set(limit.at)
        return limit

    def end(self, limit: Limit) -> None:
        """Nothing happens to the task after it, also where what it waited for made another error of its cancelling:
        one that counts as cancelled would be taken for that by every timeout of its own."""
        self._limits.discard(limit)
        if limit.is_over:
            limit.take_back()

    def _set(self, at: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_at(at, self._look)

    def _look(self) -> None:
        """Nearly always at nothing: the requests whose time the timer was set to have ended long ago."""
        self._timer = None
        now = asyncio.get_running_loop().time()
        for limit in [limit for limit in self._limits if limit.at <= now]:
            limit.is_over = True
            limit.task.cancel()
            self._limits.discard(limit)
        if self._limits:
            self._set(min(limit.at for limit in self._limits))
