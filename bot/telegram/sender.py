"""Carries due notices out: claims no more than are in flight, sends them at an even pace, stores what became of them.

The guarantee (a crash included): no notice is lost, and only those in flight at a kill can arrive twice. ``sending``
is committed before the request and the outcome after it; what stands between the two when the process dies is sent
once more. Nothing is sent inside a transaction.
"""

from __future__ import annotations

import asyncio
import math
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import structlog

from bot.clock import Clock
from bot.domain.delivery import Aftermath, Outcome, after_request
from bot.domain.ids import PersonId
from bot.domain.quiet import WorkingDays
from bot.ports.messenger import Delivery, Messenger, OutgoingMessage
from bot.ports.notices import HOME, Claim, DueNotice, Settlement
from bot.ports.storage import Storage, Stores
from bot.ports.trouble import StorageDownError
from bot.telegram.giving_way import give_way
from bot.telegram.line import Line
from bot.telegram.pacing import Pacer
from bot.telegram.silence import Reason, Silence
from bot.telegram.wording import Compose, put_into_words

log = structlog.get_logger()

OnOutcome = Callable[[Outcome, datetime], None]
"""Told what the messenger said of a notice, and since when that had been due."""
OnUnreachable = Callable[[Stores, Mapping[PersonId, Outcome]], Awaitable[None]]
"""Called in the transaction that stores these outcomes, with those who blocked the bot or are gone."""

_IDLE = 1.0  # seconds between looks when nobody wakes the sender
# Whatever has left at a kill may arrive twice, so no more than the pace needs, in seconds of it: 50 to 100 ms for an
# answer, half as much until others are claimed and put into words, and some that wait for their turn, so that none is
# missed where one of them takes longer. With a floor for slow lines at the ordinary rate of 30.
_HELD = 0.2
_LEAST_IN_FLIGHT, _MOST_IN_FLIGHT = 8, 256
_PART, _LEAST_PART = 6, 2  # of the window is stored and claimed at once: a transaction costs as much as forty messages
_LONG_WAIT = 60.0  # seconds that everybody waits: no pause of pacing any more
_COURTESY = 0.015  # seconds for which storing and claiming gives way to taps, and putting into words once more
_LONGEST_UNSTORED, _SHORTEST_UNSTORED = 0.05, 0.005  # seconds for which an outcome waits for others


