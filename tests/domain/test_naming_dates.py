"""Dates as a coordinator types them: the day of an event, and lists."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from bot.domain.naming_dates import MOST_DATES, Unnamed, listed_term, read_dates, read_event

TODAY = date(2026, 11, 21)

EVENTS = (
    ("вчера", date(2026, 11, 20), "counted from today"),
    ("Позавчера", date(2026, 11, 19), "in any case of letters"),
    ("3 дня назад", date(2026, 11, 18), "counted back"),
    ("неделю назад", date(2026, 11, 14), "a week in words"),
    ("12 ноября", date(2026, 11, 12), "the nearest such day is past: it has happened"),
    ("1 января", date(2027, 1, 1), "the nearest such day is ahead"),
    ("12 ноября 2025", date(2025, 11, 12), "a year that is named stays"),
    ("20.11", date(2026, 11, 20), "in figures"),
    ("вчера в 15:00", datetime(2026, 11, 20, 15, 0), "with the hour, for terms in hours"),
    ("31 ноября", None, "no such day"),
    ("15 и 16 ноября", None, "two days are not one event"),
    ("с 10 по 12 ноября", None, "a period is not one day"),
    ("ноябрь", None, "a month is not one day"),
    ("ежемесячно", None, "a repetition"),
    ("когда-то", None, "no day at all"),
)


@pytest.mark.parametrize(("words", "expected", "reason"), EVENTS, ids=[row[0] for row in EVENTS])
def test_the_day_of_an_event(words: str, expected: date | None, reason: str) -> None:
    assert read_event(words, today=TODAY, is_ahead=False) == expected, reason


def test_an_event_that_is_still_to_come_lies_ahead() -> None:
    assert read_event("12 ноября", today=TODAY, is_ahead=True) == date(2027, 11, 12)


LISTS = (
    ("15 октября, 20 ноября и 3 декабря", "2026-10-15 2026-11-20 2026-12-03", "the first year that is not over"),
    ("15 декабря\n20 января\n1 марта", "2026-12-15 2027-01-20 2027-03-01", "a line each, over the new year"),
    ("25 декабря, 10 января 2027 года", "2026-12-25 2027-01-10", "a year that is named serves the one before"),
    ("15.10.2027, 20.11, 03.12", "2027-10-15 2027-11-20 2027-12-03", "and those that follow"),
    ("5, 10 и 15 декабря", "2026-12-05 2026-12-10 2026-12-15", "days of one month"),
    ("с 10 по 12 декабря, 15 декабря", "2026-12-12 2026-12-15", "a period counts by its last day"),
    ("3 декабря, 15:00; 4 декабря до 18:00", "2026-12-03T15:00 2026-12-04T18:00", "with hours"),
    ("1) 25 декабря\n2) 10 января", "2026-12-25 2027-01-10", "numbered lines"),
    ("- 15 декабря\n• 20 декабря", "2026-12-15 2026-12-20", "bullets"),
    ("завтра и 5 декабря", "2026-11-22 2026-12-05", "a word beside a date"),
    ("15 марта", "2027-03-15", "one date is ahead"),
)


@pytest.mark.parametrize(("text", "expected", "reason"), LISTS, ids=[row[2] for row in LISTS])
def test_a_list_of_dates(text: str, expected: str, reason: str) -> None:
    found = [
        part.end for named in read_dates(text, today=TODAY) if named.term for part in named.term.parts or [named.term]
    ]
    assert [_iso(end) for end in found] == expected.split(), reason


UNNAMED = (
    ("15 декабря, потом, 20 декабря", "потом", Unnamed.NOT_UNDERSTOOD, "no date"),
    ("15 декабря\n31 ноября", "31 ноября", Unnamed.IMPOSSIBLE, "no such day"),
    ("3 декабря, 1 декабря", "1 декабря", Unnamed.WHICH_YEAR, "out of order: a year later, or a slip?"),
    ("ежемесячно", "ежемесячно", Unnamed.NOT_UNDERSTOOD, "a repetition is no date of a schedule"),
    ("декабрь, 15 января 2028", "декабрь", None, "a month is due on its last day"),
)


@pytest.mark.parametrize(("text", "words", "unnamed", "reason"), UNNAMED, ids=[row[3] for row in UNNAMED])
def test_what_is_no_date_is_named_back(text: str, words: str, unnamed: Unnamed | None, reason: str) -> None:
    found = {named.words: named for named in read_dates(text, today=TODAY)}
    assert found[words].unnamed is unnamed, reason
    assert (found[words].term is None) == (unnamed is not None), reason


def test_a_message_of_too_many_dates_is_read_up_to_a_limit_and_says_so() -> None:
    found = read_dates("\n".join(["15 декабря"] * (MOST_DATES + 2)), today=TODAY)
    assert [named.unnamed for named in found] == [None] * MOST_DATES + [Unnamed.TOO_MANY] * 2


def test_a_list_is_one_term_only_when_all_of_it_is_understood() -> None:
    term = listed_term("15 октября, 20 ноября и 3 декабря", today=TODAY)
    assert term is not None
    assert [part.end for part in term.parts] == [date(2026, 10, 15), date(2026, 11, 20), date(2026, 12, 3)]
    assert listed_term("15 октября и потом", today=TODAY) is None
    assert listed_term("15 октября", today=TODAY) is None


def _iso(end: object) -> str:
    return end.isoformat(timespec="minutes") if isinstance(end, datetime) else str(end)
