"""Handles what lies in the inbox: in order within a chat, concurrently between chats, again after a crash.

An update is marked as handled after its handler has ended, so one interrupted by a crash is handled again: handlers
are idempotent. What keeps failing is set aside with its error and told to the owner.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import structlog

from bot.clock import Clock
from bot.ports.inbox import Received
from bot.ports.storage import Storage
from bot.ports.trouble import StorageDownError
from bot.telegram.errors import trouble_of, words_of

log = structlog.get_logger()

Handle = Callable[[Mapping[str, Any]], Awaitable[None]]
OnFate = Callable[[str, float], None]
"""Told of every attempt: handled or failed, and the seconds that it took."""
OnParked = Callable[[int, str], Awaitable[None]]

_PARALLEL = 64  # five hundred taps a second, each of which waits a tenth of a second for Telegram
_IN_HAND = 256  # updates kept in memory; the rest waits in the table
_PAUSES = (1.0, 5.0, 15.0, 30.0, 60.0)


class Backlog:
    """``pauses``: seconds before the second attempt, the third, and so on; the last one repeats.

    ``is_cut_off``: whether Telegram is out of reach altogether; what fails for that reason is not set aside.
    """

    def __init__(
        self,
        storage: Storage,
        clock: Clock,
        handle: Handle,
        on_parked: OnParked,
        *,
        on_fate: OnFate = lambda _fate, _seconds: None,
        pauses: tuple[float, ...] = _PAUSES,
        is_cut_off: Callable[[], bool] = lambda: False,
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._handle = handle
        self._on_parked = on_parked
        self._on_fate = on_fate
        self._pauses = pauses
        self._is_cut_off = is_cut_off
        self._slots = asyncio.Semaphore(_PARALLEL)
        self._queues: dict[int, deque[Received]] = defaultdict(deque)
        self._workers: dict[int, asyncio.Task[None]] = {}
        self._steps = asyncio.Lock()
        self._in_hand: set[int] = set()
        self._done: list[int] = []
        self._stirred = asyncio.Event()
        self._stopping = asyncio.Event()
        self._has_more = True  # at the start: what the last run left

    def wake(self) -> None:
        """Something was put into the inbox."""
        self._has_more = True
        self._stirred.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Handles what comes until ``stop``, then lets the handlers under way end."""
        watcher = asyncio.create_task(self._stop_on(stop))
        try:
            while not stop.is_set():
                try:
                    await self._step()
                except StorageDownError:  # it passes, and is told already; what is in hand is marked next time
                    await self._rest()
                except Exception:
                    log.exception("the backlog stumbled")
                    await self._rest()
                await self._stirred.wait()
            await asyncio.gather(*self._workers.values(), return_exceptions=True)
            await self._mark_done()
        except StorageDownError:  # at the stop: what was handled is handled once more at the next start
            log.warning("handled updates could not be marked", count=len(self._done))
        finally:
            watcher.cancel()

    @property
    def is_idle(self) -> bool:
        """Nothing is in hand, nothing new was announced, and nobody is just reading what was."""
        return not (self._in_hand or self._has_more or self._steps.locked())

    async def drain(self) -> int:
        """Handles everything that waits now; returns how many updates were taken up."""
        self.wake()
        taken = 0
        while True:
            taken += await self._step()
            if not (self._in_hand or self._has_more):
                return taken
            if not self._done and (not self._has_more or len(self._in_hand) >= _IN_HAND):
                await self._stirred.wait()

    async def _rest(self) -> None:
        await self._pause(1)
        self.wake()

    async def _step(self) -> int:
        """Marks what was handled, takes up what waits; returns how many."""
        async with self._steps:
            return await self._take_up()

    async def _take_up(self) -> int:
        self._stirred.clear()
        await self._mark_done()
        if not self._has_more or len(self._in_hand) >= _IN_HAND:
            return 0
        self._has_more = False
        free = _IN_HAND - len(self._in_hand)
        async with self._storage.read() as tx:
            updates = await tx.inbox.waiting(free, besides=tuple(self._in_hand))
        self._has_more = self._has_more or len(updates) == free
        for received in updates:
            self._take(received)
        return len(updates)

    async def _mark_done(self) -> None:
        """Many at once: a commit for each would cost more than the handlers."""
        if not self._done:
            return
        done = list(self._done)
        async with self._storage.write_together() as tx:
            await tx.inbox.handled(done, now=self._clock.now())
        del self._done[: len(done)]
        self._in_hand.difference_update(done)

    def _take(self, received: Received) -> None:
        key = received.chat_id if received.chat_id is not None else -received.update_id
        self._in_hand.add(received.update_id)
        self._queues[key].append(received)
        if key not in self._workers:
            self._workers[key] = asyncio.create_task(self._work(key))

    async def _work(self, key: int) -> None:
        queue = self._queues[key]
        try:
            while queue and not self._stopping.is_set():
                await self._handle_or_give_back(queue.popleft())
                self._stirred.set()
        finally:
            del self._workers[key], self._queues[key]
            self._in_hand.difference_update(received.update_id for received in queue)
            self._stirred.set()

    async def _handle_or_give_back(self, received: Received) -> None:
        try:
            await self._handle_to_the_end(received)
        except Exception as error:  # its failure could not be written down: it waits in the inbox and is taken up again
            if not isinstance(error, StorageDownError):
                log.exception("the fate of an update could not be stored", update=received.update_id)
            self._in_hand.discard(received.update_id)
            await self._pause(self._pauses[0])
            self._has_more = True

    async def _handle_to_the_end(self, received: Received) -> None:
        """Until the update is handled or set aside; when the program stops, it goes on waiting in the inbox."""
        attempts = received.attempts
        while not self._stopping.is_set():
            error = await self._attempt(received)
            if error is None:
                self._done.append(received.update_id)
                return
            trouble = trouble_of(error)
            if trouble.is_passing and (isinstance(error, StorageDownError) or self._is_cut_off()):
                await self._pause(trouble.pause or self._pauses[-1])
                continue
            attempts += 1
            if trouble.attempts == 0:
                log.info("nobody to answer", update=received.update_id, error=type(error).__name__)
                self._done.append(received.update_id)
                return
            words = words_of(error)
            if attempts >= trouble.attempts:
                await self._park(received, words, attempts)
                return
            await self._note(received, words, attempts)
            await self._pause(trouble.pause or self._pauses[min(attempts, len(self._pauses)) - 1])
        self._in_hand.discard(received.update_id)

    async def _attempt(self, received: Received) -> Exception | None:
        async with self._slots:
            began = asyncio.get_running_loop().time()
            fate = "handled"
            try:
                await self._handle(received.payload)
            except Exception as error:  # noqa: BLE001 - logged by what it is, with its trace where it is a mistake
                self._tell_of(received, error)
                fate = "failed"
                return error
            finally:
                self._on_fate(fate, asyncio.get_running_loop().time() - began)
            return None

    def _tell_of(self, received: Received, error: Exception) -> None:
        """A trace for mistakes of ours; a line for what passes; nothing where the outage itself is told already."""
        if not trouble_of(error).is_passing:
            log.error("an update failed", update=received.update_id, exc_info=error)
        elif not (isinstance(error, StorageDownError) or self._is_cut_off()):
            log.warning("an update waits for the line", update=received.update_id, error=type(error).__name__)

    async def _note(self, received: Received, error: str, attempts: int) -> None:
        async with self._storage.write() as tx:
            await tx.inbox.failed(received.update_id, error, attempts=attempts)

    async def _park(self, received: Received, error: str, attempts: int) -> None:
        async with self._storage.write() as tx:
            await tx.inbox.park(received.update_id, error, attempts=attempts, now=self._clock.now())
        self._in_hand.discard(received.update_id)
        log.error("an update is set aside", update=received.update_id, attempts=attempts)
        try:
            await self._on_parked(received.update_id, error)
        except Exception:  # it stands in the inbox and in the log whether or not the owner can be told
            log.exception("the owner could not be told of a parked update")

    async def _pause(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._stopping.wait()
        except TimeoutError:
            return

    async def _stop_on(self, stop: asyncio.Event) -> None:
        await stop.wait()
        self._stopping.set()
        self._stirred.set()
