"""A term that waited for its event, once the event has come."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.domain.terms.model import Offset, Precision, Term, TermKind
from bot.domain.terms.occurrences import day_of
from bot.domain.terms.relative import due_after
from bot.domain.terms.situation import Situation


@dataclass(frozen=True, slots=True)
class Settled:
    """A term with the dates that its event gives it."""

    term: Term
    unsure_years: tuple[int, ...] = ()
    """Years that working days were counted through before the government's decree on moved days: ask again later."""


def settle(term: Term, event: date | datetime) -> Settled:
    """The term, and every part of it, counted from the day or the moment of its event.

    A term in hours stays without a date until the moment is known, and whatever does not wait for an event stays as it
    is. A time of day in the phrase («до 8:00 дня начала») is not kept in a term: read the phrase again with the
    context ``anchor`` for it. Raises TermError for a count that leaves the calendar.
    """
    situation = Situation()
    parts = tuple(_settled(part, event, situation) for part in term.parts)
    own = _settled(replace(term, parts=parts), event, situation)
    waiting = [each for each in (own, *parts) if each.kind is TermKind.RELATIVE and each.offset is not None]
    years = {year for each in waiting for year in _years_counted(each.offset, event, day_of(each.end))}
    return Settled(own, tuple(sorted(year for year in years if not situation.calendar.is_official(year))))


def _settled(term: Term, event: date | datetime, situation: Situation) -> Term:
    if term.kind is not TermKind.RELATIVE or term.offset is None:
        return term
    end = due_after(event, term.offset, situation)
    if end is None:
        return term
    return replace(term, end=end, precision=Precision.MINUTE if isinstance(end, datetime) else Precision.DAY)


def _years_counted(offset: Offset | None, event: date | datetime, end: date | None) -> range:
    """Only working days depend on the decree: calendar days and months are certain in any year."""
    if offset is None or offset.unit != "workday" or end is None:
        return range(0)
    first, last = sorted((event.year, end.year))
    return range(first, last + 1)
