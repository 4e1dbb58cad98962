"""Choosing an audience: by the answers given elsewhere, by programme, by name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ids import OccurrenceId, PersonId
from bot.domain.matters import ActivityKind, Audience, OccurrenceState
from bot.domain.network import Standing
from bot.ports.addressees import Addressee, AnsweredDate
from storage.audiences import people_of, words_below
from storage.subtrees import within
from storage.tables import activities, memberships, occurrences, persons, units


class AddresseeStore:
    """Implements ``bot.ports.addressees.Addressees``."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def programmes_below(self, path: str) -> tuple[str, ...]:
        found = await self._connection.execute(words_below(self._connection, memberships.c.programme, path))
        return tuple(sorted(word for word in found.scalars() if word is not None))

    async def answered(
        self, paths: Sequence[str], kind: ActivityKind, *, until: datetime, offset: int, limit: int
    ) -> tuple[tuple[AnsweredDate, ...], int]:
        found = _DATES.where(
            activities.c.kind == kind.value,
            occurrences.c.state == OccurrenceState.OPEN.value,
            occurrences.c.due_at <= until,
            within(self._connection, paths),
        )
        total = (await self._connection.execute(select(func.count()).select_from(found.subquery()))).scalar_one()
        latest = found.order_by(occurrences.c.due_at.desc(), occurrences.c.id.desc()).offset(offset).limit(limit)
        return tuple(_date(row) for row in await self._connection.execute(latest)), total

    async def answered_date(self, occurrence_id: OccurrenceId) -> AnsweredDate | None:
        found = await self._connection.execute(_DATES.where(occurrences.c.id == occurrence_id))
        row = found.one_or_none()
        return None if row is None else _date(row)

    async def people(
        self, audience: Audience, words: str, *, offset: int, limit: int
    ) -> tuple[tuple[Addressee, ...], int]:
        found = _with_names(people_of(audience))
        for word in words.split():
            # SQLite folds capitals of Latin letters only, and names begin with one.
            spelled = [word, word[:1].upper() + word[1:].lower()]
            found = found.where(or_(*(persons.c.full_name.contains(one, autoescape=True) for one in spelled)))
        total = (await self._connection.execute(select(func.count()).select_from(found.subquery()))).scalar_one()
        by_name = found.order_by(persons.c.full_name, persons.c.id).offset(offset).limit(limit)
        return _addressees(await self._connection.execute(by_name)), total

    async def named(self, people: Sequence[PersonId], path: str) -> tuple[Addressee, ...]:
        if not people:
            return ()
        places = (
            select(memberships.c.person_id, func.min(memberships.c.unit_id).label("unit_id"))
            .join(units, units.c.id == memberships.c.unit_id)
            .where(
                memberships.c.person_id.in_(people),
                memberships.c.standing != Standing.LEFT.value,
                within(self._connection, [path]),
            )
            .group_by(memberships.c.person_id)
        )
        by_name = _with_names(places).order_by(persons.c.full_name, persons.c.id)
        return _addressees(await self._connection.execute(by_name))


_DATES = (
    select(occurrences.c.id, occurrences.c.due_at, activities.c.kind, activities.c.title, units.c.path)
    .join(activities, activities.c.id == occurrences.c.activity_id)
    .join(units, units.c.id == activities.c.unit_id)
)


def _with_names(people: Select[int, int]) -> Select[Any]:
    place = people.subquery()
    return (
        select(persons.c.id, persons.c.full_name, units.c.title)
        .join(place, place.c.person_id == persons.c.id)
        .join(units, units.c.id == place.c.unit_id)
    )


def _addressees(rows: Any) -> tuple[Addressee, ...]:
    return tuple(Addressee(PersonId(row.id), row.full_name, row.title) for row in rows)


def _date(row: Row[*tuple[Any, ...]]) -> AnsweredDate:
    return AnsweredDate(OccurrenceId(row.id), ActivityKind(row.kind), row.title, row.due_at, row.path)
