"""Who owes the dates of an activity: given to those whom its audience means now, and given back to who came back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Select, and_, exists, literal, null, or_, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ids import ActivityId
from bot.domain.matters import AnsweredBy, Audience, OccurrenceState
from storage.audiences import people_of, schools_of
from storage.dialect import insert_from
from storage.tables import assignments, occurrences
from storage.types import Instant


async def assign(
    connection: AsyncConnection, activity_id: ActivityId, audience: Audience, *, since: datetime, now: datetime
) -> int:
    """Returns how many assignments are new or stand again."""
    dates = _dates(activity_id, since)
    if audience.answered_by is AnsweredBy.SCHOOL:
        revived = await _revive_schools(connection, dates, audience)
        owing = schools_of(audience).subquery()
        owes = select(dates.subquery("dates").c.id, owing.c.unit_id, null(), literal(now, Instant))
    else:
        revived = await _revive_people(connection, dates, audience)
        owing = people_of(audience).subquery()
        owes = select(dates.subquery("dates").c.id, owing.c.unit_id, owing.c.person_id, literal(now, Instant))
    # Every date with everyone: a product, and said so, else the library suspects a forgotten condition.
    owes = owes.join(owing, true())
    columns = ["occurrence_id", "unit_id", "person_id", "created_at"]
    result = await connection.execute(insert_from(connection.dialect.name, assignments, columns, owes))
    added = max(result.rowcount, 0)
    got_somebody = exists().where(assignments.c.occurrence_id == occurrences.c.id, assignments.c.created_at == now)
    await connection.execute(
        update(occurrences)
        .where(occurrences.c.id.in_(dates), or_(got_somebody, occurrences.c.id.in_(revived)))
        .values(needs_planning=True)
    )
    return added + len(revived)


async def is_assigned(
    connection: AsyncConnection, activity_id: ActivityId, audience: Audience, *, since: datetime
) -> bool:
    """Whether ``assign`` would find nothing to do. It only reads, so nobody has to wait for it."""
    dates = _dates(activity_id, since).subquery("dates")
    if audience.answered_by is AnsweredBy.SCHOOL:
        owing = schools_of(audience).subquery()
        its = and_(assignments.c.unit_id == owing.c.unit_id, assignments.c.person_id.is_(None))
    else:
        owing = people_of(audience).subquery()
        its = assignments.c.person_id == owing.c.person_id
    stands = exists().where(assignments.c.occurrence_id == dates.c.id, its, assignments.c.withdrawn_at.is_(None))
    missing = select(dates.c.id).join(owing, true()).where(~stands.correlate(dates, owing)).limit(1)
    return (await connection.execute(missing)).first() is None


def _dates(activity_id: ActivityId, since: datetime) -> Select[int]:
    return select(occurrences.c.id).where(
        occurrences.c.activity_id == activity_id,
        occurrences.c.state == OccurrenceState.OPEN.value,
        occurrences.c.due_at >= since,
    )


async def _revive_schools(connection: AsyncConnection, dates: Select[int], audience: Audience) -> list[int]:
    statement = (
        update(assignments)
        .where(
            assignments.c.occurrence_id.in_(dates),
            assignments.c.withdrawn_at.is_not(None),
            assignments.c.person_id.is_(None),
            assignments.c.unit_id.in_(schools_of(audience)),
        )
        .values(withdrawn_at=None)
        .returning(assignments.c.occurrence_id)
    )
    return list((await connection.execute(statement)).scalars())


async def _revive_people(connection: AsyncConnection, dates: Select[int], audience: Audience) -> list[int]:
    place = people_of(audience).subquery()
    unit = select(place.c.unit_id).where(place.c.person_id == assignments.c.person_id).scalar_subquery()
    statement = (
        update(assignments)
        .where(
            assignments.c.occurrence_id.in_(dates),
            assignments.c.withdrawn_at.is_not(None),
            assignments.c.person_id.in_(select(place.c.person_id)),
        )
        .values(withdrawn_at=None, unit_id=unit)
        .returning(assignments.c.occurrence_id)
    )
    return list((await connection.execute(statement)).scalars())