class Sender:
    """``rate``: messages a second over all chats. ``chat_pause``: seconds between two messages to one person.

    ``home``: the zone of who stands in no unit.
    """

    def __init__(
        self,
        storage: Storage,
        clock: Clock,
        messenger: Messenger,
        compose: Compose,
        *,
        days: WorkingDays,
        rate: float,
        on_unreachable: OnUnreachable,
        silence: Silence,
        on_outcome: OnOutcome = lambda _outcome, _due_at: None,
        chat_pause: float = 1.0,
        home: ZoneInfo = HOME,
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._messenger = messenger
        self._compose = compose
        self._days = days
        self._home = home
        self._on_unreachable = on_unreachable
        self._on_outcome = on_outcome
        self._silence = silence
        self._chat_pause = chat_pause
        self._pacer = Pacer(rate, chat_pause=chat_pause)
        self._window, self._part, self._longest_unstored = _amounts(rate)
        self._in_flight: dict[PersonId, asyncio.Task[None] | None] = {}  # None: it is being put into words
        self._resting: dict[PersonId, float] = {}  # until when (the loop's time) a person is left alone
        self._settlements: list[Settlement] = []
        self._unreachable: dict[PersonId, Outcome] = {}  # and not stored yet
        self._storing: asyncio.TimerHandle | None = None
        self._is_storing_due = False
        self._has_more = True  # due notices than the last claim took
        self._is_held_up = False  # by people who rest
        self._stirred = asyncio.Event()
        self._turns = asyncio.Lock()
        self._line = Line()
        self._sent = 0

    @property
    def pacer(self) -> Pacer:
        """Whoever sends anything else asks it too: what Telegram allows is for the whole bot."""
        return self._pacer

    async def recover(self) -> int:
        """Once, before the first message: takes over what the last run left unfinished. Returns how many."""
        async with self._storage.write() as tx:
            doubted = await tx.notices.doubt_interrupted()
        if doubted:
            log.warning("messages in doubt after an unclean stop are sent once more", count=doubted)
        return doubted

    def wake(self) -> None:
        """Something was planned: look at once instead of within a second."""
        self._stir()

    async def run(self, stop: asyncio.Event) -> None:
        """Sends what is due until ``stop``, then waits for the requests under way and stores their outcomes."""
        watcher = asyncio.create_task(self._close_on(stop))
        try:
            while not stop.is_set():
                await self._step_or_report()
            await self._finish()
        finally:
            watcher.cancel()

    async def drain(self) -> int:
        """Sends everything that is due now; returns how many messages arrived."""
        before = self._sent
        while not await self._has_rested():
            await self._step()
        return self._sent - before

    async def _has_rested(self) -> bool:
        if self._in_flight or self._settlements:
            return False
        async with self._storage.read() as tx:
            due_at = await tx.notices.next_due_at()
        return due_at is None or due_at > self._clock.now()

    async def _step_or_report(self) -> None:
        try:
            await self._step()
        except StorageDownError:  # a full disk, a locked file: told already; what it holds is stored next time
            await asyncio.sleep(_IDLE)
        except Exception:
            log.exception("the sender stumbled")
            await asyncio.sleep(_IDLE)

    async def _step(self) -> None:
        """One turn: stores outcomes and claims what is due in one transaction, then starts the requests."""
        stirred = self._stirred  # taken before the look: what stirs after it must not be waited for
        async with self._turns:
            claim = await self._turn()
        if claim.to_send:
            await self._start(claim.to_send)
        elif not claim.looked_at:
            await self._wait(stirred)

    async def _turn(self) -> Claim:
        """Few and large: outcomes wait a few milliseconds for others, and places are given away by the dozen."""
        await give_way(_COURTESY)
        settled = list(self._settlements) if self._is_time_to_store() else []
        free = self._free_places()
        if not settled and not (free and await self._has_due()):
            return Claim(())
        now = self._clock.now()
        claim = Claim(())
        unreachable = dict(self._unreachable)
        async with self._storage.write() as tx:
            await self._store(tx, settled, unreachable, now)
            if free:
                await asyncio.sleep(0)  # short statements give way to nobody, and taps wait meanwhile
                claim = await tx.notices.claim(free, now=now, days=self._days, busy=self._busy(), home=self._home)
        self._in_flight.update(dict.fromkeys(due.notice.person_id for due in claim.to_send))
        if free:
            self._has_more = claim.looked_at >= free
            self._is_held_up = claim.is_held_up
        for person in unreachable:
            self._unreachable.pop(person, None)
        if settled:  # those people may be written to again, and who drains wants to know that all is stored
            self._stored(len(settled))
        if claim.held or claim.cancelled or claim.expired:
            log.info("not sent", held=claim.held, cancelled=claim.cancelled, expired=claim.expired)
        return claim

    async def _store(
        self, tx: Stores, settled: Sequence[Settlement], unreachable: Mapping[PersonId, Outcome], now: datetime
    ) -> None:
        await tx.notices.settle(settled, now=now)
        if unreachable:
            await self._on_unreachable(tx, unreachable)

    def _is_time_to_store(self) -> bool:
        return not self._in_flight or self._is_storing_due or len(self._settlements) >= self._part

    def _stored(self, count: int) -> None:
        del self._settlements[:count]
        self._is_storing_due = False
        if self._storing is not None:
            self._storing.cancel()
            self._storing = None
        if self._settlements:  # come meanwhile
            self._note_settlement()
        self._stir()

    def _free_places(self) -> int:
        """As many as may be claimed now: none while everybody waits, and not one by one, unless to try the line."""
        if self._line.is_down:
            return 0 if self._pacer.waits_for or self._in_flight else 1
        free = 0 if self._pacer.waits_for else self._window - len(self._in_flight)
        return free if free >= self._part or not self._in_flight else 0

    async def _has_due(self) -> bool:
        if self._has_more:
            return True
        async with self._storage.read() as tx:
            due_at = await tx.notices.next_due_at()
        return due_at is not None and due_at <= self._clock.now()

    def _busy(self) -> frozenset[PersonId]:
        now = asyncio.get_running_loop().time()
        self._resting = {person: until for person, until in self._resting.items() if until > now}
        return frozenset((*self._in_flight, *self._resting))

    async def _start(self, claimed: Sequence[DueNotice]) -> None:
        await give_way(_COURTESY)
        worded = await put_into_words(self._compose, claimed)
        for due in claimed:
            message = worded.messages.get(due.notice.id)
            if message is None:
                del self._in_flight[due.notice.person_id]
            else:
                self._in_flight[due.notice.person_id] = asyncio.create_task(self._send(due, message))
        self._settlements += worded.settled
        if self._settlements:
            self._note_settlement()

    async def _send(self, due: DueNotice, message: OutgoingMessage) -> None:
        person = due.notice.person_id
        delivery = Delivery(Outcome.FLOOD)  # not sent at all: as after a flood wait, it stays as it was
        turn = None
        try:
            if turn := await self._pacer.permission(due.account):
                delivery, began_at = Delivery(Outcome.UNKNOWN, error="interrupted"), asyncio.get_running_loop().time()
                delivery = await self._messenger.deliver(due.account, message, turn.leave)
                self._heed(due, delivery, began_at=began_at)
            if delivery.outcome in (Outcome.BLOCKED, Outcome.GONE):
                self._unreachable[person] = delivery.outcome
        except Exception as error:  # a mistake of ours must not leave the notice «sending» for ever
            log.exception("a request failed in an unforeseen way", notice=due.notice.id)
            delivery = Delivery(Outcome.UNKNOWN, error=f"{type(error).__name__}: {error}")
        finally:
            if turn is not None:
                turn.give_up()
            is_down = self._line.is_down
            aftermath = after_request(due.notice, delivery.outcome, now=self._clock.now(), is_line_down=is_down)
            self._settlements.append(_settlement(due, delivery, aftermath))
            self._in_flight.pop(person, None)
            self._rest(due)
            self._note_settlement()

    def _rest(self, due: DueNotice) -> None:
        """Nothing more to this person for now: his chat takes one message a second, or was told to wait."""
        rest = max(self._chat_pause, self._pacer.chat_waits_for(due.account))
        if rest:
            self._resting[due.notice.person_id] = asyncio.get_running_loop().time() + rest

    def _note_settlement(self) -> None:
        if self._is_time_to_store():
            self._stir()
        elif self._storing is None:
            self._storing = asyncio.get_running_loop().call_later(self._longest_unstored, self._store_what_there_is)

    def _store_what_there_is(self) -> None:
        self._storing = None
        self._is_storing_due = True
        self._stir()

    def _heed(self, due: DueNotice, delivery: Delivery, *, began_at: float) -> None:
        """What one answer means for everybody's pace."""
        self._on_outcome(delivery.outcome, due.notice.due_at)
        was_down = self._line.is_down
        pause = self._line.note(delivery.outcome, began_at=began_at)
        if delivery.outcome is Outcome.DELIVERED:
            self._sent += 1
            self._silence.delivered()
        elif not was_down:  # then it is one line for the outage and not one a notice
            log.warning("not delivered", notice=due.notice.id, outcome=delivery.outcome.value, error=delivery.error)
        if delivery.outcome is Outcome.FLOOD:
            self._pacer.refused(delivery.retry_after, due.account)
            if self._pacer.waits_for > _LONG_WAIT:
                self._silence.began(Reason.FLOOD, lasts=self._pacer.waits_for)
        if self._line.is_down:
            self._silence.began(Reason.TOKEN if delivery.is_refused else Reason.SENDING)
        if pause:
            self._pacer.stop_for(pause)
        if self._line.is_down and not was_down:
            log.warning("messages wait: Telegram takes none at present", outcome=delivery.outcome.value)
        if was_down and not self._line.is_down:
            log.info("messages go out again")

    async def _wait(self, stirred: asyncio.Event) -> None:
        """Until something stirs: an outcome, a waking, a person who may be written to again, or a second."""
        now = asyncio.get_running_loop().time()
        rests = [until - now for until in self._resting.values() if until > now] if self._is_held_up else []
        if stopped := self._pacer.waits_for:
            rests.append(stopped)
        try:
            async with asyncio.timeout(min([*rests, _IDLE])):
                await stirred.wait()
        except TimeoutError:
            return

    def _stir(self) -> None:
        """Each stir has an event of its own: ``drain`` beside ``run`` would clear away what the other waits for."""
        stirred, self._stirred = self._stirred, asyncio.Event()
        stirred.set()

    async def _close_on(self, stop: asyncio.Event) -> None:
        await stop.wait()
        self._pacer.close()
        self._stir()

    async def _finish(self) -> None:
        await asyncio.gather(*(task for task in self._in_flight.values() if task), return_exceptions=True)
        if self._settlements:
            try:
                async with self._storage.write() as tx:
                    await self._store(tx, self._settlements, self._unreachable, self._clock.now())
            except StorageDownError:  # they are «sending» still: in doubt at the next start
                log.warning("outcomes could not be stored", count=len(self._settlements))
            self._settlements.clear()
            self._unreachable.clear()


def _amounts(rate: float) -> tuple[int, int, float]:
    """In flight at most; of them stored and claimed at once; the seconds for which an outcome waits for others."""
    window = max(_LEAST_IN_FLIGHT, math.ceil(min(rate * _HELD, _MOST_IN_FLIGHT)))
    part = max(_LEAST_PART, window // _PART)
    return window, part, min(_LONGEST_UNSTORED, max(_SHORTEST_UNSTORED, 2 * part / rate))


def _settlement(due: DueNotice, delivery: Delivery, aftermath: Aftermath) -> Settlement:
    return Settlement(
        notice_id=due.notice.id,
        state=aftermath.state,
        attempts=aftermath.attempts,
        due_at=aftermath.due_at,
        was_in_doubt=aftermath.was_in_doubt,
        error=delivery.error,
        account=None if delivery.message_id is None else due.account,
        message_id=delivery.message_id,
        is_of_several=bool(due.gathered),
    )
