"""What the use cases about who was there need of the storage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.domain.attendance import AttendanceTally, CheckInWindow, check_in_window
from bot.domain.events import Attendance, EventDetails, EventKind, MarkSource
from bot.domain.ids import ActivityId, AssignmentId, OccurrenceId, PersonId, UnitId
from bot.domain.matters import Answer, OccurrenceState


@dataclass(frozen=True, slots=True)
class EventFacts:
    """One date of an event. ``unit_path``: of the unit that made it; ``created_by``: its organiser."""

    occurrence_id: OccurrenceId
    activity_id: ActivityId
    title: str
    due_at: datetime
    ends_at: datetime | None
    timezone: str
    state: OccurrenceState
    unit_id: UnitId
    unit_path: str
    created_by: PersonId
    details: EventDetails

    @property
    def kind(self) -> EventKind:
        return self.details.kind

    @property
    def window(self) -> CheckInWindow:
        return check_in_window(self.due_at, self.ends_at)

    def guest_key(self, person_id: PersonId) -> str:
        """Of what tells the organiser that this person came without an invitation: a second tap tells nobody again."""
        return f"guest:{self.occurrence_id}:{person_id}:{self.created_by}"


@dataclass(frozen=True, slots=True)
class Attendee:
    """One of those invited. ``comment``: why he said that he would not come; ``source``: who made the mark."""

    assignment_id: AssignmentId
    person_id: PersonId
    full_name: str = field(repr=False)
    unit_id: UnitId
    unit_title: str
    answer: Answer | None
    comment: str | None = field(repr=False)
    attendance: Attendance | None
    source: MarkSource | None = None

    @property
    def is_excusable(self) -> bool:
        """Nobody has marked him, and he said beforehand why he would not come."""
        return self.attendance is None and self.answer is Answer.NOT_COMING and self.comment is not None


@dataclass(frozen=True, slots=True)
class UnitAttendance:
    """The people of one school at one event."""

    unit_id: UnitId
    title: str
    tally: AttendanceTally


@dataclass(frozen=True, slots=True)
class PastMark:
    """One entry of the trace. ``state`` None: the mark was taken back; ``by_name``: None for one who was erased."""

    state: Attendance | None
    source: MarkSource
    by_name: str | None = field(repr=False)
    marked_at: datetime


@dataclass(frozen=True, slots=True)
class Visit:
    """An event that somebody was invited to and that has begun."""

    occurrence_id: OccurrenceId
    title: str
    kind: EventKind
    due_at: datetime
    attendance: Attendance | None


@dataclass(frozen=True, slots=True)
class EventAttendance:
    """An event with the counts of the people of a part of the network."""

    event: EventFacts
    tally: AttendanceTally


@dataclass(frozen=True, slots=True)
class PersonAttendance:
    """One person's events of a part of the network, counted."""

    person_id: PersonId
    full_name: str = field(repr=False)
    unit_title: str
    tally: AttendanceTally


class AttendanceMarks(Protocol):
    """Who was marked and has left since is still one of those who were there; his name is empty once he was erased."""

    async def event(self, occurrence_id: OccurrenceId) -> EventFacts | None:
        """One date of an event, in any state; None for a task's date too."""

    async def tally(self, occurrence_id: OccurrenceId, paths: Sequence[str]) -> AttendanceTally:
        """Of those invited from the subtrees of ``paths``."""

    async def is_anybody_marked(self, occurrence_id: OccurrenceId) -> bool:
        """Whether there is anything to count."""

    async def attendees(
        self,
        occurrence_id: OccurrenceId,
        paths: Sequence[str],
        *,
        unit_id: UnitId | None = None,
        offset: int = 0,
        limit: int | None = None,
    ) -> tuple[Attendee, ...]:
        """Those invited from the subtrees (of one unit), by school and name; with ``source`` of the latest mark."""

    async def attendee(self, assignment_id: AssignmentId) -> tuple[OccurrenceId, Attendee] | None:
        """One who is invited still, and to what."""

    async def invited(self, occurrence_id: OccurrenceId, person_id: PersonId) -> Attendee | None:
        """The person, if he is invited still."""

    async def units(self, occurrence_id: OccurrenceId, paths: Sequence[str]) -> tuple[UnitAttendance, ...]:
        """The schools of those invited, by title."""

    async def mark(
        self,
        assignment_ids: Sequence[AssignmentId],
        state: Attendance | None,
        *,
        source: MarkSource,
        by: PersonId,
        now: datetime,
    ) -> None:
        """Adds to the trace of each and makes ``state`` (None: no mark) what counts."""

    async def clear(self, occurrence_id: OccurrenceId, *, by: PersonId, now: datetime) -> int:
        """Takes back every mark of a date that was put on another day; the trace stays. Returns how many."""

    async def marks(self, assignment_id: AssignmentId) -> tuple[PastMark, ...]:
        """The trace, the latest first."""

    async def events_around(self, person_id: PersonId, *, began_after: datetime, began_before: datetime) -> tuple[
        tuple[EventFacts, Attendee], ...
    ]:  # fmt: skip
        """The open events that the person is invited to and that begin between the two, the earliest first."""

    async def set_code_word(self, activity_id: ActivityId, word: str | None) -> None: ...

    async def add_guest(
        self, occurrence_id: OccurrenceId, unit_id: UnitId, person_id: PersonId, *, now: datetime
    ) -> AssignmentId:
        """Invites one more to this date, or again one who was not owed any more."""

    async def has_knocked(self, event: EventFacts, person_id: PersonId) -> bool:
        """Whether its organiser was told that this person came without an invitation."""

    async def visits(
        self, person_id: PersonId, *, before: datetime, offset: int, limit: int
    ) -> tuple[tuple[Visit, ...], AttendanceTally]:
        """The person's events that began before ``before``, the latest first; and all of them, counted."""

    async def past_events(
        self, paths: Sequence[str], *, before: datetime, offset: int, limit: int
    ) -> tuple[tuple[EventAttendance, ...], int]:
        """Events begun before ``before`` with people invited from the subtrees, the latest first; and how many."""

    async def people(
        self, paths: Sequence[str], *, before: datetime, offset: int, limit: int
    ) -> tuple[tuple[PersonAttendance, ...], int]:
        """Everyone of the subtrees who was invited to such an event, by school and name; and how many they are."""
