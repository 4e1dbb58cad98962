"""The working calendar: decrees on moved days are facts, one row each."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.calendar import WorkCalendar, last_official_year

CALENDAR = WorkCalendar()

DAYS = (
    (date(2024, 11, 2), True, "a working Saturday: 30 April was given for it"),
    (date(2024, 12, 28), True, "a working Saturday before New Year"),
    (date(2024, 11, 4), False, "the Day of Unity"),
    (date(2025, 5, 2), False, "a Friday given for 4 January"),
    (date(2025, 5, 8), False, "a Thursday given for 23 February"),
    (date(2025, 9, 7), False, "an ordinary Sunday"),
    (date(2025, 9, 8), True, "an ordinary Monday"),
    (date(2026, 12, 31), False, "a Thursday given for 4 January"),
)


@pytest.mark.parametrize(("day", "is_working", "reason"), DAYS)
def test_a_day_is_working_by_the_decrees(day: date, is_working: bool, reason: str) -> None:
    assert CALENDAR.is_working_day(day) is is_working, reason


COUNTS = (
    (date(2024, 12, 27), 3, date(2025, 1, 10), "28 December works, 29 December to 8 January are free"),
    (date(2025, 1, 10), -3, date(2024, 12, 27), "the same backwards"),
    (date(2025, 4, 25), 10, date(2025, 5, 15), "both May holidays are left out"),
    (date(2025, 9, 6), 0, date(2025, 9, 6), "nothing to count"),
)


@pytest.mark.parametrize(("day", "count", "expected", "reason"), COUNTS)
def test_working_days_are_counted_from_the_day_after(day: date, count: int, expected: date, reason: str) -> None:
    assert CALENDAR.add_working_days(day, count) == expected, reason


def test_the_last_working_day_of_a_month_leaves_its_days_off_out() -> None:
    assert CALENDAR.last_working_day_of_month(date(2026, 12, 5)) == date(2026, 12, 30)


def test_past_the_last_decree_the_calendar_says_so() -> None:
    assert CALENDAR.is_official(2025)
    assert CALENDAR.is_official(last_official_year())
    assert not CALENDAR.is_official(last_official_year() + 1)
    assert not CALENDAR.is_official(1995)
