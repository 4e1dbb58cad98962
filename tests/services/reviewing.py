"""Answers that wait for a coordinator, for tests: given, accepted and given back by the use cases."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import select, update

from bot.domain.board import Tally
from bot.domain.ids import AssignmentId, OccurrenceId, PersonId
from bot.domain.matters import Answer
from bot.domain.reviewing import AnswerMark
from bot.services.accept_reply import (
    AcceptedReply,
    GivenReply,
    accept_reply,
)
from bot.services.review_answers import (
    Reviewed,
    accept_answer,
    return_answer,
)
from storage.database import Database
from storage.tables import activities, notices, occurrences
from tests.acting import actor_of
from tests.calendar_days import MONDAY
from tests.factories import SmallNetwork
from tests.opening import open_task

LATER = MONDAY + timedelta(hours=1)
THURSDAY = date(2026, 9, 10)


async def open_reviewed_task(database: Database, network: SmallNetwork) -> OccurrenceId:
    occurrence = await open_task(database, network)
    async with database.write() as tx:
        its_own = select(occurrences.c.activity_id).where(occurrences.c.id == occurrence).scalar_subquery()
        await tx._connection.execute(
            update(activities).where(activities.c.id == its_own).values(needs_acceptance=True)
        )  # fmt: skip
    return occurrence


async def say_done(
    database: Database,
    person: PersonId,
    owed: AssignmentId,
    answer: Answer = Answer.DONE,
    text: str | None = None,
    *,
    now: datetime = LATER,
) -> AcceptedReply:
    reply = GivenReply(owed, answer, text, version=1, is_change=True)
    source = f"{person}:{owed}:{answer}:{now}"
    return await accept_reply(database, actor=await actor_of(database, person), reply=reply, source=source, now=now)


async def mark_of(database: Database, owed: AssignmentId) -> AnswerMark:
    async with database.read() as tx:
        mark = await tx.reviews.mark(owed)
    assert mark is not None
    return mark


async def accept(
    database: Database,
    person: PersonId,
    owed: AssignmentId,
    mark: AnswerMark,
    *,
    source: str = "",
    now: datetime = LATER,
) -> Reviewed:
    return await accept_answer(
        database,
        actor=await actor_of(database, person),
        assignment_id=owed,
        mark=mark,
        source=f"accept:{person}:{owed}:{mark}",
        now=now,
    )


async def give_back(
    database: Database,
    person: PersonId,
    owed: AssignmentId,
    mark: AnswerMark,
    *,
    reason: str = "нет подписи директора",
    due_on: date = THURSDAY,
    source: str = "return",
    now: datetime = LATER,
) -> Reviewed:
    return await return_answer(
        database,
        actor=await actor_of(database, person),
        assignment_id=owed,
        mark=mark,
        reason=reason,
        due_on=due_on,
        source=source,
        now=now,
    )


async def planned(database: Database, prefix: str) -> list[tuple[PersonId, datetime]]:
    async with database.read() as tx:
        rows = await tx._connection.execute(
            select(notices.c.person_id, notices.c.due_at).where(notices.c.key.startswith(prefix)).order_by(notices.c.id)
        )
        return [(PersonId(row.person_id), row.due_at) for row in rows]


async def tally(database: Database, network: SmallNetwork, occurrence: OccurrenceId) -> Tally:
    async with database.read() as tx:
        unit = await tx.units.get(network.suzdal)
        assert unit is not None
        line = await tx.board.line(occurrence, [unit.path])
    assert line is not None
    return line.tally
