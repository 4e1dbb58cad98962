"""A time in which nothing could be sent: why, since when, and told to the owner once it is over."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import structlog

from bot.clock import Clock
from bot.ports.storage import Storage
from bot.ports.trouble import StorageDownError

log = structlog.get_logger()

_NAME = "silence"  # under which its beginning is kept
_NONE = datetime(1970, 1, 1, tzinfo=UTC)  # it is over
_GRACE = 5.0  # seconds for the first message after a pause that was asked for


class Reason(StrEnum):
    """Why; the worst first. The value is what a monitor reads."""

    TOKEN = "token refused"  # noqa: S105 - it names a trouble
    FLOOD = "Telegram asks for a long pause"
    LINE = "no updates come"
    SENDING = "no messages pass"


OnOver = Callable[[datetime, Reason], Coroutine[Any, Any, None]]
"""Told since when nothing could be sent, and the worst reason of that time."""


class Silence:
    """Several parts meet one trouble: each tells of it, and whoever finds it over first ends it for all."""

    def __init__(self, storage: Storage, clock: Clock, on_over: OnOver) -> None:
        self._storage = storage
        self._clock = clock
        self._on_over = on_over
        self._since: datetime | None = None
        self._reasons: set[Reason] = set()
        self._met: set[Reason] = set()
        self._flood_ends: asyncio.TimerHandle | None = None
        self._work: set[asyncio.Task[None]] = set()

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why nothing can be sent now; none where all is well."""
        return tuple(reason for reason in Reason if reason in self._reasons)

    async def recover(self) -> None:
        """At the start, once Telegram knows us: a silence of the last run, which a new token has ended."""
        async with self._storage.read() as tx:
            self._since = await tx.looks.last(_NAME)
        if self._since == _NONE:
            self._since = None
        if self._since is not None:
            self._met.add(Reason.TOKEN)
            self.answered()

    def began(self, reason: Reason, *, lasts: float = 0.0) -> None:
        """It cannot be sent (still). ``lasts``: seconds after which it is over by itself, where that was said."""
        if reason not in self._reasons and reason in (Reason.TOKEN, Reason.FLOOD):  # the others are told already
            log.error("nothing can be sent", reason=reason.value)
        self._since = self._since or self._clock.now()
        if reason is Reason.TOKEN and Reason.TOKEN not in self._met:  # the owner will start us again, with another
            self._do(self._keep(self._since))
        if lasts:
            if self._flood_ends is not None:
                self._flood_ends.cancel()
            self._flood_ends = asyncio.get_running_loop().call_later(lasts + _GRACE, self._end, reason)
        self._reasons.add(reason)
        self._met.add(reason)

    def answered(self) -> None:
        """Telegram answers to our token; whether it takes messages is another matter."""
        self._end(Reason.TOKEN, Reason.LINE)

    def delivered(self) -> None:
        """A message has arrived."""
        self._end(*Reason)

    def _end(self, *reasons: Reason) -> None:
        if self._since is None:
            return
        self._reasons.difference_update(reasons)
        if self._reasons:
            return
        worst = next(reason for reason in Reason if reason in self._met)
        self._do(self._on_over(self._since, worst))
        if worst is Reason.TOKEN:
            self._do(self._keep(_NONE))
        self._since = None
        self._met.clear()

    async def _keep(self, since: datetime) -> None:
        try:
            async with self._storage.write() as tx:
                await tx.looks.note(_NAME, since)
        except StorageDownError:  # then the next run does not know of it: the log does
            return

    def _do(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._work.add(task)
        task.add_done_callback(self._work.discard)
