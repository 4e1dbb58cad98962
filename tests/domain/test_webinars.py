from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.domain.webinars import (
    BadWebinarError,
    WebinarProblem,
    beginning_from_json,
    beginning_to_json,
    read_beginning,
    webinar_link,
    webinar_title,
)
from tests.calendar_days import MONDAY

MOSCOW = ZoneInfo("Europe/Moscow")
YAKUTSK = ZoneInfo("Asia/Yakutsk")


@dataclass(frozen=True)
class Row:
    words: str
    zone: ZoneInfo
    at: datetime
    on: date
    reason: str


@pytest.mark.parametrize(
    "row",
    [
        Row("12 декабря в 15:00", MOSCOW, datetime(2026, 12, 12, 12, tzinfo=UTC), date(2026, 12, 12), "no year"),
        Row("12 декабря в 15:00", YAKUTSK, datetime(2026, 12, 12, 6, tzinfo=UTC), date(2026, 12, 12), "own clock"),
        Row(
            "12 декабря 2026 года в 01:00 (мск)",
            YAKUTSK,
            datetime(2026, 12, 11, 22, tzinfo=UTC),
            date(2026, 12, 12),
            "the words name the zone, and the day is that zone's",
        ),
        Row("завтра в 9:00", MOSCOW, datetime(2026, 9, 8, 6, tzinfo=UTC), date(2026, 9, 8), "tomorrow"),
        Row("14.09 в 15.30", MOSCOW, datetime(2026, 9, 14, 12, 30, tzinfo=UTC), date(2026, 9, 14), "in figures"),
        Row("14 сентября с 15:00 до 16:00", MOSCOW, datetime(2026, 9, 14, 12, tzinfo=UTC), date(2026, 9, 14), "from"),
        Row("1 сентября в 10:00", MOSCOW, datetime(2027, 9, 1, 7, tzinfo=UTC), date(2027, 9, 1), "gone by: next year"),
    ],
    ids=lambda row: f"{row.reason}: {row.words}",
)
def test_a_beginning_is_read_on_the_organisers_clock(row: Row) -> None:
    beginning = read_beginning(row.words, zone=row.zone, region=None, now=MONDAY)

    assert (beginning.at, beginning.on) == (row.at, row.on)
    assert beginning.phrase == row.words
    assert beginning_from_json(beginning_to_json(beginning)) == beginning


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ("31 февраля в 15:00", WebinarProblem.NO_SUCH_DAY),
        ("12 декабря", WebinarProblem.NO_HOUR),
        ("с 12 по 13 декабря", WebinarProblem.NO_HOUR),
        ("в 15:00", WebinarProblem.NO_DAY),
        ("сегодня в 9:00", WebinarProblem.PAST),
        ("1 сентября 2025 года в 10:00", WebinarProblem.PAST),
        ("скоро", WebinarProblem.NOT_UNDERSTOOD),
        ("каждый вторник в 15:00", WebinarProblem.NOT_UNDERSTOOD),
        ("12 и 13 декабря в 15:00", WebinarProblem.NOT_UNDERSTOOD),
        ("🙂", WebinarProblem.NOT_UNDERSTOOD),
        ("12 декабря в 15:00 " * 50, WebinarProblem.NOT_UNDERSTOOD),
    ],
)
def test_a_beginning_is_never_guessed(words: str, problem: WebinarProblem) -> None:
    with pytest.raises(BadWebinarError) as refusal:
        read_beginning(words, zone=MOSCOW, region=None, now=MONDAY)
    assert refusal.value.problem is problem


@pytest.mark.parametrize(
    ("typed", "link"),
    [
        ("https://example.org/w?x=1#a", "https://example.org/w?x=1#a"),
        (" http://example.org ", "http://example.org"),
        ("example.org/w", "https://example.org/w"),
        ("школа.рф/вебинар", "https://школа.рф/вебинар"),
        ("https://example.org:8443/w", "https://example.org:8443/w"),
    ],
)
def test_a_link_is_taken(typed: str, link: str) -> None:
    assert webinar_link(typed) == link


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("ссылка будет позже", id="words"),
        pytest.param("javascript:alert(1)", id="a script"),
        pytest.param("ftp://example.org", id="not the web"),
        pytest.param("tg://resolve?domain=x", id="another programme's scheme"),
        pytest.param("mailto:a@example.org", id="a mail address"),
        pytest.param("https://example.org@evil.org", id="an address that pretends to be another"),
        pytest.param("http://localhost/w", id="a host that nobody else has"),
        pytest.param("https://[::1", id="a broken address"),
        pytest.param("https://example.org:99999", id="a port that is none"),
        pytest.param("https://example.org/" + "a" * 500, id="endless"),
        pytest.param("", id="nothing"),
    ],
)
def test_what_is_no_link_is_refused(typed: str) -> None:
    with pytest.raises(BadWebinarError):
        webinar_link(typed)


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", WebinarProblem.TITLE_EMPTY),
        ("?", WebinarProblem.TITLE_EMPTY),
        ("🙂🙂", WebinarProblem.TITLE_EMPTY),
        ("а" * 301, WebinarProblem.TITLE_TOO_LONG),
    ],
)
def test_what_is_no_title_is_refused(typed: str, problem: WebinarProblem) -> None:
    with pytest.raises(BadWebinarError) as refusal:
        webinar_title(typed)
    assert refusal.value.problem is problem


def test_a_title_is_kept_as_typed_in_single_spaces() -> None:
    assert webinar_title("  Одарённые\n<дети>  & мы 🙂 ") == "Одарённые <дети> & мы 🙂"
