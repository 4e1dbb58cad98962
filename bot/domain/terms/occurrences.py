"""The concrete dates of a term within a window, and the instants at which they are due."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta
from dateutil.rrule import rrule, rrulestr

from bot.domain.terms.model import Boundary, Precision, Term, TermKind

END_OF_DAY = time(23, 59, 59)
_LONGEST_HOLIDAY = timedelta(days=14)
"""By how much the working calendar may move a day of a rule."""
_LONGEST_UNIT = timedelta(days=366)
_SHORTEST_MONTH = 28
_UNIT_MONTHS = {Precision.MONTH: 1, Precision.QUARTER: 3, Precision.YEAR: 12}


class WorkingDays(Protocol):
    """What the rules of terms ask of a calendar."""

    def last_working_day_of_month(self, day: date) -> date: ...

    def add_working_days(self, day: date, count: int) -> date: ...


@dataclass(frozen=True, slots=True)
class DueDate:
    """One concrete date of a term, on the calendar of the term's own zone."""

    on: date
    """The last permitted day; for an event, its day."""
    at: datetime | time | None = None
    """The moment when the phrase names one: aware with a named zone, else naive local time."""
    starts_on: date | None = None
    """The first day of a period, or the day on which an event begins."""
    precision: Precision = Precision.DAY


def due_dates(term: Term, *, after: date, until: date, calendar: WorkingDays) -> list[DueDate]:
    """The dates of a term that lie within ``after``–``until``, both inclusive, in order.

    A rule that names working days takes them from ``calendar``, with its moved days. Nothing comes of a term without
    a date: one that waits for its event, «по необходимости», or a rule without a day (see ``needs_day``).
    """
    terms = term.parts or (term,)
    found = {due for part in terms for due in _dates_of(part, after, until, calendar)}
    return sorted((due for due in found if after <= due.on <= until), key=lambda due: (due.on, str(due.at)))


def needs_day(term: Term) -> bool:
    """Whether the term repeats on days that it does not name, so that somebody has to choose them."""
    return any(part.kind is TermKind.RECURRING and part.start is None for part in term.parts or (term,))


def propose_days(term: Term) -> Term | None:
    """The same rule on a day that may be offered: the last working day of each month, quarter or half-year.

    None where the rule names its days, or where nothing obvious can be offered (weekly, yearly, a school quarter).
    """
    if not needs_day(term) or term.parts:
        return None
    months = {
        "FREQ=MONTHLY": "",
        "FREQ=MONTHLY;INTERVAL=3": "BYMONTH=3,6,9,12;",
        "FREQ=MONTHLY;INTERVAL=6": "BYMONTH=6,12;",
    }.get(term.rrule or "")
    if months is None:
        return None
    rule = f"FREQ=MONTHLY;{months}BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"
    return replace(term, rrule=rule, precision=Precision.DAY, doubts=())


def due_instant(due: DueDate, zone: ZoneInfo) -> datetime:
    """The instant, aware in UTC, after which the answer is late.

    A day lasts to its end: «до 15 ноября» is due at 23:59:59 of the 15th in ``zone``. A moment that names its own zone
    keeps it.
    """
    if isinstance(due.at, datetime):
        moment = due.at if due.at.tzinfo is not None else due.at.replace(tzinfo=zone)
        return moment.astimezone(UTC)
    clock = END_OF_DAY if due.at is None else due.at
    return datetime.combine(due.on, clock, tzinfo=zone).astimezone(UTC)


def _dates_of(term: Term, after: date, until: date, calendar: WorkingDays) -> Iterator[DueDate]:
    precision = term.precision or Precision.DAY
    if term.kind in {TermKind.DEADLINE, TermKind.PERIOD, TermKind.RELATIVE}:
        day = day_of(term.end)
        if day is not None:
            yield DueDate(day, _moment(term.end), day_of(term.start), precision)
    elif term.kind is TermKind.RECURRING and term.rrule is not None and term.start is not None:
        yield from _repeated(term, after, until, calendar)


def _repeated(term: Term, after: date, until: date, calendar: WorkingDays) -> Iterator[DueDate]:
    start, last = day_of(term.start), day_of(term.end)
    if start is None:
        return
    length = timedelta(0) if last is None else last - start
    for day in rule_days(term, start):
        if day > until + _LONGEST_HOLIDAY:
            return
        if day >= after - length - _LONGEST_UNIT:
            yield _occurrence(term, day, start, last, calendar)


