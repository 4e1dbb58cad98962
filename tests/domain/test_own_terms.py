"""A day that is asked for: in words, beside the term as it stands."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.domain.calendar import WorkCalendar
from bot.domain.own_terms import (
    TermNoLaterError,
    TermNotReadError,
    TermPastError,
    ensure_later,
    own_due_at,
    proposed_return,
    proposed_terms,
    read_wanted,
)

SATURDAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        pytest.param("25 ноября", date(2026, 11, 25), id="a bare day is the next one"),
        pytest.param("до 25.11", date(2026, 11, 25), id="as people type it"),
        pytest.param("через неделю", date(2026, 11, 28), id="counted from today"),
        pytest.param("через 5 рабочих дней", date(2026, 11, 27), id="working days"),
        pytest.param("до конца месяца", date(2026, 11, 30), id="the month that is running, not one long past"),
        pytest.param("до 20 мая", date(2027, 5, 20), id="half a year ahead is next year"),
        pytest.param("пятница", date(2026, 11, 27), id="a weekday as people say it"),
        pytest.param("на среду", date(2026, 11, 25), id="moved to a weekday"),
        pytest.param("на 15 декабря", date(2026, 12, 15), id="moved to a day"),
        pytest.param("25 ноября до 18:00", date(2026, 11, 25), id="an hour is left out: the term is a day"),
    ],
)
def test_a_day_in_words(words: str, day: date) -> None:
    assert read_wanted(words, today=SATURDAY) == day


@pytest.mark.parametrize(
    ("words", "due_on", "day"),
    [
        pytest.param("на неделю", date(2026, 11, 30), date(2026, 12, 7), id="later by a week than the term"),
        pytest.param("ещё на 3 дня", date(2026, 11, 30), date(2026, 12, 3), id="by days"),
        pytest.param("на неделю", date(2026, 11, 2), date(2026, 11, 28), id="a term long past is no beginning"),
        pytest.param("через неделю", date(2026, 11, 30), date(2026, 11, 28), id="this one is counted from today"),
        pytest.param("на 5 декабря", date(2026, 11, 30), date(2026, 12, 5), id="a day, not a length"),
    ],
)
def test_a_term_is_moved_by_a_length(words: str, due_on: date, day: date) -> None:
    assert read_wanted(words, today=SATURDAY, since=due_on) == day


@pytest.mark.parametrize("words", ["20 ноября", "15.11.2026"])
def test_a_day_that_has_just_passed_is_not_next_year(words: str) -> None:
    with pytest.raises(TermPastError):
        read_wanted(words, today=SATURDAY)


@pytest.mark.parametrize("words", ["скоро", "после каникул", "с 25 по 30 ноября", "25 или 26 ноября", ""])
def test_what_names_no_one_day_is_asked_again(words: str) -> None:
    with pytest.raises(TermNotReadError):
        read_wanted(words, today=SATURDAY)


def test_the_term_itself_is_no_later_term() -> None:
    with pytest.raises(TermNoLaterError):
        ensure_later(SATURDAY, due_on=SATURDAY)


@pytest.mark.parametrize(
    ("due_on", "expected"),
    [
        pytest.param(
            date(2026, 11, 24),
            (date(2026, 11, 27), date(2026, 11, 30), date(2026, 12, 3)),
            id="three and seven working days and the end of the month, from the term",
        ),
        pytest.param(
            date(2026, 11, 10),
            (date(2026, 11, 25), date(2026, 11, 30), date(2026, 12, 1)),
            id="from today where the term has passed",
        ),
        pytest.param(
            date(2026, 11, 30), (date(2026, 12, 3), date(2026, 12, 9)), id="the end of the month is the term itself"
        ),
    ],
)
def test_proposed_terms(due_on: date, expected: tuple[date, ...]) -> None:
    assert proposed_terms(due_on, today=SATURDAY, days=WorkCalendar()) == expected


@pytest.mark.parametrize(
    ("due_on", "day"),
    [
        pytest.param(SATURDAY, date(2026, 11, 25), id="three working days"),
        pytest.param(date(2026, 12, 10), date(2026, 12, 10), id="nobody loses days by answering early"),
    ],
)
def test_what_a_return_proposes(due_on: date, day: date) -> None:
    assert proposed_return(due_on, today=SATURDAY, days=WorkCalendar()) == day


def test_a_term_of_ones_own_lasts_to_the_end_of_its_day_in_its_zone() -> None:
    expected = datetime(2026, 11, 25, 14, 59, 59, tzinfo=UTC)
    assert own_due_at(date(2026, 11, 25), ZoneInfo("Asia/Yakutsk")) == expected
