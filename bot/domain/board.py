"""The board: who has answered and who has not, added up along the tree."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from bot.domain.ids import ActivityId, AssignmentId, OccurrenceId, PersonId, UnitId
from bot.domain.matters import ActivityKind, Answer, OccurrenceState
from bot.domain.network import Reach, Unit


class Status(StrEnum):
    """Where one assignment stands. Each has exactly one status, so the columns of the board add up."""

    IN_TIME = "in_time"
    LATE = "late"
    IN_PROGRESS = "in_progress"
    MAYBE = "maybe"  # «Под вопросом»: he has spoken, and what he said is no answer to an invitation yet
    PROBLEM = "problem"
    IN_REVIEW = "in_review"  # answered, and the coordinator has not accepted it yet
    NOT_OURS = "not_ours"  # «Не относится к нам», confirmed or not
    RETURNED = "returned"  # answered, given back, and not answered again
    POSTPONED = "postponed"  # nothing was said yet, and the term was put off for this one
    SILENT = "silent"
    UNREACHABLE = "unreachable"  # silent, and nobody of them can be written to


@dataclass(frozen=True, slots=True)
class Tally:
    """How many assignments have each status."""

    in_time: int = 0
    late: int = 0
    in_progress: int = 0
    maybe: int = 0
    problem: int = 0
    in_review: int = 0
    not_ours: int = 0
    returned: int = 0
    postponed: int = 0
    silent: int = 0
    unreachable: int = 0

    @property
    def total(self) -> int:
        return sum(getattr(self, name) for name in _COLUMNS)

    @property
    def answered(self) -> int:
        """Final answers, also those that wait for the coordinator's word."""
        return self.in_time + self.late + self.in_review + self.not_ours

    @property
    def put_off(self) -> int:
        """Those who owe it by a term of their own."""
        return self.returned + self.postponed

    @property
    def without_word(self) -> int:
        """Those of whom nothing was heard, reachable or not."""
        return self.silent + self.unreachable


_OF_TASKS = frozenset(
    {Status.IN_PROGRESS, Status.PROBLEM, Status.IN_REVIEW, Status.NOT_OURS, Status.RETURNED, Status.POSTPONED}
)
_COLUMNS = tuple(status.value for status in Status)


def statuses_of(kind: ActivityKind) -> tuple[Status, ...]:
    """Those that an assignment of this kind can have: nobody has an invitation «in progress»."""
    if kind is ActivityKind.SELECTION:
        return (Status.IN_TIME, Status.SILENT, Status.UNREACHABLE)
    others = _OF_TASKS if kind is ActivityKind.WEBINAR else {Status.MAYBE}
    return tuple(status for status in Status if status not in others)


@dataclass(frozen=True, slots=True)
class UnitTally:
    """A unit with the tally of its subtree."""

    unit: Unit
    tally: Tally


@dataclass(frozen=True, slots=True)
class BoardLine:
    """One date of an activity on the board, with the tally of the part of the network that the reader sees."""

    occurrence_id: OccurrenceId
    activity_id: ActivityId
    version: int
    kind: ActivityKind
    title: str
    due_at: datetime
    due_on: date
    has_time: bool
    timezone: str
    state: OccurrenceState
    tally: Tally


@dataclass(frozen=True, slots=True)
class OwingUnit:
    """A unit that owes ``how_many`` answers on a date, itself or by its people."""

    unit_id: UnitId
    path: str
    how_many: int


@dataclass(frozen=True, slots=True)
class Misdelivery:
    """Notices about one date that did not go as planned: what a coordinator must know before he calls people silent.

    ``late``: not sent, because after an outage they helped no more; ``failed``: refused for good; ``doubled``: sent
    once more after a crash, so they may have come twice.
    """

    late: int = 0
    failed: int = 0
    doubled: int = 0


@dataclass(frozen=True, slots=True)
class Debtor:
    """Who would be written to about an assignment, and whether he can be."""

    person_id: PersonId
    full_name: str
    reach: Reach


@dataclass(frozen=True, slots=True)
class BoardEntry:
    """One assignment on the board of a school: who owes, what was said, by whom and when.

    ``own_due_on``: the last day for this one alone.
    """

    assignment_id: AssignmentId
    unit_title: str
    person_name: str | None
    status: Status
    answer: Answer | None
    answered_at: datetime | None
    answered_by_name: str | None
    comment: str | None = field(default=None, repr=False)
    debtors: tuple[Debtor, ...] = ()
    own_due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Silent:
    """One person who would get a nudge about an assignment; ``nudged_at``: when he last got one, if lately."""

    assignment_id: AssignmentId
    person_id: PersonId
    nudged_at: datetime | None
