"""Who goes next, and when: replies to people before notices, out of the one allowance of the whole bot.

What is allowed says ``allowance.py``. Turns within four milliseconds are given together, and those of notices give way
to whatever else the loop has to do. Times are the event loop's.
"""

from __future__ import annotations

import asyncio
import math
from collections import deque

from bot.telegram.allowance import Allowance
from bot.telegram.chat_pacing import ChatPaces
from bot.telegram.giving_way import Rounds

_BEAT = 0.004  # seconds: turns nearer to each other are given together, since to wake costs as much as half a message
_COURTESY = 0.025  # seconds for which a turn gives way: of the 30 ms that it may come late with no loss (``AT_ONCE``)
_PATIENCE = 1.5  # seconds for which a notice waits for its chat; a longer wait is better spent in the table


class Turn:
    """Of one message, which now may leave. Whoever was given it says once that the bytes are written, or never will be:
    until then it counts in every second."""

    __slots__ = ("_is_over", "_pacer")

    def __init__(self, pacer: Pacer) -> None:
        self._pacer = pacer
        self._is_over = False

    def leave(self) -> None:
        """The bytes are being written."""
        if not self._is_over:
            self._is_over = True
            self._pacer.note(is_written=True)

    def give_up(self) -> None:
        """They will not be, unless they were already."""
        if not self._is_over:
            self._is_over = True
            self._pacer.note(is_written=False)


class Pacer:
    def __init__(self, rate: float, *, chat_pause: float = 1.0) -> None:
        """``rate``: permissions a second; infinite where nothing is limited. ``chat_pause``: seconds between two
        messages to one person; a group is left alone three times as long."""
        self._allowance = Allowance(rate)
        self._chats = ChatPaces(chat_pause)
        self._replies: deque[_Waiter] = deque()
        self._notices: deque[_Waiter] = deque()
        self._timer: asyncio.TimerHandle | None = None
        self._rounds: Rounds | None = None  # looked at before turns are given that have come
        self._gave_at = -math.inf
        self._is_closed = False

    @property
    def rate(self) -> float:
        """Permissions a second at present: after a refusal lower than the full rate, and creeping back to it."""
        return self._allowance.rate

    @property
    def waits_for(self) -> float:
        """Seconds for which nobody may go."""
        return max(0.0, self._allowance.stopped_until - asyncio.get_running_loop().time())

    def chat_waits_for(self, chat: int) -> float:
        """Seconds for which no notice may go to this chat."""
        return self._chats.wait(chat, asyncio.get_running_loop().time())

    async def permission(self, chat: int | None = None) -> Turn | None:
        """Waits for a notice's turn. None: not now, because everybody or this chat has to wait, or all is closing."""
        loop = asyncio.get_running_loop()
        while chat is not None and (wait := self._chats.wait(chat, loop.time())) > 0:
            if wait > _PATIENCE or self._is_closed:
                return None
            await asyncio.sleep(wait)
        if self._is_closed or self._allowance.stopped_until > loop.time():
            return None
        return Turn(self) if await self._turn(chat, self._notices) else None

    async def reply(self, chat: int | None = None) -> None:
        """Waits for the turn of an answer to somebody: before all notices, and without a pause after up to three.

        It counts as written when its turn comes.
        """
        loop = asyncio.get_running_loop()
        while chat is not None and (wait := self._chats.wait(chat, loop.time(), is_reply=True)) > 0:  # noqa: ASYNC110 - each wait is as long as the chat needs, and others write to it meanwhile
            await asyncio.sleep(wait)
        if not self._is_closed:
            await self._turn(chat, self._replies)

    def stop_for(self, seconds: float) -> None:
        """Replies wait that long; the notices that wait for their turn are sent away."""
        self._allowance.stop_until(asyncio.get_running_loop().time() + seconds)
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
            self._allowance.slow_down(now)
        self.stop_for(retry_after)

    def close(self) -> None:
        """Notices are sent away from now on; replies go as they come."""
        self._is_closed = True
        _dismiss(self._notices, is_permitted=False)
        _dismiss(self._replies, is_permitted=True)

    def note(self, *, is_written: bool) -> None:
        """What a ``Turn`` says."""
        now = asyncio.get_running_loop().time()
        if is_written:
            self._allowance.written(now)
        else:
            self._allowance.withdrawn()
            self._disarm()  # what one will not take another may have sooner
        if self._replies or self._notices:
            self._arm(now)

    async def _turn(self, chat: int | None, queue: deque[_Waiter]) -> bool:
        loop = asyncio.get_running_loop()
        now = loop.time()
        if not self._replies and not self._notices and self._allowance.earliest() <= now:
            self._allowance.idle(now)
            self._grant(now, chat, queue)
            return True
        waiter = _Waiter(loop.create_future(), chat)
        queue.append(waiter)
        self._arm(now)
        try:
            return await waiter.turn
        except asyncio.CancelledError:
            if waiter.is_granted and queue is self._notices:  # nobody is left who would give it up
                self.note(is_written=False)
            raise

    def _arm(self, now: float) -> None:
        is_armed = self._timer is not None or self._rounds is not None
        if not is_armed and (earliest := self._allowance.earliest()) < math.inf:
            # Rounded up to the milliseconds of uvloop's timers: called too early, it would ask again until it is time.
            delay = math.ceil(max(0.0, earliest - now, self._gave_at + _BEAT - now) * 1000) / 1000
            self._timer = asyncio.get_running_loop().call_later(delay, self._ring)

    def _disarm(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _ring(self) -> None:
        self._timer = None
        self._rounds = Rounds(asyncio.get_running_loop().time() + _COURTESY)
        self._give_way()

    def _give_way(self) -> None:
        loop = asyncio.get_running_loop()
        if self._rounds is not None and not self._replies and not self._rounds.are_empty(loop.time()):
            loop.call_soon(self._give_way)
            return
        self._rounds = None
        self._give()

    def _give(self) -> None:
        self._gave_at = now = asyncio.get_running_loop().time()
        while (queue := self._replies or self._notices) and self._allowance.earliest() <= now:
            waiter = queue.popleft()
            if not waiter.turn.done():
                self._grant(now, waiter.chat, queue)
                waiter.is_granted = True
                waiter.turn.set_result(True)
        if self._replies or self._notices:
            self._arm(now)

    def _grant(self, now: float, chat: int | None, queue: deque[_Waiter]) -> None:
        self._allowance.grant(now)
        if queue is self._replies:
            self._allowance.written(now)
        if chat is not None:
            self._chats.note(chat, now)


class _Waiter:
    __slots__ = ("chat", "is_granted", "turn")

    def __init__(self, turn: asyncio.Future[bool], chat: int | None) -> None:
        self.turn = turn
        self.chat = chat
        self.is_granted = False


def _dismiss(queue: deque[_Waiter], *, is_permitted: bool) -> None:
    while queue:
        waiter = queue.popleft()
        if not waiter.turn.done():
            waiter.turn.set_result(is_permitted)
