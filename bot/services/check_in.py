"""Somebody says of himself that he is there: by the word said at the event, or by the picture on its screen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.attendance import (
    LONGEST_LASTS,
    OPENS_BEFORE,
    WRONG_WITHIN,
    BadQrError,
    QrProblem,
    WindowState,
    barred_until,
    is_code_word,
    is_ordinary,
    may_overwrite,
    read_qr,
)
from bot.domain.delivery import NoticeKind
from bot.domain.errors import DomainError, NotFoundError
from bot.domain.events import Attendance, MarkSource
from bot.domain.ids import OccurrenceId
from bot.domain.matters import OccurrenceState
from bot.domain.network import Actor
from bot.ports.attendance import Attendee, EventFacts
from bot.ports.notices import NewNotice
from bot.ports.storage import Storage, Stores

GUEST_HELPS_FOR = timedelta(days=3)
"""Until then an organiser who was not reached may still want to know who came without an invitation."""

WORD_IS_KNOWN_FOR = timedelta(days=7)
"""Around its window the right word is told to be too early or too late, and not taken for a question to somebody."""


_WRONG = "wrong check-in code"


class OutsideWindowError(DomainError):
    """Too early or too late to check oneself in; ``state`` says which."""

    def __init__(self, event: EventFacts, state: WindowState) -> None:
        super().__init__(f"occurrence {event.occurrence_id}: {state}")
        self.event = event
        self.state = state


class WrongWordError(DomainError):
    """What was typed is not the word of this event."""


class TooManyWrongError(DomainError):
    """He was wrong so often of late that nothing more is looked at ``until`` then: words are not to be guessed."""

    def __init__(self, until: datetime) -> None:
        super().__init__(f"barred until {until}")
        self.until = until


class NotInvitedError(DomainError):
    """Not one of those invited. ``is_told``: the organiser hears of it and can add him."""

    def __init__(self, event: EventFacts, *, is_told: bool) -> None:
        super().__init__(f"not invited to occurrence {event.occurrence_id}")
        self.event = event
        self.is_told = is_told


class MarkedOtherwiseError(DomainError):
    """The leader has marked him, and his word counts."""

    def __init__(self, event: EventFacts, state: Attendance) -> None:
        super().__init__(f"occurrence {event.occurrence_id}: the leader said {state}")
        self.event = event
        self.state = state


@dataclass(frozen=True, slots=True)
class CheckedIn:
    """``is_repeat``: he was marked as present before, and nothing was stored."""

    event: EventFacts
    is_repeat: bool


async def check_in_by_word(
    storage: Storage, *, actor: Actor, occurrence_id: OccurrenceId, typed: str, at: datetime, now: datetime
) -> CheckedIn:
    """Marks the actor as present who typed the word of the event ``at`` an instant inside its window.

    ``at`` is when he wrote: what waited for us to get up again is not late. Raises NotFoundError (no such event, not
    invited, no word), OutsideWindowError, TooManyWrongError, WrongWordError (it is kept that he was wrong),
    MarkedOtherwiseError.
    """
    async with storage.write() as tx:
        event, attendee = await _own(tx, actor, occurrence_id)
        if event.details.code_word is None:
            raise NotFoundError(f"occurrence {occurrence_id} has no code word")
        ensure_open(event, at)
        await _ensure_not_barred(tx, actor, now)
        if is_code_word(typed, event.details.code_word):
            return await _mark(tx, actor, event, attendee, now)
        await _note_wrong(tx, actor, event, now)
    raise WrongWordError(f"occurrence {occurrence_id}")


async def check_in_by_qr(
    storage: Storage, *, actor: Actor, payload: str, secret: bytes, at: datetime, now: datetime
) -> CheckedIn:
    """Marks the actor as present who opened the link of a picture ``at`` an instant inside the window.

    Who is not invited is not marked, and the organiser is told of him, once. A link that we made counts however often
    he was wrong before: nobody guesses one. Raises BadQrError, TooManyWrongError (of a forged one), NotFoundError,
    OutsideWindowError, NotInvitedError, MarkedOtherwiseError.
    """
    try:
        occurrence_id = read_qr(payload, secret=secret, at=at)
    except BadQrError as refusal:
        if refusal.problem is QrProblem.FORGED:
            async with storage.write() as tx:
                await _ensure_not_barred(tx, actor, now)
                await _note_wrong(tx, actor, None, now)
        raise
    async with storage.write() as tx:
        event = await open_event(tx, occurrence_id)
        attendee = await tx.attendance.invited(occurrence_id, actor.person.id)
        ensure_open(event, at)
        if attendee is not None:
            return await _mark(tx, actor, event, attendee, now)
        is_told = await _tell_of_guest(tx, actor, event, now)
    raise NotInvitedError(event, is_told=is_told)


async def check_in_event(storage: Storage, *, actor: Actor, occurrence_id: OccurrenceId, at: datetime) -> EventFacts:
    """The event, if the actor's word would be taken now: before he is asked to type it.

    Raises NotFoundError, OutsideWindowError; MarkedOtherwiseError where somebody has marked him, as present too.
    """
    async with storage.read() as tx:
        event, attendee = await _own(tx, actor, occurrence_id)
    is_settled = attendee.attendance is Attendance.PRESENT or not may_overwrite(attendee.source, MarkSource.SELF)
    if attendee.attendance is not None and is_settled:
        raise MarkedOtherwiseError(event, attendee.attendance)
    ensure_open(event, at)
    if event.details.code_word is None:
        raise NotFoundError(f"occurrence {occurrence_id} has no code word")
    return event


async def note_wrong_word(storage: Storage, *, actor: Actor, event: EventFacts, now: datetime) -> None:
    """Something was typed that may have been meant for the word of this event. Raises TooManyWrongError."""
    async with storage.write() as tx:
        await _ensure_not_barred(tx, actor, now)
        await _note_wrong(tx, actor, event, now)


async def events_awaiting_word(storage: Storage, *, actor: Actor, at: datetime) -> tuple[EventFacts, ...]:
    """The actor's events whose window is open, that have a code word, and where he is not marked, by their hour."""
    async with storage.read() as tx:
        around = await _with_words(tx, actor, at)
    return tuple(
        event
        for event, attendee in around
        if attendee.attendance is not Attendance.PRESENT and event.window.state(at) is WindowState.OPEN
    )


