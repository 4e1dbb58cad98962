"""What the use cases need of the network's tree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.ids import UnitId
from bot.domain.network import Unit, UnitKind


@dataclass(frozen=True, slots=True)
class NewUnit:
    """A unit to be added under ``parent`` (None: a root)."""

    kind: UnitKind
    parent: Unit | None
    title: str
    region: str | None
    timezone: str


@dataclass(frozen=True, slots=True)
class UnitSummary:
    """A unit with what its subtree holds, itself included: schools, people, and those who cannot be written to.

    ``people`` counts persons with a standing membership; ``invited`` those of them who have not opened their link yet.
    """

    unit: Unit
    schools: int
    people: int
    invited: int
    unreachable: int


class Units(Protocol):
    async def get(self, unit_id: UnitId) -> Unit | None:
        """The unit, or None when there is none or it was removed."""

    async def ancestors(self, unit: Unit) -> Sequence[Unit]:
        """From the root down to the unit's parent."""

    async def children(self, parent_id: UnitId | None, *, limit: int | None = None, offset: int = 0) -> Sequence[Unit]:
        """By title; of None: the roots."""

    async def count_children(self, parent_id: UnitId | None) -> int: ...

    async def summaries(self, parent_id: UnitId | None, *, limit: int, offset: int = 0) -> Sequence[UnitSummary]:
        """The children with their counts, by title."""

    async def summary(self, unit_id: UnitId) -> UnitSummary | None:
        """One unit with its counts."""

    async def child_by_title(self, parent_id: UnitId | None, title: str) -> Unit | None:
        """The child whose title is this one but for capitals and spaces; removed ones are not looked at."""

    async def subtree(self, paths: Sequence[str], kind: UnitKind | None = None) -> Sequence[Unit]:
        """All units at or below any of ``paths``, optionally of one kind, by path."""

    async def everything(self) -> Sequence[Unit]:
        """The whole tree, by path."""

    async def add(self, units: Sequence[NewUnit], *, now: datetime) -> Sequence[Unit]:
        """Adds units whose titles are free, in the order given."""

    async def rename(self, unit_id: UnitId, title: str) -> None: ...

    async def set_timezone(self, path: str, timezone: str) -> None:
        """For the whole subtree."""

    async def is_empty(self, unit_id: UnitId) -> bool:
        """Whether nothing stands below it, nobody belongs to it, and no open matter is owed by it."""

    async def remove(self, unit_id: UnitId, *, now: datetime) -> None: ...
