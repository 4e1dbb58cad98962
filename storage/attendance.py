"""Who was there: the marks with their trace, and the counts of events, schools and people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.attendance import AttendanceTally
from bot.domain.events import Attendance, EventDetails, EventKind, MarkSource
from bot.domain.ids import ActivityId, AssignmentId, OccurrenceId, PersonId, UnitId
from bot.domain.matters import ActivityKind, Answer, OccurrenceState
from bot.ports.attendance import (
    Attendee,
    EventAttendance,
    EventFacts,
    PastMark,
    PersonAttendance,
    UnitAttendance,
    Visit,
)
from storage.event_tables import attendance_marks
from storage.subtrees import unit_within, within
from storage.tables import activities, assignments, notices, occurrences, persons, units

_IS_INVITED = and_(assignments.c.person_id.is_not(None), assignments.c.withdrawn_at.is_(None))
# Who was marked and has left the network since was there all the same.
_STANDS = or_(_IS_INVITED, and_(assignments.c.person_id.is_not(None), assignments.c.attendance.is_not(None)))
_IS_EVENT = activities.c.kind == ActivityKind.WEBINAR.value
_IS_OPEN = occurrences.c.state == OccurrenceState.OPEN.value
_AT_ONCE = 500  # values in one statement


class AttendanceStore:
    """Implements ``bot.ports.attendance.AttendanceMarks``."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def event(self, occurrence_id: OccurrenceId) -> EventFacts | None:
        statement = select(*_EVENT).select_from(_EVENTS).where(_IS_EVENT, occurrences.c.id == occurrence_id)
        row = (await self._connection.execute(statement)).one_or_none()
        return None if row is None else _event(row)

    async def tally(self, occurrence_id: OccurrenceId, paths: Sequence[str]) -> AttendanceTally:
        is_below = unit_within(self._connection, assignments.c.unit_id, paths)  # asked for each of many parts in turn
        statement = select(*_COUNTS).select_from(assignments).where(_of(occurrence_id), _STANDS, is_below)
        return _tally((await self._connection.execute(statement)).one())

    async def is_anybody_marked(self, occurrence_id: OccurrenceId) -> bool:
        marked = select(assignments.c.id).where(_of(occurrence_id), assignments.c.attendance.is_not(None))
        return (await self._connection.execute(marked.limit(1))).first() is not None

    async def attendees(
        self,
        occurrence_id: OccurrenceId,
        paths: Sequence[str],
        *,
        unit_id: UnitId | None = None,
        offset: int = 0,
        limit: int | None = None,
    ) -> tuple[Attendee, ...]:
        statement = (
            _attendees().where(_of(occurrence_id), _STANDS, within(self._connection, paths)).order_by(*_BY_SCHOOL)
        )
        if unit_id is not None:
            statement = statement.where(assignments.c.unit_id == unit_id)
        rows = await self._connection.execute(statement.offset(offset).limit(limit))
        return tuple(_attendee(row) for row in rows)

    async def attendee(self, assignment_id: AssignmentId) -> tuple[OccurrenceId, Attendee] | None:
        row = (
            await self._connection.execute(_attendees().where(assignments.c.id == assignment_id, _STANDS))
        ).one_or_none()
        return None if row is None else (OccurrenceId(row.occurrence_id), _attendee(row))

    async def invited(self, occurrence_id: OccurrenceId, person_id: PersonId) -> Attendee | None:
        statement = _attendees().where(_of(occurrence_id), assignments.c.person_id == person_id, _IS_INVITED)
        row = (await self._connection.execute(statement)).one_or_none()
        return None if row is None else _attendee(row)

    async def units(self, occurrence_id: OccurrenceId, paths: Sequence[str]) -> tuple[UnitAttendance, ...]:
        statement = (
            select(units.c.id, units.c.title, *_COUNTS)
            .select_from(_INVITED)
            .where(_of(occurrence_id), _STANDS, within(self._connection, paths))
            .group_by(units.c.id, units.c.title)
            .order_by(units.c.title, units.c.id)
        )
        rows = await self._connection.execute(statement)
        return tuple(UnitAttendance(UnitId(row.id), row.title, _tally(row)) for row in rows)

    async def mark(
        self,
        assignment_ids: Sequence[AssignmentId],
        state: Attendance | None,
        *,
        source: MarkSource,
        by: PersonId,
        now: datetime,
    ) -> None:
        value = state and state.value
        rows = [
            {"assignment_id": one, "state": value, "source": source.value, "marked_by": by, "marked_at": now}
            for one in assignment_ids
        ]
        for start in range(0, len(rows), _AT_ONCE):
            part = rows[start : start + _AT_ONCE]
            await self._connection.execute(insert(attendance_marks), part)
            ids = [row["assignment_id"] for row in part]
            await self._connection.execute(
                update(assignments).where(assignments.c.id.in_(ids)).values(attendance=value)
            )

    async def clear(self, occurrence_id: OccurrenceId, *, by: PersonId, now: datetime) -> int:
        marked = select(assignments.c.id).where(_of(occurrence_id), assignments.c.attendance.is_not(None))
        found = [AssignmentId(one) for one in (await self._connection.execute(marked)).scalars()]
        await self.mark(found, None, source=MarkSource.LEADER, by=by, now=now)
        return len(found)

    async def marks(self, assignment_id: AssignmentId) -> tuple[PastMark, ...]:
        statement = (
            select(
                attendance_marks.c.state, attendance_marks.c.source, attendance_marks.c.marked_at, persons.c.full_name
            )
            .outerjoin(persons, persons.c.id == attendance_marks.c.marked_by)
            .where(attendance_marks.c.assignment_id == assignment_id)
            .order_by(attendance_marks.c.id.desc())
        )
        return tuple(
            PastMark(_state(row.state), MarkSource(row.source), row.full_name or None, row.marked_at)
            for row in await self._connection.execute(statement)
        )

    async def events_around(
        self, person_id: PersonId, *, began_after: datetime, began_before: datetime
    ) -> tuple[tuple[EventFacts, Attendee], ...]:
        his = and_(
            _IS_EVENT,
            _IS_OPEN,
            _IS_INVITED,
            assignments.c.person_id == person_id,
            occurrences.c.due_at.between(began_after, began_before),
        )
        events = (
            select(*_EVENT)
            .select_from(_EVENTS.join(assignments, assignments.c.occurrence_id == occurrences.c.id))
            .where(his)
            .order_by(occurrences.c.due_at, occurrences.c.id)
        )
        found = [_event(row) for row in await self._connection.execute(events)]
        ids = [event.occurrence_id for event in found]
        invited = _attendees().where(assignments.c.occurrence_id.in_(ids), assignments.c.person_id == person_id)
        rows = await self._connection.execute(invited.where(_IS_INVITED))
        attendees = {row.occurrence_id: _attendee(row) for row in rows}
        return tuple((event, attendees[event.occurrence_id]) for event in found)

    async def set_code_word(self, activity_id: ActivityId, word: str | None) -> None:
        stored = (
            await self._connection.execute(select(activities.c.event).where(activities.c.id == activity_id))
        ).scalar_one()
        changed = {**(stored or EventDetails().to_json()), "code_word": word}
        await self._connection.execute(update(activities).where(activities.c.id == activity_id).values(event=changed))

    async def add_guest(
        self, occurrence_id: OccurrenceId, unit_id: UnitId, person_id: PersonId, *, now: datetime
    ) -> AssignmentId:
        his = and_(_of(occurrence_id), assignments.c.person_id == person_id)
        known = (await self._connection.execute(select(assignments.c.id).where(his))).scalar_one_or_none()
        if known is not None:
            await self._connection.execute(update(assignments).where(his).values(withdrawn_at=None))
            return AssignmentId(known)
        row = {"occurrence_id": occurrence_id, "unit_id": unit_id, "person_id": person_id, "created_at": now}
        added = await self._connection.execute(insert(assignments).values(row).returning(assignments.c.id))
        return AssignmentId(added.scalar_one())

    async def has_knocked(self, event: EventFacts, person_id: PersonId) -> bool:
        told = select(notices.c.id).where(notices.c.key == event.guest_key(person_id))
        return (await self._connection.execute(told)).first() is not None

    async def visits(
        self, person_id: PersonId, *, before: datetime, offset: int, limit: int
    ) -> tuple[tuple[Visit, ...], AttendanceTally]:
        his = and_(_IS_EVENT, _IS_OPEN, _STANDS, assignments.c.person_id == person_id, occurrences.c.due_at < before)
        everything = _INVITED.join(occurrences, occurrences.c.id == assignments.c.occurrence_id).join(
            activities, activities.c.id == occurrences.c.activity_id
        )
        counted = select(*_COUNTS).select_from(everything).where(his)
        page = (
            select(
                occurrences.c.id, occurrences.c.due_at, activities.c.title, activities.c.event, assignments.c.attendance
            )
            .select_from(everything)
            .where(his)
            .order_by(occurrences.c.due_at.desc(), occurrences.c.id.desc())
        )
        tally = _tally((await self._connection.execute(counted)).one())
        rows = await self._connection.execute(page.offset(offset).limit(limit))
        found = tuple(
            Visit(OccurrenceId(row.id), row.title, _kind(row.event), row.due_at, _state(row.attendance)) for row in rows
        )
        return found, tally

    async def past_events(
        self, paths: Sequence[str], *, before: datetime, offset: int, limit: int
    ) -> tuple[tuple[EventAttendance, ...], int]:
        invited = (
            select(assignments.c.occurrence_id)
            .select_from(_INVITED)
            .where(assignments.c.occurrence_id == occurrences.c.id, _STANDS, within(self._connection, paths))
            .correlate(occurrences)
        )
        found = (
            select(*_EVENT)
            .select_from(_EVENTS)
            .where(_IS_EVENT, _IS_OPEN, occurrences.c.due_at < before, invited.exists())
        )
        total = (await self._connection.execute(select(func.count()).select_from(found.subquery()))).scalar_one()
        page = found.order_by(occurrences.c.due_at.desc(), occurrences.c.id.desc()).offset(offset).limit(limit)
        events = [_event(row) for row in await self._connection.execute(page)]
        return tuple([EventAttendance(event, await self.tally(event.occurrence_id, paths)) for event in events]), total

    async def people(
        self, paths: Sequence[str], *, before: datetime, offset: int, limit: int
    ) -> tuple[tuple[PersonAttendance, ...], int]:
        everything = (
            _INVITED.join(persons, persons.c.id == assignments.c.person_id)
            .join(occurrences, occurrences.c.id == assignments.c.occurrence_id)
            .join(activities, activities.c.id == occurrences.c.activity_id)
        )
        found = (
            select(persons.c.id, persons.c.full_name, units.c.title, *_COUNTS)
            .select_from(everything)
            .where(_IS_EVENT, _IS_OPEN, _IS_INVITED, within(self._connection, paths), occurrences.c.due_at < before)
            .where(persons.c.erased_at.is_(None))
            .group_by(persons.c.id, persons.c.full_name, units.c.title)
        )
        total = (await self._connection.execute(select(func.count()).select_from(found.subquery()))).scalar_one()
        page = found.order_by(units.c.title, persons.c.full_name, persons.c.id).offset(offset).limit(limit)
        rows = await self._connection.execute(page)
        return tuple(PersonAttendance(PersonId(row.id), row.full_name, row.title, _tally(row)) for row in rows), total


