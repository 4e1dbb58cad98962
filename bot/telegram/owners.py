"""What the owner hears of the bot's own troubles: once when one begins, where that can be, and once at its end."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from aiogram import Bot
from aiogram.exceptions import ClientDecodeError, TelegramAPIError

from bot.clock import Clock
from bot.config import Settings
from bot.ports.notices import Delayed
from bot.ports.storage import Storage
from bot.ports.trouble import StorageDownError, StorageFault
from bot.telegram.silence import Reason
from bot.texts.catalogue import Markup, say
from bot.texts.times import stamp

log = structlog.get_logger()

_WORTH_TELLING = timedelta(minutes=10)  # a shorter silence of Telegram interests nobody
_LAST_WORDS = 1.0  # seconds that a message under way is given at the stop
_STORAGE_WORDS = {
    StorageFault.FULL: "owner-storage-full",
    StorageFault.LOCKED: "owner-storage-locked",
    StorageFault.READ_ONLY: "owner-storage-read-only",
    StorageFault.UNREACHABLE: "owner-storage-unreachable",
}


_WHY = {Reason.TOKEN: "token", Reason.FLOOD: "flood", Reason.LINE: "line", Reason.SENDING: "sending"}


class Owners:
    def __init__(self, bot: Bot, settings: Settings, clock: Clock, storage: Storage) -> None:
        self._bot = bot
        self._storage = storage
        self._ids = settings.owner_ids
        self._zone = ZoneInfo(settings.timezone)
        self._clock = clock
        self._lacks_copy = False
        self._lacks_room = False
        self._tellings: set[asyncio.Task[None]] = set()

    async def tell(self, text: Markup, **options: Any) -> None:
        """To each of them; one who cannot be told keeps it from none of the others."""
        for owner in self._ids:
            try:
                await self._bot.send_message(owner, text, **options)
            except (TelegramAPIError, ClientDecodeError) as failure:
                log.warning("an owner could not be told", error=type(failure).__name__)

    async def note_over(self, since: datetime, reason: Reason) -> None:
        """Messages pass again, and had not since then: why, and what it kept back."""
        now = self._clock.now()
        if now - since < _WORTH_TELLING:
            return
        try:
            async with self._storage.read() as tx:
                delayed = await tx.notices.delayed(since=since, now=now)
        except StorageDownError:  # the counts can be missed, the message cannot
            delayed = Delayed()
        times = {"since": stamp(since, self._zone), "until": stamp(now, self._zone)}
        await self.tell(say("owner-silence", why=_WHY[reason], late=delayed.late, stale=delayed.stale, **times))

    def note_rival(self) -> None:
        """Another program takes this bot's updates away; what it cannot take is the right to write to him."""
        self._tell_soon(say("owner-rival"))

    def note_storage(self, fault: StorageFault | None) -> None:
        """What is wrong with the database; None: it is well again. Telegram works, so he hears of it at once."""
        if fault is None:
            log.info("the database works again")
            self._tell_soon(say("owner-storage-back"))
        else:
            log.error("the database cannot be used for now, nothing is lost", fault=fault.value)
            self._tell_soon(say(_STORAGE_WORDS[fault]))

    def note_copy(self, fault: str | None) -> None:
        """Why the nightly copy of the database could not be made; None: it is made. The log says it at each try."""
        if fault is not None:
            log.error("the nightly copy could not be made", reason=fault)
            if not self._lacks_copy:
                self._tell_soon(say("owner-copy-failed", reason=fault))
        elif self._lacks_copy:
            self._tell_soon(say("owner-copy-back"))
        self._lacks_copy = fault is not None

    def note_room(self, megabytes: int | None) -> None:
        """How much the disk has left where that is little; None: there is enough (again)."""
        lacks, self._lacks_room = self._lacks_room, megabytes is not None
        if megabytes is not None and not lacks:
            log.warning("little room is left on the disk", megabytes=megabytes)
            self._tell_soon(say("owner-room-little", megabytes=str(megabytes)))
        elif lacks and megabytes is None:
            log.info("there is room on the disk again")
            self._tell_soon(say("owner-room-back"))

    def note_jump(self, by: timedelta) -> None:
        """The machine's clock was set."""
        key = "owner-clock-ahead" if by > timedelta() else "owner-clock-back"
        self._tell_soon(say(key, minutes=str(round(abs(by).total_seconds() / 60))))

    async def close(self) -> None:
        if self._tellings:
            await asyncio.wait(self._tellings, timeout=_LAST_WORDS)

    def _tell_soon(self, text: Markup) -> None:
        task = asyncio.create_task(self.tell(text))
        self._tellings.add(task)
        task.add_done_callback(self._tellings.discard)
