"""Answers for tests: given by the use case, read back from the tables."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select, update

from bot.domain.ids import AssignmentId, OccurrenceId, PersonId
from bot.domain.matters import Answer, OccurrenceState
from bot.services.accept_reply import (
    AcceptedReply,
    GivenReply,
    accept_reply,
)
from storage.database import Database
from storage.tables import notices, occurrences
from tests.acting import actor_of
from tests.calendar_days import MONDAY
from tests.opening import matter

LATER = MONDAY + timedelta(hours=1)


async def reply(
    database: Database,
    person: PersonId,
    assignment_id: AssignmentId,
    answer: Answer | None,
    text: str | None = None,
    *,
    version: int | None = 1,
    is_change: bool = False,
    source: str | None = None,
    now: datetime = LATER,
) -> AcceptedReply:
    """What is returned with the answer is the matter as it stands in the tables."""
    given = GivenReply(assignment_id, answer, text, version, is_change)
    source = source or f"{person}:{answer}:{text}:{is_change}:{now}"
    actor = await actor_of(database, person)
    accepted = await accept_reply(database, actor=actor, reply=given, source=source, now=now)
    shown, stands = accepted.matter, await matter(database, assignment_id)
    # A request for another term that the answer has ended is still on the card of that moment.
    asked = replace(stands.reviewing, request_id=shown.reviewing.request_id, wanted_on=shown.reviewing.wanted_on)
    assert shown == replace(stands, reviewing=asked)
    return accepted


async def set_state(database: Database, occurrence: OccurrenceId, state: OccurrenceState) -> None:
    async with database.write() as tx:
        await tx._connection.execute(
            update(occurrences).where(occurrences.c.id == occurrence).values(state=state.value)
        )


async def move(database: Database, occurrence: OccurrenceId) -> None:
    async with database.write() as tx:
        await tx._connection.execute(update(occurrences).where(occurrences.c.id == occurrence).values(version=2))


async def history(database: Database, assignment_id: AssignmentId) -> list[tuple[str, Answer | None, str | None]]:
    async with database.read() as tx:
        return [(past.person_name, past.answer, past.text) for past in await tx.replies.history(assignment_id)]


async def problem_notices(database: Database) -> list[PersonId]:
    async with database.read() as tx:
        found = await tx._connection.execute(select(notices.c.person_id).where(notices.c.key.startswith("thread:")))
        return [PersonId(i) for i in found.scalars()]
