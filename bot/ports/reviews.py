"""What the use cases about requests, acceptance and return need of the storage."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.domain.ids import (
    ActivityId,
    AssignmentId,
    AssignmentRequestId,
    DecisionId,
    OccurrenceId,
    PersonId,
    ReplyId,
)
from bot.domain.reviewing import (
    AnswerMark,
    AssignmentRequest,
    AssignmentRequestState,
    DecisionKind,
    PastEntry,
    Review,
)


@dataclass(frozen=True, slots=True)
class NewAssignmentRequest:
    """``source`` names the update it came in; ``phrase``: the day as it was typed, None where it was tapped."""

    assignment_id: AssignmentId
    wanted_on: date
    asked_by: PersonId
    asked_at: datetime
    source: str
    phrase: str | None = field(default=None, repr=False)
    reason: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class NewDecision:
    """``due_on``: the term that was given with it."""

    assignment_id: AssignmentId
    kind: DecisionKind
    decided_by: PersonId
    decided_at: datetime
    source: str
    reason: str | None = field(default=None, repr=False)
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class PastDecision:
    """A decision as it was made. ``decided_by`` is the name, empty for who was erased."""

    id: DecisionId
    assignment_id: AssignmentId
    kind: DecisionKind
    decided_by_id: PersonId
    decided_by: str
    decided_at: datetime
    reason: str | None = field(default=None, repr=False)
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class QueuedAnswer:
    """An answer that waits for its coordinator, with the mark that a decision about it names."""

    assignment_id: AssignmentId
    mark: AnswerMark


@dataclass(frozen=True, slots=True)
class QueueSize:
    """What waits for a coordinator: answers to accept or confirm, and requests for another term."""

    answers: int
    requests: int

    @property
    def total(self) -> int:
        return self.answers + self.requests


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Who is told how many answers wait for him: on which clock, whether that message is on its way, when it last was.

    ``zone``: None for who stands in no unit. ``apart``: how many single questions he was sent in the time asked about.
    """

    person_id: PersonId
    zone: ZoneInfo | None
    is_about_to_hear: bool = False
    heard_at: datetime | None = None
    apart: int = 0


class Reviews(Protocol):
    async def add_request(self, request: NewAssignmentRequest) -> AssignmentRequestId:
        """A waiting request."""

    async def request(self, request_id: AssignmentRequestId) -> AssignmentRequest | None:
        """In whatever state it is."""

    async def request_of(self, source: str) -> AssignmentRequestId | None:
        """The request that came in that update."""

    async def waiting_request(self, assignment_id: AssignmentId) -> AssignmentRequest | None:
        """The one that waits; one at a time."""

    async def settle_request(
        self,
        request_id: AssignmentRequestId,
        state: AssignmentRequestState,
        *,
        decided_by: PersonId,
        now: datetime,
        granted_on: date | None = None,
    ) -> bool:
        """Decides a waiting request; False when it was decided already."""

    async def withdraw_requests(self, assignment_id: AssignmentId, *, by: PersonId, now: datetime) -> int:
        """Nothing is asked for any more; returns how many requests waited."""

    async def add_decision(self, decision: NewDecision) -> DecisionId:
        """Adds to the history."""

    async def decision(self, decision_id: DecisionId) -> PastDecision | None:
        """One decision."""

    async def last_decision(self, assignment_id: AssignmentId) -> PastDecision | None:
        """The latest, whatever it was."""

    async def decision_before(self, decision_id: DecisionId) -> PastDecision | None:
        """The one about the same assignment that came right before it."""

    async def told_of_return(self, decision_id: DecisionId) -> tuple[PersonId, ...]:
        """To whom the news of that return has gone, or may have."""

    async def shown_decision(self, decision_id: DecisionId, people: Collection[PersonId]) -> tuple[PersonId, ...]:
        """Those of the ``people`` in whose older messages that decision stands, or may."""

    async def drop_news(self, decision_id: DecisionId, people: Collection[PersonId], *, now: datetime) -> None:
        """What was to tell these people of that decision, or to show it in older messages, and has not left."""

    async def has_source(self, source: str) -> bool:
        """Whether a decision of that update is stored already."""

    async def mark(self, assignment_id: AssignmentId) -> AnswerMark | None:
        """The answer that stands and the latest decision; None where nobody has ever answered."""

    async def set_review(self, assignment_id: AssignmentId, review: Review | None) -> None:
        """What was decided about the answer that stands, and about the latest submission of its form."""

    async def ask_acceptance(self, activity_id: ActivityId, *, is_needed: bool) -> None:
        """Whether the answers to the activity are looked at."""

    async def take_back(self, assignment_id: AssignmentId) -> None:
        """The answer counts no more and another is owed; what was handed in of its form is returned.

        The next filling begins with its values.
        """

    async def put_back(
        self,
        assignment_id: AssignmentId,
        review: Review | None,
        *,
        comment: str | None,
        returned: DecisionId,
        now: datetime,
    ) -> None:
        """What ``take_back`` and ``set_term`` did in that return is undone: the answer counts again with that review
        and that comment, what was handed in stands, and the term is the one before.
        """

    async def set_term(self, assignment_id: AssignmentId, *, due_at: datetime, due_on: date, now: datetime) -> int:
        """A term of its own: what waits for the one before is cancelled, and the date waits for planning again.

        Returns the version of the term.
        """

    async def queue_size(self, scope: Sequence[str], besides: PersonId) -> QueueSize:
        """What waits in the subtrees for somebody above: not for a school's own coordinator, nor for who answered."""

    async def queue(
        self,
        scope: Sequence[str],
        besides: PersonId,
        *,
        limit: int,
        offset: int = 0,
        after: ReplyId | None = None,
        occurrence_id: OccurrenceId | None = None,
    ) -> tuple[QueuedAnswer, ...]:
        """Answers that wait, in the order in which they came; ``after``: those that came later than this one."""

    async def count_queue(
        self, scope: Sequence[str], besides: PersonId, occurrence_id: OccurrenceId | None = None
    ) -> int:
        """How many answers wait."""

    async def waiting_requests(
        self, scope: Sequence[str], besides: PersonId, *, limit: int
    ) -> tuple[AssignmentRequest, ...]:
        """Requests for another term that nobody has decided, the oldest first."""

    async def history(self, assignment_id: AssignmentId) -> tuple[PastEntry, ...]:
        """Everything that was said, asked and decided, the oldest first."""

    async def answerers(self, assignment_id: AssignmentId) -> tuple[PersonId, ...]:
        """Who can be told: the person himself, or the reachable coordinators of the very school."""

    async def reviewers(self, person_ids: Sequence[PersonId], *, apart_since: datetime) -> tuple[Reviewer, ...]:
        """These persons, with what they were told of what waits for them; single questions since then are counted."""
