"""Meanings that repeat: a frequency, the days on which it falls, and the stretch in which it runs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from bot.domain.terms.dated import Clock, Dated, Edge, Shape, finest, zone_of
from bot.domain.terms.model import Boundary, Doubt, Precision, Term, TermKind
from bot.domain.terms.occurrences import clamped
from bot.domain.terms.situation import Situation
from bot.domain.terms.stretches import TermError

WORKING_WEEK = "MO,TU,WE,TH,FR"

QUARTER_MONTHS = {1: (1, 4, 7, 10), 2: (2, 5, 8, 11), 3: (3, 6, 9, 12), -1: (3, 6, 9, 12)}
HALF_MONTHS = {1: (1, 7), -1: (6, 12)}

_BASE = {
    "day": ("DAILY", 1),
    "week": ("WEEKLY", 1),
    "month": ("MONTHLY", 1),
    "quarter": ("MONTHLY", 3),
    "half": ("MONTHLY", 6),
    "year": ("YEARLY", 1),
}
_UNIT_PRECISION = {
    "day": Precision.DAY,
    "week": Precision.DAY,
    "month": Precision.MONTH,
    "quarter": Precision.QUARTER,
    "half": Precision.QUARTER,
    "year": Precision.YEAR,
}


@dataclass(frozen=True, slots=True)
class Frequency:
    unit: str
    interval: int = 1

    @property
    def parts(self) -> tuple[str, ...]:
        """The rule without days; empty for a school quarter, which has no rule."""
        if self.unit == "school_quarter":
            return ()
        name, length = _BASE[self.unit]
        interval = length * self.interval
        return (f"FREQ={name}",) if interval == 1 else (f"FREQ={name}", f"INTERVAL={interval}")


@dataclass(frozen=True, slots=True)
class Within:
    """Which months the days of a rule belong to. ``months`` is empty for every month."""

    months: tuple[int, ...] = ()
    unit: str = "month"
    """The frequency that the words imply: «последнего месяца квартала» is quarterly."""
    follows_period: bool = False
    """«месяца, следующего за отчётным периодом»: the period is the frequency's."""


@dataclass(frozen=True, slots=True)
class Days:
    """On which days: BYMONTHDAY, BYDAY and BYSETPOS of a rule, without a frequency."""

    parts: tuple[str, ...]
    is_weekly: bool = False
    is_last: bool = False
    """The last day or last working day of a stretch, so «квартала» alone is enough to place it."""


@dataclass(frozen=True, slots=True)
class Repeated:
    """A rule with its time and limits; ``rule`` holds the parts without UNTIL."""

    rule: tuple[str, ...]
    unit: str
    has_days: bool = False
    within: Dated | None = None
    clock: Clock | None = None
    last_clock: Clock | None = None

    def settle(self, situation: Situation) -> Term:
        doubts: set[Doubt] = set()
        zone = zone_of(None if self.clock is None else self.clock.zone, situation, doubts)
        limits = None if self.within is None else self.within.settle(situation)
        begins, until = _limits(limits, self.within)
        if begins is None and (self.has_days or self.clock is not None or limits is not None):
            begins = situation.today
        if until is not None and begins is not None and until < begins:
            raise TermError(Doubt.AMBIGUOUS)
        start, end = self._first(begins, zone)
        precision = self._precision(limits)
        if precision is None:
            doubts.add(Doubt.NO_DAY)
        elif start is None:
            doubts.add(Doubt.NO_START)
        rule = (*self.rule, *self._until(until, zone))
        return Term(
            TermKind.RECURRING,
            start=start,
            end=end,
            precision=precision,
            tz=zone,
            rrule=";".join(rule) or None,
            doubts=tuple(sorted(doubts)),
        )

    def _first(self, begins: date | None, zone: str | None) -> tuple[Boundary | None, Boundary | None]:
        """The first occurrence on or after the day on which the rule begins."""
        if begins is None:
            return None, None
        day = first_day(";".join(self.rule), begins) if self.has_days else begins
        if day is None:
            raise TermError(Doubt.INVALID)
        if self.clock is None:
            return day, None
        end = None if self.last_clock is None else self.last_clock.on(day, zone)
        return self.clock.on(day, zone), end

    def _precision(self, limits: Term | None) -> Precision | None:
        if self.clock is not None:
            return Precision.MINUTE
        if self.has_days:
            return Precision.DAY
        if limits is None or limits.precision is None:
            return None
        return finest(_UNIT_PRECISION[self.unit], limits.precision)

    def _until(self, until: date | None, zone: str | None) -> tuple[str, ...]:
        if until is None:
            return ()
        if self.clock is None:
            return (f"UNTIL={until:%Y%m%d}",)
        moment = self.clock.on(until, zone)
        if moment.tzinfo is None:
            return (f"UNTIL={moment:%Y%m%dT%H%M%S}",)
        return (f"UNTIL={moment.astimezone(UTC):%Y%m%dT%H%M%SZ}",)


