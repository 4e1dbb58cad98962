"""A series of events as one thing: its dates, its people, what somebody missed of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.events import Attendance, EventDetails
from bot.domain.ids import ActivityId, AssignmentId, OccurrenceId, PersonId, SeriesId, UnitId
from bot.domain.matters import ActivityKind, Answer, OccurrenceState
from bot.ports.series import SeriesDate, SeriesFacts, SeriesPerson, SeriesVisit
from storage.attendance import AttendanceStore
from storage.event_tables import series
from storage.subtrees import within
from storage.tables import activities, assignments, occurrences, persons, units

_STANDS = and_(assignments.c.person_id.is_not(None), assignments.c.withdrawn_at.is_(None))
_IS_OPEN = occurrences.c.state == OccurrenceState.OPEN.value
_IN_ORDER = (activities.c.series_place, occurrences.c.due_at, occurrences.c.id)


class SeriesStore:
    """Implements ``bot.ports.series.SeriesOfEvents``."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def of_date(self, occurrence_id: OccurrenceId) -> SeriesFacts | None:
        own = (
            select(activities.c.series_id)
            .join(occurrences, occurrences.c.activity_id == activities.c.id)
            .where(occurrences.c.id == occurrence_id)
            .scalar_subquery()
        )
        return await self._one(series.c.id == own)

    async def get(self, series_id: SeriesId) -> SeriesFacts | None:
        return await self._one(series.c.id == series_id)

    async def dates(self, series_id: SeriesId, paths: Sequence[str]) -> tuple[SeriesDate, ...]:
        statement = (
            select(
                occurrences.c.id,
                occurrences.c.activity_id,
                occurrences.c.due_at,
                occurrences.c.state,
                activities.c.title,
                activities.c.event,
            )
            .join(activities, activities.c.id == occurrences.c.activity_id)
            .where(activities.c.series_id == series_id)
            .order_by(*_IN_ORDER)
        )
        marks = AttendanceStore(self._connection)
        return tuple(
            [
                SeriesDate(
                    occurrence_id=OccurrenceId(row.id),
                    activity_id=ActivityId(row.activity_id),
                    title=row.title,
                    due_at=row.due_at,
                    state=OccurrenceState(row.state),
                    details=EventDetails() if row.event is None else EventDetails.from_json(row.event),
                    tally=await marks.tally(OccurrenceId(row.id), paths),
                )
                for row in (await self._connection.execute(statement)).all()
            ]
        )

    async def has_people(self, series_id: SeriesId, paths: Sequence[str]) -> bool:
        found = (
            select(assignments.c.id)
            .select_from(_INVITED)
            .where(*_of_series(self._connection, series_id, paths))
            .limit(1)
        )
        return (await self._connection.execute(found)).first() is not None

    async def turnout(self, series_id: SeriesId, paths: Sequence[str], *, now: datetime) -> Mapping[int, int]:
        was_there = and_(assignments.c.attendance == Attendance.PRESENT.value, occurrences.c.due_at <= now)
        times = (
            select(func.count().filter(was_there).label("times"))
            .select_from(_INVITED)
            .where(*_of_series(self._connection, series_id, paths))
            .group_by(assignments.c.person_id, assignments.c.unit_id)
            .subquery()
        )
        statement = select(times.c.times, func.count().label("people")).group_by(times.c.times)
        return {row.times: row.people for row in await self._connection.execute(statement)}

    async def people(self, series_id: SeriesId, paths: Sequence[str]) -> tuple[SeriesPerson, ...]:
        statement = (
            select(
                assignments.c.occurrence_id,
                assignments.c.attendance,
                persons.c.id,
                persons.c.full_name,
                units.c.title,
            )
            .select_from(_INVITED)
            .join(persons, persons.c.id == assignments.c.person_id)
            .where(*_of_series(self._connection, series_id, paths))
            .order_by(units.c.title, persons.c.full_name, persons.c.id)
        )
        found: dict[tuple[int, str, str], dict[OccurrenceId, Attendance | None]] = {}
        for row in await self._connection.execute(statement):
            his = found.setdefault((row.id, row.full_name, row.title), {})
            his[OccurrenceId(row.occurrence_id)] = _state(row.attendance)
        return tuple(SeriesPerson(PersonId(who), name, unit, his) for (who, name, unit), his in found.items())

    async def visits(self, series_id: SeriesId, person_id: PersonId) -> tuple[SeriesVisit, ...]:
        statement = (
            select(*_VISIT)
            .select_from(_VISITS)
            .where(activities.c.series_id == series_id, _IS_OPEN, _STANDS, assignments.c.person_id == person_id)
            .order_by(*_IN_ORDER)
        )
        return tuple(_visit(row) for row in await self._connection.execute(statement))

    async def missed(
        self, person_id: PersonId, *, before: datetime, offset: int, limit: int
    ) -> tuple[tuple[SeriesVisit, ...], int]:
        found = (
            select(*_VISIT)
            .select_from(_VISITS)
            .where(
                activities.c.kind == ActivityKind.WEBINAR.value,
                _IS_OPEN,
                _STANDS,
                assignments.c.person_id == person_id,
                assignments.c.attendance.is_distinct_from(Attendance.PRESENT.value),
                occurrences.c.due_at < before,
            )
        )
        total = (await self._connection.execute(select(func.count()).select_from(found.subquery()))).scalar_one()
        page = found.order_by(occurrences.c.due_at.desc(), occurrences.c.id.desc()).offset(offset).limit(limit)
        return tuple(_visit(row) for row in await self._connection.execute(page)), total

    async def _one(self, which: ColumnElement[bool]) -> SeriesFacts | None:
        statement = (
            select(series.c.id, series.c.title, series.c.unit_id, units.c.path)
            .join(units, units.c.id == series.c.unit_id)
            .where(which)
        )
        row = (await self._connection.execute(statement)).one_or_none()
        return None if row is None else SeriesFacts(SeriesId(row.id), row.title, UnitId(row.unit_id), row.path)


_VISITS = assignments.join(occurrences, occurrences.c.id == assignments.c.occurrence_id).join(
    activities, activities.c.id == occurrences.c.activity_id
)
_INVITED = _VISITS.join(units, units.c.id == assignments.c.unit_id)
_VISIT: tuple[ColumnElement[Any], ...] = (
    occurrences.c.id,
    occurrences.c.activity_id,
    occurrences.c.due_at,
    activities.c.title,
    assignments.c.id.label("assignment_id"),
    assignments.c.answer,
    assignments.c.attendance,
)


def _of_series(
    connection: AsyncConnection, series_id: SeriesId, paths: Sequence[str]
) -> tuple[ColumnElement[bool], ...]:
    return (activities.c.series_id == series_id, _IS_OPEN, _STANDS, within(connection, paths))


def _visit(row: Row[Any]) -> SeriesVisit:
    return SeriesVisit(
        occurrence_id=OccurrenceId(row.id),
        assignment_id=AssignmentId(row.assignment_id),
        activity_id=ActivityId(row.activity_id),
        title=row.title,
        due_at=row.due_at,
        answer=None if row.answer is None else Answer(row.answer),
        attendance=_state(row.attendance),
    )


def _state(value: str | None) -> Attendance | None:
    return None if value is None else Attendance(value)
