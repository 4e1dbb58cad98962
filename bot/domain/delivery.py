"""A notice: one message to one person about one step, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from bot.domain.ids import AssignmentId, BroadcastId, DocumentId, NoticeId, OccurrenceId, PersonId, SeriesId, UnitId
from bot.domain.matters import Answer, OccurrenceState
from bot.domain.network import Reach
from bot.domain.quiet import Reader, WorkingDays, next_allowed
from bot.domain.rhythm import Rhythm


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
    """What a message is for. Its words stand in ``notices.ftl``, its composing in ``handlers.notices``."""

    ANNOUNCEMENT = "announcement"  # one matter, with its buttons
    ASSIGNED = "assigned"  # all matters of one document at once, as a list
    REMINDER = "reminder"  # days before
    TODAY = "today"  # the morning of the day
    STARTS_SOON = "starts_soon"  # the only one that passes quiet hours
    MOVED = "moved"
    CALLED_OFF = "called_off"
    CHANGED = "changed"  # what of one document has moved, was called off and is new, as one list
    OVERDUE = "overdue"  # one summary to a coordinator, never one message a debtor
    NUDGE = "nudge"  # «Напомнить молчащим»
    JOIN_REQUEST = "join_request"  # somebody asks to be let in
    INFO = "info"
    REFRESH = "refresh"  # no message of its own: an older one is brought up to date


PASSES_QUIET = "passes_quiet"
"""In the detail of a notice that would come too late to keep its reader from going in vain."""

GATHERED_KINDS = frozenset({NoticeKind.REMINDER, NoticeKind.TODAY})
"""Those of one kind that are due on one day of their reader come in one message."""

ONLY_WORD = "only_word"
"""In the detail of a notice that is the only one its reader gets: he was not asked, so his silence says nothing."""


_NO_DETAIL: Final[Mapping[str, Any]] = MappingProxyType({})


# A tuple, as what else is made for each message: a frozen dataclass of this size takes ten times as long.
class Notice(NamedTuple):
    """``key`` says what the notice is about and is unique: planning twice plans once.

    ``expires_at``: after it the message no longer helps and is not sent. ``occurrence_version``: None where it is sent
    whenever the date is. ``claimed_at``: when it was last taken to be sent; tried again, it has been so before.
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
    series_id: SeriesId | None = None
    unit_id: UnitId | None = None
    days_before: int | None = None
    detail: Mapping[str, Any] = _NO_DETAIL
    assignment_due_version: int = 0
    broadcast_id: BroadcastId | None = None
    attempts: int = 0
    was_in_doubt: bool = False
    claimed_at: datetime | None = None