_EVENTS = occurrences.join(activities, activities.c.id == occurrences.c.activity_id).join(
    units, units.c.id == activities.c.unit_id
)
_EVENT: tuple[ColumnElement[Any], ...] = (
    occurrences.c.id,
    occurrences.c.activity_id,
    occurrences.c.due_at,
    occurrences.c.ends_at,
    occurrences.c.timezone,
    occurrences.c.state,
    activities.c.title,
    activities.c.event,
    activities.c.created_by,
    units.c.id.label("unit_id"),
    units.c.path,
)
_INVITED = assignments.join(units, units.c.id == assignments.c.unit_id)
_BY_SCHOOL = (units.c.title, persons.c.full_name, assignments.c.id)


def _counted(condition: ColumnElement[bool], name: str) -> ColumnElement[int]:
    return func.count().filter(condition).label(name)


_IS_UNMARKED = assignments.c.attendance.is_(None)
_COUNTS: tuple[ColumnElement[Any], ...] = (
    *(_counted(assignments.c.attendance == state.value, state.value) for state in Attendance),
    _counted(_IS_UNMARKED, "unmarked"),
    _counted(
        and_(_IS_UNMARKED, assignments.c.answer == Answer.NOT_COMING.value, assignments.c.comment.is_not(None)),
        "excusable",
    ),
)


