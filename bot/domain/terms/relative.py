"""Meanings that wait for an event: «в течение 3 рабочих дней со дня получения»."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from dateutil.relativedelta import relativedelta

from bot.domain.terms.dated import Clock, zone_of
from bot.domain.terms.model import Boundary, Doubt, Offset, Precision, Term, TermKind
from bot.domain.terms.situation import Situation
from bot.domain.terms.stretches import WEEKDAY_NUMBERS, TermError

TODAY = "reference_date"
"""The event of «завтра» and «через неделю»: the day on which the phrase is read."""

_UNITS = {"day": ("day", 1), "workday": ("workday", 1), "week": ("day", 7), "month": ("month", 1), "hour": ("hour", 1)}
_UNITS |= {"quarter": ("month", 3), "half": ("month", 6), "year": ("month", 12)}


@dataclass(frozen=True, slots=True)
class Span:
    """A count of units as written: two weeks, three working days."""

    count: int
    unit: str

    def offset(self, direction: str, event: str | None) -> Offset | None:
        if self.unit not in _UNITS:
            return None
        unit, length = _UNITS[self.unit]
        return Offset(self.count * length, unit, direction, event)


@dataclass(frozen=True, slots=True)
class Relative:
    offset: Offset
    clock: Clock | None = None

    def settle(self, situation: Situation) -> Term:
        doubts: set[Doubt] = set()
        anchor = situation.today if self.offset.event == TODAY else situation.anchor
        zone = None if self.clock is None else zone_of(self.clock.zone, situation, doubts)
        end = due_after(anchor, self.offset, situation)
        if end is not None and self.clock is not None:
            end = self.clock.on(end, zone) if not isinstance(end, datetime) else None
        return Term(
            TermKind.RELATIVE,
            end=end,
            precision=_precision(end),
            tz=zone,
            offset=self.offset,
            doubts=tuple(sorted(doubts)),
        )


@dataclass(frozen=True, slots=True)
class NextWeekday:
    """«в ближайшую пятницу»: the first such day after the day of reading."""

    weekday: str
    clock: Clock | None = None

    def settle(self, situation: Situation) -> Term:
        doubts: set[Doubt] = set()
        offset = Offset(None, "weekday", "after", TODAY)
        if situation.today is None:
            return Term(TermKind.RELATIVE, offset=offset, doubts=(Doubt.REFERENCE_MISSING,))
        ahead = (WEEKDAY_NUMBERS[self.weekday] - situation.today.weekday() - 1) % 7 + 1
        day = situation.today + timedelta(days=ahead)
        zone = None if self.clock is None else zone_of(self.clock.zone, situation, doubts)
        end: Boundary = day if self.clock is None else self.clock.on(day, zone)
        return Term(TermKind.RELATIVE, end=end, precision=_precision(end), tz=zone, offset=offset, doubts=tuple(doubts))


def due_after(anchor: date | datetime | None, offset: Offset, situation: Situation) -> date | datetime | None:
    """The last day (or moment, for hours) of a relative term once its event is known; None while it is not.

    Day 1 is the day after the event; months keep the day or end on the last one (Civil Code, articles 191 and 192).
    """
    if anchor is None or offset.n is None:
        return None
    sign = 1 if offset.direction == "after" else -1
    if offset.unit == "hour":
        return anchor + timedelta(hours=sign * offset.n) if isinstance(anchor, datetime) else None
    day = anchor.date() if isinstance(anchor, datetime) else anchor
    try:
        if offset.unit == "workday":
            return situation.calendar.add_working_days(day, sign * offset.n)
        if offset.unit == "month":
            return day + relativedelta(months=sign * offset.n)
        return day + timedelta(days=sign * offset.n)
    except (OverflowError, ValueError) as error:  # a count that leaves the calendar
        raise TermError(Doubt.INVALID) from error


def _precision(end: Boundary | None) -> Precision | None:
    if end is None:
        return None
    return Precision.MINUTE if isinstance(end, datetime) else Precision.DAY
