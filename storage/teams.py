"""Whom the schools send to the events to which they have to send somebody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, String, and_, cast, exists, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.events import EventDetails, SeatState
from bot.domain.ids import OccurrenceId, PersonId, UnitId
from bot.domain.matters import ActivityKind, Answer, OccurrenceState
from bot.domain.network import Reach
from bot.ports.teams import SchoolTeam, TeamMember, TeamReader
from storage.coordinators import COORDINATES
from storage.event_tables import seats
from storage.readers import READER, reader_from
from storage.tables import activities, assignments, memberships, notices, occurrences, persons, units


class TeamStore:
    """Implements ``bot.ports.teams.Teams``."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def team(self, occurrence_id: OccurrenceId, unit_id: UnitId) -> SchoolTeam | None:
        statement = _members().where(occurrences.c.id == occurrence_id, units.c.id == unit_id)
        found = _teams((await self._connection.execute(statement)).all())
        return found[0] if found else None

    async def teams_ahead(self, unit_ids: Sequence[UnitId], *, now: datetime) -> tuple[SchoolTeam, ...]:
        statement = _members().where(_is_ahead(now), units.c.id.in_(unit_ids))
        return _teams((await self._connection.execute(statement)).all())

    async def team_readers(self, *, now: datetime) -> tuple[TeamReader, ...]:
        dates = (await self._connection.execute(_dates().where(_is_ahead(now)))).all()
        obliging = [row.id for row in dates if row.event and EventDetails.from_json(row.event).least_per_school]
        if not obliging:
            return ()
        return tuple(
            TeamReader(
                PersonId(row.person_id),
                UnitId(row.unit_id),
                OccurrenceId(row.occurrence_id),
                row.version,
                row.due_at,
                reader_from(row),
            )
            for row in await self._connection.execute(_readers(obliging))
        )


def _readers(occurrence_ids: Sequence[int]) -> Select[Any]:
    coordinates = and_(
        memberships.c.unit_id == units.c.id,
        COORDINATES,
    )
    return (
        select(
            memberships.c.person_id,
            units.c.id.label("unit_id"),
            occurrences.c.id.label("occurrence_id"),
            occurrences.c.version,
            occurrences.c.due_at,
            *READER,
        )
        .distinct()
        .select_from(assignments)
        .join(occurrences, occurrences.c.id == assignments.c.occurrence_id)
        .join(units, units.c.id == assignments.c.unit_id)
        .join(memberships, coordinates)
        .join(persons, persons.c.id == memberships.c.person_id)
        .where(
            occurrences.c.id.in_(occurrence_ids),
            assignments.c.person_id.is_not(None),
            assignments.c.withdrawn_at.is_(None),
            persons.c.reach == Reach.REACHABLE.value,
            persons.c.erased_at.is_(None),
            ~exists().where(notices.c.key == _first_key()),
        )
    )


def _first_key() -> ColumnElement[str]:
    """Of what ``bot.services.gather_team`` tells a coordinator at first."""
    marks = (("team:o", occurrences.c.id), (":v", occurrences.c.version), (":u", units.c.id))
    key: ColumnElement[str] = literal("")
    for mark, column in (*marks, (":p", memberships.c.person_id)):
        key = key + literal(mark) + cast(column, String)
    return key + literal(":first")


def _is_ahead(now: datetime) -> Any:
    return and_(occurrences.c.state == OccurrenceState.OPEN.value, occurrences.c.due_at > now)


def _dates() -> Select[Any]:
    return (
        select(occurrences.c.id, activities.c.event)
        .join(activities, activities.c.id == occurrences.c.activity_id)
        .where(activities.c.kind == ActivityKind.WEBINAR.value, activities.c.event.is_not(None))
    )


def _members() -> Select[Any]:
    return (
        select(
            occurrences.c.id,
            occurrences.c.version,
            occurrences.c.due_at,
            occurrences.c.timezone,
            occurrences.c.state,
            activities.c.title,
            activities.c.event,
            units.c.id.label("unit_id"),
            units.c.title.label("unit_title"),
            persons.c.full_name,
            assignments.c.answer,
            seats.c.state.label("seat"),
        )
        .select_from(assignments)
        .join(occurrences, occurrences.c.id == assignments.c.occurrence_id)
        .join(activities, activities.c.id == occurrences.c.activity_id)
        .join(units, units.c.id == assignments.c.unit_id)
        .join(persons, persons.c.id == assignments.c.person_id)
        .outerjoin(seats, seats.c.assignment_id == assignments.c.id)
        .where(
            activities.c.kind == ActivityKind.WEBINAR.value,
            activities.c.event.is_not(None),
            assignments.c.withdrawn_at.is_(None),
        )
        .order_by(occurrences.c.due_at, occurrences.c.id, units.c.id, persons.c.full_name, assignments.c.id)
    )


def _teams(rows: Sequence[Row[Any]]) -> tuple[SchoolTeam, ...]:
    by_school: dict[tuple[int, int], list[Row[Any]]] = defaultdict(list)
    for row in rows:
        if row.event:
            by_school[row.id, row.unit_id].append(row)
    teams = (_team(members) for members in by_school.values())
    return tuple(team for team in teams if team.event.least_per_school)


def _team(rows: Sequence[Row[Any]]) -> SchoolTeam:
    first = rows[0]
    return SchoolTeam(
        occurrence_id=OccurrenceId(first.id),
        version=first.version,
        unit_id=UnitId(first.unit_id),
        unit_title=first.unit_title,
        title=first.title,
        due_at=first.due_at,
        timezone=first.timezone,
        state=OccurrenceState(first.state),
        event=EventDetails.from_json(first.event),
        members=tuple(
            TeamMember(row.full_name, row.answer and Answer(row.answer), row.seat and SeatState(row.seat))
            for row in rows
        ),
    )
