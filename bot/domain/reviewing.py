"""What a coordinator decides about the answer of one school: taken, returned, another term; and who may decide it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from bot.domain.ids import AssignmentId, AssignmentRequestId, DecisionId, PersonId, ReplyId
from bot.domain.network import Actor


class Review(StrEnum):
    """What was decided about the answer that stands. None of them: nothing yet."""

    ACCEPTED = "accepted"  # of «Не относится к нам»: it is not theirs indeed
    RETURNED = "returned"  # the answer was taken back, and another one is owed


class DecisionKind(StrEnum):
    """An act of a coordinator; all of them are kept."""

    ACCEPTED = "accepted"
    RETURNED = "returned"
    REOPENED = "reopened"  # an acceptance that was taken back at once
    UNRETURNED = "unreturned"  # a return that was taken back before anything was done about it
    EXTENDED = "extended"  # another term, given without being asked for


class AssignmentRequestState(StrEnum):
    """What became of «Прошу перенести»."""

    WAITING = "waiting"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"  # by the school, or because it has answered


@dataclass(frozen=True, slots=True)
class AssignmentRequest:
    """«Прошу перенести до …». ``decided_by`` and ``asked_by_name`` are names, empty for who was erased."""

    id: AssignmentRequestId
    assignment_id: AssignmentId
    wanted_on: date
    reason: str | None = field(repr=False)
    state: AssignmentRequestState
    asked_by: PersonId
    asked_by_name: str
    asked_at: datetime
    decided_by: str | None = None
    decided_at: datetime | None = None
    granted_on: date | None = None


@dataclass(frozen=True, slots=True)
class AnswerMark:
    """Which answer it is and what was decided last: a decision is about the answer that was seen, or about none.

    ``decision`` is 0 where nothing was decided yet.
    """

    reply_id: ReplyId
    decision: DecisionId


@dataclass(frozen=True, slots=True)
class Reviewing:
    """Where an answer stands with its coordinator. ``reason``: of the last return; ``wanted_on``: asked for now."""

    is_needed: bool = False
    review: Review | None = None
    reason: str | None = field(default=None, repr=False)
    request_id: AssignmentRequestId | None = None
    wanted_on: date | None = None


class PastKind(StrEnum):
    """What an entry of the history of an assignment tells of."""

    REPLY = "reply"
    REQUEST = "request"
    REQUEST_DECIDED = "request_decided"
    DECISION = "decision"
    SUBMISSION = "submission"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class PastEntry:
    """One line of the history. ``what``: the answer, state or kind of decision; ``on``: the day that it is about."""

    at: datetime
    kind: PastKind
    what: str
    name: str
    text: str | None = field(default=None, repr=False)
    on: date | None = None


def may_decide(actor: Actor, *, unit_path: str, owed_by: PersonId | None) -> bool:
    """Whether the actor stands above who owes: nobody accepts his own answer, nor a school that of itself."""
    if owed_by is not None:
        return owed_by != actor.person.id and actor.can_manage(unit_path)
    return actor.is_owner or any(unit.contains(unit_path) and unit.path != unit_path for unit in actor.coordinated)
