"""What choosing an audience needs of the storage: the answers given elsewhere, and people by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.domain.ids import OccurrenceId, PersonId
from bot.domain.matters import ActivityKind, Audience


@dataclass(frozen=True, slots=True)
class AnsweredDate:
    """A date of an event or a task, by whose answers people or schools are chosen."""

    occurrence_id: OccurrenceId
    kind: ActivityKind
    title: str
    due_at: datetime
    unit_path: str


@dataclass(frozen=True, slots=True)
class Addressee:
    """One of an audience, with the unit that he is addressed in."""

    person_id: PersonId
    full_name: str = field(repr=False)
    unit_title: str = ""


class Addressees(Protocol):
    async def programmes_below(self, path: str) -> tuple[str, ...]:
        """Every programme that somebody of the subtree takes part in, by the alphabet."""

    async def answered(
        self, paths: Sequence[str], kind: ActivityKind, *, until: datetime, offset: int, limit: int
    ) -> tuple[tuple[AnsweredDate, ...], int]:
        """Open dates due up to ``until`` of what was opened in the subtrees, the latest first; and how many."""

    async def answered_date(self, occurrence_id: OccurrenceId) -> AnsweredDate | None: ...

    async def people(
        self, audience: Audience, words: str, *, offset: int, limit: int
    ) -> tuple[tuple[Addressee, ...], int]:
        """Those of the audience whose name has ``words`` in it (empty: all), by name; and how many."""

    async def named(self, people: Sequence[PersonId], path: str) -> tuple[Addressee, ...]:
        """Those of ``people`` who belong to the subtree, by name."""
