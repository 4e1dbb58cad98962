"""Edits of older messages for tests: what has come, and what goes out over it later."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import update

from bot.clock import MovableClock
from bot.domain.calendar import WorkCalendar
from bot.domain.ids import PersonId
from handlers.notices.composing import Composer
from storage.database import Database
from storage.tables import notices
from tests.calendar_days import MONDAY

DAYS = WorkCalendar()
LATER = MONDAY + timedelta(minutes=5)


async def sent(database: Database, *, until: datetime = LATER) -> None:
    """Everything that is due by then has come."""
    async with database.write() as tx:
        values = {"state": "sent", "chat_id": 1, "message_id": notices.c.id + 100}
        await tx._connection.execute(update(notices).where(notices.c.due_at <= until).values(values))


async def edits(database: Database, person: PersonId, *, now: datetime = LATER) -> Mapping[int, str]:
    """The edits that go out at ``now``, by the message that each replaces; one after the other, as the sender does."""
    compose = Composer(database, MovableClock(now), without_personal_data=False)
    found: dict[int, str] = {}
    while True:
        async with database.write() as tx:
            claim = await tx.notices.claim(100, now=now, days=DAYS)
            ids = [due.notice.id for due in claim.to_send]
            await tx._connection.execute(update(notices).where(notices.c.id.in_(ids)).values(state="sent"))
        if not ids:
            return found
        composed = await compose([due for due in claim.to_send if due.notice.person_id == person])
        for message in composed.values():
            if message is not None and message.replaces is not None:
                found[message.replaces] = message.text