async def event_of_word(storage: Storage, *, actor: Actor, typed: str, at: datetime) -> EventFacts | None:
    """The event of the actor whose word this is, of a week before or after its window too: that can be explained.

    Events may share a word: the one whose window is open, where he is not marked yet, begun last; else the nearest. A
    word that people write anyway (of a time when such were taken) counts while the window is open, not around it.
    """
    async with storage.read() as tx:
        around = await _with_words(tx, actor, at)
    found = [
        (-away, attendee.attendance is not Attendance.PRESENT, event.due_at, event)
        for event, attendee in around
        if is_code_word(typed, event.details.code_word or "")
        and (away := event.window.distance(at)) <= _known_for(event.details.code_word or "")
    ]
    return max(found, key=lambda one: one[:3])[3] if found else None


def ensure_open(event: EventFacts, at: datetime) -> None:
    """Raises OutsideWindowError."""
    state = event.window.state(at)
    if state is not WindowState.OPEN:
        raise OutsideWindowError(event, state)


async def open_event(tx: Stores, occurrence_id: OccurrenceId) -> EventFacts:
    """An event that was not called off. Raises NotFoundError."""
    event = await tx.attendance.event(occurrence_id)
    if event is None or event.state is not OccurrenceState.OPEN:
        raise NotFoundError(f"occurrence {occurrence_id}")
    return event


def _known_for(word: str) -> timedelta:
    return timedelta() if is_ordinary(word) else WORD_IS_KNOWN_FOR


async def _with_words(tx: Stores, actor: Actor, at: datetime) -> list[tuple[EventFacts, Attendee]]:
    since, until = at - LONGEST_LASTS - WORD_IS_KNOWN_FOR, at + OPENS_BEFORE + WORD_IS_KNOWN_FOR
    around = await tx.attendance.events_around(actor.person.id, began_after=since, began_before=until)
    return [(event, attendee) for event, attendee in around if event.details.code_word is not None]


async def _own(tx: Stores, actor: Actor, occurrence_id: OccurrenceId) -> tuple[EventFacts, Attendee]:
    event = await open_event(tx, occurrence_id)
    attendee = await tx.attendance.invited(occurrence_id, actor.person.id)
    if attendee is None:
        raise NotFoundError(f"occurrence {occurrence_id} for person {actor.person.id}")
    return event, attendee


async def _ensure_not_barred(tx: Stores, actor: Actor, now: datetime) -> None:
    """Raises TooManyWrongError."""
    wrong_at = await tx.audit.instants(_WRONG, by=actor.person.id, since=now - WRONG_WITHIN)
    until = barred_until(wrong_at, now)
    if until is not None:
        raise TooManyWrongError(until)


async def _note_wrong(tx: Stores, actor: Actor, event: EventFacts | None, now: datetime) -> None:
    """In the record of acts: it survives a restart, and shows an organiser's side who tried what."""
    detail = None if event is None else {"occurrence": event.occurrence_id}
    unit_id = None if event is None else event.unit_id
    await tx.audit.record(_WRONG, by=actor.person.id, unit_id=unit_id, detail=detail, now=now)


async def _mark(tx: Stores, actor: Actor, event: EventFacts, attendee: Attendee, now: datetime) -> CheckedIn:
    if attendee.attendance is Attendance.PRESENT:
        return CheckedIn(event, is_repeat=True)
    if attendee.attendance is not None and not may_overwrite(attendee.source, MarkSource.SELF):
        raise MarkedOtherwiseError(event, attendee.attendance)
    await tx.attendance.mark(
        [attendee.assignment_id], Attendance.PRESENT, source=MarkSource.SELF, by=actor.person.id, now=now
    )
    return CheckedIn(event, is_repeat=False)


async def _tell_of_guest(tx: Stores, actor: Actor, event: EventFacts, now: datetime) -> bool:
    """No name is kept: it is read when it is sent."""
    organiser = event.created_by
    if organiser == actor.person.id or await tx.people.get(organiser) is None:
        return False
    detail = {"event": "guest", "occurrence_id": event.occurrence_id, "person_id": actor.person.id}
    notice = NewNotice(
        key=event.guest_key(actor.person.id),
        person_id=organiser,
        kind=NoticeKind.INFO,
        due_at=now,
        expires_at=now + GUEST_HELPS_FOR,
        unit_id=event.unit_id,
        detail=detail,
    )
    if await tx.notices.plan([notice], now=now):
        await tx.audit.record("guest came", by=actor.person.id, unit_id=event.unit_id, detail=detail, now=now)
    return True