def _occurrence(term: Term, day: date, start: date, last: date | None, calendar: WorkingDays) -> DueDate:
    precision = term.precision or Precision.DAY
    if last is not None and not isinstance(term.end, datetime):
        return DueDate(_same_end(day, start, last), None, day, precision)
    if (place := _working_place(term)) is not None:
        day = _working_day(day, place, calendar)
    if isinstance(term.start, datetime):
        moment = datetime.combine(day, term.start.time(), tzinfo=_zone_of(term))
        return DueDate(day, moment, day if last is not None else None, precision)
    if precision in _UNIT_MONTHS:
        return DueDate(_end_of_unit(day, precision), None, day, precision)
    return DueDate(day, None, None, precision)


def _working_place(term: Term) -> int | None:
    """Which working day of the month the rule means."""
    parts = (term.rrule or "").split(";")
    places = [int(part[9:]) for part in parts if part.startswith("BYSETPOS=")]
    return places[0] if places and "BYDAY=MO,TU,WE,TH,FR" in parts else None


def _working_day(day: date, place: int, calendar: WorkingDays) -> date:
    if place == -1:
        return calendar.last_working_day_of_month(day)
    return calendar.add_working_days(day.replace(day=1) - timedelta(days=1), place)


def rule_days(term: Term, start: date) -> Iterator[date]:
    """The days of a rule from ``start`` on; UNTIL is read as the local day that it falls on."""
    until = until_day(term)
    series = rrulestr(clamped(term.rrule or "", start), dtstart=datetime.combine(start, time()))
    assert isinstance(series, rrule)
    for moment in series:
        if until is not None and moment.date() > until:
            return
        yield moment.date()


def clamped(rule: str, start: date) -> str:
    """The rule with the last day of a shorter month in the place of its 29th, 30th or 31st, which RFC 5545 skips."""
    parts = dict(part.split("=", 1) for part in rule.split(";"))
    parts.pop("UNTIL", None)
    is_by_date = parts["FREQ"] in {"MONTHLY", "YEARLY"} and "BYDAY" not in parts
    days = [int(day) for day in parts.get("BYMONTHDAY", str(start.day)).split(",")]
    early, late = [day for day in days if day < _SHORTEST_MONTH], [day for day in days if day > _SHORTEST_MONTH]
    if is_by_date and len(late) == 1 and len(early) == len(days) - 1 and min(days) > 0:
        if parts["FREQ"] == "YEARLY":
            parts.setdefault("BYMONTH", str(start.month))
            parts["FREQ"], parts["INTERVAL"] = "MONTHLY", "1"
        parts["BYMONTHDAY"] = ",".join(str(day) for day in (*early, *range(_SHORTEST_MONTH, late[0] + 1)))
        parts["BYSETPOS"] = ",".join(str(place) for place in (*range(1, len(early) + 1), -1))
    return ";".join(f"{name}={value}" for name, value in parts.items())


def until_day(term: Term) -> date | None:
    """The last day of a rule, in the zone of the term; None for a rule without an end."""
    text = next((part[6:] for part in (term.rrule or "").split(";") if part.startswith("UNTIL=")), None)
    if text is None:
        return None
    if text.endswith("Z"):
        moment = datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        return moment.astimezone(ZoneInfo(term.tz or "UTC")).date()
    return date(int(text[:4]), int(text[4:6]), int(text[6:8]))


def day_of(boundary: Boundary | None) -> date | None:
    """The day of a boundary; None for a bare time."""
    if isinstance(boundary, datetime):
        return boundary.date()
    return boundary if isinstance(boundary, date) else None


def _moment(boundary: Boundary | None) -> datetime | time | None:
    return boundary if isinstance(boundary, datetime | time) else None


def _zone_of(term: Term) -> ZoneInfo | None:
    return None if term.tz is None else ZoneInfo(term.tz)


def _same_end(day: date, start: date, last: date) -> date:
    """The end of the instance that begins on ``day``: of whole months again whole months."""
    months = (last.year - start.year) * 12 + last.month - start.month
    if start.day == 1 and (last + timedelta(days=1)).day == 1:
        return day + relativedelta(months=months + 1, day=1) - timedelta(days=1)
    return day + (last - start)


def _end_of_unit(day: date, precision: Precision) -> date:
    """A rule that names only months is due on their last day."""
    return day + relativedelta(months=_UNIT_MONTHS[precision], day=1) - timedelta(days=1)
