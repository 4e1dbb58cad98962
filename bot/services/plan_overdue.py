"""Tells those above who is silent: one summary a person a day, never one message a debtor, a matter or a level."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.calendar import WorkCalendar
from bot.domain.delivery import NoticeKind
from bot.domain.escalation import Post, reached
from bot.domain.ids import OccurrenceId, PersonId, UnitId
from bot.domain.ladder import DueMoment
from bot.domain.matters import ActivityKind
from bot.domain.quiet import Reader, end_of_day, local_instant, next_allowed
from bot.domain.steps import LadderStep, Level, ladder_of
from bot.ports.escalation import Debt, Summary
from bot.ports.notices import NewNotice
from bot.ports.planning import OverdueDate
from bot.ports.storage import Storage, Stores

_WESTERNMOST, _EASTERNMOST = ZoneInfo("Etc/GMT+12"), ZoneInfo("Etc/GMT-14")
_LOOKS_BACK = timedelta(days=60)  # twenty working days after 30 December are at the end of January
_LOOKS_AHEAD = timedelta(days=60)
_LOOK = "overdue"
_QUARTER = 15  # minutes: in every zone a day begins with one of UTC
_EARLIEST = timedelta(days=100)  # a step upwards before the term is no more than 90 days before it
_AT_ONCE = 200  # silent units: a hundredth of a second


async def plan_overdue(storage: Storage, *, days: WorkCalendar, now: datetime) -> int:
    """Plans today's summaries: for dates with a step upwards on this day that somebody is silent on.

    Everybody gets one a day, at the earliest hour that its steps name, on his own clock. What it says is read when it
    is sent; with everybody having answered meanwhile it is not sent. The steps of whole days on which nobody looked,
    and those of a summary that expired unsent, come in the next one, at the next hour at which it may come. Returns
    how many were planned.
    """
    async with storage.read() as tx:
        last = await tx.looks.last(_LOOK)
        expired = await tx.escalation.expired(after=last or now, until=now)
        if not expired and last is not None and await _has_looked(tx, last, now):
            return 0
        stepped = None if expired else _Stepped(last or now, now, days)  # what did expire may tell of older steps
        dates = await _dates(tx, now=now, until=now, stepped=stepped)
        summaries = await _summaries(tx, dates, days)
    owed = _owed(summaries, expired, last=last or now, now=now, days=days)
    for one in owed.values():
        _leave_out_past(one, dates, now)
    async with storage.write() as tx:
        known = await tx.escalation.known(set(owed), after=now) if owed else ()
        new = [notice for one in owed.values() for notice in await _place(tx, one, known, days)]
        await tx.looks.note(_LOOK, now)
        return await tx.notices.plan(new, now=now) if new else 0


async def _has_looked(tx: Stores, last: datetime, now: datetime) -> bool:
    """Whether a look would find what the ``last`` one did, so that those who are silent need not be read: many of them
    are told of already. Nobody's day has begun since then, and nobody has done what is on record; an answer that was
    taken back without that is met in the next quarter of an hour."""
    quarter = now.replace(minute=now.minute // _QUARTER * _QUARTER, second=0, microsecond=0)
    acted_at = await tx.audit.last_at()
    return quarter <= last <= now and (acted_at is None or acted_at < last)


async def next_summary_at(storage: Storage, *, days: WorkCalendar, now: datetime) -> datetime | None:
    """When the next summary would be planned, if everybody goes on being silent: for a clock that is moved."""
    async with storage.read() as tx:
        summaries = await _summaries(tx, await _dates(tx, now=now, until=now + _LOOKS_AHEAD), days)
    moments = (_due_at(summary, days) for summary in summaries)
    return min((at for at in moments if at > now), default=None)


@dataclass(frozen=True, slots=True)
class _Said:
    """What a summary says of a date: at which step of its ladder, and whether in the place of another level."""

    days: int
    instead: Level | None = None


@dataclass(slots=True)
class _Owed:
    """What somebody is to be told at ``at`` or, where that is no hour for it, at the next that is."""

    person_id: PersonId
    reader: Reader
    at: datetime
    said: dict[OccurrenceId, _Said]


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

    @property
    def said(self) -> dict[OccurrenceId, _Said]:
        return {i: _Said(step.days, step.to if is_instead else None) for i, (step, is_instead) in self.steps.items()}


@dataclass(frozen=True, slots=True)
class _Stepped:
    """Whether a step upwards of a date falls on one of the days from ``since`` to ``until``, on anybody's clock.

    Of a date with none nobody is told, so that those who are silent on it need not be read: they are many.
    """

    since: datetime
    until: datetime
    days: WorkCalendar

    def __call__(self, date_: OverdueDate) -> bool:
        ladder = ladder_of(ActivityKind.TASK, date_.ladder, date_.own_ladder)
        first, last = self.since.astimezone(_WESTERNMOST).date(), self.until.astimezone(_EASTERNMOST).date()
        for step in ladder.upwards:
            day_of = (_day_of(date_.due, step.days, Reader(zone), self.days) for zone in (_WESTERNMOST, _EASTERNMOST))
            earliest, latest = sorted(day_of)
            if earliest <= last and first <= latest:
                return True
        return False


async def _dates(
    tx: Stores, *, now: datetime, until: datetime, stepped: _Stepped | None = None
) -> Sequence[OverdueDate]:
    dates = [
        *await tx.planning.overdue_dates(since=now - _LOOKS_BACK, now=until),
        *await tx.planning.overdue_dates(since=until, now=until + _EARLIEST, has_own_ladder=True),
    ]
    dates = [one for one in dates if ladder_of(ActivityKind.TASK, one.ladder, one.own_ladder).upwards]
    return [one for one in dates if stepped is None or stepped(one)]


async def _summaries(tx: Stores, dates: Sequence[OverdueDate], days: WorkCalendar) -> Sequence[_Summary]:
    """What those above the silent are to be told of the dates.

    Ten thousand schools are silent on the day after a term: they are read in parts, and who taps meanwhile goes first.
    """
    of_one: dict[OccurrenceId, list[OverdueDate]] = defaultdict(list)
    for date_ in dates:
        of_one[date_.occurrence_id].append(date_)
    controllers = await tx.escalation.controllers(of_one) if of_one else {}
    posts: dict[UnitId, tuple[Post, ...]] = {}
    summaries = _Summaries(days)
    for occurrence_id, terms in of_one.items():
        async for debts in _debts(tx, terms):
            if unknown := {debt.unit_id for debt in debts} - posts.keys():
                posts.update(await tx.escalation.posts(unknown))
            summaries.tell(terms, debts, posts, controllers.get(occurrence_id))
    return [*summaries.found.values()]


async def _debts(tx: Stores, terms: Sequence[OverdueDate]) -> AsyncIterator[Sequence[Debt]]:
    after, found = UnitId(0), _AT_ONCE
    while found == _AT_ONCE:
        debts = await tx.escalation.debts(terms, after=after, units=_AT_ONCE)
        if debts:
            yield debts
            after = debts[-1].unit_id
        found = len({debt.unit_id for debt in debts})
        await asyncio.sleep(0)


class _Summaries:
    """What each of those above is told, as one part of the silent after the other is read."""

    def __init__(self, days: WorkCalendar) -> None:
        self.found: dict[tuple[PersonId, date], _Summary] = {}
        self._days = days
        self._known: dict[tuple[DueMoment, int, Reader], date] = {}

    def tell(
        self,
        terms: Sequence[OverdueDate],
        debts: Sequence[Debt],
        posts: Mapping[UnitId, tuple[Post, ...]],
        controller: Post | None,
    ) -> None:
        of_term = {
            date_.due.at: (date_, ladder_of(ActivityKind.TASK, date_.ladder, date_.own_ladder).upwards)
            for date_ in terms
        }
        for debt in debts:
            date_, steps = of_term[debt.due_at]
            above = [post for post in posts[debt.unit_id] if not (debt.is_of_school and post.level is Level.SCHOOL)]
            for step in steps:
                if step.to is Level.SCHOOL and debt.is_of_school:
                    continue  # those of the school are the ones who owe
                for post in reached(step.to, above, controller):
                    self._tell_one(post, date_, step)

    def _tell_one(self, post: Post, date_: OverdueDate, step: LadderStep) -> None:
        when = (date_.due, step.days, post.reader)
        if when not in self._known:
            self._known[when] = _day_of(*when, self._days)
        day = self._known[when]
        summary = self.found.setdefault((post.person_id, day), _Summary(post.person_id, post.reader, day))
        _add(summary, date_.occurrence_id, step, is_instead=post.level is not step.to)


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


def _owed(
    summaries: Sequence[_Summary], expired: Sequence[Summary], *, last: datetime, now: datetime, days: WorkCalendar
) -> dict[PersonId, _Owed]:
    """Today's steps, those of whole days since the ``last`` look, and what expired unsent; the latest step counts."""
    owed: dict[PersonId, _Owed] = {}
    readers = {summary.person_id: summary.reader for summary in summaries}
    for one in expired:
        if one.person_id in readers:
            told = _Owed(one.person_id, readers[one.person_id], now, {})
            owed.setdefault(one.person_id, told).said.update(_said_in(one.detail))
    for summary in sorted(summaries, key=lambda summary: summary.day):
        zone = summary.reader.zone
        is_missed = last.astimezone(zone).date() < summary.day < now.astimezone(zone).date()
        if is_missed or _is_due(summary, now, days):
            at = now if is_missed else max(now, _due_at(summary, days))
            told = owed.setdefault(summary.person_id, _Owed(summary.person_id, summary.reader, at, {}))
            told.at = min(told.at, at)
            told.said.update(summary.said)
    return owed


