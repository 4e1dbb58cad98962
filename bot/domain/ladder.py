"""Climbing a ladder (``bot.domain.steps``): at what instant each of its steps is for one reader.

Pure: the ladder is data, the planner asks nothing and stores nothing. Steps are counted in days on the reader's own
calendar, so «за день, в 09:00» is nine in the morning for everybody.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.delivery import NoticeKind
from bot.domain.quiet import Reader, WorkingDays, last_allowed, local_instant, next_allowed
from bot.domain.steps import MORNING, Ladder

STARTS_SOON_GRACE = timedelta(minutes=15)  # a late comer still needs the link
_OVERDUE_LIFE = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class DueMoment:
    """The date of an occurrence: ``at`` the instant, ``on`` the day as the document names it."""

    at: datetime
    on: date
    has_time: bool

    def day_for(self, zone: ZoneInfo) -> date:
        """The day it falls on for a reader. A day named without an hour is that day for everybody."""
        return self.at.astimezone(zone).date() if self.has_time else self.on

    def late_from(self, zone: ZoneInfo) -> date:
        """The day that days of delay are counted from: an hour that is yet to come on it is not overdue on it."""
        return max(self.day_for(zone), self.at.astimezone(zone).date() - timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Heard:
    """What one reader was told of a date before: how many messages about the term that stands, when the last of all."""

    last_at: datetime
    count: int


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """``at`` and ``expires_at`` are UTC; after ``expires_at`` the message no longer helps and is not sent.

    ``days_before`` is below 0 after the term, in working days.
    ``is_only_word``: nothing comes before it, so it is for those too who have said nothing. ``passes_quiet``: it is
    to come at that moment, whatever the hour.
    """

    kind: NoticeKind
    days_before: int | None
    at: datetime
    expires_at: datetime
    is_only_word: bool = False
    passes_quiet: bool = False

    @property
    def is_late(self) -> bool:
        return self.days_before is not None and self.days_before < 0


def plan_steps(
    ladder: Ladder,
    due: DueMoment,
    reader: Reader,
    *,
    now: datetime,
    days: WorkingDays,
    opened_overdue: bool = False,
    heard: Heard | None = None,
) -> list[PlannedStep]:
    """The messages that one reader gets about one date, in their order.

    * What is already past is dropped: a date two days away is announced now, and the steps of 14, 7 and 3 days are
      not made up for.
    * What falls into quiet hours or on a day off waits for the next allowed moment. When that would be too late, it
      comes earlier: on the morning of the last allowed day before the date, at nine if that is early enough.
    * Of steps that meet on one day of the reader only the most urgent is left, and none on the day of the
      announcement, which says everything they would. The step with the link always stays.
    * No ordinary message breaks the quiet: with no allowed moment left before the date there is none.
    * Two messages are at least the ladder's least gap apart, and of more than it allows those farthest from the date
      are left out.

    ``opened_overdue``: the matter was created after its date on purpose, so it is announced although that is past.
    ``heard``: what he was told of this date already; then the announcement is behind him, and the bounds count on.
    """
    late = _late_steps(ladder, due, reader, now=now, days=days)
    if due.at <= now:
        announced = _announce_overdue(reader, now, days) if opened_overdue and heard is None else []
        return _bounded([*announced, *late], ladder, heard)
    announced_at = next_allowed(now, reader, days)
    steps: list[PlannedStep] = []
    # An announcement that the quiet holds back until the link has come would only say it once more.
    if heard is not None or announced_at < (due.at if announced_at == now else _end_of(ladder, due)):
        steps += [] if heard else [PlannedStep(NoticeKind.ANNOUNCEMENT, None, announced_at, due.at)]
        told_at = heard.last_at if heard else announced_at
        steps += _one_a_day(_day_steps(ladder, due, reader, now=now, days=days), reader, after=told_at)
    is_announced = heard is not None or bool(steps)
    steps = _bounded([*steps, *late], ladder, heard)
    ahead = [step for step in steps if not step.is_late] + _starts_soon(ladder, due, now=now, is_announced=is_announced)
    return _ending_at_the_next(ahead) + [step for step in steps if step.is_late]


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
    for step in ladder.to_ower:
        wanted = local_instant(last_day + timedelta(days=step.days), step.at, reader.zone)
        if step.days > 0 or wanted < now:
            continue
        held = next_allowed(wanted, reader, days)
        at = held if held < end else _brought_forward(end, reader, now=now, days=days)
        if at is not None:
            kind = NoticeKind.REMINDER if step.days else NoticeKind.TODAY
            yield PlannedStep(kind, -step.days, at, due.at)


def _late_steps(
    ladder: Ladder, due: DueMoment, reader: Reader, *, now: datetime, days: WorkingDays
) -> list[PlannedStep]:
    """After the date, while there is no answer."""
    late: list[PlannedStep] = []
    for step in ladder.to_ower:
        if step.days > 0:
            day = working_day_after(due.late_from(reader.zone), step.days, days)
            at = next_allowed(local_instant(day, step.at, reader.zone), reader, days)
            if at >= now:
                late.append(PlannedStep(NoticeKind.REMINDER, -step.days, at, at + _OVERDUE_LIFE))
    return late


def working_day_after(day: date, count: int, days: WorkingDays) -> date:
    """The ``count``-th working day after ``day``."""
    while count > 0:
        day += timedelta(days=1)
        count -= days.is_working_day(day)
    return day


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


def _bounded(steps: list[PlannedStep], ladder: Ladder, heard: Heard | None) -> list[PlannedStep]:
    """From the last to the first, so that of two that are too close the more urgent one stays."""
    told_at = heard.last_at if heard else None
    kept: list[PlannedStep] = []
    for step in reversed(steps):
        if step.kind is NoticeKind.ANNOUNCEMENT:
            kept = [one for one in kept if one.at >= step.at + ladder.least_gap]
            kept.append(step)
        elif not (kept and kept[-1].at < step.at + ladder.least_gap) and not (
            told_at and step.at < told_at + ladder.least_gap
        ):
            kept.append(step)
    room = max(0, ladder.most - (heard.count if heard else 0))
    nearest = sorted(kept, key=lambda step: (step.kind is not NoticeKind.ANNOUNCEMENT, abs(step.days_before or 0)))
    return sorted(nearest[:room], key=lambda step: step.at)


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
