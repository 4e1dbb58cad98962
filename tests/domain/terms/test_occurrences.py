"""The dates of a term within a window, and the instants at which they are due."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.domain.calendar import WorkCalendar
from bot.domain.terms.model import Precision, Term
from bot.domain.terms.occurrences import DueDate, due_dates, due_instant, needs_day, propose_days
from bot.domain.terms.reading import read_term

TODAY = date(2025, 9, 8)
WINDOW = {"after": TODAY, "until": date(2026, 8, 31)}
CALENDAR = WorkCalendar()


def days_of(phrase: str) -> list[str]:
    term = read_term(phrase, reference_date=TODAY)
    return [due.on.isoformat() for due in due_dates(term, **WINDOW, calendar=CALENDAR)]


SERIES: tuple[tuple[str, list[str], str], ...] = (
    ("до 15.11.2025", ["2025-11-15"], "a deadline has one date"),
    ("до 15.11.2024", [], "outside of the window"),
    ("октябрь 2025 г.", ["2025-10-31"], "a period is due at its end"),
    ("с 1 октября 2025 г.", [], "a period without an end is never due"),
    ("октябрь, декабрь 2025 г.", ["2025-10-31", "2025-12-31"], "every part has its own"),
    ("1 октября 2025 года, далее – ежеквартально", ["2025-10-01", "2026-01-01", "2026-04-01", "2026-07-01"], "by rule"),
    (
        "31 октября 2025 г., далее – ежеквартально",
        ["2025-10-31", "2026-01-31", "2026-04-30", "2026-07-31"],
        "short months",
    ),
    ("ежегодно, август", ["2026-08-31"], "an instance is due at its end"),
    (
        "ежеквартально (март, июнь, сентябрь, декабрь)",
        ["2025-09-30", "2025-12-31", "2026-03-31", "2026-06-30"],
        "months",
    ),
    ("ежемесячно с октября 2025 г. по декабрь 2025 г.", ["2025-10-31", "2025-11-30", "2025-12-31"], "UNTIL"),
    (
        "каждый квартал, до последнего рабочего дня",
        ["2025-09-30", "2025-12-30", "2026-03-31", "2026-06-30"],
        "31 December 2025 is a day off by decree: the working calendar decides",
    ),
    ("30 декабря 2025 года, далее - по необходимости", ["2025-12-30"], "what comes as needed has no date"),
    ("ежеквартально", [], "no day is named"),
    ("по отдельному графику", [], "somebody else's dates"),
    ("в течение 3 дней со дня получения", [], "the event has not come"),
)


@pytest.mark.parametrize(("phrase", "expected", "reason"), SERIES, ids=[row[0] for row in SERIES])
def test_a_term_falls_on_these_days(phrase: str, expected: list[str], reason: str) -> None:
    assert days_of(phrase) == expected, reason


def test_a_period_knows_when_it_begins() -> None:
    (due,) = due_dates(read_term("с 6 по 10 октября 2025 г."), **WINDOW, calendar=CALENDAR)
    assert due == DueDate(date(2025, 10, 10), None, date(2025, 10, 6), Precision.DAY)


def test_a_rule_with_a_time_keeps_the_hour_through_its_series() -> None:
    term = read_term("по вторникам в 15:00 (мск)", reference_date=TODAY)
    first, *_ = due_dates(term, **WINDOW, calendar=CALENDAR)
    assert first.at == datetime(2025, 9, 9, 15, 0, tzinfo=ZoneInfo("Europe/Moscow"))


INSTANTS = (
    (
        "до 15.11.2025",
        "Asia/Yakutsk",
        datetime(2025, 11, 15, 14, 59, 59, tzinfo=UTC),
        "the 15th lasts to its local end",
    ),
    ("до 18:00 15.11.2025", "Asia/Yakutsk", datetime(2025, 11, 15, 9, 0, tzinfo=UTC), "a time without a zone is local"),
    ("до 18:00 (мск) 15.11.2025", "Asia/Yakutsk", datetime(2025, 11, 15, 15, 0, tzinfo=UTC), "a named zone stays"),
    ("октябрь 2025 г.", "Europe/Moscow", datetime(2025, 10, 31, 20, 59, 59, tzinfo=UTC), "a period is due at its end"),
    ("15.11.2025 с 10:00 до 12:00", "Europe/Moscow", datetime(2025, 11, 15, 9, 0, tzinfo=UTC), "the end of the hours"),
)


@pytest.mark.parametrize(("phrase", "zone", "expected", "reason"), INSTANTS, ids=[row[0] for row in INSTANTS])
def test_a_date_is_due_at_this_instant(phrase: str, zone: str, expected: datetime, reason: str) -> None:
    (due,) = due_dates(read_term(phrase), **WINDOW, calendar=CALENDAR)
    assert due_instant(due, ZoneInfo(zone)) == expected, reason


def test_a_rule_without_a_day_asks_and_the_proposal_is_the_last_working_day() -> None:
    term = read_term("ежеквартально")
    assert needs_day(term)
    proposed = propose_days(term)
    assert proposed is not None
    assert proposed.rrule == "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"


@pytest.mark.parametrize("phrase", ["еженедельно", "ежегодно", "1 раз в четверть", "до 15.11.2025", "ежедневно"])
def test_where_nothing_obvious_can_be_offered_nothing_is(phrase: str) -> None:
    term: Term = read_term(phrase, reference_date=TODAY)
    assert propose_days(term) is None


@pytest.mark.parametrize("phrase", ["15 и 30 числа каждого месяца", "ежемесячно до 30 числа", "ежемесячно до 31 числа"])
def test_february_has_its_last_day_in_the_place_of_the_30th(phrase: str) -> None:
    term = read_term(phrase, reference_date=date(2026, 2, 16))
    assert term.start == date(2026, 2, 28)
    days = due_dates(term, after=date(2026, 2, 16), until=date(2026, 3, 1), calendar=CALENDAR)
    assert [due.on for due in days] == [date(2026, 2, 28)]
