"""An even pace: one permission every 1/rate seconds.

A bucket that starts full lets twice the limit through in the first second and is refused for it; an even pace was
measured to be refused never. A turn taken up to 50 ms late shifts no later one; idle time earns nothing. Times are the
event loop's.
"""

from __future__ import annotations

import asyncio

_CATCH_UP = 0.05  # seconds
_SLOWER = 0.85
_RECOVERY = 0.01  # of the full rate, a second
_SLOWEST = 0.05  # of the full rate


class Pacer:
    def __init__(self, rate: float) -> None:
        """``rate``: permissions a second."""
        self._full_rate = rate
        self._rate = rate
        self._rated_at = 0.0
        self._next = 0.0
        self._stopped_until = 0.0
        self._closed = asyncio.Event()

    @property
    def rate(self) -> float:
        """Permissions a second at present: after a refusal lower than the full rate, and creeping back to it."""
        return self._rate

    @property
    def waits_for(self) -> float:
        """Seconds for which nobody may go."""
        return max(0.0, self._stopped_until - asyncio.get_running_loop().time())

    async def permission(self) -> bool:
        """Waits for one's turn. False: the pacer was closed, and nothing is to be sent."""
        loop = asyncio.get_running_loop()
        while not self._closed.is_set():
            turn = self._take_turn(loop.time())
            while (wait := turn - loop.time()) > 0 and not self._closed.is_set():
                await self._sleep(wait)
            is_stale = loop.time() - turn > _CATCH_UP  # the loop was held up: going now would be a burst
            if self._stopped_until <= turn and not is_stale:
                return not self._closed.is_set()
        return False

    def stop_for(self, seconds: float) -> None:
        """Everyone waits, those who have a turn already too."""
        self._stopped_until = max(self._stopped_until, asyncio.get_running_loop().time() + seconds)

    def refused(self, retry_after: float) -> None:
        """The messenger said «too many»: everyone waits for as long as it asked, and the pace is lowered by 15 %.

        Refusals of requests that were in flight together lower it once.
        """
        if self.waits_for == 0:
            self._rate = max(self._rate * _SLOWER, self._full_rate * _SLOWEST)
            self._rated_at = asyncio.get_running_loop().time()
        self.stop_for(retry_after)

    def close(self) -> None:
        self._closed.set()

    def _take_turn(self, now: float) -> float:
        if self._rate < self._full_rate and now > max(self._rated_at, self._stopped_until):
            gained = (now - max(self._rated_at, self._stopped_until)) * _RECOVERY * self._full_rate
            self._rate = min(self._full_rate, self._rate + gained)
            self._rated_at = now
        earliest = self._next if self._next >= now - _CATCH_UP else now
        turn = max(earliest, self._stopped_until)
        self._next = turn + 1 / self._rate
        return turn

    async def _sleep(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._closed.wait()
        except TimeoutError:
            return
