"""What the use cases about those whom a school sends need of the storage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.domain.events import EventDetails, SeatState
from bot.domain.ids import OccurrenceId, PersonId, UnitId
from bot.domain.matters import Answer, OccurrenceState
from bot.domain.quiet import Reader


@dataclass(frozen=True, slots=True)
class TeamMember:
    full_name: str = field(repr=False)
    answer: Answer | None
    seat: SeatState | None


@dataclass(frozen=True, slots=True)
class SchoolTeam:
    """Who of one school goes to a date to which it has to send somebody."""

    occurrence_id: OccurrenceId
    version: int
    unit_id: UnitId
    unit_title: str
    title: str
    due_at: datetime
    timezone: str
    state: OccurrenceState
    event: EventDetails
    members: tuple[TeamMember, ...]

    @property
    def going(self) -> tuple[TeamMember, ...]:
        """Who said «Приду» and does not wait for a seat."""
        return tuple(m for m in self.members if m.answer is Answer.COMING and m.seat in (None, SeatState.MAIN))

    @property
    def missing(self) -> int:
        """How many the school has still to send."""
        return max(0, self.event.least_per_school - len(self.going))

    @property
    def silent(self) -> tuple[TeamMember, ...]:
        return tuple(m for m in self.members if m.answer is None or not m.answer.is_final)


@dataclass(frozen=True, slots=True)
class TeamReader:
    """A coordinator of a school that has to send somebody."""

    person_id: PersonId
    unit_id: UnitId
    occurrence_id: OccurrenceId
    version: int
    due_at: datetime
    reader: Reader


class Teams(Protocol):
    async def team(self, occurrence_id: OccurrenceId, unit_id: UnitId) -> SchoolTeam | None:
        """None where the school has not to send anybody."""

    async def teams_ahead(self, unit_ids: Sequence[UnitId], *, now: datetime) -> tuple[SchoolTeam, ...]:
        """Of these schools, the next date first."""

    async def team_readers(self, *, now: datetime) -> tuple[TeamReader, ...]:
        """The reachable coordinators of schools that have to send somebody to a date ahead, for whom nothing is planned
        about its present version."""
