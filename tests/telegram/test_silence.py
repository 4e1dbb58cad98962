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


async def test_messages_that_are_refused_while_polls_are_answered_are_told_to_the_owner(
    database: Database, clock: MovableClock
) -> None:
    told: list[tuple[datetime, Reason]] = []

    async def hear(since: datetime, reason: Reason) -> None:
        told.append((since, reason))

    silence = Silence(database, clock, hear)
    for _ in range(3):
        silence.began(Reason.SENDING)
        clock.advance(timedelta(minutes=10))
        silence.answered()
        assert silence.reasons == (Reason.SENDING,), "as long as no message has arrived"
    silence.delivered()
    await asyncio.sleep(0)
    assert told == [(MONDAY, Reason.SENDING)]
