"""Terms that waited for an event, and the dates that it gives them."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from bot.domain.calendar import last_official_year
from bot.domain.terms.events import settle
from bot.domain.terms.model import TermKind
from bot.domain.terms.reading import read_term

KNOWN = date(2025, 12, 29)
UNKNOWN = last_official_year() + 1

DATES = (
    (
        "в течение 3 рабочих дней со дня получения",
        KNOWN,
        date(2026, 1, 13),
        "31 December by decree and the holidays of January are left out",
    ),
    ("в течение 10 дней со дня получения", KNOWN, date(2026, 1, 8), "calendar days go on through them"),
    ("не позднее чем за 5 дней до начала", KNOWN, date(2025, 12, 24), "before the event"),
    ("в течение месяца со дня подписания", date(2026, 1, 31), date(2026, 2, 28), "months end where the month ends"),
    ("в день обращения", KNOWN, KNOWN, "the day itself"),
    ("в течение 24 часов с момента получения", KNOWN, None, "hours wait for the moment, the day is not enough"),
)


@pytest.mark.parametrize(("phrase", "event", "end", "reason"), DATES, ids=[row[0] for row in DATES])
def test_an_event_gives_its_term_a_date(phrase: str, event: date, end: date | None, reason: str) -> None:
    settled = settle(read_term(phrase), event)
    assert settled.term.end == end, reason
    assert settled.unsure_years == (), reason


def test_hours_count_from_the_moment_of_the_event() -> None:
    settled = settle(read_term("в течение 24 часов с момента получения"), datetime(2025, 12, 29, 14, 30))
    assert settled.term.end == datetime(2025, 12, 30, 14, 30)


def test_working_days_of_a_year_without_its_decree_are_unsure() -> None:
    term = read_term("в течение 3 рабочих дней со дня получения")
    assert settle(term, date(UNKNOWN - 1, 12, 30)).unsure_years == (UNKNOWN,), "counted into the unknown year"
    assert settle(term, date(UNKNOWN, 3, 1)).unsure_years == (UNKNOWN,), "counted within it"


def test_calendar_days_are_sure_in_any_year() -> None:
    assert settle(read_term("в течение 10 дней со дня получения"), date(UNKNOWN, 3, 1)).unsure_years == ()


def test_a_part_that_waits_is_settled_and_the_other_stays() -> None:
    term = read_term("в течение 5 дней со дня получения, но не позднее 1 декабря 2025 г.")
    waiting, limit = settle(term, date(2025, 11, 10)).term.parts
    assert (waiting.kind, waiting.end) == (TermKind.RELATIVE, date(2025, 11, 15))
    assert limit.end == date(2025, 12, 1)


@pytest.mark.parametrize("phrase", ["до 15 ноября 2025 г.", "по необходимости", "ежегодно", "приказ № 5"])
def test_what_waits_for_no_event_stays_as_it_is(phrase: str) -> None:
    term = read_term(phrase)
    assert settle(term, KNOWN).term == term
