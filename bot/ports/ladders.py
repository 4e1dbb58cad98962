"""What the ladders of coordinators need of the storage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.ids import ActivityId, DocumentId, LadderId, PersonId, UnitId
from bot.domain.matters import LadderName
from bot.domain.own_ladders import OwnLadder
from bot.domain.steps import Ladder


@dataclass(frozen=True, slots=True)
class Attached:
    """How an activity is reminded of: by a ladder of its own or the named one."""

    activity_id: ActivityId
    title: str
    unit_path: str
    name: LadderName
    own: OwnLadder | None
    is_obligatory: bool
    document_id: DocumentId | None = None


class Ladders(Protocol):
    async def of_units(self, unit_ids: Sequence[UnitId] | None) -> tuple[OwnLadder, ...]:
        """Those in use of these units (None: of all), by title."""

    async def get(self, ladder_id: LadderId) -> OwnLadder | None: ...

    async def add(
        self, *, unit_id: UnitId, title: str, ladder: Ladder, by: PersonId, now: datetime, source: str | None = None
    ) -> LadderId: ...

    async def made_by(self, source: str) -> LadderId | None:
        """The ladder that was last changed by that update."""

    async def change(self, ladder_id: LadderId, *, version: int, title: str, ladder: Ladder, source: str) -> bool:
        """False where the ladder has another version by now: somebody else has changed it."""

    async def retire(self, ladder_id: LadderId, *, now: datetime) -> bool:
        """Offered no more; where it is attached it counts on. False where it was retired before."""

    async def attached(self, activity_id: ActivityId) -> Attached | None: ...

    async def attach(
        self, activity_id: ActivityId, *, name: LadderName, own: LadderId | None, is_obligatory: bool
    ) -> None: ...

    async def replan(
        self, *, activity_id: ActivityId | None = None, ladder_id: LadderId | None = None, now: datetime
    ) -> int:
        """What is planned by an older ladder is put aside, and the dates wait for planning; returns how many dates.

        Of one activity, or of all that a ladder is attached to. What has gone out stays as it is.
        """
