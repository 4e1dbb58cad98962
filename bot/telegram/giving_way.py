"""What can wait lets others go first: no notice is due to the millisecond, and who has tapped looks at his phone.

The event loop takes everything that is ready in turn, a slice of a broadcast for as urgent as a step of a tap: at a
thousand messages a second each of the six steps of a tap stood behind some of them. How much there is to do beside
them nobody has to tell: all that is ready has its turn once in a round of the loop, and a round that took no time had
nothing in it.
"""

from __future__ import annotations

import asyncio
import math

_SHORT = 0.001  # seconds: a round with nothing in it. uvloop's clock goes by milliseconds, and stands still in a round


class Rounds:
    """Of the loop, asked once in each. Times are the loop's; nobody waits beyond ``until``."""

    __slots__ = ("_seen_at", "_until")

    def __init__(self, until: float) -> None:
        self._until = until
        self._seen_at = -math.inf

    def are_empty(self, now: float) -> bool:
        """Whether nothing was done since it was last asked, or it is too late to ask. The first time nobody knows."""
        took, self._seen_at = now - self._seen_at, now
        return took < _SHORT or now >= self._until


async def give_way(at_most: float) -> None:
    """Until the loop has nothing else to do; no longer than ``at_most`` seconds, and at least two of its rounds."""
    loop = asyncio.get_running_loop()
    rounds = Rounds(loop.time() + at_most)
    while not rounds.are_empty(loop.time()):  # noqa: ASYNC110 - a loop that has nothing to do tells nobody
        await asyncio.sleep(0)
