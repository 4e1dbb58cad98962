"""A time in which nothing could be sent is one, however many parts meet it and whatever ends it."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

from bot.clock import MovableClock
from bot.telegram.silence import Reason, Silence
from storage.database import Database
from tests.calendar_days import MONDAY


async def test_429_for_a_long_time_is_told_once_when_a_message_arrives(database: Database, clock: MovableClock) -> None:
    told: list[tuple[datetime, Reason]] = []

    async def hear(since: datetime, reason: Reason) -> None:
        told.append((since, reason))

    silence = Silence(database, clock, hear)
    silence.began(Reason.LINE)
    silence.began(Reason.FLOOD, lasts=1200)
    clock.advance(timedelta(minutes=20))
    silence.answered()
    assert silence.reasons == (Reason.FLOOD,), "polls are answered, messages are not taken"
    silence.delivered()
    silence.delivered()
    await asyncio.sleep(0)
    assert told == [(MONDAY, Reason.FLOOD)]
    assert len(silence.reasons) == 0