def _of(occurrence_id: OccurrenceId) -> ColumnElement[bool]:
    return assignments.c.occurrence_id == occurrence_id


def _attendees() -> Select[Any]:
    latest = (
        select(attendance_marks.c.source)
        .where(attendance_marks.c.assignment_id == assignments.c.id)
        .order_by(attendance_marks.c.id.desc())
        .limit(1)
        .correlate(assignments)
        .scalar_subquery()
    )
    return select(
        assignments.c.id,
        assignments.c.occurrence_id,
        assignments.c.person_id,
        assignments.c.unit_id,
        assignments.c.answer,
        assignments.c.comment,
        assignments.c.attendance,
        persons.c.full_name,
        units.c.title,
        latest.label("source"),
    ).select_from(_INVITED.join(persons, persons.c.id == assignments.c.person_id))


def _attendee(row: Row[Any]) -> Attendee:
    return Attendee(
        assignment_id=AssignmentId(row.id),
        person_id=PersonId(row.person_id),
        full_name=row.full_name,
        unit_id=UnitId(row.unit_id),
        unit_title=row.title,
        answer=row.answer and Answer(row.answer),
        comment=row.comment,
        attendance=_state(row.attendance),
        source=row.source and MarkSource(row.source),
    )


def _event(row: Row[Any]) -> EventFacts:
    return EventFacts(
        occurrence_id=OccurrenceId(row.id),
        activity_id=ActivityId(row.activity_id),
        title=row.title,
        due_at=row.due_at,
        ends_at=row.ends_at,
        timezone=row.timezone,
        state=OccurrenceState(row.state),
        unit_id=UnitId(row.unit_id),
        unit_path=row.path,
        created_by=PersonId(row.created_by),
        details=EventDetails() if row.event is None else EventDetails.from_json(row.event),
    )


def _kind(event: dict[str, Any] | None) -> EventKind:
    return EventKind.WEBINAR if event is None else EventKind(event["kind"])


def _tally(row: Row[Any]) -> AttendanceTally:
    return AttendanceTally(row.present, row.absent, row.excused, row.unmarked, row.excusable)


def _state(value: str | None) -> Attendance | None:
    return None if value is None else Attendance(value)
