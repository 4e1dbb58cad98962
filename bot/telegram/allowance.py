"""What the messenger allows the whole bot, as a rule that is told the time: two limits, and both always hold.

No second holds more messages than ``rate``, counted when their bytes are written: the first second, the one after a
stall and the one after a pause no less than any other. And however late it is, they go at most a tenth faster than
``rate``, and what 30 ms are worth at once: a flood model may look at less than a second too.

A stall in a stream that is as dense as allowed is lost for good: what was made up after it would be too much for the
second that begins with its end. So the quick pace is the usual one: a second's messages are through in ten elevenths of
it, and stalls have to take more than the 90 ms that are left before anything is late: ``tests/benchmarks/stalls.py``.
"""

from __future__ import annotations

import math
from collections import deque

SECOND = 1.005
"""Seconds in which no more than ``rate`` are written. What leaves a second apart may arrive up to 5 ms nearer."""
QUICK = 1.1  # times the rate: the pace in the short run
AT_ONCE = 0.03  # seconds: turns taken late by no more are given together
_SLOWER = 0.85
_RECOVERY = 0.01  # of the full rate, a second
_SLOWEST = 0.05  # of the full rate


class Allowance:
    """Times are seconds of any one clock that does not go back.

    Each message is granted, and then written or withdrawn, exactly once. What is granted counts until then as if it
    were written now: however long a new connection takes, the second in which it is written holds no more than others.
    """

    def __init__(self, rate: float) -> None:
        """``rate``: messages a second; infinite where nothing is limited. Of a fraction the whole part counts, but of
        less than one a second none is lost."""
        self._full_rate = rate
        self._rate = rate
        self._rated_at = 0.0
        self._next = -math.inf
        self._stopped_until = -math.inf
        self._granted = 0  # and not written yet
        self._written: deque[float] = deque(maxlen=1 if math.isinf(rate) else _whole(rate))

    @property
    def rate(self) -> float:
        """Messages a second at present: after a refusal lower than the full rate, and creeping back to it."""
        return self._rate

    @property
    def stopped_until(self) -> float:
        return self._stopped_until

    def earliest(self) -> float:
        """When the next may be granted, as far as is known; infinite while nothing may before one is written."""
        if math.isinf(self._full_rate):
            return self._stopped_until
        left = _whole(self._rate) - self._granted
        if left <= 0:
            return math.inf
        if len(self._written) < left:
            return self._next
        return max(self._next, self._written[-left] + max(SECOND, 1 / self._rate))

    def idle(self, now: float) -> None:
        """Nobody wanted to go until now: nothing is earned by that, unless it was as short as a turn taken late."""
        if self._next < now - AT_ONCE:
            self._next = now

    def grant(self, now: float) -> None:
        """One goes now: ``earliest`` is over."""
        self._recover(now)
        self._next = max(self._next, now - AT_ONCE) + 1 / (QUICK * self._rate)
        self._granted += 1

    def written(self, now: float) -> None:
        """One that was granted has left."""
        self._granted -= 1
        self._written.append(now)

    def withdrawn(self) -> None:
        """One that was granted will never leave."""
        self._granted -= 1

    def stop_until(self, at: float) -> None:
        """Nothing is granted before, and nothing is earned by it."""
        self._stopped_until = max(self._stopped_until, at)
        self._next = max(self._next, at)

    def slow_down(self, now: float) -> None:
        """The messenger found it too much."""
        self._rate = max(self._rate * _SLOWER, self._full_rate * _SLOWEST)
        self._rated_at = now

    def _recover(self, now: float) -> None:
        since = max(self._rated_at, self._stopped_until)
        if self._rate < self._full_rate and now > since:
            self._rate = min(self._full_rate, self._rate + (now - since) * _RECOVERY * self._full_rate)
            self._rated_at = now


def _whole(rate: float) -> int:
    return max(1, math.floor(rate))
