"""What a term without dates waits for, and what becomes of it."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from bot.domain.awaiting import (
    Awaited,
    Pace,
    awaited,
    due_of,
    event_of,
    pace_of,
    side_of,
    with_dates,
    with_event,
    with_pace,
)
from bot.domain.calendar import WorkCalendar, last_official_year
from bot.domain.terms.model import Term, TermKind
from bot.domain.terms.occurrences import due_dates
from bot.domain.terms.reading import read_term

TODAY = date(2026, 9, 7)

WAITING = (
    ("в течение 3 рабочих дней со дня получения", Awaited.EVENT, "counts from an event"),
    ("за 10 дней до начала", Awaited.EVENT, "counts back from it"),
    ("по мере необходимости", Awaited.START, "begins when it is needed"),
    ("30 декабря 2026 года, далее - по необходимости", Awaited.START, "and goes on so after a date"),
    ("Согласно отдельному графику", Awaited.SCHEDULE, "the schedule comes later"),
    ("Постоянно", Awaited.PACE, "without an end"),
    ("до 15 ноября 2026 года", None, "a date is a date"),
    ("завтра", None, "counts from the day of reading, and is known"),
    ("ежемесячно до 5 числа", None, "its dates follow from the rule"),
)


@pytest.mark.parametrize(("phrase", "expected", "reason"), WAITING, ids=[row[2] for row in WAITING])
def test_what_a_term_waits_for(phrase: str, expected: Awaited | None, reason: str) -> None:
    assert awaited(_read(phrase)) is expected, reason


def test_an_event_dates_its_term_by_the_working_calendar_and_may_come_again() -> None:
    settled = with_event(_read("в течение 3 рабочих дней со дня получения"), date(2026, 11, 12))

    assert settled is not None
    assert _ends(settled.term) == [date(2026, 11, 17)]
    assert event_of(settled.term) == date(2026, 11, 12)
    assert awaited(settled.term) is Awaited.EVENT
    assert _ends(Term.from_json(settled.term.to_json())) == [date(2026, 11, 17)], "it is stored and read back"


def test_a_term_may_lie_before_its_event() -> None:
    term = _read("за 10 дней до начала")
    settled = with_event(term, date(2026, 10, 1))
    assert side_of(term) == "before"
    assert settled is not None
    assert _ends(settled.term) == [date(2026, 9, 21)]


def test_hours_count_from_a_moment_only() -> None:
    term = _read("в течение 24 часов с момента получения")
    assert with_event(term, TODAY) is None
    settled = with_event(term, datetime(2026, 9, 7, 9, 30))
    assert settled is not None
    due = due_of(settled.term)
    assert due is not None
    assert due.end == datetime(2026, 9, 8, 9, 30)


def test_working_days_through_a_year_without_its_decree_are_unsure() -> None:
    unknown = last_official_year() + 1
    settled = with_event(_read("в течение 3 рабочих дней со дня получения"), date(unknown, 3, 1))
    assert settled is not None
    assert settled.unsure_years == (unknown,)


def test_dates_that_are_named_leave_the_door_open_for_more() -> None:
    schedule = _read("по отдельному графику")
    dated = with_dates(schedule, [_read("15 октября 2026 года"), _read("20 ноября 2026 года")])
    assert _ends(dated) == [date(2026, 10, 15), date(2026, 11, 20)]
    assert awaited(dated) is Awaited.SCHEDULE
    assert _ends(with_dates(dated, [_read("1 декабря 2026 года")])) == [date(2026, 12, 1)], "named anew, not added"


@pytest.mark.parametrize(
    ("pace", "first"),
    [
        pytest.param(Pace.MONTHLY, [date(2026, 9, 30), date(2026, 10, 30)], id="the last working day of each month"),
        pytest.param(Pace.QUARTERLY, [date(2026, 9, 30), date(2026, 12, 30)], id="of each quarter"),
        pytest.param(Pace.NEVER, [], id="never"),
    ],
)
def test_a_matter_without_an_end_is_reminded_of_at_a_pace(pace: Pace, first: list[date]) -> None:
    term = with_pace(_read("постоянно"), pace, TODAY)
    dates = [due.on for due in due_dates(term, after=TODAY, until=date(2026, 12, 31), calendar=WorkCalendar())]
    assert dates[:2] == first
    assert pace_of(term) is pace
    assert awaited(term) is Awaited.PACE, "the choice can be changed"


def test_another_pace_takes_the_place_of_the_first() -> None:
    monthly = with_pace(_read("постоянно"), Pace.MONTHLY, TODAY)
    assert pace_of(with_pace(monthly, Pace.QUARTERLY, TODAY)) is Pace.QUARTERLY
    assert with_pace(monthly, Pace.NEVER, TODAY) == Term(TermKind.CONTINUOUS)


def test_a_date_before_the_pace_stays() -> None:
    term = with_pace(_read("до 15 ноября 2026 года, далее – постоянно"), Pace.MONTHLY, TODAY)
    assert date(2026, 11, 15) in [
        due.on for due in due_dates(term, after=TODAY, until=date(2026, 12, 1), calendar=WorkCalendar())
    ]


def _read(phrase: str) -> Term:
    return read_term(phrase, reference_date=TODAY)


def _ends(term: Term) -> list[object]:
    return [part.end for part in term.parts or (term,) if part.end is not None]
