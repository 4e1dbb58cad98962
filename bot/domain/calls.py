"""A call for proposals: one question to many, and what they send in until its last day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from bot.domain.errors import DomainError
from bot.domain.ids import OccurrenceId, PersonId, ProposalId, UnitId
from bot.domain.matters import Audience
from bot.domain.undoing import TIME_TO_UNDO

MAX_TITLE = 200
MAX_QUESTION = 1500
MAX_PROPOSAL = 3000
MAX_WORD = 300


class CallPart(StrEnum):
    """What a call cannot do without, in the order in which it is asked for."""

    TITLE = "title"
    QUESTION = "question"
    UNTIL = "until"


@dataclass(frozen=True, slots=True)
class CallDraft:
    """A call that is being made. ``due_on``: its last day on the clocks of ``timezone``; ``phrase``: as typed."""

    unit_id: UnitId
    timezone: str
    audience: Audience
    title: str = ""
    question: str = ""
    phrase: str = ""
    due_on: date | None = None

    @property
    def missing(self) -> tuple[CallPart, ...]:
        known = {CallPart.TITLE: self.title, CallPart.QUESTION: self.question, CallPart.UNTIL: self.due_on}
        return tuple(part for part, value in known.items() if not value)

    @property
    def is_empty(self) -> bool:
        return len(self.missing) == len(CallPart)

    def to_json(self) -> dict[str, Any]:
        return {
            "unit_id": self.unit_id,
            "timezone": self.timezone,
            "audience": self.audience.to_json(),
            "title": self.title,
            "question": self.question,
            "phrase": self.phrase,
            "due_on": self.due_on and self.due_on.isoformat(),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> CallDraft:
        return cls(
            unit_id=UnitId(data["unit_id"]),
            timezone=data["timezone"],
            audience=Audience.from_json(data["audience"]),
            title=data["title"],
            question=data["question"],
            phrase=data["phrase"],
            due_on=date.fromisoformat(data["due_on"]) if data["due_on"] else None,
        )


class ProposalState(StrEnum):
    """What has become of a proposal; only a new one can be withdrawn by its author."""

    NEW = "new"
    IN_WORK = "in_work"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


_TO: Mapping[ProposalState, frozenset[ProposalState]] = {
    ProposalState.NEW: frozenset({ProposalState.IN_WORK, ProposalState.ACCEPTED, ProposalState.DECLINED}),
    ProposalState.IN_WORK: frozenset({ProposalState.ACCEPTED, ProposalState.DECLINED}),
    ProposalState.ACCEPTED: frozenset(),
    ProposalState.DECLINED: frozenset(),
    ProposalState.WITHDRAWN: frozenset(),
}


def decisions_about(state: ProposalState) -> frozenset[ProposalState]:
    """What a coordinator can still make of it."""
    return _TO[state]


@dataclass(frozen=True, slots=True)
class ProposalText:
    """What was sent: words, a photo or a file (kept by the messenger's own id), or both."""

    text: str = field(repr=False)
    file_kind: str | None = None
    file_id: str | None = None
    file_name: str | None = None

    @property
    def is_empty(self) -> bool:
        return not self.text and self.file_id is None


@dataclass(frozen=True, slots=True)
class Proposal:
    """``decision``: the coordinator's optional word with his «Отклонить»."""

    id: ProposalId
    occurrence_id: OccurrenceId
    unit_id: UnitId
    unit_title: str
    person_id: PersonId
    person_name: str = field(repr=False)
    content: ProposalText
    state: ProposalState
    given_at: datetime
    decided_by: PersonId | None = None
    decided_at: datetime | None = None
    decision: str | None = field(default=None, repr=False)

    def state_for_author(self, now: datetime) -> ProposalState:
        """A decision that can still be taken back is not told yet; then it is new to him."""
        is_fresh = self.decided_at is not None and now < self.decided_at + TIME_TO_UNDO
        return ProposalState.NEW if is_fresh else self.state

    def can_be_undone(self, by: PersonId, now: datetime) -> bool:
        """One's own decision, at once: the author has not been told of it yet."""
        is_decided = self.state not in (ProposalState.NEW, ProposalState.WITHDRAWN)
        is_fresh = self.decided_at is not None and now < self.decided_at + TIME_TO_UNDO
        return is_decided and is_fresh and self.decided_by == by


class CallUnfinishedError(DomainError):
    """The draft lacks what no call can do without."""

    def __init__(self, missing: tuple[CallPart, ...]) -> None:
        super().__init__(f"the call lacks {', '.join(missing)}")
        self.missing = missing


class CallEndedError(DomainError):
    """Its last day has passed, or it was called off: nothing is taken any more."""


class ProposalEmptyError(DomainError):
    """Neither words nor a file."""


class ProposalTooLongError(DomainError):
    """More than one message shows."""

    def __init__(self, length: int, limit: int) -> None:
        super().__init__(f"{length} characters of {limit}")
        self.length = length
        self.limit = limit


class ProposalDecidedError(DomainError):
    """It is not as it was shown: decided, withdrawn, or the time to take a decision back is over."""

    def __init__(self, proposal: Proposal) -> None:
        super().__init__(f"proposal {proposal.id} is {proposal.state}")
        self.proposal = proposal


def checked(text: str, limit: int) -> str:
    """Without spaces around it. Raises ProposalEmptyError, ProposalTooLongError."""
    text = text.strip()
    if not text:
        raise ProposalEmptyError("nothing was written")
    if len(text) > limit:
        raise ProposalTooLongError(len(text), limit)
    return text
