"""Terms without dates of their own: what each waits for, and the same term once somebody has said it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum

from bot.domain.terms.events import Settled, settle
from bot.domain.terms.model import Doubt, Offset, Term, TermKind
from bot.domain.terms.occurrences import day_of, propose_days
from bot.domain.terms.relative import TODAY
from bot.domain.terms.stretches import TermError


class Awaited(StrEnum):
    """What a coordinator is asked for where a document names no date."""

    EVENT = "event"  # «в течение 3 дней со дня получения»: the day that it counts from
    START = "start"  # «по необходимости»: the day of a new term
    SCHEDULE = "schedule"  # «по отдельному графику»: its dates
    PACE = "pace"  # «постоянно»: how often to remind, if at all


class Pace(StrEnum):
    """How often a matter without an end is reminded of: on the last working day of each month, quarter, or never."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    NEVER = "never"


_RULES = {Pace.MONTHLY: "FREQ=MONTHLY", Pace.QUARTERLY: "FREQ=MONTHLY;INTERVAL=3"}
_OF_KIND = {
    TermKind.AS_NEEDED: Awaited.START,
    TermKind.BY_SCHEDULE: Awaited.SCHEDULE,
    TermKind.CONTINUOUS: Awaited.PACE,
}


def awaited(term: Term) -> Awaited | None:
    """What the term, or the tail of it («30 декабря, далее – по необходимости»), waits for; None where for nothing.

    It goes on waiting when a date has been named: the event may come again, and a schedule be continued.
    """
    if offset_of(term) is not None:
        return Awaited.EVENT
    if _is_countless(term):
        return Awaited.START
    kinds = [part.kind for part in term.parts or (term,)]
    return next((_OF_KIND[kind] for kind in reversed(kinds) if kind in _OF_KIND), None)


def offset_of(term: Term) -> Offset | None:
    """How the term counts from its event. «Завтра» counts from the day of reading and waits for nothing."""
    offsets = (part.offset for part in term.parts or (term,) if part.kind is TermKind.RELATIVE)
    return next((found for found in offsets if found and found.n is not None and found.event != TODAY), None)


def side_of(term: Term) -> str:
    """«after» or «before»: on which side of its event the term lies."""
    offset = offset_of(term)
    return "after" if offset is None else offset.direction


def with_event(term: Term, event: date | datetime) -> Settled | None:
    """The term as it runs from its event to its due date, by the working calendar.

    None where it counts in hours and the event has none, or where the count leaves the calendar.
    """
    offset = offset_of(term)
    try:
        settled = settle(term, event)
    except TermError:
        return None
    parts = tuple(
        replace(part, start=event, doubts=()) if part.offset == offset and part.end is not None else part
        for part in settled.term.parts or (settled.term,)
    )
    if not any(part.offset == offset and part.start is not None for part in parts):
        return None
    return replace(settled, term=_gathered(parts) if term.parts else parts[0])


def due_of(term: Term) -> Term | None:
    """The one date that the event gives a term, as a deadline of its own."""
    ends = (part.end for part in term.parts or (term,) if part.kind is TermKind.RELATIVE and part.offset)
    return next((Term(TermKind.DEADLINE, end=end, tz=term.tz) for end in ends if end is not None), None)


def event_of(term: Term) -> date | None:
    """The day of the event, where it is known."""
    starts = (part.start for part in term.parts or (term,) if part.kind is TermKind.RELATIVE and part.offset)
    return next((day_of(start) for start in starts if start is not None), None)


def with_dates(term: Term, named: Sequence[Term]) -> Term:
    """The dates that were named, with what the term was waiting for as its tail: more may follow.

    Named again, they take the place of what was named before.
    """
    tail = next((part for part in reversed(term.parts or (term,)) if part.kind in _OF_KIND), term)
    dates = [part for found in named for part in found.parts or (found,)]
    return _gathered((*dates, tail))


def with_pace(term: Term, pace: Pace, today: date) -> Term:
    """«Постоянно», reminded of on the last working days from today on."""
    always = next((part for part in term.parts or (term,) if part.kind is TermKind.CONTINUOUS), term)
    rest = tuple(part for part in term.parts if part.kind not in (TermKind.CONTINUOUS, TermKind.RECURRING))
    if pace is Pace.NEVER:
        return _gathered((*rest, always)) if rest else always
    proposed = propose_days(Term(TermKind.RECURRING, rrule=_RULES[pace]))
    assert proposed is not None, "the last working day is always there to propose"
    return _gathered((*rest, always, replace(proposed, start=today)))


def pace_of(term: Term) -> Pace:
    """How often the term reminds now."""
    rules = [part.rrule for part in term.parts if part.kind is TermKind.RECURRING]
    if not rules:
        return Pace.NEVER
    return Pace.QUARTERLY if "BYMONTH=3,6,9,12" in (rules[0] or "") else Pace.MONTHLY


def _is_countless(term: Term) -> bool:
    """«По истечении срока договора»: it hangs on an event, and does not say how far."""
    return term.kind is TermKind.RELATIVE and not term.parts and not term.has_date


def _gathered(parts: tuple[Term, ...]) -> Term:
    """Several parts as one term: its own fields repeat the first that has a date or a rule."""
    first = next((part for part in parts if part.has_date), parts[0])
    doubts = tuple(dict.fromkeys(doubt for part in parts for doubt in part.doubts if doubt is not Doubt.YEAR_ASSUMED))
    plain = tuple(replace(part, doubts=()) for part in parts)
    return replace(first, parts=plain, doubts=doubts, is_vague=any(part.is_vague for part in parts))
