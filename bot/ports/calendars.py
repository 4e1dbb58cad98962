"""What calendar files need of the storage."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.ids import AssignmentId, PersonId, UnitId


class Calendars(Protocol):
    async def installation(self) -> str | None:
        """The random name of this installation, once it has one."""

    async def name_installation(self, name: str) -> str:
        """Gives it one unless it has one; returns the one that it has. Needs a writing transaction."""

    async def of_person(
        self, person_id: PersonId, school_ids: Sequence[UnitId], *, since: datetime, limit: int
    ) -> tuple[AssignmentId, ...]:
        """What the person and the schools owe at ``since`` or later, in any state, the earliest first."""
