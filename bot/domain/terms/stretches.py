"""Stretches of the calendar as phrases name them: a day, a month, a quarter, a school year, mostly without a year.

A stretch becomes two dates only when its year is known; ``stretches`` of one phrase lend each other the parts that
they lack («с 19 по 20 декабря 2023 г.»).
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.domain.terms.model import Doubt, Precision

END_OF_MONTH = 0
"""As the day of a month: its last day."""

SCHOOL_YEAR_STARTS = (9, 1)
SCHOOL_YEAR_ENDS = (5, 31)


class TermError(Exception):
    """The phrase was read but gives no date; ``doubt`` says why."""

    def __init__(self, doubt: Doubt) -> None:
        super().__init__(doubt.value)
        self.doubt = doubt


@dataclass(frozen=True, slots=True)
class RelativeYear:
    """«текущего года» is 0, «следующего года» 1."""

    shift: int


@dataclass(frozen=True, slots=True)
class PlanYear:
    """«в течение года»: the year of the plan, which is a school year in a school's plan."""


Year = int | RelativeYear | PlanYear


@dataclass(frozen=True, slots=True)
class Stretch:
    precision: Precision
    first: tuple[int, int]
    last: tuple[int, int]
    """Month and day, inclusive. Month 0 is named elsewhere in the phrase; day 0 is the last of its month."""
    year: Year | None = None
    crosses: int = 0
    """1 for what ends in the year after it began: a school year, a winter."""
    begins_after: int = 0
    """1 for what lies in the second calendar year of a school year named by its first."""
    weekday: str | None = None
    """Named beside a day; must agree with it."""
    week: int = 0
    """The n-th full week of the month, Monday to Sunday; -1 is the last week, cut at the month's end. With a weekday:
    its n-th one in the month."""
    half: int = 0
    """Of a year that nobody named: in a school's plan it is the half of the school year."""
    is_vague: bool = False
    is_school_year: bool = False
    """The year named is a school year: its number stands for 1 September of that year."""

    def __hash__(self) -> int:
        """Of what nearly always differs: a list of dates is hashed at every step of its reading."""
        return hash((self.first, self.last, self.year))

    @property
    def is_day(self) -> bool:
        return self.precision is Precision.DAY and (self.first == self.last or self._is_nth_weekday)

    @property
    def _is_nth_weekday(self) -> bool:
        return self.week != 0 and self.weekday is not None

    @property
    def needs_month(self) -> bool:
        return self.first[0] == 0

    def in_year(self, year: Year) -> Stretch:
        return replace(self, year=year)

    def bounds(self) -> tuple[date, date]:
        """The first and the last day. Raises TermError for an impossible day or a wrong weekday."""
        if not isinstance(self.year, int) or self.needs_month:
            raise TermError(Doubt.NO_YEAR)
        first = _day(self.year + self.begins_after, *self.first)
        last = _day(self.year + self.crosses, *self.last)
        if self._is_nth_weekday:
            return self._nth_weekday(first, last)
        if self.weekday is not None and first.weekday() != WEEKDAY_NUMBERS[self.weekday]:
            raise TermError(Doubt.WEEKDAY_MISMATCH)
        return self._cut_to_week(first, last) if self.week else (first, last)

    def _nth_weekday(self, first: date, last: date) -> tuple[date, date]:
        number = WEEKDAY_NUMBERS[self.weekday or "MO"]
        day = first + timedelta(days=(number - first.weekday()) % 7 + 7 * (self.week - 1))
        if self.week == -1:
            day = last - timedelta(days=(last.weekday() - number) % 7)
        return day, day

    def _cut_to_week(self, first: date, last: date) -> tuple[date, date]:
        if self.week == -1:
            return last - timedelta(days=last.weekday()), last
        monday = first + timedelta(days=-first.weekday() % 7 + 7 * (self.week - 1))
        if monday > last:
            raise TermError(Doubt.INVALID)
        return monday, monday + timedelta(days=6)


WEEKDAY_NUMBERS = {"MO": 0, "TU": 1, "WE": 2, "TH": 3, "FR": 4, "SA": 5, "SU": 6}


def one_day(day: int, month: int = 0, year: Year | None = None) -> Stretch:
    return Stretch(Precision.DAY, (month, day), (month, day), year)


def whole_month(month: int, year: Year | None = None) -> Stretch:
    return Stretch(Precision.MONTH, (month, 1), (month, END_OF_MONTH), year)


def months(first: int, last: int, precision: Precision, year: Year | None = None) -> Stretch:
    return Stretch(precision, (first, 1), (last, END_OF_MONTH), year)


def whole_year(year: Year | None) -> Stretch:
    return Stretch(Precision.YEAR, (1, 1), (12, 31), year)


def school_year(year: Year | None) -> Stretch:
    """1 September to 31 May: the policy of the network, a year named by its autumn."""
    return Stretch(Precision.YEAR, SCHOOL_YEAR_STARTS, SCHOOL_YEAR_ENDS, year, crosses=1, is_school_year=True)


def half_of_year(half: int, year: Year | None) -> Stretch:
    return Stretch(Precision.QUARTER, (6 * half - 5, 1), (6 * half, END_OF_MONTH), year, half=half)


def half_of_school_year(half: int, year: Year | None) -> Stretch:
    """September to December, or January to May of the year after."""
    if half == 1:
        return Stretch(Precision.QUARTER, (9, 1), (12, 31), year, is_school_year=True)
    return Stretch(Precision.QUARTER, (1, 1), (5, 31), year, crosses=1, begins_after=1, is_school_year=True)


def days_of_month(first: int, last: int, month: int, year: Year | None, *, is_vague: bool = False) -> Stretch:
    return Stretch(Precision.DAY, (month, first), (month, last), year, is_vague=is_vague)


def _day(year: int, month: int, day: int) -> date:
    if not (1 <= month <= 12 and 1900 <= year <= 2199):
        raise TermError(Doubt.INVALID)
    length = calendar.monthrange(year, month)[1]
    if day > length:
        raise TermError(Doubt.INVALID)
    return date(year, month, day or length)
