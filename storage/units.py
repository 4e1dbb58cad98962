"""The network's tree; a subtree is a prefix of ``path``."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, String, cast, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ids import UnitId
from bot.domain.names import same_title
from bot.domain.network import Reach, Standing, Unit, UnitKind
from bot.ports.units import NewUnit, UnitSummary
from storage.rows import UNIT, unit_from
from storage.subtrees import within
from storage.tables import assignments, memberships, persons, units

_STANDS = memberships.c.standing != Standing.LEFT.value
_below = units.alias("below")


class UnitStore:
    """Implements ``bot.ports.units.Units``."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, unit_id: UnitId) -> Unit | None:
        found = await self._many(_present().where(units.c.id == unit_id))
        return found[0] if found else None

    async def ancestors(self, unit: Unit) -> Sequence[Unit]:
        ids = [int(part) for part in unit.path.strip("/").split("/")][:-1]
        return await self._many(_present().where(units.c.id.in_(ids)).order_by(units.c.path))

    async def children(self, parent_id: UnitId | None, *, limit: int | None = None, offset: int = 0) -> Sequence[Unit]:
        statement = _present().where(units.c.parent_id.is_not_distinct_from(parent_id))
        return await self._many(statement.order_by(units.c.title, units.c.id).limit(limit).offset(offset))

    async def count_children(self, parent_id: UnitId | None) -> int:
        statement = select(func.count()).where(
            units.c.parent_id.is_not_distinct_from(parent_id), units.c.removed_at.is_(None)
        )
        return int((await self._connection.execute(statement)).scalar_one())

    async def summaries(self, parent_id: UnitId | None, *, limit: int, offset: int = 0) -> Sequence[UnitSummary]:
        statement = _summaries().where(units.c.parent_id.is_not_distinct_from(parent_id))
        return await self._summaries(statement.order_by(units.c.title, units.c.id).limit(limit).offset(offset))

    async def summary(self, unit_id: UnitId) -> UnitSummary | None:
        found = await self._summaries(_summaries().where(units.c.id == unit_id))
        return found[0] if found else None

    async def child_by_title(self, parent_id: UnitId | None, title: str) -> Unit | None:
        # Compared here: SQLite folds capitals of Latin letters only.
        return next((child for child in await self.children(parent_id) if same_title(child.title, title)), None)

    async def subtree(self, paths: Sequence[str], kind: UnitKind | None = None) -> Sequence[Unit]:
        if not paths:
            return []
        statement = _present().where(within(self._connection, paths))
        if kind is not None:
            statement = statement.where(units.c.kind == kind.value)
        return await self._many(statement.order_by(units.c.path))

    async def everything(self) -> Sequence[Unit]:
        return await self._many(_present().order_by(units.c.path))

    async def add(self, new: Sequence[NewUnit], *, now: datetime) -> Sequence[Unit]:
        if not new:
            return []
        rows = [
            {
                "kind": unit.kind.value,
                "parent_id": None if unit.parent is None else unit.parent.id,
                "path": f"?{secrets.token_hex(8)}",  # the path ends in the id, which is known only afterwards
                "title": unit.title,
                "region": unit.region,
                "timezone": unit.timezone,
                "created_at": now,
            }
            for unit in new
        ]
        await self._bury([unit.title for unit in new])
        statement = insert(units).returning(units.c.id, sort_by_parameter_order=True)
        ids = list((await self._connection.execute(statement, rows)).scalars())
        parents = units.alias("parents")
        above = select(parents.c.path).where(parents.c.id == units.c.parent_id).scalar_subquery()
        path = func.coalesce(above, "/").concat(cast(units.c.id, String)).concat("/")
        await self._connection.execute(update(units).where(units.c.path.startswith("?")).values(path=path))
        found = {unit.id: unit for unit in await self._many(_present().where(units.c.id.in_(ids)))}
        return [found[UnitId(unit_id)] for unit_id in ids]

    async def rename(self, unit_id: UnitId, title: str) -> None:
        await self._bury([title])
        await self._connection.execute(update(units).where(units.c.id == unit_id).values(title=title))

    async def set_timezone(self, path: str, timezone: str) -> None:
        await self._connection.execute(update(units).where(within(self._connection, [path])).values(timezone=timezone))

    async def is_empty(self, unit_id: UnitId) -> bool:
        lives = (
            select(units.c.id).where(units.c.parent_id == unit_id, units.c.removed_at.is_(None)).limit(1),
            select(memberships.c.id).where(memberships.c.unit_id == unit_id, _STANDS).limit(1),
            select(assignments.c.id)
            .where(assignments.c.unit_id == unit_id, assignments.c.withdrawn_at.is_(None))
            .limit(1),
        )
        for statement in lives:
            if (await self._connection.execute(statement)).first() is not None:
                return False
        return True

    async def remove(self, unit_id: UnitId, *, now: datetime) -> None:
        await self._connection.execute(update(units).where(units.c.id == unit_id).values(removed_at=now))

    async def _bury(self, titles: Sequence[str]) -> None:
        """A removed unit gives its title up, or the key of parent and title would refuse its successor."""
        buried = units.c.title.concat(" †").concat(cast(units.c.id, String))
        statement = update(units).where(units.c.title.in_(titles), units.c.removed_at.is_not(None))
        await self._connection.execute(statement.values(title=buried))

    async def _many(self, statement: Select[Any]) -> list[Unit]:
        return [unit_from(row) for row in await self._connection.execute(statement)]

    async def _summaries(self, statement: Select[Any]) -> list[UnitSummary]:
        return [
            UnitSummary(unit_from(row), row.schools, row.people, row.invited, row.unreachable)
            for row in await self._connection.execute(statement)
        ]


def _present() -> Select[Any]:
    return select(*UNIT).where(units.c.removed_at.is_(None))


def _summaries() -> Select[Any]:
    schools = (
        select(func.count())
        .where(_below.c.path.startswith(units.c.path), _below.c.removed_at.is_(None))
        .where(_below.c.kind == UnitKind.SCHOOL.value)
        .correlate(units)
        .scalar_subquery()
    )
    return select(
        *UNIT,
        schools.label("schools"),
        _people_below().label("people"),
        _people_below(persons.c.reach == Reach.NOT_STARTED.value).label("invited"),
        _people_below(persons.c.reach.in_([Reach.BLOCKED.value, Reach.DELETED.value])).label("unreachable"),
    ).where(units.c.removed_at.is_(None))


def _people_below(*conditions: ColumnElement[bool]) -> ColumnElement[int]:
    return (
        select(func.count(memberships.c.person_id.distinct()))
        .select_from(
            memberships.join(_below, _below.c.id == memberships.c.unit_id).join(
                persons, persons.c.id == memberships.c.person_id
            )
        )
        .where(_below.c.path.startswith(units.c.path), _STANDS, *conditions)
        .correlate(units)
        .scalar_subquery()
    )
