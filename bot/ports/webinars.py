"""What the use cases about webinars need of the storage beyond the dates themselves (``bot.ports.matters``)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.broadcasts import Flight
from bot.domain.events import EventKind, Seats
from bot.domain.ids import ActivityId, AssignmentId, OccurrenceId, PersonId
from bot.domain.matters import Answer, OccurrenceState


@dataclass(frozen=True, slots=True)
class WebinarSummary:
    """A webinar's date with how many of those invited come, do not come, and have not said.

    Who comes and waits for a seat is ``in_reserve``, who cannot be written to is ``unreachable``: each is counted once.
    ``flight``: how far its announcement has come, where that was looked at.
    """

    occurrence_id: OccurrenceId
    activity_id: ActivityId
    version: int
    title: str
    link: str | None
    due_at: datetime
    timezone: str
    state: OccurrenceState
    unit_path: str
    coming: int
    not_coming: int
    silent: int
    maybe: int = 0
    in_reserve: int = 0
    unreachable: int = 0
    seats: Seats | None = None
    flight: Flight | None = None
    kind: EventKind = EventKind.WEBINAR
    place: str | None = None
    access_code: str | None = None
    code_word: str | None = None


@dataclass(frozen=True, slots=True)
class Invited:
    """``comment``: the reason of one who does not come."""

    full_name: str
    unit_title: str
    comment: str | None


@dataclass(frozen=True, slots=True)
class LinkReader:
    """One of those who may have noted a link. ``comes``: he said so."""

    person_id: PersonId
    assignment_id: AssignmentId
    comes: bool


class Webinars(Protocol):
    async def upcoming(
        self, paths: Sequence[str], *, since: datetime, offset: int, limit: int
    ) -> tuple[tuple[WebinarSummary, ...], int]:
        """Open dates that begin or end at ``since`` or later, announced in the subtrees of ``paths``, the next first;
        and how many."""

    async def get(self, occurrence_id: OccurrenceId) -> WebinarSummary | None:
        """One date of a webinar in any state; None for a task's date too."""

    async def announced(self, source: str) -> OccurrenceId | None:
        """The date of the webinar that was announced in that dialogue."""

    async def invited(
        self, occurrence_id: OccurrenceId, answer: Answer | None, *, offset: int, limit: int
    ) -> tuple[tuple[Invited, ...], int]:
        """Who gave this answer (None: none yet), by school and name; and how many they are."""

    async def change_link(self, activity_id: ActivityId, link: str) -> bool:
        """False where it was the same."""

    async def told_of(self, occurrence_id: OccurrenceId) -> tuple[LinkReader, ...]:
        """Who has had a message about the date, has not said that he does not come, and does not wait for a seat."""
