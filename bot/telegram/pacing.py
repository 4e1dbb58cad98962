"""An even pace: one permission every 1/rate seconds, and in no second more than ``rate``, the first one included.

A bucket that starts full lets twice the limit through in the first second and is refused for it; an even pace was
measured to be refused never. A turn taken up to 50 ms late shifts no later one; idle time earns nothing. Turns within
four milliseconds are given together. Replies to people go before notices, out of the same allowance. Times are the
event loop's.
"""

from __future__ import annotations

import asyncio
import math
from collections import deque

from bot.telegram.chat_pacing import ChatPaces

_CATCH_UP = 0.05  # seconds
_BEAT = 0.004  # seconds: turns nearer to each other are given together, since to wake costs as much as half a message
_SLOWER = 0.85
_RECOVERY = 0.01  # of the full rate, a second
_SLOWEST = 0.05  # of the full rate
_SECOND = 1.0
_PATIENCE = 1.5  # seconds for which a notice waits for its chat; a longer wait is better spent in the table


class Pacer:
    def __init__(self, rate: float, *, chat_pause: float = 1.0) -> None:
        """``rate``: permissions a second; infinite where nothing is limited. ``chat_pause``: seconds between two
        messages to one person; a group is left alone three times as long."""
        self._full_rate = rate
        self._rate = rate
        self._rated_at = 0.0
        self._next = 0.0
        self._stopped_until = 0.0
        self._chats = ChatPaces(chat_pause)
        # When the last permissions were given, as many as a second allows: it must be over before the next one.
        self._lately: deque[float] | None = None if math.isinf(rate) else deque(maxlen=max(1, math.floor(rate)))
        self._replies: deque[_Waiter] = deque()
        self._notices: deque[_Waiter] = deque()
        self._timer: asyncio.TimerHandle | None = None
        self._gave_at = -math.inf
        self._is_closed = False

    @property
    def rate(self) -> float:
        """Permissions a second at present: after a refusal lower than the full rate, and creeping back to it."""
        return self._rate

    @property
    def waits_for(self) -> float:
        """Seconds for which nobody may go."""
        return max(0.0, self._stopped_until - asyncio.get_running_loop().time())

    def chat_waits_for(self, chat: int) -> float:
        """Seconds for which no notice may go to this chat."""
        return self._chats.wait(chat, asyncio.get_running_loop().time())

    async def permission(self, chat: int | None = None) -> bool:
        """Waits for a notice's turn. False: not now, because everybody or this chat has to wait, or all is closing."""
        loop = asyncio.get_running_loop()
        while chat is not None and (wait := self._chats.wait(chat, loop.time())) > 0:
            if wait > _PATIENCE or self._is_closed:
                return False
            await asyncio.sleep(wait)
        if self._is_closed or self._stopped_until > loop.time():
            return False
        return await self._turn(chat, self._notices)

    async def reply(self, chat: int | None = None) -> None:
        """Waits for the turn of an answer to somebody: before all notices, and without a pause after up to three."""
        loop = asyncio.get_running_loop()
        while chat is not None and (wait := self._chats.wait(chat, loop.time(), is_reply=True)) > 0:  # noqa: ASYNC110 - each wait is as long as the chat needs, and others write to it meanwhile
            await asyncio.sleep(wait)
        if not self._is_closed:
            await self._turn(chat, self._replies)

    def stop_for(self, seconds: float) -> None:
        """Replies wait that long; the notices that wait for their turn are sent away."""
        self._stopped_until = max(self._stopped_until, asyncio.get_running_loop().time() + seconds)
        _dismiss(self._notices, is_permitted=False)

    def refused(self, retry_after: float, chat: int | None = None) -> None:
        """The messenger said «too many». Where it was too much for this one chat, it rests alone; else everybody waits
        as long as was asked, and the pace is lowered by 15 %.

        Refusals of requests that were in flight together lower it once.
        """
        now = asyncio.get_running_loop().time()
        if chat is not None and self._chats.refused(chat, retry_after, now):
            return
        if self.waits_for == 0:
            self._rate = max(self._rate * _SLOWER, self._full_rate * _SLOWEST)
            self._rated_at = now
        self.stop_for(retry_after)

    def close(self) -> None:
        """Notices are sent away from now on; replies go as they come."""
        self._is_closed = True
        _dismiss(self._notices, is_permitted=False)
        _dismiss(self._replies, is_permitted=True)

    async def _turn(self, chat: int | None, queue: deque[_Waiter]) -> bool:
        loop = asyncio.get_running_loop()
        now = loop.time()
        if not self._replies and not self._notices and self._earliest() <= now:
            if self._next < now - _CATCH_UP:  # nobody was waiting
                self._next = now
            self._take(now, chat)
            return True
        waiter = _Waiter(loop.create_future(), chat)
        queue.append(waiter)
        self._arm(now)
        return await waiter.turn

    def _arm(self, now: float) -> None:
        if self._timer is None:
            # Rounded up to the milliseconds of uvloop's timers: called too early, it would ask again until it is time.
            delay = math.ceil(max(0.0, self._earliest() - now, self._gave_at + _BEAT - now) * 1000) / 1000
            self._timer = asyncio.get_running_loop().call_later(delay, self._give)

    def _give(self) -> None:
        self._timer = None
        self._gave_at = now = asyncio.get_running_loop().time()
        while (queue := self._replies or self._notices) and self._earliest() <= now:
            waiter = queue.popleft()
            if not waiter.turn.done():
                self._take(now, waiter.chat)
                waiter.turn.set_result(True)
        if self._replies or self._notices:
            self._arm(now)

    def _earliest(self) -> float:
        earliest = max(self._next, self._stopped_until)
        if self._lately and len(self._lately) == self._lately.maxlen:
            earliest = max(earliest, self._lately[0] + _SECOND)
        return earliest

    def _take(self, now: float, chat: int | None) -> None:
        if self._rate < self._full_rate and now > max(self._rated_at, self._stopped_until):
            gained = (now - max(self._rated_at, self._stopped_until)) * _RECOVERY * self._full_rate
            self._rate = min(self._full_rate, self._rate + gained)
            self._rated_at = now
        self._next = max(self._next, now - _CATCH_UP, self._stopped_until) + 1 / self._rate
        if self._lately is not None:
            self._lately.append(now)
        if chat is not None:
            self._chats.note(chat, now)


class _Waiter:
    __slots__ = ("chat", "turn")

    def __init__(self, turn: asyncio.Future[bool], chat: int | None) -> None:
        self.turn = turn
        self.chat = chat


def _dismiss(queue: deque[_Waiter], *, is_permitted: bool) -> None:
    while queue:
        waiter = queue.popleft()
        if not waiter.turn.done():
            waiter.turn.set_result(is_permitted)
