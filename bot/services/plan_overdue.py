"""Tells those above who is silent: one summary a person a day, never one message a debtor, a matter or a level."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from bot.domain.calendar import WorkCalendar
from bot.domain.delivery import NoticeKind
from bot.domain.escalation import Post, reached
from bot.domain.ids import OccurrenceId, PersonId, UnitId
from bot.domain.ladder import DueMoment
from bot.domain.matters import ActivityKind
from bot.domain.quiet import Reader, local_instant, next_allowed
from bot.domain.steps import LadderStep, Level, ladder_of
from bot.ports.escalation import Debt
from bot.ports.notices import NewNotice
from bot.ports.planning import OverdueDate
from bot.ports.storage import Storage, Stores

_LOOKS_BACK = timedelta(days=60)  # twenty working days after 30 December are at the end of January
_LOOKS_AHEAD = timedelta(days=60)
_EARLIEST = timedelta(days=100)  # a step upwards before the term is no more than 90 days before it


async def plan_overdue(storage: Storage, *, days: WorkCalendar, now: datetime) -> int:
    """Plans today's summaries: for dates with a step upwards on this day that somebody is silent on.

    Everybody gets one a day, at the earliest hour that its steps name, on his own clock. What it says is read when it
    is sent; with everybody having answered meanwhile it is not sent. Returns how many were planned.
    """
    async with storage.read() as tx:
        silence = await _silence(tx, now=now, until=now)
    due_now = [_notice(summary, now, days) for summary in _summaries(silence, days) if _is_due(summary, now, days)]
    if not due_now:
        return 0
    async with storage.write() as tx:
        return await tx.notices.plan(due_now, now=now)


async def next_summary_at(storage: Storage, *, days: WorkCalendar, now: datetime) -> datetime | None:
    """When the next summary would be planned, if everybody goes on being silent: for a clock that is moved."""
    async with storage.read() as tx:
        silence = await _silence(tx, now=now, until=now + _LOOKS_AHEAD)
    moments = (_due_at(summary, days) for summary in _summaries(silence, days))
    return min((at for at in moments if at > now), default=None)


@dataclass(frozen=True, slots=True)
class _Silence:
    """Who is silent, on what, and who stands above them."""

    dates: Mapping[tuple[OccurrenceId, datetime], OverdueDate]
    debts: Sequence[Debt]
    posts: Mapping[UnitId, tuple[Post, ...]]
    controllers: Mapping[OccurrenceId, Post]


@dataclass(slots=True)
class _Summary:
    """``steps``: of each date the step that counts for it, and whether its reader stands in for another level."""

    person_id: PersonId
    reader: Reader
    day: date
    steps: dict[OccurrenceId, tuple[LadderStep, bool]] = field(default_factory=dict)

    @property
    def hour(self) -> time:
        return min(step.at for step, _ in self.steps.values())


async def _silence(tx: Stores, *, now: datetime, until: datetime) -> _Silence:
    dates = [
        *await tx.planning.overdue_dates(since=now - _LOOKS_BACK, now=until),
        *await tx.planning.overdue_dates(since=until, now=until + _EARLIEST, has_own_ladder=True),
    ]
    dates = [one for one in dates if ladder_of(ActivityKind.TASK, one.ladder, one.own_ladder).upwards]
    debts = await tx.escalation.debts(dates) if dates else ()
    occurrence_ids = {debt.occurrence_id for debt in debts}
    return _Silence(
        dates={(one.occurrence_id, one.due.at): one for one in dates},
        debts=debts,
        posts=await tx.escalation.posts({debt.unit_id for debt in debts}) if debts else {},
        controllers=await tx.escalation.controllers(occurrence_ids) if debts else {},
    )


def _summaries(silence: _Silence, days: WorkCalendar) -> Iterable[_Summary]:
    found: dict[tuple[PersonId, date], _Summary] = {}
    known: dict[tuple[DueMoment, int, Reader], date] = {}
    for debt in silence.debts:
        date_ = silence.dates[debt.occurrence_id, debt.due_at]
        posts = [post for post in silence.posts[debt.unit_id] if not (debt.is_of_school and post.level is Level.SCHOOL)]
        for step in ladder_of(ActivityKind.TASK, date_.ladder, date_.own_ladder).upwards:
            if step.to is Level.SCHOOL and debt.is_of_school:
                continue  # those of the school are the ones who owe
            for post in reached(step.to, posts, silence.controllers.get(debt.occurrence_id)):
                when = (date_.due, step.days, post.reader)
                if when not in known:
                    known[when] = _day_of(*when, days)
                key = (post.person_id, known[when])
                summary = found.setdefault(key, _Summary(post.person_id, post.reader, known[when]))
                _add(summary, debt.occurrence_id, step, is_instead=post.level is not step.to)
    return found.values()


def _add(summary: _Summary, occurrence_id: OccurrenceId, step: LadderStep, *, is_instead: bool) -> None:
    """Where he is told for himself already, he need not be told in the place of another."""
    known = summary.steps.get(occurrence_id)
    if known is None or (known[1] and not is_instead):
        summary.steps[occurrence_id] = (step, is_instead)


def _day_of(due: DueMoment, count: int, reader: Reader, days: WorkCalendar) -> date:
    if count > 0:
        return days.add_working_days(due.late_from(reader.zone), count)
    day = due.day_for(reader.zone) + timedelta(days=count)
    while not days.is_working_day(day):  # before the term a day off is not waited out
        day -= timedelta(days=1)
    return day


def _is_due(summary: _Summary, now: datetime, days: WorkCalendar) -> bool:
    """Today, and it can still come today: one that came tomorrow would be the second of that day."""
    at = next_allowed(max(now, _due_at(summary, days)), summary.reader, days)
    return summary.day == now.astimezone(summary.reader.zone).date() == at.astimezone(summary.reader.zone).date()


def _due_at(summary: _Summary, days: WorkCalendar) -> datetime:
    return next_allowed(local_instant(summary.day, summary.hour, summary.reader.zone), summary.reader, days)


def _notice(summary: _Summary, now: datetime, days: WorkCalendar) -> NewNotice:
    at = max(now, _due_at(summary, days))
    detail: dict[str, object] = {
        "occurrences": sorted(summary.steps),
        "steps": {str(i): step.days for i, (step, _) in summary.steps.items()},
    }
    if instead := {str(i): step.to.value for i, (step, is_instead) in summary.steps.items() if is_instead}:
        detail["instead"] = instead
    return NewNotice(
        key=f"overdue:p{summary.person_id}:{summary.day:%Y%m%d}",
        person_id=summary.person_id,
        kind=NoticeKind.OVERDUE,
        due_at=at,
        # Tomorrow has other figures, and after an outage perhaps a summary of its own: two in one day are one too many.
        expires_at=local_instant(summary.day + timedelta(days=1), time(0), summary.reader.zone),
        detail=detail,
    )