def _leave_out_past(owed: _Owed, dates: Sequence[OverdueDate], now: datetime) -> None:
    """«Срок завтра» is not caught up once the term has passed: the steps after it tell the rest."""
    last_due = dict(sorted((one.occurrence_id, one.due.at) for one in dates))
    owed.said = {i: said for i, said in owed.said.items() if said.days > 0 or last_due.get(i, now) > now}


async def _place(tx: Stores, owed: _Owed, known: Sequence[Summary], days: WorkCalendar) -> tuple[NewNotice, ...]:
    """The summary that tells it: one that waits for its day takes it up, a day that has had one is passed over."""
    his = [one for one in known if one.person_id == owed.person_id]
    told = {(i, said.days) for one in his for i, said in _said_in(one.detail).items()}
    said = {i: step for i, step in owed.said.items() if (i, step.days) not in told}
    if not said:
        return ()
    zone, at = owed.reader.zone, next_allowed(owed.at, owed.reader, days)
    while of_day := [one for one in his if one.expires_at == end_of_day(at, zone)]:
        [one] = of_day
        if await tx.escalation.extend(one.notice_id, _detail({**_said_in(one.detail), **said})):
            return ()
        at = next_allowed(one.expires_at, owed.reader, days)
    return (_notice(owed, at, said),)


def _said_in(detail: Mapping[str, Any]) -> dict[OccurrenceId, _Said]:
    instead = detail.get("instead", {})
    return {
        OccurrenceId(int(i)): _Said(int(count), Level(instead[i]) if i in instead else None)
        for i, count in detail["steps"].items()
    }


def _detail(said: Mapping[OccurrenceId, _Said]) -> dict[str, Any]:
    detail: dict[str, Any] = {"occurrences": sorted(said), "steps": {str(i): said[i].days for i in sorted(said)}}
    if instead := {str(i): one.instead.value for i, one in said.items() if one.instead is not None}:
        detail["instead"] = instead
    return detail


def _notice(owed: _Owed, at: datetime, said: Mapping[OccurrenceId, _Said]) -> NewNotice:
    return NewNotice(
        key=f"overdue:p{owed.person_id}:{at.astimezone(owed.reader.zone):%Y%m%d}",
        person_id=owed.person_id,
        kind=NoticeKind.OVERDUE,
        due_at=at,
        # Tomorrow has other figures, and a summary of its own, which takes up what this one could not tell.
        expires_at=end_of_day(at, owed.reader.zone),
        detail=_detail(said),
    )
