"""Who belongs to which unit in which role."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, case, func, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ids import MembershipId, PersonId, UnitId
from bot.domain.network import Membership, Reach, Role, Standing
from bot.ports.people import Member, NewMembership
from storage.dialect import insert_new
from storage.leaving import release_matters
from storage.rows import MEMBERSHIP, UNIT, membership_from
from storage.subtrees import within
from storage.tables import memberships, persons, units

_STANDS = memberships.c.standing != Standing.LEFT.value
_GONE = persons.c.reach.in_([Reach.BLOCKED.value, Reach.DELETED.value])
# A row of seven values each; SQLite takes 32,766 parameters in one statement.
_ROWS_AT_ONCE = 1000


class MembershipStore:
    """Implements ``bot.ports.people.Memberships``."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, membership_id: MembershipId) -> Membership | None:
        statement = _with_unit().where(memberships.c.id == membership_id)
        row = (await self._connection.execute(statement)).one_or_none()
        return None if row is None else membership_from(row)

    async def of_person(self, person_id: PersonId) -> Sequence[Membership]:
        statement = _with_unit().where(memberships.c.person_id == person_id, _STANDS)
        rows = await self._connection.execute(statement.order_by(units.c.path, memberships.c.id))
        return [membership_from(row) for row in rows]

    async def add(self, new: Sequence[NewMembership], *, now: datetime) -> int:
        added = 0
        for start in range(0, len(new), _ROWS_AT_ONCE):
            added += await self._add_some(new[start : start + _ROWS_AT_ONCE], now)
        return added

    async def in_unit(self, unit_id: UnitId, *, limit: int, offset: int = 0) -> Sequence[Member]:
        coordinators_first = case((memberships.c.role == Role.COORDINATOR.value, 0), else_=1)
        statement = _members().where(memberships.c.unit_id == unit_id, _STANDS)
        ordered = statement.order_by(coordinators_first, persons.c.full_name, memberships.c.id)
        return await self._members(ordered.limit(limit).offset(offset))

    async def count_in_unit(self, unit_id: UnitId) -> int:
        statement = select(func.count()).where(memberships.c.unit_id == unit_id, _STANDS)
        return int((await self._connection.execute(statement)).scalar_one())

    async def member(self, membership_id: MembershipId) -> Member | None:
        found = await self._members(_members().where(memberships.c.id == membership_id, _STANDS))
        return found[0] if found else None

    async def everyone(self) -> Sequence[Member]:
        return await self._members(_members().order_by(memberships.c.id))

    async def unreachable(self, paths: Sequence[str], *, limit: int, offset: int = 0) -> Sequence[Member]:
        if not paths:
            return []
        ordered = (
            _members()
            .where(_GONE, _STANDS, within(self._connection, paths))
            .order_by(units.c.path, persons.c.full_name)
        )
        return await self._members(ordered.limit(limit).offset(offset))

    async def count_unreachable(self, paths: Sequence[str]) -> int:
        if not paths:
            return 0
        found = _members().where(_GONE, _STANDS, within(self._connection, paths)).subquery()
        return int((await self._connection.execute(select(func.count()).select_from(found))).scalar_one())

    async def coordinators_of(self, unit_id: UnitId) -> Sequence[PersonId]:
        statement = (
            select(memberships.c.person_id)
            .join(persons, persons.c.id == memberships.c.person_id)
            .where(memberships.c.unit_id == unit_id, memberships.c.role == Role.COORDINATOR.value, _STANDS)
            .where(persons.c.reach == Reach.REACHABLE.value)
            .order_by(memberships.c.person_id)
        )
        return [PersonId(i) for i in (await self._connection.execute(statement)).scalars()]

    async def leave(self, membership_ids: Sequence[MembershipId], *, now: datetime) -> None:
        standing = memberships.c.id.in_(membership_ids) & _STANDS
        left = list((await self._connection.execute(_with_unit().where(standing))).all())
        await self._connection.execute(
            update(memberships).where(standing).values(standing=Standing.LEFT.value, left_at=now)
        )
        for membership in map(membership_from, left):
            await release_matters(self._connection, membership, now=now)

    async def _add_some(self, new: Sequence[NewMembership], now: datetime) -> int:
        if not new:
            return 0
        rows = [
            {
                "person_id": one.person_id,
                "unit_id": one.unit_id,
                "role": one.role.value,
                "standing": Standing.MAIN.value,
                "cohort": one.cohort,
                "created_at": now,
            }
            for one in new
        ]
        inserted = await self._connection.execute(insert_new(self._connection, memberships, rows))
        keys = [(row["person_id"], row["unit_id"], row["role"]) for row in rows]
        restored = await self._connection.execute(
            update(memberships)
            .where(tuple_(memberships.c.person_id, memberships.c.unit_id, memberships.c.role).in_(keys))
            .where(memberships.c.standing == Standing.LEFT.value)
            .values(standing=Standing.MAIN.value, created_at=now, left_at=None)  # a newcomer again
        )
        return inserted.rowcount + restored.rowcount

    async def _members(self, statement: Select[Any]) -> list[Member]:
        rows = await self._connection.execute(statement)
        return [Member(membership_from(row), row.full_name, Reach(row.reach)) for row in rows]


def _with_unit() -> Select[Any]:
    return select(*MEMBERSHIP, *UNIT).join_from(memberships, units, units.c.id == memberships.c.unit_id)


def _members() -> Select[Any]:
    return (
        _with_unit()
        .add_columns(persons.c.full_name, persons.c.reach)
        .join(persons, persons.c.id == memberships.c.person_id)
        .where(persons.c.erased_at.is_(None))
    )
