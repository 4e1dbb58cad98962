"""What moving old rows out of the database needs of the storage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol


class Archived(StrEnum):
    """What grows without end; the value names its rows in the archive."""

    NOTICES = "notices"
    ACTS = "audit"


@dataclass(frozen=True, slots=True)
class OldRows:
    """Some rows that nobody needs any more, without texts of messages. ``last``: where to look on; None at the end."""

    of: Archived
    rows: tuple[Mapping[str, Any], ...]
    last: int | None


class Archive(Protocol):
    async def old(self, of: Archived, *, before: datetime, after: int, limit: int) -> OldRows:
        """Of the next ``limit`` rows after the number ``after`` those that were over before that instant.

        A notice about something that is still ahead is kept however old it is: by it the planner knows who was told.
        """

    async def forget(self, old: OldRows) -> None:
        """Deletes them."""
