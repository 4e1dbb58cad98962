"""What tests ask of broadcasts: the latest, how far one is, and who is claimed for sending."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from bot.domain.calendar import WorkCalendar
from bot.domain.ids import BroadcastId, PersonId
from storage.broadcast_tables import broadcasts
from storage.database import Database
from tests.calendar_days import MONDAY

DAYS = WorkCalendar()
LATER = MONDAY + timedelta(hours=1)


async def latest(database: Database) -> BroadcastId:
    async with database.read() as tx:
        found = await tx._connection.execute(select(broadcasts.c.id).order_by(broadcasts.c.id.desc()).limit(1))
        return BroadcastId(found.scalar_one())


async def standing(database: Database, broadcast_id: BroadcastId) -> tuple[int, int, bool]:
    """How many messages of it have gone, of how many, and whether that was all."""
    async with database.read() as tx:
        flight = await tx.broadcasts.flight(broadcast_id, now=LATER)
    return flight.gone, flight.total, flight.is_over


async def claimed(database: Database, limit: int = 100, *, now: datetime = MONDAY) -> list[PersonId]:
    async with database.write() as tx:
        claim = await tx.notices.claim(limit, now=now, days=DAYS)
    return [due.notice.person_id for due in claim.to_send]
