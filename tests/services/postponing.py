"""«Прошу перенести» for tests: asked and decided by the use cases, and what follows read back."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from bot.domain.ids import AssignmentId, OccurrenceId, PersonId
from bot.domain.matters import Answer
from bot.services.accept_reply import GivenReply, accept_reply
from bot.services.decide_postponement import RequestView, decide_postponement
from bot.services.request_postponement import (
    AskedPostponement,
    ask_postponement,
)
from storage.database import Database
from storage.tables import notices
from tests.acting import actor_of
from tests.calendar_days import MONDAY
from tests.factories import SmallNetwork
from tests.opening import assignment, open_task

LATER = MONDAY + timedelta(hours=1)
MOSCOW = ZoneInfo("Europe/Moscow")
FRIDAY = date(2026, 9, 18)
END_OF_FRIDAY = datetime(2026, 9, 18, 20, 59, 59, tzinfo=UTC)


async def ask(
    database: Database,
    person: PersonId,
    owed: AssignmentId,
    wanted_on: date = FRIDAY,
    *,
    reason: str | None = "болеет завуч",
    source: str = "u1",
    now: datetime = LATER,
) -> AskedPostponement:
    return await ask_postponement(
        database,
        actor=await actor_of(database, person),
        assignment_id=owed,
        wanted_on=wanted_on,
        phrase=None,
        reason=reason,
        source=source,
        now=now,
    )


async def decide(
    database: Database, person: PersonId, asked: AskedPostponement, granted_on: date | None = FRIDAY
) -> RequestView:
    return await decide_postponement(
        database,
        actor=await actor_of(database, person),
        request_id=asked.request.id,
        granted_on=granted_on,
        now=LATER + timedelta(hours=1),
    )


async def steps(database: Database, owed: AssignmentId) -> dict[str, list[str]]:
    """The days (and versions of the term) of the reminders of one assignment, by state."""
    async with database.read() as tx:
        rows = await tx._connection.execute(
            select(notices.c.state, notices.c.due_at, notices.c.assignment_due_version)
            .where(notices.c.assignment_id == owed, notices.c.kind.in_(["reminder", "today"]))
            .order_by(notices.c.due_at)
        )
        found: dict[str, list[str]] = {}
        for row in rows:
            found.setdefault(row.state, []).append(f"{row.due_at:%d.%m} v{row.assignment_due_version}")
        return found


async def told(database: Database, prefix: str) -> list[PersonId]:
    async with database.read() as tx:
        rows = await tx._connection.execute(select(notices.c.person_id).where(notices.c.key.startswith(prefix)))
        return [PersonId(i) for i in rows.scalars()]


async def owed_by_school_1(database: Database, network: SmallNetwork) -> tuple[OccurrenceId, AssignmentId]:
    occurrence = await open_task(database, network)
    return occurrence, await assignment(database, occurrence, school=network.school_1)


async def answer(database: Database, person: PersonId, owed: AssignmentId, *, now: datetime = LATER) -> None:
    await accept_reply(
        database,
        actor=await actor_of(database, person),
        reply=GivenReply(owed, Answer.DONE, version=1),
        source=f"{person}:{owed}:{now}",
        now=now,
    )


async def path_of(database: Database, network: SmallNetwork) -> str:
    async with database.read() as tx:
        unit = await tx.units.get(network.suzdal)
    assert unit is not None
    return unit.path
