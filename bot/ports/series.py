"""What the use cases about a series of events need of the storage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.domain.attendance import AttendanceTally
from bot.domain.events import Attendance, EventDetails
from bot.domain.ids import ActivityId, AssignmentId, OccurrenceId, PersonId, SeriesId, UnitId
from bot.domain.matters import Answer, OccurrenceState


@dataclass(frozen=True, slots=True)
class SeriesFacts:
    id: SeriesId
    title: str
    unit_id: UnitId
    unit_path: str


@dataclass(frozen=True, slots=True)
class SeriesDate:
    """One event of a series, with the counts of the people of a part of the network."""

    occurrence_id: OccurrenceId
    activity_id: ActivityId
    title: str
    due_at: datetime
    state: OccurrenceState
    details: EventDetails
    tally: AttendanceTally


@dataclass(frozen=True, slots=True)
class SeriesVisit:
    """One event of a series, what somebody has answered to it, and whether he was there."""

    occurrence_id: OccurrenceId
    assignment_id: AssignmentId
    activity_id: ActivityId
    title: str
    due_at: datetime
    answer: Answer | None
    attendance: Attendance | None


@dataclass(frozen=True, slots=True)
class SeriesPerson:
    """One person over a series: a mark (or None) for each event that he was invited to."""

    person_id: PersonId
    full_name: str = field(repr=False)
    unit_title: str
    marks: Mapping[OccurrenceId, Attendance | None]


class SeriesOfEvents(Protocol):
    async def of_date(self, occurrence_id: OccurrenceId) -> SeriesFacts | None: ...

    async def get(self, series_id: SeriesId) -> SeriesFacts | None: ...

    async def dates(self, series_id: SeriesId, paths: Sequence[str]) -> tuple[SeriesDate, ...]:
        """In their order, with the counts of the people of the subtrees."""

    async def people(self, series_id: SeriesId, paths: Sequence[str]) -> tuple[SeriesPerson, ...]:
        """By school and name."""

    async def has_people(self, series_id: SeriesId, paths: Sequence[str]) -> bool: ...

    async def turnout(self, series_id: SeriesId, paths: Sequence[str], *, now: datetime) -> Mapping[int, int]:
        """How many people of the subtrees were at exactly so many of its events that have begun."""

    async def visits(self, series_id: SeriesId, person_id: PersonId) -> tuple[SeriesVisit, ...]:
        """The events of a series that the person is invited to, in their order; those called off left out."""

    async def missed(
        self, person_id: PersonId, *, before: datetime, offset: int, limit: int
    ) -> tuple[tuple[SeriesVisit, ...], int]:
        """The person's events begun before ``before`` where he is not marked as present, the latest first."""
