from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.domain.event_drafts import EventDraft, everyone_of
from bot.domain.event_times import MOST_DATES, NoHourError, read_event_dates
from bot.domain.ids import UnitId
from bot.domain.webinars import BadWebinarError, WebinarProblem
from tests.calendar_days import MONDAY

MOSCOW = ZoneInfo("Europe/Moscow")
YAKUTSK = ZoneInfo("Asia/Yakutsk")


def dec(day: int, hour: int, minute: int = 0) -> datetime:
    """In Moscow."""
    return datetime(2026, 12, day, hour, minute, tzinfo=MOSCOW).astimezone(UTC)


@dataclass(frozen=True)
class Row:
    words: str
    found: list[tuple[datetime, datetime | None]]
    reason: str


@pytest.mark.parametrize(
    "row",
    [
        Row("12 декабря в 15:00", [(dec(12, 15), None)], "an hour"),
        Row("12 декабря с 15:00 до 16:30", [(dec(12, 15), dec(12, 16, 30))], "from – to"),
        Row("12 декабря в 15", [(dec(12, 15), None)], "a whole hour"),
        Row("12 декабря в 15 часов", [(dec(12, 15), None)], "a whole hour, and said so"),
        Row("12 декабря с 15 до 17", [(dec(12, 15), dec(12, 17))], "two whole hours"),
        Row("12 декабря с 9 до 10:30", [(dec(12, 9), dec(12, 10, 30))], "one of them whole"),
        Row("12, 19 и 26 декабря в 15", [(dec(d, 15), None) for d in (12, 19, 26)], "a whole hour for a series"),
        Row("завтра в 15", [(datetime(2026, 9, 8, 12, tzinfo=UTC), None)], "the day after Monday"),
        Row("12.12 15.00-16.30", [(dec(12, 15), dec(12, 16, 30))], "in figures"),
        Row("19–20 декабря в 10:00", [(dec(19, 10), dec(20, 23, 59))], "two days are one event"),
        Row("19–20 декабря с 10:00 до 17:00", [(dec(19, 10), dec(20, 17))], "to the hour of the last day"),
        Row("19 декабря 10:00 – 20 декабря 17:00", [(dec(19, 10), dec(20, 17))], "both ends whole"),
        Row("12, 19 и 26 декабря в 15:00", [(dec(d, 15), None) for d in (12, 19, 26)], "an hour for all of a series"),
        Row("12 и 19 декабря с 15:00 до 16:00", [(dec(d, 15), dec(d, 16)) for d in (12, 19)], "with an end"),
        Row("19 декабря в 15:00\n12 декабря в 11:00", [(dec(12, 11), None), (dec(19, 15), None)], "a moment a line"),
        Row("12 декабря в 15:00; 12 декабря в 15:00", [(dec(12, 15), None)], "twice the same is once"),
        Row("1 сентября 2027 г. в 10:00", [(datetime(2027, 9, 1, 7, tzinfo=UTC), None)], "a year ahead, with its year"),
        Row("19–20 декабря в 10:00 (мск)", [(dec(19, 10), dec(20, 23, 59))], "Moscow by name"),
    ],
    ids=lambda row: row.reason,
)
def test_when_an_event_is_in_words(row: Row) -> None:
    found = read_event_dates(row.words, zone=MOSCOW, region=None, now=MONDAY)

    assert [(date.at, date.ends_at) for date in found] == row.found


@pytest.mark.parametrize(
    ("words", "at", "reason"),
    [
        ("12 декабря в 15:00 (мск)", dec(12, 15), "Moscow by name stays, though it was the draft's own zone"),
        ("19–20 декабря в 15:00 мск", dec(19, 15), "of several days too"),
        ("12 декабря в 15:00", dec(12, 9), "figures alone are read on the other clocks"),
    ],
    ids=lambda value: value if isinstance(value, str) and value[0].islower() else None,
)
def test_only_hours_without_a_zone_move_with_the_event(words: str, at: datetime, reason: str) -> None:
    dates = read_event_dates(words, zone=MOSCOW, region=None, now=MONDAY)
    draft = EventDraft(UnitId(1), MOSCOW.key, everyone_of(UnitId(1)), dates=dates)

    moved = EventDraft.from_json(draft.to_json()).on_clocks_of(YAKUTSK.key)

    assert [date.at for date in moved.dates] == [at], reason


