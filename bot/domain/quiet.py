"""When a person may be written to: outside his quiet hours and on working days, by his own clock.

Instants come in and go out aware and in UTC; the clock of the reader's zone appears only inside. A local hour that a
zone skips in spring is taken for the hour after the gap, one that it repeats in autumn for its first passing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.domain.network import QuietHours

_MIDNIGHT = time(0)
_MOMENT = timedelta(minutes=1)  # a message sent at 21:00 sharp rings in the quiet; one minute earlier it does not


class WorkingDays(Protocol):
    """What the rules of quiet ask of a calendar: ``bot.domain.calendar``, or a test's own."""

    def is_working_day(self, day: date) -> bool:
        """Whether people are at work on this day."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Whom a message is for, as far as its hour is concerned."""

    zone: ZoneInfo
    quiet: QuietHours = field(default_factory=QuietHours)


def is_allowed(at: datetime, reader: Reader, days: WorkingDays) -> bool:
    """Whether an ordinary message may reach this reader at this instant."""
    local = at.astimezone(reader.zone)
    return days.is_working_day(local.date()) and not _is_quiet(local.time(), reader.quiet)


def next_allowed(at: datetime, reader: Reader, days: WorkingDays) -> datetime:
    """The first instant, ``at`` or later, at which an ordinary message may reach this reader."""
    while True:
        local = at.astimezone(reader.zone)
        if not days.is_working_day(local.date()):
            at = local_instant(local.date() + timedelta(days=1), _MIDNIGHT, reader.zone)
        elif _is_quiet(local.time(), reader.quiet):
            at = _end_of_quiet(at, reader)
        else:
            return at


def last_allowed(before: datetime, reader: Reader, days: WorkingDays, *, not_before: datetime) -> datetime | None:
    """The last minute before ``before`` at which an ordinary message may reach this reader.

    None when there is none from ``not_before`` on.
    """
    at = before - _MOMENT
    while at >= not_before:
        local = at.astimezone(reader.zone)
        if not days.is_working_day(local.date()):
            at = local_instant(local.date(), _MIDNIGHT, reader.zone) - _MOMENT
        elif _is_quiet(local.time(), reader.quiet):
            at = _begin_of_quiet(at, reader) - _MOMENT
        else:
            return at
    return None


def local_instant(day: date, at: time, zone: ZoneInfo, *, not_before: datetime | None = None) -> datetime:
    """The instant at which the clocks of ``zone`` show ``at`` on ``day``.

    Of an hour that comes twice the first one that is not before ``not_before`` is meant.
    """
    wall = datetime.combine(day, at, tzinfo=zone)
    first = wall.replace(fold=0).astimezone(UTC)
    if not_before is None or first >= not_before:
        return first
    return wall.replace(fold=1).astimezone(UTC)


def end_of_day(at: datetime, zone: ZoneInfo) -> datetime:
    """The next midnight on the clocks of ``zone``."""
    return local_instant(at.astimezone(zone).date() + timedelta(days=1), _MIDNIGHT, zone)


def _is_quiet(at: time, quiet: QuietHours) -> bool:
    if quiet.start == quiet.end:
        return False
    if quiet.start < quiet.end:
        return quiet.start <= at < quiet.end
    return at >= quiet.start or at < quiet.end


def _end_of_quiet(at: datetime, reader: Reader) -> datetime:
    local = at.astimezone(reader.zone)
    day = local.date() if local.time() < reader.quiet.end else local.date() + timedelta(days=1)
    return local_instant(day, reader.quiet.end, reader.zone, not_before=at)


def _begin_of_quiet(at: datetime, reader: Reader) -> datetime:
    local = at.astimezone(reader.zone)
    day = local.date() if local.time() >= reader.quiet.start else local.date() - timedelta(days=1)
    return min(at, local_instant(day, reader.quiet.start, reader.zone))
