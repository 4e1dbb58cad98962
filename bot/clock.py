"""The only place that asks for the time.

Everything else takes ``now`` (an aware UTC instant) from its caller, so that a rule can be tested on any day and
the demonstration can move its clock.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    def now(self) -> datetime:
        """The present instant, aware, in UTC."""


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)  # noqa: TID251 - this module is the edge


class JumpDetector:
    """Compares a clock that can be set with one that only runs on."""

    def __init__(self, clock: Clock, steady: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._steady = steady
        self._seen_at, self._seen_steady = clock.now(), steady()

    def jump(self) -> timedelta:
        """By how much the clock was set since the last look: negative where back. A machine that slept jumps ahead."""
        at, steady = self._clock.now(), self._steady()
        jumped = at - self._seen_at - timedelta(seconds=steady - self._seen_steady)
        self._seen_at, self._seen_steady = at, steady
        return jumped


class MovableClock:
    """A clock that runs at the real pace and can be moved forward: for the sandbox and for tests."""

    def __init__(self, start: datetime | None = None, *, is_frozen: bool = False) -> None:
        self._is_frozen = is_frozen
        self._start = start or SystemClock().now()
        self._began = time.monotonic()

    def now(self) -> datetime:
        if self._is_frozen:
            return self._start
        return self._start + timedelta(seconds=time.monotonic() - self._began)

    def advance(self, by: timedelta) -> datetime:
        """Moves the clock forward and returns the new instant. Raises ValueError for a negative step."""
        if by < timedelta(0):
            raise ValueError("a clock is never moved back: instants already stored would lie in the future")
        self._start += by
        return self.now()

    def move_to(self, instant: datetime) -> datetime:
        """Moves the clock forward to an aware instant and returns it. Raises ValueError for one in the past."""
        return self.advance(instant - self.now())
