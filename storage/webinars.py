"""Upcoming webinars with what was answered to them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.delivery import NoticeState
from bot.domain.events import EventDetails, SeatState
from bot.domain.ids import ActivityId, AssignmentId, OccurrenceId, PersonId
from bot.domain.matters import ActivityKind, Answer, OccurrenceState
from bot.domain.network import Reach
from bot.ports.webinars import Invited, LinkReader, WebinarSummary
from storage.event_tables import seats
from storage.subtrees import within
from storage.tables import activities, assignments, notices, occurrences, persons, units

_GONE = (NoticeState.SENT.value, NoticeState.SENDING.value, NoticeState.IN_DOUBT.value)
_STANDS = and_(assignments.c.occurrence_id == occurrences.c.id, assignments.c.withdrawn_at.is_(None))

_WAITS_FOR_SEAT = exists().where(seats.c.assignment_id == assignments.c.id, seats.c.state != SeatState.MAIN.value)
_IS_REACHABLE = exists().where(persons.c.id == assignments.c.person_id, persons.c.reach == Reach.REACHABLE.value)


class WebinarStore:
    """Implements ``bot.ports.webinars.Webinars``."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def upcoming(
        self, paths: Sequence[str], *, since: datetime, offset: int, limit: int
    ) -> tuple[tuple[WebinarSummary, ...], int]:
        is_below = within(self._connection, paths)
        is_ahead = and_(
            occurrences.c.state == OccurrenceState.OPEN.value,
            or_(occurrences.c.due_at >= since, occurrences.c.ends_at >= since),
        )
        found = _summaries().where(is_below, is_ahead)
        total = (await self._connection.execute(select(func.count()).select_from(found.subquery()))).scalar_one()
        page = found.order_by(occurrences.c.due_at, occurrences.c.id).offset(offset).limit(limit)
        return tuple(_summary(row) for row in await self._connection.execute(page)), total

    async def get(self, occurrence_id: OccurrenceId) -> WebinarSummary | None:
        row = (await self._connection.execute(_summaries().where(occurrences.c.id == occurrence_id))).one_or_none()
        return None if row is None else _summary(row)

    async def announced(self, source: str) -> OccurrenceId | None:
        statement = (
            select(occurrences.c.id)
            .join(activities, activities.c.id == occurrences.c.activity_id)
            .where(activities.c.source == source)
        )
        found = (await self._connection.execute(statement)).scalar_one_or_none()
        return None if found is None else OccurrenceId(found)

    async def invited(
        self, occurrence_id: OccurrenceId, answer: Answer | None, *, offset: int, limit: int
    ) -> tuple[tuple[Invited, ...], int]:
        statement = (
            select(persons.c.full_name, units.c.title, assignments.c.comment)
            .select_from(assignments)
            .join(persons, persons.c.id == assignments.c.person_id)
            .join(units, units.c.id == assignments.c.unit_id)
            .where(
                assignments.c.occurrence_id == occurrence_id,
                assignments.c.withdrawn_at.is_(None),
                assignments.c.answer.is_not_distinct_from(answer and answer.value),
            )
        )
        if answer is Answer.COMING:  # the reserve has a screen of its own
            statement = statement.where(~_WAITS_FOR_SEAT)
        total = (await self._connection.execute(select(func.count()).select_from(statement.subquery()))).scalar_one()
        page = statement.order_by(units.c.title, persons.c.full_name, assignments.c.id).offset(offset).limit(limit)
        rows = await self._connection.execute(page)
        return tuple(Invited(row.full_name, row.title, row.comment) for row in rows), total

    async def change_link(self, activity_id: ActivityId, link: str) -> bool:
        statement = (
            update(activities)
            .where(activities.c.id == activity_id, activities.c.link.is_distinct_from(link))
            .values(link=link)
        )
        return (await self._connection.execute(statement)).rowcount == 1

    async def told_of(self, occurrence_id: OccurrenceId) -> tuple[LinkReader, ...]:
        own_series = (
            select(activities.c.series_id)
            .join(occurrences, occurrences.c.activity_id == activities.c.id)
            .where(occurrences.c.id == occurrence_id)
            .scalar_subquery()
        )
        was_told = exists().where(
            or_(notices.c.occurrence_id == occurrence_id, notices.c.series_id == own_series),
            notices.c.person_id == assignments.c.person_id,
            notices.c.state.in_(_GONE),
        )
        statement = (
            select(assignments.c.person_id, assignments.c.id, assignments.c.answer)
            .outerjoin(seats, seats.c.assignment_id == assignments.c.id)
            .where(
                assignments.c.occurrence_id == occurrence_id,
                assignments.c.person_id.is_not(None),
                assignments.c.withdrawn_at.is_(None),
                assignments.c.answer.is_distinct_from(Answer.NOT_COMING.value),
                or_(seats.c.state.is_(None), seats.c.state == SeatState.MAIN.value),
                was_told,
            )
            .order_by(assignments.c.id)
        )
        return tuple(
            LinkReader(PersonId(row.person_id), AssignmentId(row.id), comes=row.answer == Answer.COMING.value)
            for row in await self._connection.execute(statement)
        )


def _summaries() -> Select[Any]:
    def count(answer: Answer | None, *conditions: ColumnElement[bool]) -> Any:
        is_it = assignments.c.answer.is_not_distinct_from(answer and answer.value)
        counted = select(func.count()).select_from(assignments).where(_STANDS, is_it, *conditions)
        return counted.correlate(occurrences).scalar_subquery()

    return (
        select(
            occurrences.c.id,
            occurrences.c.activity_id,
            occurrences.c.version,
            occurrences.c.due_at,
            occurrences.c.timezone,
            occurrences.c.state,
            activities.c.title,
            activities.c.link,
            units.c.path,
            count(Answer.COMING, ~_WAITS_FOR_SEAT).label("coming"),
            count(Answer.COMING, _WAITS_FOR_SEAT).label("in_reserve"),
            count(Answer.NOT_COMING).label("not_coming"),
            count(None, _IS_REACHABLE).label("silent"),
            count(None, ~_IS_REACHABLE).label("unreachable"),
            count(Answer.MAYBE).label("maybe"),
            activities.c.event,
        )
        .join(activities, activities.c.id == occurrences.c.activity_id)
        .join(units, units.c.id == activities.c.unit_id)
        .where(activities.c.kind == ActivityKind.WEBINAR.value)
    )


def _summary(row: Row[Any]) -> WebinarSummary:
    event = EventDetails() if row.event is None else EventDetails.from_json(row.event)
    return WebinarSummary(
        occurrence_id=OccurrenceId(row.id),
        activity_id=ActivityId(row.activity_id),
        version=row.version,
        title=row.title,
        link=row.link,
        due_at=row.due_at,
        timezone=row.timezone,
        state=OccurrenceState(row.state),
        unit_path=row.path,
        coming=row.coming,
        not_coming=row.not_coming,
        silent=row.silent,
        in_reserve=row.in_reserve,
        unreachable=row.unreachable,
        maybe=row.maybe,
        seats=event.seats,
        kind=event.kind,
        place=event.place,
        access_code=event.access_code,
        code_word=event.code_word,
    )
