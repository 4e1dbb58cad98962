"""How far an event has come when its card is read: who comes is asked ahead of it only."""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum, auto
from zoneinfo import ZoneInfo

from bot.domain.events import USUALLY_LASTS, Attendance
from bot.domain.matters import Matter


class Stage(Enum):
    """A task is always ahead: late work is still wanted."""

    AHEAD = auto()
    RUNNING = auto()
    OVER = auto()


def stage_of(matter: Matter, *, reader: ZoneInfo, today: date, now: datetime | None) -> Stage:
    """``today``: the reader's day; without ``now`` an event of today counts as ahead.

    Where no end was named, it is over after the usual length, or once he was marked as absent or got the recording.
    """
    if matter.is_over(today, reader):
        return Stage.OVER
    if now is None or not matter.has_begun(now):
        return Stage.AHEAD
    is_told = matter.has_recording or matter.assignment.attendance is Attendance.ABSENT
    is_over = now >= (matter.ends_at or matter.due_at + USUALLY_LASTS) or (matter.ends_at is None and is_told)
    return Stage.OVER if is_over else Stage.RUNNING
