"""The Russian working calendar: weekends, public holidays and the days that the government moves.

The facts are those of the ``holidays`` library, which carries the yearly decrees on moved days: 2 November 2024 was a
working Saturday, 2 May 2025 a free Friday. A decree appears in the autumn before its year; past the last known one only
weekends and the fixed holidays of the Labour Code (article 112) are certain, and ``is_official`` says so.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import holidays
from dateutil.relativedelta import relativedelta

_FIRST_YEAR_OF_MOVED_DAYS = 2011  # earlier decrees are incomplete in the library


class WorkCalendar:
    """Questions about working days in Russia. Regional holidays are not known to it."""

    def __init__(self) -> None:
        self._days = holidays.country_holidays("RU")

    def is_working_day(self, day: date) -> bool:
        return bool(self._days.is_working_day(day))

    def is_official(self, year: int) -> bool:
        """Whether the moved days of this year are known. False means: fixed holidays only, confirm later."""
        return _FIRST_YEAR_OF_MOVED_DAYS <= year <= last_official_year()

    def add_working_days(self, day: date, count: int) -> date:
        """The count-th working day after ``day`` (before it, for a negative count); ``day`` itself is not counted.

        Zero returns the day unchanged. Civil Code, article 191: a term runs from the day after its event.
        """
        step = timedelta(days=1 if count > 0 else -1)
        left = abs(count)
        while left:
            day += step
            left -= self.is_working_day(day)
        return day

    def last_working_day_of_month(self, day: date) -> date:
        """The last working day of the month in which ``day`` lies."""
        return self.add_working_days(day + relativedelta(months=1, day=1), -1)


@cache
def last_official_year() -> int:
    """The last year whose moved days the installed ``holidays`` knows."""
    moved = holidays.country_holidays("RU").special_public_holidays
    return max(year for year in moved if isinstance(year, int))
