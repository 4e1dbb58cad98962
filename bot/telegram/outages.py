"""One line when something fails, one an hour while it lasts, one when it is over: not one for each attempt."""

from __future__ import annotations

import asyncio
from datetime import datetime

import structlog

log = structlog.get_logger()

_AN_HOUR = 3600.0


class Outage:
    def __init__(self) -> None:
        self._words: str | None = None
        self._said_at = 0.0
        self._began_at: datetime | None = None

    def note(self, words: str, *, now: datetime, **facts: object) -> None:
        """It failed (again). Said at once where it is new or of another sort, else once an hour."""
        self._began_at = self._began_at or now
        moment = asyncio.get_running_loop().time()
        if words != self._words or moment - self._said_at >= _AN_HOUR:
            self._words, self._said_at = words, moment
            log.warning(words, since=self._began_at.isoformat(timespec="seconds"), **facts)

    def end(self, words: str, *, now: datetime) -> datetime | None:
        """It works. Returns since when it did not; None where nothing had failed."""
        began_at, self._began_at, self._words = self._began_at, None, None
        if began_at is not None:
            log.info(words, after_seconds=max(0, round((now - began_at).total_seconds())))
        return began_at
