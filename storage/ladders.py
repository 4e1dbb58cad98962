"""The ladders that coordinators made, and what they are attached to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ids import ActivityId, DocumentId, LadderId, PersonId, UnitId
from bot.domain.matters import LadderName, OccurrenceState
from bot.domain.own_ladders import OwnLadder
from bot.domain.steps import Ladder
from bot.ports.ladders import Attached
from storage.ladder_rows import put_steps_aside
from storage.tables import activities, document_rows, occurrences, units
from storage.task_tables import ladders

_LOOKS_BACK = timedelta(days=60)  # a date that has passed may have steps ahead, and a term of one's own


class LadderStore:
    """Implements ``bot.ports.ladders.Ladders``."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def of_units(self, unit_ids: Sequence[UnitId] | None) -> tuple[OwnLadder, ...]:
        statement = _owned().where(ladders.c.retired_at.is_(None)).order_by(ladders.c.title, ladders.c.id)
        if unit_ids is not None:
            statement = statement.where(ladders.c.unit_id.in_(unit_ids))
        return tuple(_own(row) for row in await self._connection.execute(statement))

    async def get(self, ladder_id: LadderId) -> OwnLadder | None:
        row = (await self._connection.execute(_owned().where(ladders.c.id == ladder_id))).one_or_none()
        return None if row is None else _own(row)

    async def add(
        self, *, unit_id: UnitId, title: str, ladder: Ladder, by: PersonId, now: datetime, source: str | None = None
    ) -> LadderId:
        row = {
            "unit_id": unit_id,
            "title": title,
            "steps": ladder.to_json(),
            "version": 1,
            "created_by": by,
            "created_at": now,
            "source": source,
        }
        added = await self._connection.execute(insert(ladders).values(row).returning(ladders.c.id))
        return LadderId(added.scalar_one())

    async def made_by(self, source: str) -> LadderId | None:
        found = await self._connection.execute(select(ladders.c.id).where(ladders.c.source == source))
        ladder_id = found.scalar_one_or_none()
        return None if ladder_id is None else LadderId(ladder_id)

    async def change(self, ladder_id: LadderId, *, version: int, title: str, ladder: Ladder, source: str) -> bool:
        statement = (
            update(ladders)
            .where(ladders.c.id == ladder_id, ladders.c.version == version, ladders.c.retired_at.is_(None))
            .values(title=title, steps=ladder.to_json(), version=version + 1, source=source)
        )
        return (await self._connection.execute(statement)).rowcount > 0

    async def retire(self, ladder_id: LadderId, *, now: datetime) -> bool:
        statement = update(ladders).where(ladders.c.id == ladder_id, ladders.c.retired_at.is_(None))
        return (await self._connection.execute(statement.values(retired_at=now))).rowcount > 0

    async def attached(self, activity_id: ActivityId) -> Attached | None:
        statement: Select[Any] = (
            select(activities, units.c.path)
            .join(units, units.c.id == activities.c.unit_id)
            .where(activities.c.id == activity_id)
        )
        row = (await self._connection.execute(statement)).one_or_none()
        if row is None:
            return None
        return Attached(
            activity_id=activity_id,
            title=row.title,
            unit_path=row.path,
            name=LadderName(row.ladder),
            own=None if row.ladder_id is None else await self.get(LadderId(row.ladder_id)),
            is_obligatory=row.is_obligatory,
            document_id=None if row.document_id is None else DocumentId(row.document_id),
        )

    async def attach(
        self, activity_id: ActivityId, *, name: LadderName, own: LadderId | None, is_obligatory: bool
    ) -> None:
        values = {"ladder": name.value, "ladder_id": own, "is_obligatory": is_obligatory}
        await self._connection.execute(update(activities).where(activities.c.id == activity_id).values(values))

    async def replan(
        self, *, activity_id: ActivityId | None = None, ladder_id: LadderId | None = None, now: datetime
    ) -> int:
        concerned: ColumnElement[bool] = activities.c.id == activity_id
        if ladder_id is not None:
            concerned = activities.c.ladder_id == ladder_id
        dates = (
            select(occurrences.c.id)
            .join(activities, activities.c.id == occurrences.c.activity_id)
            .where(
                concerned,
                occurrences.c.state == OccurrenceState.OPEN.value,
                occurrences.c.due_at > now - _LOOKS_BACK,
            )
        )
        await put_steps_aside(self._connection, dates, now=now)
        anew = update(occurrences).where(occurrences.c.id.in_(dates)).values(needs_planning=True)
        return (await self._connection.execute(anew)).rowcount


def _owned() -> Select[Any]:
    used = (
        select(func.count()).where(activities.c.ladder_id == ladders.c.id).scalar_subquery()
        + select(func.count())
        .where(document_rows.c.ladder_id == ladders.c.id, document_rows.c.activity_id.is_(None))
        .scalar_subquery()
    )
    return select(ladders, units.c.path, used.label("used")).join(units, units.c.id == ladders.c.unit_id)


def _own(row: Any) -> OwnLadder:
    return OwnLadder(
        id=LadderId(row.id),
        unit_id=UnitId(row.unit_id),
        unit_path=row.path,
        title=row.title,
        ladder=Ladder.from_json(row.steps),
        version=row.version,
        used=row.used,
        source=row.source,
    )
