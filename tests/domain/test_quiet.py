"""When a reader may be written to, and when his own clock jumps."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.calendar import WorkCalendar
from bot.domain.network import QuietHours
from bot.domain.quiet import Reader, is_allowed, last_allowed, local_instant, next_allowed

RUSSIA = WorkCalendar()
NIGHT = QuietHours(time(21), time(8))


class EveryDay:
    def is_working_day(self, day: date) -> bool:
        return True


def at(zone: str, *parts: int, fold: int = 0) -> datetime:
    return datetime(*parts, tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC)  # type: ignore[arg-type, misc] # parts are ints


def show(instant: datetime, zone: str) -> str:
    return instant.astimezone(ZoneInfo(zone)).strftime("%d.%m %H:%M %z")


MSK, YAK = "Europe/Moscow", "Asia/Yakutsk"


@pytest.mark.parametrize(
    ("zone", "asked", "expected", "reason"),
    [
        (MSK, (2026, 9, 7, 12, 0), "07.09 12:00 +0300", "a working noon is allowed as it is"),
        (MSK, (2026, 9, 7, 20, 59), "07.09 20:59 +0300", "the last minute before the quiet"),
        (MSK, (2026, 9, 7, 21, 0), "08.09 08:00 +0300", "quiet begins at 21:00 sharp"),
        (MSK, (2026, 9, 8, 7, 59), "08.09 08:00 +0300", "quiet lasts until 08:00"),
        (MSK, (2026, 9, 8, 8, 0), "08.09 08:00 +0300", "08:00 itself is allowed"),
        (MSK, (2026, 9, 4, 22, 0), "07.09 08:00 +0300", "Friday night waits for Monday, not for Saturday"),
        (MSK, (2026, 9, 5, 12, 0), "07.09 08:00 +0300", "a Saturday noon waits for Monday"),
        (MSK, (2024, 11, 2, 12, 0), "02.11 12:00 +0300", "a Saturday that the government made a working day"),
        (MSK, (2025, 5, 2, 12, 0), "05.05 08:00 +0300", "a Friday that the government made free"),
        (MSK, (2025, 12, 31, 12, 0), "12.01 08:00 +0300", "the whole New Year holidays are waited through"),
        (YAK, (2026, 9, 8, 7, 0), "08.09 08:00 +0900", "the reader's own morning, six hours before Moscow's"),
    ],
)  # fmt: skip
def test_an_ordinary_message_waits_for_the_readers_day(
    zone: str, asked: tuple[int, ...], expected: str, reason: str
) -> None:
    reader = Reader(ZoneInfo(zone), NIGHT)
    result = next_allowed(at(zone, *asked), reader, RUSSIA)
    assert show(result, zone) == expected, reason
    assert is_allowed(result, reader, RUSSIA), reason
    assert is_allowed(at(zone, *asked), reader, RUSSIA) == (result == at(zone, *asked)), reason


@pytest.mark.parametrize(
    ("quiet", "asked", "expected", "reason"),
    [
        (QuietHours(time(13), time(14)), (2026, 9, 7, 13, 30), "07.09 14:00 +0300", "an hour of quiet within a day"),
        (QuietHours(time(13), time(14)), (2026, 9, 7, 3, 0), "07.09 03:00 +0300", "his night is not quiet, by choice"),
        (QuietHours(time(0), time(0)), (2026, 9, 7, 3, 0), "07.09 03:00 +0300", "equal ends mean no quiet at all"),
        (QuietHours(time(22), time(11)), (2026, 9, 7, 9, 0), "07.09 11:00 +0300", "a late riser"),
    ],
)  # fmt: skip
def test_quiet_hours_are_the_readers_own(quiet: QuietHours, asked: tuple[int, ...], expected: str, reason: str) -> None:
    assert show(next_allowed(at(MSK, *asked), Reader(ZoneInfo(MSK), quiet), RUSSIA), MSK) == expected, reason


BERLIN, BEIRUT, HAVANA = "Europe/Berlin", "Asia/Beirut", "America/Havana"


@pytest.mark.parametrize(
    ("zone", "quiet", "asked", "fold", "expected", "reason"),
    [
        (BERLIN, (time(21), time(8)), (2026, 3, 28, 23, 0), 0, "29.03 08:00 +0200", "the night that is an hour short"),
        (BERLIN, (time(21), time(8)), (2026, 10, 24, 23, 0), 0, "25.10 08:00 +0100", "the night that is an hour long"),
        (BERLIN, (time(21), time(2, 30)), (2026, 3, 29, 1, 0), 0, "29.03 03:30 +0200", "quiet ends in the gap"),
        (BERLIN, (time(21), time(2, 30)), (2026, 10, 25, 1, 0), 0, "25.10 02:30 +0200", "first passing of 02:30"),
        (BERLIN, (time(21), time(2, 30)), (2026, 10, 25, 2, 10), 1, "25.10 02:30 +0100", "asked in the second passing"),
        (BEIRUT, (time(21), time(0)), (2026, 3, 28, 23, 0), 0, "29.03 01:00 +0300", "a day that begins at 01:00"),
        (HAVANA, (time(21), time(0, 30)), (2026, 10, 31, 23, 0), 0, "01.11 00:30 -0400", "midnight comes twice"),
    ],
)  # fmt: skip
def test_a_clock_that_jumps_neither_wakes_nor_loses_anybody(
    zone: str, quiet: tuple[time, time], asked: tuple[int, ...], fold: int, expected: str, reason: str
) -> None:
    instant = at(zone, *asked, fold=fold)
    result = next_allowed(instant, Reader(ZoneInfo(zone), QuietHours(*quiet)), EveryDay())
    assert show(result, zone) == expected, reason
    assert result >= instant, reason


@pytest.mark.parametrize(
    ("before", "not_before", "expected", "reason"),
    [
        ((2026, 9, 7, 12, 0), (2026, 9, 1, 0, 0), "07.09 11:59 +0300", "a minute earlier is allowed"),
        ((2026, 9, 7, 8, 0), (2026, 9, 1, 0, 0), "04.09 20:59 +0300", "before Monday's 08:00 lies Friday evening"),
        ((2026, 9, 6, 23, 59), (2026, 9, 1, 0, 0), "04.09 20:59 +0300", "a Sunday goes back to Friday"),
        ((2026, 1, 11, 23, 59), (2025, 12, 1, 0, 0), "30.12 20:59 +0300", "over the holidays, back to the old year"),
        ((2026, 9, 6, 23, 59), (2026, 9, 5, 0, 0), None, "nothing allowed is left since Saturday"),
    ],
)  # fmt: skip
def test_the_last_allowed_minute_before_an_instant(
    before: tuple[int, ...], not_before: tuple[int, ...], expected: str | None, reason: str
) -> None:
    reader = Reader(ZoneInfo(MSK), NIGHT)
    result = last_allowed(at(MSK, *before), reader, RUSSIA, not_before=at(MSK, *not_before))
    assert (result and show(result, MSK)) == expected, reason


@pytest.mark.parametrize("zone", [BERLIN, BEIRUT, HAVANA, "America/Santiago", "Australia/Lord_Howe", MSK])
def test_looking_back_over_a_jump_of_the_clock_ends_at_an_allowed_minute(zone: str) -> None:
    reader = Reader(ZoneInfo(zone), NIGHT)
    for month in (3, 4, 9, 10, 11):
        for day in range(1, 31):
            before = at(zone, 2026, month, day, 3, 0)
            result = last_allowed(before, reader, EveryDay(), not_before=before - timedelta(days=2))
            assert result is not None
            assert result < before
            assert is_allowed(result, reader, EveryDay())


def test_a_local_hour_that_comes_twice_is_taken_at_its_first_passing() -> None:
    twice = local_instant(date(2026, 10, 25), time(2, 30), ZoneInfo(BERLIN))
    assert show(twice, BERLIN) == "25.10 02:30 +0200"
