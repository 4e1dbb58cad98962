"""Announcing events: series, and what is handed out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.event_drafts import DraftMaterial
from bot.domain.events import MaterialPhase
from bot.domain.ids import ActivityId, OccurrenceId, PersonId, SeriesId, UnitId
from bot.domain.matters import ActivityKind, OccurrenceState
from bot.ports.announcing import PastEvent
from storage.event_tables import materials, series
from storage.subtrees import within
from storage.tables import activities, occurrences, units


class AnnouncingStore:
    """Implements ``bot.ports.announcing.Announcing``."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add_series(
        self, unit_id: UnitId, title: str, *, source: str, created_by: PersonId, now: datetime
    ) -> SeriesId:
        values = {"unit_id": unit_id, "title": title, "source": source, "created_by": created_by, "created_at": now}
        result = await self._connection.execute(insert(series).values(values).returning(series.c.id))
        return SeriesId(result.scalar_one())

    async def series_of(self, source: str) -> tuple[SeriesId, tuple[OccurrenceId, ...]] | None:
        found = await self._connection.execute(select(series.c.id).where(series.c.source == source))
        series_id = found.scalar_one_or_none()
        if series_id is None:
            return None
        dates = (
            select(occurrences.c.id)
            .join(activities, activities.c.id == occurrences.c.activity_id)
            .where(activities.c.series_id == series_id)
            .order_by(activities.c.series_place, occurrences.c.id)
        )
        ids = (await self._connection.execute(dates)).scalars()
        return SeriesId(series_id), tuple(OccurrenceId(i) for i in ids)

    async def add_materials(
        self, activity_id: ActivityId, materials: Sequence[DraftMaterial], *, by: PersonId, now: datetime
    ) -> None:
        rows = [
            {
                "activity_id": activity_id,
                "phase": one.phase.value,
                "title": one.title,
                "link": one.link,
                "file_id": one.file_id,
                "added_by": by,
                "added_at": now,
                # The announcement tells of what is read before; what comes after waits for the organiser.
                "told_at": now if one.phase is MaterialPhase.BEFORE else None,
            }
            for one in materials
        ]
        if rows:
            await self._connection.execute(insert(_MATERIALS), rows)

    async def materials_before(self, activity_id: ActivityId) -> tuple[DraftMaterial, ...]:
        found = await self._connection.execute(
            select(_MATERIALS.c.title, _MATERIALS.c.link, _MATERIALS.c.file_id)
            .where(_MATERIALS.c.activity_id == activity_id, _MATERIALS.c.phase == MaterialPhase.BEFORE.value)
            .order_by(_MATERIALS.c.id)
        )
        return tuple(DraftMaterial(row.title, row.link, row.file_id) for row in found)

    async def following(self, occurrence_id: OccurrenceId) -> tuple[OccurrenceId, ...]:
        series_id = await self._series_of_date(occurrence_id)
        if series_id is None:
            return ()
        begins_at = select(occurrences.c.due_at).where(occurrences.c.id == occurrence_id).scalar_subquery()
        later = occurrences.alias("later")
        statement = (
            select(later.c.id)
            .join(activities, activities.c.id == later.c.activity_id)
            .where(
                activities.c.series_id == series_id,
                later.c.state == OccurrenceState.OPEN.value,
                later.c.due_at > begins_at,
            )
            .order_by(later.c.due_at, later.c.id)
        )
        return tuple(OccurrenceId(i) for i in (await self._connection.execute(statement)).scalars())

    async def recent(self, paths: Sequence[str], *, limit: int) -> tuple[PastEvent, ...]:
        statement = (
            select(activities.c.id, activities.c.title, occurrences.c.id.label("date_id"), occurrences.c.due_at)
            .join(activities, activities.c.id == occurrences.c.activity_id)
            .join(units, units.c.id == activities.c.unit_id)
            .where(
                activities.c.kind == ActivityKind.WEBINAR.value,
                occurrences.c.state == OccurrenceState.OPEN.value,
                within(self._connection, paths),
            )
            .order_by(occurrences.c.due_at.desc(), occurrences.c.id.desc())
            .limit(limit)
        )
        rows = await self._connection.execute(statement)
        return tuple(PastEvent(ActivityId(row.id), OccurrenceId(row.date_id), row.title, row.due_at) for row in rows)

    async def _series_of_date(self, occurrence_id: OccurrenceId) -> int | None:
        found = select(activities.c.series_id).join(
            occurrences, and_(occurrences.c.activity_id == activities.c.id, occurrences.c.id == occurrence_id)
        )
        return (await self._connection.execute(found)).scalar_one_or_none()


_MATERIALS = materials
