"""Tells the coordinator above who is silent after a date has passed: one summary a day, never one message a debtor."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.calendar import WorkCalendar
from bot.domain.delivery import NoticeKind
from bot.domain.ids import OccurrenceId, PersonId
from bot.domain.ladder import LADDERS, MORNING, SUMMARY_LIFE
from bot.domain.quiet import Reader, local_instant, next_allowed
from bot.ports.notices import NewNotice
from bot.ports.planning import OverdueDate, Overseer
from bot.ports.storage import Storage

_LOOKS_BACK = timedelta(days=21)  # three working days after 30 December are in the middle of January
_LOOKS_AHEAD = timedelta(days=60)


async def plan_overdue(storage: Storage, *, days: WorkCalendar, now: datetime) -> int:
    """Plans today's summaries: for dates past by as many working days as their ladders say that somebody is silent on.

    Every coordinator gets one a day, at nine on his own clock. What it says is read when it is sent; with everybody
    having answered meanwhile it is not sent. Returns how many were planned.
    """
    async with storage.read() as tx:
        dates = await tx.planning.overdue_dates(since=now - _LOOKS_BACK, now=now)
        overseers = await tx.planning.overseers(dates)
    due_now = [
        _notice(summary, now, days)
        for summary in _summaries(dates, overseers, days)
        if summary.day == now.astimezone(summary.reader.zone).date()
    ]
    if not due_now:
        return 0
    async with storage.write() as tx:
        return await tx.notices.plan(due_now, now=now)


async def next_summary_at(storage: Storage, *, days: WorkCalendar, now: datetime) -> datetime | None:
    """When the next summary would be planned, if everybody goes on being silent: for a clock that is moved."""
    async with storage.read() as tx:
        dates = await tx.planning.overdue_dates(since=now - _LOOKS_BACK, now=now + _LOOKS_AHEAD)
        overseers = await tx.planning.overseers(dates)
    moments = (_morning(summary.day, summary.reader, days) for summary in _summaries(dates, overseers, days))
    return min((at for at in moments if at > now), default=None)


@dataclass(slots=True)
class _Summary:
    person_id: PersonId
    reader: Reader
    day: date
    steps: dict[OccurrenceId, int] = field(default_factory=dict)  # how many working days each date is past


def _summaries(dates: Sequence[OverdueDate], overseers: Sequence[Overseer], days: WorkCalendar) -> Iterable[_Summary]:
    by_term = {(date.occurrence_id, date.due.at): date for date in dates}
    found: dict[tuple[PersonId, date], _Summary] = {}
    for overseer in overseers:
        for occurrence_id, due_at in overseer.dates:
            overdue = by_term[occurrence_id, due_at]
            for step in LADDERS[overdue.ladder].overdue_after:
                day = days.add_working_days(_day_of(overdue, overseer.reader.zone), step)
                key = (overseer.person_id, day)
                summary = found.setdefault(key, _Summary(overseer.person_id, overseer.reader, day))
                summary.steps[occurrence_id] = step
    return found.values()


def _day_of(date_: OverdueDate, zone: ZoneInfo) -> date:
    """An hour that is yet to come on the coordinator's day is not overdue on it."""
    return max(date_.due.day_for(zone), date_.due.at.astimezone(zone).date() - timedelta(days=1))


def _morning(day: date, reader: Reader, days: WorkCalendar) -> datetime:
    return next_allowed(local_instant(day, MORNING, reader.zone), reader, days)


def _notice(summary: _Summary, now: datetime, days: WorkCalendar) -> NewNotice:
    at = max(now, _morning(summary.day, summary.reader, days))
    return NewNotice(
        key=f"overdue:p{summary.person_id}:{summary.day:%Y%m%d}",
        person_id=summary.person_id,
        kind=NoticeKind.OVERDUE,
        due_at=at,
        expires_at=at + SUMMARY_LIFE,
        detail={"occurrences": sorted(summary.steps), "steps": {str(i): step for i, step in summary.steps.items()}},
    )
