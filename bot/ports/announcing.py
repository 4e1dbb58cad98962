"""What announcing events needs of the storage beyond activities and dates (``bot.ports.matters``)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.event_drafts import DraftMaterial
from bot.domain.ids import ActivityId, OccurrenceId, PersonId, SeriesId, UnitId


@dataclass(frozen=True, slots=True)
class PastEvent:
    """An event to copy from, or to choose people by."""

    activity_id: ActivityId
    occurrence_id: OccurrenceId
    title: str
    due_at: datetime


class Announcing(Protocol):
    async def add_series(
        self, unit_id: UnitId, title: str, *, source: str, created_by: PersonId, now: datetime
    ) -> SeriesId:
        """Stores a series without events."""

    async def series_of(self, source: str) -> tuple[SeriesId, tuple[OccurrenceId, ...]] | None:
        """The series that was announced by that source, with its dates in their order."""

    async def add_materials(
        self, activity_id: ActivityId, materials: Sequence[DraftMaterial], *, by: PersonId, now: datetime
    ) -> None:
        """What is handed out before the event, or waits to be sent after it."""

    async def materials_before(self, activity_id: ActivityId) -> tuple[DraftMaterial, ...]:
        """What was handed out before it."""

    async def following(self, occurrence_id: OccurrenceId) -> tuple[OccurrenceId, ...]:
        """The open dates of its series that come after it, in their order; none where it is of no series."""

    async def recent(self, paths: Sequence[str], *, limit: int) -> tuple[PastEvent, ...]:
        """The latest open dates of events announced in the subtrees of ``paths``, the latest first."""
