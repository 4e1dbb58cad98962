"""«Что получится»: the messages that a ladder would send about a sample date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.delivery import NoticeKind
from bot.domain.ladder import DueMoment, plan_steps, working_day_after
from bot.domain.quiet import Reader, WorkingDays, local_instant, next_allowed
from bot.domain.steps import Ladder, Level

_END = time(23, 59, 59)


@dataclass(frozen=True, slots=True)
class Foretold:
    """``days`` as in ``LadderStep``; None: the announcement."""

    at: datetime
    to: Level
    days: int | None


def foretell(ladder: Ladder, due_on: date, zone: ZoneInfo, *, now: datetime, days: WorkingDays) -> tuple[Foretold, ...]:
    """By the very rules of planning, for somebody with ordinary quiet hours who never answers."""
    reader = Reader(zone)
    due = DueMoment(local_instant(due_on, _END, zone), due_on, has_time=False)
    steps = plan_steps(ladder, due, reader, now=now, days=days)
    found = [Foretold(step.at, Level.OWER, None if step.days_before is None else -step.days_before) for step in steps
             if step.kind is not NoticeKind.STARTS_SOON]  # fmt: skip
    for step in ladder.upwards:
        day = due_on + timedelta(days=step.days)
        if step.days > 0:
            day = working_day_after(due.late_from(zone), step.days, days)
        at = next_allowed(local_instant(day, step.at, zone), reader, days)
        if at >= now:
            found.append(Foretold(at, step.to, step.days))
    return tuple(sorted(found, key=lambda one: (one.at, one.to.height)))
