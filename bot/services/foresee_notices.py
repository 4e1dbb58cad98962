"""Who would hear of new dates, and when the first message would come: what every «Верно» shows before it is tapped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.drafts import PlannedDate
from bot.domain.ladder import DueMoment, first_notice_at
from bot.domain.matters import Audience, LadderName
from bot.domain.quiet import Reader, next_allowed
from bot.domain.steps import LADDERS
from bot.ports.matters import AudienceSize
from bot.ports.storage import Stores
from bot.services.show_draft import work_calendar

LISTED_SCHOOLS = 20


@dataclass(frozen=True, slots=True)
class FirstNotice:
    """When the first message comes to the readers of one zone, if the dates are opened now."""

    zone: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Foreseen:
    """``silent_schools`` owe an answer and have nobody who can be written to: their number and the first titles."""

    size: AudienceSize
    first_notices: tuple[FirstNotice, ...]
    silent_schools: tuple[int, tuple[str, ...]]


async def foresee(
    tx: Stores, audiences: Sequence[Audience], dates: Sequence[tuple[PlannedDate, LadderName]], *, now: datetime
) -> Foreseen:
    """By the very rule that the planner will follow, for readers with ordinary quiet hours."""
    zones = await tx.matters.zones_of(audiences)
    return Foreseen(
        size=await tx.matters.audience_size(audiences),
        first_notices=tuple(found for zone in zones if (found := _first_notice(zone, dates, now)) is not None),
        silent_schools=await tx.matters.schools_without_coordinator(audiences, limit=LISTED_SCHOOLS),
    )


def _first_notice(zone: str, dates: Sequence[tuple[PlannedDate, LadderName]], now: datetime) -> FirstNotice | None:
    reader = Reader(ZoneInfo(zone))
    known = [at for due, ladder in dates if (at := _first_at(due, ladder, reader, now)) is not None]
    return FirstNotice(zone, min(known)) if known else None


def _first_at(due: PlannedDate, ladder: LadderName, reader: Reader, now: datetime) -> datetime | None:
    calendar = work_calendar()
    if due.due_at <= now:  # opened overdue on purpose: announced at the next allowed moment
        return next_allowed(now, reader, calendar)
    moment = DueMoment(due.due_at, due.due_on, due.has_time)
    return first_notice_at(LADDERS[ladder], moment, reader, now=now, days=calendar)