class Outcome(StrEnum):
    """What the messenger said of one request. Each asks for something else; none is «an error» in general."""

    DELIVERED = "delivered"
    BLOCKED = "blocked"  # the person blocked the bot
    GONE = "gone"  # the account is deleted or was never started
    FLOOD = "flood"  # everyone waits for ``retry_after``
    TEMPORARY = "temporary"  # the network or the server: again later
    PERMANENT = "permanent"  # this message will never pass
    UNKNOWN = "unknown"  # the connection broke after the request had gone: it may have been delivered


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a notice is about, as it stands at the moment of sending: planned long ago, much may have changed.

    ``is_still_concerned``: the person still answers for the school of the assignment, where it is a school's.
    ``is_stopped``: its sender has stopped it, or its announcement before it came to this person. ``waits_for_seat``: he
    would come to the event, but has no seat (yet). ``due_version``: of the term of this one alone. ``rhythm``: how
    often he wants to be reminded; ``is_unwanted``: not obligatory, and he wants no reminders of such; ``term_at``: its
    last instant, and ``term_on`` the day of it for this reader. ``is_worked_in``: the message that it would edit shows
    him a question which he has not answered yet.
    """

    reader: Reader
    reach: Reach
    has_account: bool
    occurrence_version: int | None = None
    occurrence_state: OccurrenceState | None = None
    is_withdrawn: bool = False
    is_still_concerned: bool = True
    is_stopped: bool = False
    due_version: int = 0
    answer: Answer | None = None
    waits_for_seat: bool = False
    rhythm: Rhythm = field(default_factory=Rhythm)
    is_unwanted: bool = False
    term_at: datetime | None = None
    term_on: date | None = None
    is_worked_in: bool = False


class Unneeded(StrEnum):
    """Why a notice that was planned is not sent any more. The value is kept with the notice."""

    UNREACHABLE = "unreachable"
    LEFT = "left"
    WITHDRAWN = "withdrawn"
    MOVED_ON = "moved on"
    CALLED_OFF = "called off"
    ANSWERED = "answered"
    NO_SEAT = "no seat"
    UNWANTED = "unwanted"
    LEFT_TO_THE_NEXT = "left to the step after it"
    NOTHING_TO_SAY = "nothing to say"
    DROPPED = "dropped by its sender"


class Verdict(NamedTuple):
    """What to do with a due notice: send it, or keep it until ``held_until``, or put it aside for good."""

    state: NoticeState
    reason: Unneeded | None = None
    held_until: datetime | None = None


def judge(notice: Notice, facts: Circumstances, *, now: datetime, days: WorkingDays) -> Verdict:
    """The re-check in the transaction that claims: nobody who has answered is reminded, nothing stale is sent,
    nobody is disturbed at night, however long ago the notice was planned."""
    if (reason := _unneeded(notice, facts)) is not None:
        return Verdict(NoticeState.CANCELLED, reason)
    if now >= notice.expires_at:
        return Verdict(NoticeState.EXPIRED)
    if facts.is_stopped and (notice.broadcast_id is not None or _is_of_announcement(notice)):
        # Held, not cancelled: whoever stopped it may let it go on, or let it expire. Who had the announcement already
        # is reminded as ever; the others hear nothing at all, for a reminder would speak of what they never heard of.
        return Verdict(notice.state, held_until=notice.expires_at)
    passes_quiet = notice.kind in _NOT_HEARD_OR_URGENT or notice.detail.get(PASSES_QUIET) is True
    if not passes_quiet and _is_left_to_the_next(notice, facts, days):
        return Verdict(NoticeState.CANCELLED, Unneeded.LEFT_TO_THE_NEXT)
    allowed = now if passes_quiet else _in_his_rhythm(notice, facts, next_allowed(now, facts.reader, days), days)
    if allowed >= notice.expires_at:
        return Verdict(NoticeState.EXPIRED)
    if facts.is_worked_in and notice.kind is NoticeKind.REFRESH:
        # A card over the question would leave it open: whatever he writes next would be its answer, unseen.
        return Verdict(notice.state, held_until=min(now + _LOOKED_AGAIN_AFTER, notice.expires_at))
    if allowed > now:
        return Verdict(notice.state, held_until=allowed)
    return Verdict(NoticeState.SENDING)


def _in_his_rhythm(notice: Notice, facts: Circumstances, allowed: datetime, days: WorkingDays) -> datetime:
    """An ordinary reminder waits for the moment that its reader has chosen, unless it would help no more by then."""
    if notice.kind is not NoticeKind.REMINDER or notice.claimed_at is not None:  # his moment has come already
        return allowed
    slot = facts.rhythm.slot(notice.due_at, facts.reader, days)
    helps_until = min(notice.expires_at, facts.term_at or notice.expires_at)
    return slot if allowed < slot < helps_until else allowed


def _is_left_to_the_next(notice: Notice, facts: Circumstances, days: WorkingDays) -> bool:
    """A reminder ends where the next step of its ladder begins. Where that is not after his moment, and the moment is
    on a day before the term, he hears by then: sent ahead of it, «once a week» would be every step. What was to go at
    his moment and did not get through has nothing to wait for.
    """
    if notice.kind is not NoticeKind.REMINDER or facts.term_on is None or notice.claimed_at is not None:
        return False
    slot = facts.rhythm.slot(notice.due_at, facts.reader, days)
    return notice.expires_at <= slot and slot.astimezone(facts.reader.zone).date() < facts.term_on


def _unneeded(notice: Notice, facts: Circumstances) -> Unneeded | None:
    if facts.reach is not Reach.REACHABLE or not facts.has_account:
        return Unneeded.UNREACHABLE
    if facts.is_withdrawn:
        return Unneeded.WITHDRAWN
    if not facts.is_still_concerned:
        return Unneeded.LEFT
    if _is_of_another_version(notice, facts):
        return Unneeded.MOVED_ON
    if notice.kind in _OF_A_TERM and notice.assignment_due_version != facts.due_version:
        return Unneeded.MOVED_ON
    if notice.kind in (NoticeKind.CALLED_OFF, NoticeKind.REFRESH):
        return None
    if facts.occurrence_state is OccurrenceState.CANCELLED:
        return Unneeded.CALLED_OFF
    if notice.kind in _BEFORE_AN_EVENT and facts.waits_for_seat:
        return Unneeded.NO_SEAT
    if notice.kind in GATHERED_KINDS and facts.is_unwanted:
        return Unneeded.UNWANTED
    return Unneeded.ANSWERED if _is_answered(notice, facts.answer) else None


def _is_of_another_version(notice: Notice, facts: Circumstances) -> bool:
    planned_for, stands = notice.occurrence_version, facts.occurrence_version
    return planned_for is not None and stands is not None and planned_for != stands


def _is_of_announcement(notice: Notice) -> bool:
    """Speaks of the event to one who may not have heard of it; whom a school sends is news of that sort too."""
    return notice.kind in _ANNOUNCING or notice.detail.get("event") == "team"


def _is_answered(notice: Notice, answer: Answer | None) -> bool:
    """Who comes to an event is reminded of it all the same, who does not hears no more. The last word before it is for
    those who come, and for the silent only where there was no time to ask them."""
    kind = notice.kind
    if kind is NoticeKind.STARTS_SOON:
        was_not_asked = notice.detail.get(ONLY_WORD) is True
        return answer is not Answer.COMING and not (answer is None and was_not_asked)
    if answer is None or kind not in _ASKING:
        return False
    return answer.is_final and not (answer is Answer.COMING and kind in _BEFORE_AN_EVENT)


_LOOKED_AGAIN_AFTER = timedelta(minutes=2)  # whether the message to be edited still asks its reader something
_OF_A_TERM = frozenset({NoticeKind.REMINDER, NoticeKind.TODAY})
_BEFORE_AN_EVENT = frozenset({NoticeKind.REMINDER, NoticeKind.TODAY, NoticeKind.STARTS_SOON})
_NOT_HEARD_OR_URGENT = frozenset({NoticeKind.STARTS_SOON, NoticeKind.REFRESH})  # an edited message makes no sound
_ASKING = frozenset(
    {NoticeKind.ANNOUNCEMENT, NoticeKind.REMINDER, NoticeKind.TODAY, NoticeKind.STARTS_SOON, NoticeKind.NUDGE}
)
_ANNOUNCING = _ASKING | {NoticeKind.ASSIGNED}

_PAUSES = tuple(timedelta(seconds=seconds) for seconds in (5, 15, 60, 300, 900))


def pause_after(attempts: int) -> timedelta:
    """How long a notice waits after its ``attempts``-th request failed for a while: longer each time, then 15 min."""
    return _PAUSES[min(attempts, len(_PAUSES)) - 1] if attempts > 0 else _PAUSES[0]


_UNKNOWNS_ENDURED = 5  # each may have been a message that arrived: somewhere being sure ends and spam begins


class Aftermath(NamedTuple):
    """What a notice becomes after one request. ``due_at`` counts for those that are tried again."""

    state: NoticeState
    attempts: int
    due_at: datetime
    was_in_doubt: bool


def after_request(notice: Notice, outcome: Outcome, *, now: datetime, is_line_down: bool = False) -> Aftermath:
    """What one answer of the messenger makes of a notice that was claimed (``notice`` as it was before the claim).

    A flood wait is not this notice's fault and counts no attempt. A passing failure is tried again with growing
    pauses until the notice expires; where the messenger takes no messages at all (``is_line_down``), it speaks against
    none of them: no attempt is counted, and it is tried again soon after others were. When the connection broke after
    the request had gone, it is sent again: a reminder twice is better than none.
    """
    again = NoticeState.IN_DOUBT if notice.was_in_doubt else NoticeState.PLANNED
    attempts = notice.attempts + 1
    later = min(now + pause_after(attempts), notice.expires_at)
    match outcome:
        case Outcome.DELIVERED:
            return Aftermath(NoticeState.SENT, attempts, notice.due_at, notice.was_in_doubt)
        case Outcome.FLOOD:
            return Aftermath(again, notice.attempts, notice.due_at, notice.was_in_doubt)
        case Outcome.TEMPORARY if is_line_down:
            soon = min(now + pause_after(1), notice.expires_at)
            return Aftermath(again, notice.attempts, soon, notice.was_in_doubt)
        case Outcome.TEMPORARY:
            return Aftermath(again, attempts, later, notice.was_in_doubt)
        case Outcome.UNKNOWN if attempts <= _UNKNOWNS_ENDURED:
            return Aftermath(NoticeState.IN_DOUBT, attempts, later, was_in_doubt=True)
        case _:
            return Aftermath(NoticeState.FAILED, attempts, notice.due_at, notice.was_in_doubt)
