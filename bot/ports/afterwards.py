"""What the use cases of the time after an event need of the storage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.domain.afterwards import FeedbackTally, Receivers
from bot.domain.event_drafts import DraftMaterial
from bot.domain.events import Attendance, EventDetails, MaterialPhase
from bot.domain.ids import ActivityId, AssignmentId, MaterialId, OccurrenceId, PersonId
from bot.domain.network import Role
from bot.ports.attendance import Attendee


@dataclass(frozen=True, slots=True)
class Material:
    """A link, or a file by the messenger's own id. ``told_at``: when it was first sent round."""

    id: MaterialId
    activity_id: ActivityId
    phase: MaterialPhase
    title: str
    link: str | None
    file_id: str | None
    told_at: datetime | None


@dataclass(frozen=True, slots=True)
class Receiver:
    """One to whom something about an event can be sent now. ``had``: what he got, or is getting, already."""

    person_id: PersonId
    assignment_id: AssignmentId
    attendance: Attendance | None
    had: frozenset[MaterialId]
    told_before: int


@dataclass(frozen=True, slots=True)
class Questioned:
    """One who was there and has not been asked what he thinks of it."""

    person_id: PersonId
    assignment_id: AssignmentId
    occurrence_id: OccurrenceId
    version: int


@dataclass(frozen=True, slots=True)
class Feedback:
    rating: int | None
    text: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class ListRow:
    """One of those invited as the files show him; ``above``: the title of the unit over his school."""

    attendee: Attendee
    above: str
    roles: tuple[Role, ...]
    waits_for_seat: bool = False
    feedback: Feedback | None = None


class Afterwards(Protocol):
    async def materials(self, activity_id: ActivityId, phase: MaterialPhase) -> tuple[Material, ...]:
        """In the order in which they were added."""

    async def material(self, material_id: MaterialId) -> Material | None: ...

    async def add_material(
        self, activity_id: ActivityId, phase: MaterialPhase, new: DraftMaterial, *, by: PersonId, now: datetime
    ) -> tuple[MaterialId, bool]:
        """And whether it is new: the same link or file is not added twice."""

    async def drop_material(self, material_id: MaterialId) -> None: ...

    async def mark_told(self, material_ids: Sequence[MaterialId], *, now: datetime) -> None:
        """They were sent round; the first time stays."""

    async def receivers(self, occurrence_id: OccurrenceId, to: Receivers) -> tuple[Receiver, ...]:
        """Those invited who can be written to."""

    async def to_ask(self, *, began_after: datetime, now: datetime) -> tuple[Questioned, ...]:
        """Of the events that ended lately and whose organiser wants it: the present whom nobody has asked."""

    async def feedback_of(self, assignment_id: AssignmentId) -> Feedback | None: ...

    async def rate(self, assignment_id: AssignmentId, rating: int, *, now: datetime) -> None:
        """A second rating takes the place of the first."""

    async def write_line(self, assignment_id: AssignmentId, text: str, *, now: datetime) -> None: ...

    async def feedback_tally(self, occurrence_id: OccurrenceId) -> FeedbackTally: ...

    async def feedback_lines(self, occurrence_id: OccurrenceId, *, offset: int, limit: int) -> tuple[Feedback, ...]:
        """Those with words, the latest first; whose they are is not told."""

    async def set_details(self, activity_id: ActivityId, details: EventDetails) -> None: ...

    async def list_rows(self, occurrence_id: OccurrenceId) -> tuple[ListRow, ...]:
        """Everyone invited, by school and name."""