@dataclass(frozen=True, slots=True)
class Instances:
    """A rule told by its first instances: «ежегодно, август», «2 раза в год (октябрь, апрель)»."""

    items: tuple[Dated, ...]
    rule: tuple[str, ...]
    """Without BYMONTH and BYMONTHDAY, which come from several items."""
    since: Dated | None = None

    def settle(self, situation: Situation) -> Term:
        if self.since is not None:
            begins = self.since.settle(situation).start
            situation = replace(situation, today=_as_day(begins), school_year=None, plan_year=None)
        settled = [item.settle(situation) for item in self.items]
        first = min(settled, key=lambda term: _as_day(term.start) or _as_day(term.end) or date.max)
        is_days = all(item.is_one_day for item in self.items)
        start = first.end if is_days else first.start
        return Term(
            TermKind.RECURRING,
            start=start,
            end=None if is_days else first.end,
            precision=first.precision,
            tz=first.tz,
            rrule=";".join(self.rule + self._by(is_days=is_days)),
            doubts=first.doubts,
        )

    def _by(self, *, is_days: bool) -> tuple[str, ...]:
        months = sorted({item.first.first[0] for item in self.items})
        listed = ",".join(str(month) for month in months)
        if is_days:
            days = {item.first.first[1] for item in self.items}
            if len(days) > 1:
                raise TermError(Doubt.NOT_UNDERSTOOD)  # one rule cannot say «1 февраля и 15 июня»
            return (f"BYMONTH={listed}", f"BYMONTHDAY={days.pop()}")
        return (f"BYMONTH={listed}",) if len(months) > 1 else ()


@dataclass(frozen=True, slots=True)
class Continued:
    """«1 октября 2021 года, далее – ежеквартально»: the first occurrence, then the rule."""

    first: Dated
    rule: tuple[str, ...]

    def settle(self, situation: Situation) -> Term:
        first = self.first.settle(situation)
        is_day = self.first.shape in {Shape.DUE, Shape.INSTANT, Shape.SINCE} or self.first.is_one_day
        return Term(
            TermKind.RECURRING,
            start=first.end if is_day and first.start is None else first.start,
            end=None if is_day else first.end,
            precision=first.precision,
            tz=first.tz,
            rrule=";".join(self.rule),
            doubts=first.doubts,
        )


def first_day(rule: str, begins: date) -> date | None:
    """The first day of a rule on or after ``begins``; a month without its day has its last one."""
    found = next(iter(rrulestr(clamped(rule, begins), dtstart=datetime.combine(begins, time()))), None)
    return None if found is None else found.date()


def combine(frequency: Frequency | None, days: Days, within: Within | None) -> Repeated | None:
    """One rule of a frequency, its days and the months that they lie in; None where these do not fit."""
    unit = None if frequency is None else frequency.unit
    if frequency is not None and frequency.interval != 1:
        return None
    if days.is_weekly:
        fits = within is None and unit in {None, "week", "day"}
        return Repeated(("FREQ=WEEKLY", *days.parts), "week", has_days=True) if fits else None
    months = _months(unit, days, within)
    if months is None:
        return None
    if not months:
        return Repeated(("FREQ=MONTHLY", *days.parts), "month", has_days=True)
    listed = f"BYMONTH={','.join(str(month) for month in months)}"
    # a position within a month needs MONTHLY: with YEARLY, BYSETPOS would count through the whole year
    name = "YEARLY" if days.parts[0].startswith("BYMONTHDAY") else "MONTHLY"
    return Repeated((f"FREQ={name}", listed, *days.parts), "quarter", has_days=True)


def _months(unit: str | None, days: Days, within: Within | None) -> tuple[int, ...] | None:
    """The months of a rule, () for all of them, None where the words leave them open."""
    if within is None:
        if unit == "month":
            return ()
        if unit == "quarter" and days.is_last:
            return QUARTER_MONTHS[-1]
        return None
    if within.follows_period:
        return {"month": (), "quarter": QUARTER_MONTHS[1], "half": HALF_MONTHS[1]}.get(unit or within.unit)
    if unit is not None and unit != within.unit:
        return None
    if within.unit == "quarter" and not within.months:
        return QUARTER_MONTHS[-1] if days.is_last else None
    return within.months


def _limits(limits: Term | None, within: Dated | None) -> tuple[date | None, date | None]:
    if limits is None or within is None:
        return None, None
    if within.shape is Shape.DUE and within.edge is Edge.START:
        raise TermError(Doubt.NOT_UNDERSTOOD)
    return _as_day(limits.start), _as_day(limits.end)


def _as_day(boundary: Boundary | None) -> date | None:
    if isinstance(boundary, datetime):
        return boundary.date()
    return boundary if isinstance(boundary, date) else None


def utc(moment: datetime, zone: str) -> datetime:
    return moment.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
