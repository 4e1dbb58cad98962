"""When somebody who does not want his reminders as they come gets them."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.calendar import WorkCalendar
from bot.domain.profile import QUIET_HOURS
from bot.domain.quiet import Reader, is_allowed
from bot.domain.rhythm import RHYTHMS, Often, Rhythm

MSK, YAKUTSK = ZoneInfo("Europe/Moscow"), ZoneInfo("Asia/Yakutsk")
RUSSIA = WorkCalendar()
MONDAYS = Rhythm(Often.WEEKLY)


def moscow(month: int, day: int, hour: int, minute: int = 0, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=MSK)


@pytest.mark.parametrize(
    ("rhythm", "wanted", "expected", "reason"),
    [
        (Rhythm(), moscow(9, 9, 11, 40), moscow(9, 9, 11, 40), "as they come"),
        (Rhythm(Often.DAILY), moscow(9, 9, 9), moscow(9, 9, 9), "the slot itself"),
        (Rhythm(Often.DAILY), moscow(9, 9, 9, 1), moscow(9, 10, 9), "the slot has passed"),
        (Rhythm(Often.DAILY, time(17)), moscow(9, 9, 9), moscow(9, 9, 17), "in the evening of the same day"),
        (Rhythm(Often.DAILY), moscow(9, 11, 9, 1), moscow(9, 14, 8), "Saturday's slot is Monday morning"),
        (Rhythm(Often.DAILY), moscow(9, 14, 8), moscow(9, 14, 8), "and is not moved on once more"),
        (MONDAYS, moscow(9, 9, 9), moscow(9, 14, 9), "the next Monday"),
        (MONDAYS, moscow(9, 14, 9), moscow(9, 14, 9), "on the Monday itself"),
        (MONDAYS, moscow(1, 5, 9, year=2027), moscow(1, 11, 8, year=2027), "no Monday among the days off of January"),
    ],
)
def test_the_slot_of_a_reminder(rhythm: Rhythm, wanted: datetime, expected: datetime, reason: str) -> None:
    assert rhythm.slot(wanted, Reader(MSK), RUSSIA) == expected, reason


def test_a_slot_is_on_the_readers_own_clock() -> None:
    wanted = datetime(2026, 9, 9, 6, tzinfo=UTC)
    assert Rhythm(Often.DAILY).slot(wanted, Reader(YAKUTSK), RUSSIA) == datetime(2026, 9, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize("rhythm", RHYTHMS, ids=str)
def test_a_slot_stays_where_it_is_when_it_is_asked_again(rhythm: Rhythm) -> None:
    """What is held until its slot is looked at anew then: it must not be held for ever."""
    for quiet in QUIET_HOURS:
        reader = Reader(MSK, quiet)
        for hours in range(0, 24 * 40, 7):
            slot = rhythm.slot(moscow(12, 10, 0) + timedelta(hours=hours), reader, RUSSIA)
            assert rhythm.slot(slot, reader, RUSSIA) == slot
            assert rhythm.often is Often.AT_ONCE or is_allowed(slot, reader, RUSSIA)
