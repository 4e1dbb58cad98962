"""A term of one's own: what a school may ask for in place of the term of the date, and what a coordinator may give."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from bot.domain.calendar import WorkCalendar
from bot.domain.errors import DomainError
from bot.domain.ladder import DueMoment
from bot.domain.naming_dates import read_event
from bot.domain.terms.occurrences import END_OF_DAY

_STEPS = (3, 7)
_LONGER = re.compile(r"^(?:ещ[её] )?на (.+)$", re.IGNORECASE)
_WEEKDAY = re.compile(r"^(?:понедельник|вторник|сред[ау]|четверг|пятниц[ау]|суббот[ау]|воскресенье)$", re.IGNORECASE)
_NEXT_YEAR = timedelta(days=300)
"""A day without a year that lies so far ahead is the one that has just passed: «20 ноября», said on the 21st."""


class TermNotReadError(DomainError):
    """The words name no day, or more than one."""


class TermPastError(DomainError):
    """The day lies behind us: nothing can be done by it any more."""

    def __init__(self, wanted: date) -> None:
        super().__init__(f"{wanted} has passed")
        self.wanted = wanted


class TermNoLaterError(DomainError):
    """The day is not later than the term as it stands: there is nothing to move."""

    def __init__(self, wanted: date, due_on: date) -> None:
        super().__init__(f"{wanted} is no later than {due_on}")
        self.wanted = wanted
        self.due_on = due_on


def proposed_terms(due_on: date, *, today: date, days: WorkCalendar) -> tuple[date, ...]:
    """Three and seven working days from the term (from today, where that has passed), and the end of the month."""
    since = max(due_on, today)
    steps = {days.add_working_days(since, count) for count in _STEPS}
    month_end = since + relativedelta(day=31)
    return tuple(sorted(steps | ({month_end} if month_end > since else set())))


def proposed_return(due_on: date, *, today: date, days: WorkCalendar) -> date:
    """By when an answer that is returned is wanted again: three working days, and no earlier than it was due."""
    return max(due_on, days.add_working_days(today, _STEPS[0]))


def read_wanted(words: str, *, today: date, since: date | None = None) -> date:
    """The one day that the words name, today or later.

    «На неделю» is counted from the term that is moved, ``since`` (from today, where that has passed or there is
    none); «через неделю» from today. Raises TermNotReadError, TermPastError.
    """
    if (longer := _LONGER.match(words)) is not None:
        moved = read_event(f"через {longer[1]}", today=max(since or today, today), is_ahead=True)
        if moved is not None:
            return _day(moved)
        words = longer[1]
    if _WEEKDAY.match(words) is not None:
        words = f"в {words}"
    ahead = read_event(words, today=today, is_ahead=True)
    if ahead is None:
        raise TermNotReadError(f"{len(words)} characters")
    wanted = _day(ahead)
    if wanted - today > _NEXT_YEAR:
        nearest = read_event(words, today=today, is_ahead=False)
        wanted = wanted if nearest is None else _day(nearest)
    ensure_ahead(wanted, today=today)
    return wanted


def ensure_ahead(wanted: date, *, today: date) -> None:
    """Raises TermPastError."""
    if wanted < today:
        raise TermPastError(wanted)


def ensure_later(wanted: date, *, due_on: date) -> None:
    """Raises TermNoLaterError."""
    if wanted <= due_on:
        raise TermNoLaterError(wanted, due_on)


def own_due_at(on: date, zone: ZoneInfo) -> datetime:
    """The last instant of that day on the clocks of ``zone``: a term of one's own has no hour."""
    return datetime.combine(on, END_OF_DAY, tzinfo=zone).astimezone(ZoneInfo("UTC"))


def last_day(on: date, zone: ZoneInfo, *, now: datetime) -> DueMoment:
    """The term of what is open up to that day on the clocks of ``zone``, its end included. Raises TermPastError."""
    ensure_ahead(on, today=now.astimezone(zone).date())
    return DueMoment(own_due_at(on, zone), on, has_time=False)


def _day(moment: date | datetime) -> date:
    return moment.date() if isinstance(moment, datetime) else moment
