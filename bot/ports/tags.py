"""What the use cases about tags and programmes need of the storage."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from bot.domain.ids import MembershipId, PersonId, UnitId


class Tags(Protocol):
    """``person_id`` None: the unit's own tags; else those of the person as a member of the unit."""

    async def of(self, unit_id: UnitId, person_id: PersonId | None) -> tuple[str, ...]:
        """By the alphabet."""

    async def spelled(self, word: str) -> str:
        """The word as somebody has put it before, so that one tag has one spelling; else as it is."""

    async def put(self, unit_id: UnitId, person_id: PersonId | None, word: str, *, by: PersonId, now: datetime) -> bool:
        """False where it was there."""

    async def take(self, unit_id: UnitId, person_id: PersonId | None, word: str) -> bool:
        """False where it was not there."""

    async def below(self, path: str) -> tuple[str, ...]:
        """Every tag on a unit of the subtree or on somebody who belongs to one now, by the alphabet."""

    async def programme(self, membership_id: MembershipId) -> str | None:
        """What this membership takes part in."""

    async def set_programme(self, membership_id: MembershipId, programme: str | None) -> None: ...
