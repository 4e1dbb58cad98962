"""Days and instants in words: the reader's own clock first, Moscow's where it differs."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.texts.times import day, deadline, moment, zone_label

MOSCOW = ZoneInfo("Europe/Moscow")
AMUR = ZoneInfo("Asia/Yakutsk")
KALININGRAD = ZoneInfo("Europe/Kaliningrad")
TODAY = date(2026, 9, 7)


def _words(markup: str) -> str:
    return markup.partition(">")[2].removesuffix("</tg-time>")


@pytest.mark.parametrize(
    ("reader", "words", "why"),
    [
        (MOSCOW, "суббота, 12 декабря, 15:00 МСК", "both clocks agree, so one time is enough"),
        (AMUR, "суббота, 12 декабря, 21:00 (у вас) · 15:00 МСК", "the reader's own hour comes first"),
        (KALININGRAD, "суббота, 12 декабря, 14:00 (у вас) · 15:00 МСК", "west of Moscow"),
        (ZoneInfo("Asia/Kamchatka"), "воскресенье, 13 декабря, 00:00 (у вас) · 15:00 МСК 12.12", "another day there"),
    ],
)
def test_an_hour_is_told_on_both_clocks(reader: ZoneInfo, words: str, why: str) -> None:
    at = datetime(2026, 12, 12, 12, 0, tzinfo=UTC)
    assert _words(moment(at, reader=reader, today=TODAY)) == words, why


@pytest.mark.parametrize(
    ("reader", "words", "why"),
    [
        (MOSCOW, "воскресенье, 15 ноября", "a day of the reader's own calendar needs no hour"),
        (AMUR, "воскресенье, 15 ноября (до 05:59 16.11 у вас)", "Moscow's day ends in the next morning"),
    ],
)
def test_a_day_ends_where_the_document_lives(reader: ZoneInfo, words: str, why: str) -> None:
    at = datetime(2026, 11, 15, 20, 59, 59, tzinfo=UTC)
    told = deadline(at, on=date(2026, 11, 15), has_time=False, zone=MOSCOW, reader=reader, today=TODAY)
    assert _words(told) == words, why


def test_the_entity_carries_the_instant() -> None:
    at = datetime(2026, 12, 12, 12, 0, tzinfo=UTC)
    assert f'unix="{int(at.timestamp())}"' in moment(at, reader=MOSCOW, today=TODAY)


def test_another_year_is_named() -> None:
    assert day(date(2027, 1, 12), today=TODAY) == "вторник, 12 января 2027 г."


@pytest.mark.parametrize(
    ("zone", "label"),
    [
        ("Europe/Moscow", "МСК"),
        ("Asia/Yakutsk", "МСК+6"),
        ("Europe/Kaliningrad", "МСК−1"),
        ("Asia/Kolkata", "МСК+2:30"),
    ],
)
def test_zones_are_named_by_their_distance_from_moscow(zone: str, label: str) -> None:
    assert zone_label(ZoneInfo(zone), datetime(2026, 9, 7, tzinfo=UTC)) == label
