"""How often a person wants to be reminded: as it comes, once a day, or once a week."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Final

from bot.domain.quiet import Reader, WorkingDays, local_instant, next_allowed

NINE: Final = time(9, 0)
_LONGEST_REST = timedelta(days=21)  # the days off around New Year, twice over


class Often(StrEnum):
    """The value is kept with the person."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    WEEKLY = "weekly"


@dataclass(frozen=True, slots=True)
class Rhythm:
    """``at`` on the reader's clock counts for once a day and once a week, ``weekday`` (Monday is 0) for the latter."""

    often: Often = Often.AT_ONCE
    at: time = NINE
    weekday: int = 0

    def slot(self, wanted: datetime, reader: Reader, days: WorkingDays) -> datetime:
        """The first moment, ``wanted`` or later, at which this person wants his reminders.

        A slot on a day off, or in the quiet, is the next allowed moment after it.
        """
        if self.often is Often.AT_ONCE:
            return wanted
        # From some weeks back: the slot of a holiday falls on the morning after it, which may be the wanted moment.
        day = (wanted - _LONGEST_REST).astimezone(reader.zone).date()
        while True:
            if self.often is Often.DAILY or day.weekday() == self.weekday:
                at = next_allowed(local_instant(day, self.at, reader.zone), reader, days)
                if at >= wanted:
                    return at
            day += timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Preferences:
    """How somebody wants to be written to. ``phone``: only of one who lets the coordinators above see it."""

    rhythm: Rhythm = Rhythm()
    wants_optional: bool = True
    phone: str | None = None


RHYTHMS: Final = (
    Rhythm(),
    *(Rhythm(Often.DAILY, time(hour)) for hour in (9, 13, 17)),
    *(Rhythm(Often.WEEKLY, NINE, weekday) for weekday in range(5)),
)
"""What is offered; none falls into any of the quiet hours that can be chosen."""