def test_hours_are_read_on_the_organisers_clocks_unless_the_words_say_moscow() -> None:
    (own,) = read_event_dates("19–20 декабря в 10:00", zone=YAKUTSK, region=None, now=MONDAY)
    (moscow,) = read_event_dates("19–20 декабря в 10:00 (мск)", zone=YAKUTSK, region=None, now=MONDAY)

    assert (own.at, own.timezone) == (dec(19, 4), "Asia/Yakutsk")
    assert (moscow.at, moscow.timezone) == (dec(19, 10), "Europe/Moscow")


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ("31 февраля в 15:00", WebinarProblem.NO_SUCH_DAY),
        ("31–32 декабря в 15:00", WebinarProblem.NO_SUCH_DAY),
        ("в 15:00", WebinarProblem.NO_DAY),
        ("сегодня в 9:00", WebinarProblem.PAST),
        ("1 сентября в 10:00", WebinarProblem.NEXT_YEAR),
        ("1 и 2 сентября в 10:00", WebinarProblem.NEXT_YEAR),
        ("12 декабря в 15:00\n7 сентября 2026 года в 10:00", WebinarProblem.PAST),
        ("скоро", WebinarProblem.NOT_UNDERSTOOD),
        ("каждый вторник в 15:00", WebinarProblem.NOT_UNDERSTOOD),
        ("12 декабря в 25:00", WebinarProblem.BAD_HOURS),
        ("12 декабря с 16:00 до 15:00", WebinarProblem.BAD_HOURS),
        ("", WebinarProblem.NOT_UNDERSTOOD),
        (
            "\n".join(f"{n % 28 + 1}.{n // 28 + 11}.2026 в 15:00" for n in range(MOST_DATES + 1)),
            WebinarProblem.TOO_MANY,
        ),
    ],
)
def test_when_is_never_guessed(words: str, problem: WebinarProblem) -> None:
    with pytest.raises(BadWebinarError) as refusal:
        read_event_dates(words, zone=MOSCOW, region=None, now=MONDAY)
    assert refusal.value.problem is problem


@pytest.mark.parametrize("days", ["19–20 декабря", "12 декабря", "12, 19 и 26 декабря"])
def test_days_without_an_hour_wait_for_it(days: str) -> None:
    with pytest.raises(NoHourError) as refusal:
        read_event_dates(days, zone=MOSCOW, region=None, now=MONDAY)

    found = read_event_dates("в 10:00", zone=MOSCOW, region=None, now=MONDAY, days=refusal.value.days)

    assert found == read_event_dates(f"{days} в 10:00", zone=MOSCOW, region=None, now=MONDAY)


@pytest.mark.parametrize("words", ["15", "в 15", "15:00", "15 часов"])
def test_the_hour_may_come_by_itself(words: str) -> None:
    found = read_event_dates(words, zone=MOSCOW, region=None, now=MONDAY, days="12 декабря")
    assert [event.at for event in found] == [dec(12, 15)]


@pytest.mark.parametrize(
    ("words", "days", "waits_for"),
    [
        ("12 декабря в 3", None, "12 декабря"),
        ("3", "12 декабря", "12 декабря"),
        ("с 15 до 16 декабря", None, "с 15 до 16 декабря"),
    ],
)
def test_an_hour_that_may_be_two_is_asked_for(words: str, days: str | None, waits_for: str) -> None:
    """At night or in the afternoon; and «до 16 декабря» names no hour at all."""
    with pytest.raises(NoHourError) as refusal:
        read_event_dates(words, zone=MOSCOW, region=None, now=MONDAY, days=days)
    assert refusal.value.days == waits_for
