"""«Вместо меня» for tests: a colleague is asked and answers by the use cases."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from bot.domain.events import EventDetails, Seats
from bot.domain.ids import AssignmentId, OccurrenceId, PersonId, SubstitutionId
from bot.domain.matters import Answer, Matter
from bot.services.accept_reply import GivenReply, accept_reply
from bot.services.ask_colleague import (
    Substituted,
    answer_question,
    ask_colleague,
)
from storage.database import Database
from storage.event_tables import substitutions
from storage.tables import notices
from tests.acting import actor_of
from tests.calendar_days import MONDAY
from tests.factories import SmallNetwork
from tests.opening import assignment, move_date, open_event

LATER = MONDAY + timedelta(hours=1)
WORDS = "вместо меня – Яшина Е. П."


async def opened(database: Database, network: SmallNetwork, seats: Seats | None = None) -> OccurrenceId:
    return (await open_event(database, network, details=EventDetails(seats=seats))).occurrence_ids[0]


async def owed_by(database: Database, occurrence: OccurrenceId, person: PersonId) -> AssignmentId:
    return await assignment(database, occurrence, person=person)


async def asks(database: Database, occurrence: OccurrenceId, person: PersonId, colleague: PersonId) -> SubstitutionId:
    owed = await owed_by(database, occurrence, person)
    actor = await actor_of(database, person)
    await ask_colleague(database, actor=actor, assignment_id=owed, colleague_id=colleague, version=1, now=LATER)
    async with database.read() as tx:
        found = await tx._connection.execute(
            select(substitutions.c.id).where(
                substitutions.c.assignment_id == owed, substitutions.c.person_id == colleague
            )
        )
        return SubstitutionId(found.scalar_one())


async def replies_to(
    database: Database,
    substitution: SubstitutionId,
    colleague: PersonId,
    *,
    agrees: bool,
    minutes: int = 1,
    version: int = 1,
) -> Substituted:
    now = LATER + timedelta(minutes=minutes)
    return await answer_question(
        database,
        actor=await actor_of(database, colleague),
        substitution_id=substitution,
        agrees=agrees,
        version=version,
        words=WORDS,
        source=f"telegram:{minutes}{agrees}",
        now=now,
    )


async def says(database: Database, owed: AssignmentId, person: PersonId, answer: Answer, *, minutes: int) -> Matter:
    given = GivenReply(owed, answer, is_change=True)
    now, actor = LATER + timedelta(minutes=minutes), await actor_of(database, person)
    return (await accept_reply(database, actor=actor, reply=given, source=f"{person}:{now}", now=now)).matter


async def told(database: Database) -> list[tuple[PersonId, str]]:
    async with database.read() as tx:
        found = await tx._connection.execute(select(notices.c.person_id, notices.c.detail).order_by(notices.c.id))
        events = [(PersonId(row.person_id), str((row.detail or {}).get("event"))) for row in found]
    return [(person, event.removeprefix("substitute_")) for person, event in events if "substitute" in event]


async def moves(database: Database, network: SmallNetwork, occurrence: OccurrenceId, to: timedelta) -> None:
    await move_date(database, network, occurrence, to=MONDAY + to, now=LATER + timedelta(minutes=3))
