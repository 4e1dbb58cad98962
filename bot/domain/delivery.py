"""A notice: one message to one person about one step, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.ids import AssignmentId, DocumentId, NoticeId, OccurrenceId, PersonId, UnitId


class NoticeState(StrEnum):
    """planned → sending → sent | failed; a crash makes sending → in_doubt, which is sent once more."""

    PLANNED = "planned"
    SENDING = "sending"
    SENT = "sent"
    IN_DOUBT = "in_doubt"
    FAILED = "failed"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


class NoticeKind(StrEnum):
    ANNOUNCEMENT = "announcement"  # one matter, with its buttons
    ASSIGNED = "assigned"  # all matters of one document at once, as a list
    REMINDER = "reminder"  # days before
    TODAY = "today"  # the morning of the day
    STARTS_SOON = "starts_soon"  # the only one that passes quiet hours
    MOVED = "moved"
    CALLED_OFF = "called_off"
    OVERDUE = "overdue"  # one summary to a coordinator, never one message a debtor
    NUDGE = "nudge"  # «Напомнить молчащим»
    JOIN_REQUEST = "join_request"  # somebody asks to be let in
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Notice:
    """``key`` says what the notice is about and is unique: planning twice plans once.

    ``expires_at``: after it the message no longer helps and is not sent.
    """

    id: NoticeId
    key: str
    person_id: PersonId
    kind: NoticeKind
    state: NoticeState
    due_at: datetime
    expires_at: datetime
    occurrence_id: OccurrenceId | None = None
    occurrence_version: int | None = None
    assignment_id: AssignmentId | None = None
    document_id: DocumentId | None = None
    unit_id: UnitId | None = None
    days_before: int | None = None
    attempts: int = 0
    was_in_doubt: bool = False


class Outcome(StrEnum):
    """What the messenger said of one request. Each asks for something else; none is «an error» in general."""

    DELIVERED = "delivered"
    BLOCKED = "blocked"  # the person blocked the bot
    GONE = "gone"  # the account is deleted or was never started
    FLOOD = "flood"  # everyone waits for ``retry_after``
    TEMPORARY = "temporary"  # the network or the server: again later
    PERMANENT = "permanent"  # this message will never pass
    UNKNOWN = "unknown"  # the connection broke after the request had gone: it may have been delivered
