"""Meanings with a place in the calendar: a deadline, a period, an instant, «с … » without an end."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import Enum, auto
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.domain.terms.model import Boundary, Doubt, Precision, Term, TermKind
from bot.domain.terms.situation import Situation
from bot.domain.terms.stretches import Stretch, TermError

LOCAL = "local"
"""«по местному времени»: the zone of the region where the phrase is read."""


class Meaning(Protocol):
    """What a phrase means before it is known where and when it is read."""

    def settle(self, situation: Situation) -> Term:
        """The term in this situation. Raises TermError where the situation does not give what it needs."""


@dataclass(frozen=True, slots=True)
class Clock:
    hour: int
    minute: int
    zone: str | None = None

    def on(self, day: date, zone: str | None) -> datetime:
        """The moment on this day; 24:00 is the midnight that ends it. Raises TermError for 25:00."""
        self.ensure_possible()
        tz = None if zone is None else ZoneInfo(zone)
        midnight = datetime.combine(day, time(0, 0), tzinfo=tz)
        return midnight + timedelta(hours=self.hour, minutes=self.minute)

    def alone(self) -> time:
        self.ensure_possible()
        if self.hour == 24:
            raise TermError(Doubt.NOT_UNDERSTOOD)  # a midnight that belongs to no day
        return time(self.hour, self.minute)

    def ensure_possible(self) -> None:
        if self.hour > 24 or self.minute > 59 or (self.hour == 24 and self.minute):
            raise TermError(Doubt.INVALID)


class Shape(Enum):
    BARE = auto()
    """«15 ноября 2024 г.», «октябрь»: a day is a deadline, anything longer a period."""
    DUE = auto()
    BETWEEN = auto()
    SINCE = auto()
    INSTANT = auto()
    """A day with a time and no «до»: an event begins and is due at that moment."""


class Edge(Enum):
    END = auto()
    """«не позднее ноября», «до конца года»: the last day of the stretch."""
    BEFORE = auto()
    """«до ноября»: the day before the stretch begins."""
    START = auto()
    """«к началу учебного года»: its first day."""


@dataclass(frozen=True, slots=True)
class Dated:
    shape: Shape
    first: Stretch
    last: Stretch
    """The same as ``first`` where only one stretch is named."""
    first_clock: Clock | None = None
    last_clock: Clock | None = None
    edge: Edge = Edge.END
    is_vague: bool = False
    is_boundary_doubtful: bool = False

    def __hash__(self) -> int:
        """Of what nearly always differs: see Stretch."""
        return hash((self.first.first, self.last.last, self.last.year))

    @property
    def is_one_day(self) -> bool:
        return self.first == self.last and self.first.is_day

    @property
    def zone(self) -> str | None:
        clocks = [clock for clock in (self.last_clock, self.first_clock) if clock is not None]
        return next((clock.zone for clock in clocks if clock.zone is not None), None)

    def as_deadline(self) -> Dated:
        """The meaning after «Срок:»: a bare stretch is due on its last day."""
        if self.shape is Shape.BARE and self.first == self.last:
            return replace(self, shape=Shape.DUE)
        return self

    def settle(self, situation: Situation) -> Term:
        doubts: set[Doubt] = set()
        first, last = self._placed(situation, doubts)
        zone = zone_of(self.zone, situation, doubts)
        if self.is_vague or first.is_vague or last.is_vague:
            doubts.add(Doubt.VAGUE)
        if self.is_boundary_doubtful:
            doubts.add(Doubt.BOUNDARY)
        start_day, end_day = first.bounds()[0], last.bounds()[1]
        if start_day > end_day:
            raise TermError(Doubt.INVALID)
        start, end = self._limits(start_day, end_day, zone)
        if isinstance(start, datetime) and isinstance(end, datetime) and start > end:
            raise TermError(Doubt.INVALID)
        has_clock = self.first_clock is not None or self.last_clock is not None
        is_deadline = self.shape in {Shape.DUE, Shape.INSTANT} or (self.shape is Shape.BARE and self.is_one_day)
        return Term(
            kind=TermKind.DEADLINE if is_deadline else TermKind.PERIOD,
            start=start,
            end=end,
            precision=Precision.MINUTE if has_clock else finest(first.precision, last.precision),
            tz=zone if has_clock else None,
            is_vague=Doubt.VAGUE in doubts,
            doubts=tuple(sorted(doubts)),
        )

    def _placed(self, situation: Situation, doubts: set[Doubt]) -> tuple[Stretch, Stretch]:
        if self.first == self.last:
            (only,) = situation.place([self.first], is_assumed=doubts)
            return only, only
        first, last = situation.place([self.first, self.last], is_assumed=doubts)
        return first, last

    def _limits(self, first: date, last: date, zone: str | None) -> tuple[Boundary | None, Boundary | None]:
        if self.shape is Shape.SINCE:
            return (first if self.first_clock is None else self.first_clock.on(first, zone)), None
        if self.shape is Shape.INSTANT and self.last_clock is not None:
            moment = self.last_clock.on(last, zone)
            return moment, moment
        if self.shape is Shape.DUE:
            return None, self._due(first, last, zone)
        if self.shape is Shape.BARE and self.is_one_day:
            return None, last
        start: Boundary = first if self.first_clock is None else self.first_clock.on(first, zone)
        end: Boundary = last if self.last_clock is None else self.last_clock.on(last, zone)
        return start, end

    def _due(self, first: date, last: date, zone: str | None) -> Boundary:
        if self.edge is Edge.BEFORE:
            return first - timedelta(days=1)
        if self.edge is Edge.START:
            return first
        return last if self.last_clock is None else self.last_clock.on(last, zone)


@dataclass(frozen=True, slots=True)
class Hours:
    """Times without a day: «до 18.00 по местному времени», «с 8:00 до 22:00»."""

    first: Clock | None
    last: Clock | None
    is_event: bool = False

    def settle(self, situation: Situation) -> Term:
        doubts: set[Doubt] = set()
        clocks = [clock for clock in (self.last, self.first) if clock is not None]
        zone = zone_of(next((clock.zone for clock in clocks if clock.zone), None), situation, doubts)
        start = None if self.first is None else self.first.alone()
        end = None if self.last is None else self.last.alone()
        if self.is_event:
            start = end
        is_period = self.first is not None
        return Term(
            kind=TermKind.PERIOD if is_period else TermKind.DEADLINE,
            start=start,
            end=end,
            precision=Precision.MINUTE,
            tz=zone,
            doubts=(*sorted(doubts), Doubt.NO_DAY),
        )


def zone_of(zone: str | None, situation: Situation, doubts: set[Doubt]) -> str | None:
    """The IANA zone that is named; «местное» is the region's, and a doubt where no region is known."""
    if zone != LOCAL:
        return zone
    if situation.region is None:
        doubts.add(Doubt.NO_REGION)
        return None
    return situation.region.timezone


_FINENESS = {precision: place for place, precision in enumerate(Precision)}


def finest(*precisions: Precision) -> Precision:
    return min(precisions, key=_FINENESS.__getitem__)
