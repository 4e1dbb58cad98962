"""Whether Telegram takes messages at all: requests that fail together tell of one trouble, however many they are."""

from __future__ import annotations

import asyncio

from bot.domain.delivery import Outcome

_ENDURED = 5  # failures in a row: fewer are somebody's own bad luck
# Seconds until the next try, of one message. The last repeats: no longer, or a line that works again would stand idle.
_PAUSES = (1.0, 2.0, 4.0)
_FAILED = frozenset({Outcome.TEMPORARY, Outcome.UNKNOWN})


class Line:
    """Times are the event loop's."""

    def __init__(self) -> None:
        self._failures = 0
        self._tries = 0  # since it fell, one after the other
        self._tried_at = 0.0

    @property
    def is_down(self) -> bool:
        """Several requests in a row have failed, and none has arrived since."""
        return self._failures > _ENDURED

    def note(self, outcome: Outcome, *, began_at: float) -> float:
        """One request ended so. Returns for how many seconds from now it is no use to try another; 0: go on.

        A request that began before the last pause was known belongs to the trouble that is counted already.
        """
        if outcome not in _FAILED:
            self._failures = self._tries = 0
            return 0.0
        self._failures += 1
        if not self.is_down or (self._tries and began_at < self._tried_at):
            return 0.0
        pause = _PAUSES[min(self._tries, len(_PAUSES) - 1)]
        self._tries += 1
        self._tried_at = asyncio.get_running_loop().time() + pause
        return pause
