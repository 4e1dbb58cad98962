"""Activities for tests: opened by the use case itself, with the date that a test needs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from bot.domain.event_drafts import EventDate, EventDraft
from bot.domain.events import EventDetails
from bot.domain.ids import AssignmentId, OccurrenceId, PersonId, UnitId
from bot.domain.matters import ActivityKind, AnsweredBy, Audience, Matter
from bot.domain.network import Role
from bot.ports.matters import NewActivity, NewOccurrence
from bot.services.announce_event import AnnouncedEvent, announce_event
from bot.services.move_occurrence import move_occurrence
from bot.services.open_activity import open_activity
from storage.database import Database
from storage.tables import assignments
from tests.acting import actor_of
from tests.calendar_days import MONDAY
from tests.factories import SmallNetwork

IN_A_WEEK = datetime(2026, 9, 14, 20, 59, 59, tzinfo=UTC)
"""The end of the next Monday in Moscow."""


async def open_task(
    database: Database,
    network: SmallNetwork,
    *units: UnitId,
    title: str = "Провести родительские собрания",
    due_at: datetime = IN_A_WEEK,
    now: datetime = MONDAY,
) -> OccurrenceId:
    """A task that the schools of the units (of the whole Vladimir region without any) answer for."""
    audience = Audience(units or (network.vladimir,), AnsweredBy.SCHOOL)
    return await _open(database, network, ActivityKind.TASK, audience, title, due_at, has_time=False, now=now)


async def open_webinar(
    database: Database,
    network: SmallNetwork,
    *units: UnitId,
    title: str = "Работа с одарёнными детьми",
    due_at: datetime = MONDAY + timedelta(days=3),
    link: str | None = "https://example.org/w",
    now: datetime = MONDAY,
) -> OccurrenceId:
    """A webinar for the teachers of the units (of the Vladimir region without any)."""
    audience = Audience(units or (network.vladimir,), AnsweredBy.PERSON, (Role.TEACHER,))
    kind = ActivityKind.WEBINAR
    return await _open(database, network, kind, audience, title, due_at, has_time=True, now=now, link=link)


async def open_event(
    database: Database,
    network: SmallNetwork,
    *units: UnitId,
    title: str = "Семинар наставников",
    dates: Sequence[datetime] = (MONDAY + timedelta(days=3),),
    lasts: timedelta | None = timedelta(hours=1),
    details: EventDetails | None = None,
    roles: tuple[Role, ...] = (Role.TEACHER,),
    link: str | None = "https://example.org/w",
    source: str = "event:test",
    now: datetime = MONDAY,
) -> AnnouncedEvent:
    """An event with details for the teachers of the units (of the Vladimir region without any), announced as people do.

    Several ``dates`` are a series. A test that opens two events gives each its own ``source``.
    """
    zone = "Europe/Moscow"
    when = tuple(
        EventDate(at, at.astimezone(ZoneInfo(zone)).date(), zone, "тест", None if lasts is None else at + lasts)
        for at in dates
    )
    audience = Audience(units or (network.vladimir,), AnsweredBy.PERSON, roles)
    draft = EventDraft(
        network.vladimir, zone, audience, details=details or EventDetails(), title=title, dates=when, link=link
    )
    actor = await actor_of(database, network.regional)
    return await announce_event(database, actor=actor, draft=draft, source=source, now=now)


async def move_date(
    database: Database,
    network: SmallNetwork,
    occurrence: OccurrenceId,
    *,
    to: datetime,
    has_time: bool = True,
    now: datetime,
) -> None:
    """Moved for the first time, by the region's coordinator."""
    await move_occurrence(
        database,
        actor=await actor_of(database, network.regional),
        occurrence_id=occurrence,
        version=1,
        due_at=to,
        due_on=to.date(),
        has_time=has_time,
        now=now,
    )


async def assignment(
    database: Database, occurrence: OccurrenceId, *, school: UnitId | None = None, person: PersonId | None = None
) -> AssignmentId:
    """The assignment of the school as a whole, or of the person."""
    owner = assignments.c.person_id == person if person else assignments.c.unit_id == school
    async with database.read() as tx:
        found = await tx._connection.execute(
            select(assignments.c.id).where(assignments.c.occurrence_id == occurrence, owner)
        )
        return AssignmentId(found.scalar_one())


async def matter(database: Database, assignment_id: AssignmentId) -> Matter:
    async with database.read() as tx:
        found = await tx.replies.matter(assignment_id)
    assert found is not None
    return found


async def _open(
    database: Database,
    network: SmallNetwork,
    kind: ActivityKind,
    audience: Audience,
    title: str,
    due_at: datetime,
    *,
    has_time: bool,
    now: datetime,
    link: str | None = None,
) -> OccurrenceId:
    zone = "Europe/Moscow"
    activity = NewActivity(
        kind=kind,
        unit_id=network.vladimir,
        title=title,
        audience=audience,
        timezone=zone,
        created_by=network.regional,
        link=link,
    )
    day = due_at.astimezone(ZoneInfo(zone)).date()
    when = NewOccurrence(key=day.isoformat(), due_at=due_at, due_on=day, has_time=has_time, timezone=zone)
    async with database.write() as tx:
        activity_id = await open_activity(tx, activity, [when], now=now)
        opened = await tx.matters.opened(activity_id)
    assert opened is not None
    return opened.occurrences[0].id
