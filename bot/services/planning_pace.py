"""How much is planned in one transaction: what the machine does in a moment, so that no other write waits."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from statistics import median

from bot.ports.planning import Share
from bot.ports.storage import Storage, Stores

_MOMENT = 0.014  # seconds that the only writer may be held
_AT_LEAST = 4  # shares in one transaction
_AT_MOST = 16  # as many of people who are settled go by in no time, and the next may all be new
_LOOKED_BACK = 3  # transactions


class PlanningPace:
    """Takes as many shares together as fill a moment by what the last ones took, and never suddenly more.

    Every transaction costs something of its own, so that small ones make planning dear; a fixed size that suits an
    idle machine holds the writer for half a second on a busy one. What one alone took says nothing of the next: it may
    have stood for the disk, and to take fewer after each such stall made most transactions a third of what they may be.
    Nor are ever fewer taken than a few: on a machine so busy the ways to a thread and back fill a moment by themselves,
    and smaller transactions would only be more of them.
    """

    def __init__(self) -> None:
        self._together = self._taken = min(_AT_LEAST, _AT_MOST)
        self._each: deque[float] = deque(maxlen=_LOOKED_BACK)  # seconds for a share
        self._counts = True

    def joined(self, shares: Sequence[Share]) -> Iterator[Share]:
        """All of them in their order, several joined into one as the pace allows."""
        start = 0
        while start < len(shares):
            taken = shares[start : start + self._together]
            start += len(taken)
            self._taken = len(taken)
            yield Share(taken[0].after, taken[-1].upto)

    @asynccontextmanager
    async def watched(self, storage: Storage) -> AsyncIterator[Stores]:
        """One transaction, watched from when it has the lock until it is stored."""
        loop = asyncio.get_running_loop()
        await storage.caught_up()
        self._counts = True
        async with storage.write() as tx:
            began = loop.time()
            yield tx
        if self._counts:
            self.note(loop.time() - began)

    def disregard(self) -> None:
        """The transaction under way has not done all of its share: how long it takes says nothing."""
        self._counts = False

    def note(self, seconds: float) -> None:
        """How long the transaction of the share that was given out last held the writer."""
        self._each.append(seconds / self._taken)
        fitting = int(_MOMENT / max(median(self._each), 1e-6))
        self._together = min(max(_AT_LEAST, min(fitting, 2 * self._taken)), _AT_MOST)
