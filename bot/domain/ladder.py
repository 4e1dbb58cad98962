"""The ladder of reminders: which steps a matter has, and at what instant each of them is for one reader.

Pure: the ladder is data, the planner asks nothing and stores nothing. Steps are counted in days on the reader's own
calendar, so «за день, в 09:00» is nine in the morning for everybody.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.delivery import NoticeKind
from bot.domain.matters import ActivityKind, LadderName
from bot.domain.quiet import Reader, WorkingDays, last_allowed, local_instant, next_allowed

MORNING = time(9, 0)
SUMMARY_LIFE = timedelta(days=1)  # tomorrow there are other figures
STARTS_SOON_GRACE = timedelta(minutes=15)  # a late comer still needs the link
_OVERDUE_LIFE = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class DayStep:
    """A message at ``MORNING`` of the day that lies ``days_before`` days before the date."""

    kind: NoticeKind
    days_before: int


@dataclass(frozen=True, slots=True)
class Ladder:
    """The announcement comes at once and stands in no list. Later steps are the more urgent ones.

    ``starts_soon``: how long before the beginning the step with the link comes, the only one that passes quiet hours.
    ``overdue_after``: after how many working days past the date the coordinator above is told who is silent.
    """

    steps: tuple[DayStep, ...]
    starts_soon: timedelta | None = None
    overdue_after: tuple[int, ...] = ()


def _task_ladder(*days_before: int, overdue_after: tuple[int, ...]) -> Ladder:
    reminders = (DayStep(NoticeKind.REMINDER, days) for days in days_before)
    return Ladder((*reminders, DayStep(NoticeKind.TODAY, 0)), overdue_after=overdue_after)


LADDERS: dict[LadderName, Ladder] = {
    LadderName.CALM: _task_ladder(7, 1, overdue_after=(3,)),
    LadderName.USUAL: _task_ladder(14, 7, 3, 1, overdue_after=(1, 3)),
    LadderName.STRICT: _task_ladder(21, 14, 7, 5, 3, 2, 1, overdue_after=(1, 2, 3, 5)),
    LadderName.URGENT: _task_ladder(3, 2, 1, overdue_after=(1, 2)),
}
WEBINAR_LADDER = Ladder(
    steps=(DayStep(NoticeKind.REMINDER, 1), DayStep(NoticeKind.TODAY, 0)), starts_soon=timedelta(minutes=15)
)


def ladder_of(kind: ActivityKind, name: LadderName = LadderName.USUAL) -> Ladder:
    """A webinar has a ladder of its own, whatever the name."""
    return WEBINAR_LADDER if kind is ActivityKind.WEBINAR else LADDERS[name]


@dataclass(frozen=True, slots=True)
class DueMoment:
    """The date of an occurrence: ``at`` the instant, ``on`` the day as the document names it."""

    at: datetime
    on: date
    has_time: bool

    def day_for(self, zone: ZoneInfo) -> date:
        """The day it falls on for a reader. A day named without an hour is that day for everybody."""
        return self.at.astimezone(zone).date() if self.has_time else self.on


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """``at`` and ``expires_at`` are UTC; after ``expires_at`` the message no longer helps and is not sent.

    ``is_only_word``: nothing comes before it, so it is for those too who have said nothing. ``passes_quiet``: it is
    to come at that moment, whatever the hour.
    """

    kind: NoticeKind
    days_before: int | None
    at: datetime
    expires_at: datetime
    is_only_word: bool = False
    passes_quiet: bool = False


def plan_steps(
    ladder: Ladder,
    due: DueMoment,
    reader: Reader,
    *,
    now: datetime,
    days: WorkingDays,
    opened_overdue: bool = False,
) -> list[PlannedStep]:
    """The messages that one reader gets about one date, in their order.

    * What is already past is dropped: a date two days away is announced now, and the steps of 14, 7 and 3 days are
      not made up for.
    * What falls into quiet hours or on a day off waits for the next allowed moment. When that would be too late, it
      comes earlier: on the morning of the last allowed day before the date, at nine if that is early enough.
    * Of steps that meet on one day of the reader only the most urgent is left, and none on the day of the
      announcement, which says everything they would. The step with the link always stays.
    * No ordinary message breaks the quiet: with no allowed moment left before the date there is none.

    ``opened_overdue``: the matter was created after its date on purpose, so it is announced although that is past.
    """
    if due.at <= now:
        return _announce_overdue(reader, now, days) if opened_overdue else []
    announced_at = next_allowed(now, reader, days)
    steps = []
    # An announcement that the quiet holds back until the link has come would only say it once more.
    if announced_at < (due.at if announced_at == now else _end_of(ladder, due)):
        steps.append(PlannedStep(NoticeKind.ANNOUNCEMENT, None, announced_at, due.at))
        steps += _one_a_day(_day_steps(ladder, due, reader, now=now, days=days), reader, after=announced_at)
    return _ending_at_the_next(steps + _starts_soon(ladder, due, now=now, is_announced=bool(steps)))


def news_step(
    kind: NoticeKind,
    ladder: Ladder,
    expected_at: datetime,
    reader: Reader,
    *,
    expires_at: datetime,
    now: datetime,
    days: WorkingDays,
) -> PlannedStep:
    """When one who thinks that it is at ``expected_at`` hears that it is not: as soon as the quiet allows.

    Where that would be after he went to an event in vain, the news take the place of the link, which passes the quiet.
    """
    at = next_allowed(now, reader, days)
    if ladder.starts_soon is None or not now < expected_at <= at:
        return PlannedStep(kind, None, at, expires_at)
    return PlannedStep(kind, None, max(now, expected_at - ladder.starts_soon), expires_at, passes_quiet=True)


def first_notice_at(
    ladder: Ladder, due: DueMoment, reader: Reader, *, now: datetime, days: WorkingDays
) -> datetime | None:
    """When the first message would go out if the matter were planned now: for previews. None: there would be none."""
    steps = plan_steps(ladder, due, reader, now=now, days=days)
    return steps[0].at if steps else None


def _announce_overdue(reader: Reader, now: datetime, days: WorkingDays) -> list[PlannedStep]:
    at = next_allowed(now, reader, days)
    return [PlannedStep(NoticeKind.ANNOUNCEMENT, None, at, at + _OVERDUE_LIFE)]


def _day_steps(
    ladder: Ladder, due: DueMoment, reader: Reader, *, now: datetime, days: WorkingDays
) -> Iterable[PlannedStep]:
    last_day = due.day_for(reader.zone)
    end = _end_of(ladder, due)
    for step in ladder.steps:
        wanted = local_instant(last_day - timedelta(days=step.days_before), MORNING, reader.zone)
        if wanted < now:
            continue
        held = next_allowed(wanted, reader, days)
        at = held if held < end else _brought_forward(end, reader, now=now, days=days)
        if at is not None:
            yield PlannedStep(step.kind, step.days_before, at, due.at)


def _end_of(ladder: Ladder, due: DueMoment) -> datetime:
    """Once the step with the link has come, no other helps; without such a step, once the date has."""
    return due.at - (ladder.starts_soon or timedelta(0))


def _brought_forward(end: datetime, reader: Reader, *, now: datetime, days: WorkingDays) -> datetime | None:
    latest = last_allowed(end, reader, days, not_before=now)
    if latest is None:
        return None
    day = latest.astimezone(reader.zone).date()
    morning = next_allowed(local_instant(day, MORNING, reader.zone), reader, days)
    first = next_allowed(local_instant(day, time(0), reader.zone), reader, days)
    return next((at for at in (morning, first) if now <= at <= latest), latest)


def _one_a_day(steps: Iterable[PlannedStep], reader: Reader, *, after: datetime) -> list[PlannedStep]:
    by_day: dict[date, PlannedStep] = {}
    for step in steps:
        by_day[step.at.astimezone(reader.zone).date()] = step  # a ladder names the more urgent step later
    announced_on = after.astimezone(reader.zone).date()
    return sorted((step for day, step in by_day.items() if day > announced_on), key=lambda step: step.at)


def _ending_at_the_next(steps: list[PlannedStep]) -> list[PlannedStep]:
    """A reminder is of no use once the next one is there; the announcement helps until the date."""
    ended = []
    for index, step in enumerate(steps):
        has_next = index + 1 < len(steps) and step.kind is not NoticeKind.ANNOUNCEMENT
        ended.append(replace(step, expires_at=steps[index + 1].at) if has_next else step)
    return ended


def _starts_soon(ladder: Ladder, due: DueMoment, *, now: datetime, is_announced: bool) -> list[PlannedStep]:
    if ladder.starts_soon is None:
        return []
    at = due.at - ladder.starts_soon
    if at < now and is_announced:  # the announcement has just brought the link
        return []
    ends_at = due.at + STARTS_SOON_GRACE
    return [PlannedStep(NoticeKind.STARTS_SOON, None, max(at, now), ends_at, is_only_word=not is_announced)]
