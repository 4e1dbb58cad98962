"""What the use cases about answers need of the storage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from bot.domain.ids import AssignmentId, OccurrenceId, PersonId, ReplyId, UnitId
from bot.domain.matters import Answer, Matter


@dataclass(frozen=True, slots=True)
class NewReply:
    """``source`` names the update it came in: the same update handled again adds nothing."""

    assignment_id: AssignmentId
    person_id: PersonId
    answer: Answer | None  # None: a comment alone
    text: str | None = field(repr=False)
    given_at: datetime
    source: str


@dataclass(frozen=True, slots=True)
class PastReply:
    """One entry of a matter's history."""

    id: ReplyId
    person_name: str
    answer: Answer | None
    text: str | None = field(repr=False)
    given_at: datetime


@dataclass(frozen=True, slots=True)
class MatterPage:
    """A part of a list and the length of the whole."""

    matters: tuple[Matter, ...]
    total: int


@dataclass(frozen=True, slots=True)
class LaterDates:
    """How many later dates of a matter are owed, and the last of them."""

    count: int
    until: date


class Replies(Protocol):
    async def matter(self, assignment_id: AssignmentId) -> Matter | None:
        """The matter in whatever state it is; None where there is none."""

    async def matter_and_source(self, assignment_id: AssignmentId, source: str) -> tuple[Matter | None, bool]:
        """The same, and whether a reply of that update is stored already: in one question."""

    async def matters(self, assignment_ids: Sequence[AssignmentId]) -> tuple[Matter, ...]:
        """Those of them that exist, the earliest due first."""

    async def alike(self, assignment_ids: Sequence[AssignmentId]) -> Mapping[AssignmentId, AssignmentId]:
        """For each that exists one that differs from it in nothing shown: only in whose it is, and in its buttons."""

    async def open_matters(
        self, person_id: PersonId, school_ids: Sequence[UnitId], *, since: datetime, offset: int, limit: int
    ) -> MatterPage:
        """What the person and the schools (which he coordinates) still owe, the most urgent first.

        An event that was over before ``since``, the beginning of his day, is owed no more. Of the dates of a matter
        that repeats, the nearest from then on stands for those after it.
        """

    async def later_dates(
        self, assignment_ids: Sequence[AssignmentId], *, since: datetime
    ) -> Mapping[AssignmentId, LaterDates]:
        """The dates that each of them stands for in ``open_matters``."""

    async def answered_matters(
        self, person_id: PersonId, school_ids: Sequence[UnitId], *, offset: int, limit: int
    ) -> MatterPage:
        """What they have given a final answer to, the latest answer first."""

    async def matter_of_message(self, person_id: PersonId, message_id: int) -> AssignmentId | None:
        """The matter of the notice that reached this person as that message; none where the message tells several."""

    async def has_source(self, source: str) -> bool:
        """Whether a reply of that update is stored already."""

    async def add(self, reply: NewReply, *, comment: str | None) -> ReplyId:
        """Adds to the history and, unless it is a comment alone, makes it the matter's answer.

        ``comment`` is what stands beside the answer from now on.
        """

    async def history(self, assignment_id: AssignmentId) -> tuple[PastReply, ...]:
        """Everything that was ever answered, the oldest first."""

    async def clear_answers(self, occurrence_id: OccurrenceId) -> int:
        """Nobody has answered on this date any more; the history stays. Returns how many answers were cleared."""

    async def coordinators_for(
        self, unit_id: UnitId, *, with_own: bool, besides: PersonId | None = None
    ) -> tuple[PersonId, ...]:
        """The reachable coordinators nearest above the unit (``with_own``: or of the unit itself).

        Those of one unit only, the first on the way up that has any other than ``besides``.
        """
