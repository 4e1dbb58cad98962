"""Takes updates in by long polling: fetch, store, and only then confirm.

aiogram's own polling confirms a batch before a handler has seen it: 100 taps of 100 were lost in each of 6 kills. Here
the next offset is asked for after the commit, so what Telegram has forgotten is always in the inbox.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

import structlog

from bot.clock import Clock
from bot.ports.storage import Storage
from bot.ports.trouble import StorageDownError
from bot.telegram.backlog import Backlog
from bot.telegram.outages import Outage
from bot.telegram.silence import Reason, Silence
from bot.telegram.updates import AnotherInstanceError, TokenRefusedError, UpdatesError, received

log = structlog.get_logger()

_CONFLICTS_ENDURED = 3  # a poll that a crash left open at Telegram ends at our first one
_MOMENT = 3  # seconds: the other program asks again within them
_PAUSES = (1.0, 2.0, 5.0, 10.0, 30.0, 60.0)


class UpdateSource(Protocol):
    async def fetch(self, offset: int | None, *, timeout: int = ...) -> list[dict[str, Any]]:  # noqa: ASYNC109 - see updates.py
        """The updates from ``offset`` on, confirming those before it. Raises UpdatesError."""


class Intake:
    """The inbox's front door, for polling and for the webhook alike."""

    def __init__(
        self,
        storage: Storage,
        clock: Clock,
        source: UpdateSource,
        backlog: Backlog,
        silence: Silence,
        on_rival: Callable[[], None] = lambda: None,
    ) -> None:
        """``on_rival``: told when another program takes the updates away from this one, which was first."""
        self._storage = storage
        self._clock = clock
        self._source = source
        self._backlog = backlog
        self._offset: int | None = None
        self._silence = silence
        self._on_rival = on_rival
        self._outage = Outage()
        self._failures = 0
        self._conflicts = 0  # those of them that another program brought about
        self.last_contact: datetime | None = None  # when Telegram last answered a poll; a webhook may be still for days
        self._polls = 0  # those that Telegram let come to their end

    @property
    def is_cut_off(self) -> bool:
        """The last poll failed: Telegram is out of reach, or does not know us."""
        return self._failures > 0

    async def receive(self, updates: Sequence[Mapping[str, Any]]) -> int:
        """Stores updates; once it returns, Telegram may forget them. Returns how many were new."""
        async with self._storage.write_together() as tx:
            new = await tx.inbox.add([received(update) for update in updates], now=self._clock.now())
        self._backlog.wake()
        return new

    async def ensure_alone(self) -> None:
        """Raises AnotherInstanceError where somebody else polls: of two who ask at once the earlier is sent away.

        Nothing is confirmed. Where updates wait already, they come at once and nothing is learned.
        """
        await self._source.fetch(None, timeout=_MOMENT)

    async def run(self, stop: asyncio.Event) -> None:
        """Polls until ``stop``; the poll under way is given up then, which confirms nothing.

        Raises AnotherInstanceError where somebody else was fetching before us: the newcomer goes. Each of two who meet
        sends the other's poll away, so who was first is known only by a poll that has come to its end. The first one
        is short, else a newcomer within half a minute of the start would find nobody who knows that he was first.
        """
        polling, stopping = asyncio.create_task(self._poll(stop)), asyncio.create_task(stop.wait())
        try:
            await asyncio.wait({polling, stopping}, return_when=asyncio.FIRST_COMPLETED)
            polling.cancel()
            await asyncio.wait({polling})
            if not polling.cancelled() and (fault := polling.exception()):
                raise fault
        finally:
            polling.cancel()
            stopping.cancel()

    async def drain(self) -> int:
        """Fetches and handles everything there is now, without waiting for more; returns how many updates."""
        taken = await self._backlog.drain()
        while await self._fetch(0):
            taken += await self._backlog.drain()
        return taken

    async def _poll(self, stop: asyncio.Event) -> None:
        """One task for all polls: the next leaves before the handlers of those that came begin, so that nobody's tap
        waits at Telegram for the whole of a batch to be answered."""
        while not stop.is_set():
            await self._fetch_and_store()

    async def _fetch_and_store(self) -> None:
        try:
            await self._fetch(None if self._polls or self._conflicts else _MOMENT)
        except UpdatesError as error:
            self._failures += 1
            if isinstance(error, AnotherInstanceError):
                self._conflicts += 1
                if not self._polls and self._conflicts >= _CONFLICTS_ENDURED:
                    raise
                if self._conflicts == _CONFLICTS_ENDURED:
                    self._on_rival()
            pause = max(error.retry_after, _PAUSES[min(self._failures, len(_PAUSES)) - 1])
            if not isinstance(error, AnotherInstanceError):
                self._silence.began(Reason.TOKEN if isinstance(error, TokenRefusedError) else Reason.LINE)
            self._outage.note(_words(error), now=self._clock.now(), error=str(error))
            await asyncio.sleep(pause)
        except StorageDownError:  # told already; nothing is confirmed, so nothing is lost
            await asyncio.sleep(_PAUSES[1])
        except Exception:
            log.exception("updates could not be stored")
            await asyncio.sleep(_PAUSES[1])
        else:
            self._failures = self._conflicts = 0
            self._polls += 1
            self._outage.end("Telegram answers again", now=self._clock.now())
            self._silence.answered()

    async def _fetch(self, timeout: int | None) -> int:  # noqa: ASYNC109 - see updates.py
        poll = {} if timeout is None else {"timeout": timeout}
        updates = await self._source.fetch(self._offset, **poll)
        self.last_contact = self._clock.now()
        if updates:
            await self.receive(updates)
            self._offset = max(int(update["update_id"]) for update in updates) + 1
        return len(updates)


def _words(error: UpdatesError) -> str:
    match error:
        case TokenRefusedError():
            return "Telegram refuses the token: was it revoked in @BotFather?"
        case AnotherInstanceError():
            return "another program fetches this bot's updates, or a webhook is set"
        case _:
            return "no connection to Telegram"
