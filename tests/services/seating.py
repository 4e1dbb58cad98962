"""Events with seats for tests, answered as people do, and where each of them stands."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from bot.domain.events import EventDetails, Seats, SeatState
from bot.domain.ids import OccurrenceId, PersonId
from bot.domain.matters import Answer, Matter
from bot.services.accept_reply import GivenReply, accept_reply
from storage.database import Database
from storage.tables import notices
from tests.acting import actor_of
from tests.calendar_days import MONDAY
from tests.factories import SmallNetwork
from tests.opening import assignment, matter, open_event

LATER = MONDAY + timedelta(hours=1)


async def seated_event(
    database: Database, network: SmallNetwork, seats: Seats, *, source: str = "event:test", in_days: int = 3
) -> OccurrenceId:
    details = EventDetails(seats=seats)
    dates = (MONDAY + timedelta(days=in_days),)
    opened = await open_event(database, network, details=details, source=source, dates=dates)
    return opened.occurrence_ids[0]


async def says(
    database: Database,
    occurrence: OccurrenceId,
    person: PersonId,
    answer: Answer = Answer.COMING,
    *,
    text: str | None = None,
    now: datetime = LATER,
) -> Matter:
    owed = await assignment(database, occurrence, person=person)
    given = GivenReply(owed, answer, text, is_change=True)
    source = f"{person}:{answer}:{text}:{now}"
    actor = await actor_of(database, person)
    return (await accept_reply(database, actor=actor, reply=given, source=source, now=now)).matter


async def standing(database: Database, occurrence: OccurrenceId, person: PersonId) -> str:
    """«main», «reserve 2», «offered» or «–», as the person's card tells it."""
    seat = (await matter(database, await assignment(database, occurrence, person=person))).seat
    if seat is None:
        return "–"
    return f"reserve {seat.place}" if seat.state is SeatState.RESERVE else seat.state.value


async def told(database: Database, event: str) -> list[PersonId]:
    async with database.read() as tx:
        found = await tx._connection.execute(select(notices.c.person_id, notices.c.detail).order_by(notices.c.id))
        return [PersonId(row.person_id) for row in found if (row.detail or {}).get("event") == event]
