"""Where and when a phrase is read: what it leaves out is taken from here, never from a guess."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from bot.domain.calendar import WorkCalendar
from bot.domain.regions import Region, find_region
from bot.domain.terms.model import Doubt, Precision
from bot.domain.terms.stretches import (
    PlanYear,
    RelativeYear,
    Stretch,
    TermError,
    Year,
    half_of_school_year,
    school_year,
    whole_year,
)

_SCHOOL_YEAR = re.compile(r"((?:19|20)\d{2})(?:\s*[-–—/]\s*(?:\d{4}|\d{2}))?$")
_AUGUST = 8


@dataclass(frozen=True, slots=True)
class Situation:
    """The day of reading, the region and what the document says of its own period; any of them may be unknown."""

    today: date | None = None
    region: Region | None = None
    school_year: int | None = None
    """The autumn of the plan's school year."""
    plan_year: int | None = None
    report_period: tuple[date, date] | None = None
    document_period: tuple[date, date] | None = None
    anchor: date | datetime | None = None
    """The day or moment of the event that a relative phrase counts from."""

    @property
    def calendar(self) -> WorkCalendar:
        return _calendar()

    def place(self, stretches: Iterable[Stretch], *, is_assumed: set[Doubt] | None = None) -> list[Stretch]:
        """The stretches of one item (a day, or both ends of a range) with the years that they lack.

        A year named in the phrase serves both ends; otherwise the document's own does, otherwise the first year in
        which the item is not over on the day of reading, and that alone is an assumption: ``is_assumed`` gets it.
        Raises TermError(NO_YEAR) where nothing tells.
        """
        known = [self._resolve(stretch) for stretch in stretches]
        named = [stretch.year for stretch in known if isinstance(stretch.year, int)]
        if len(named) == len(known):
            return known
        if named:
            return _lend_year(known)
        placed, is_told = self._choose_year(known)
        if is_assumed is not None and not is_told:
            is_assumed.add(Doubt.YEAR_ASSUMED)
        return placed

    def year_of(self, year: Year) -> int:
        if isinstance(year, int):
            return year
        if self.today is None or isinstance(year, PlanYear):
            raise TermError(Doubt.REFERENCE_MISSING)
        return self.today.year + year.shift

    def reported(self) -> tuple[date, date]:
        """The first and last day of the period that the document reports on."""
        if self.report_period is None:
            raise TermError(Doubt.REFERENCE_MISSING)
        return self.report_period

    def current_school_year(self) -> int:
        """The autumn of the plan's school year, or of the one that is not over on the day of reading."""
        if self.school_year is not None:
            return self.school_year
        if self.today is None:
            raise TermError(Doubt.NO_YEAR)
        return self.today.year - (self.today.month <= 5)

    def _resolve(self, stretch: Stretch) -> Stretch:
        if stretch.needs_month:
            raise TermError(Doubt.NO_YEAR)
        if isinstance(stretch.year, PlanYear):
            return self._plan()
        if stretch.year is None and stretch.half and self.school_year is not None:
            return half_of_school_year(stretch.half, self.school_year)
        if isinstance(stretch.year, RelativeYear):
            if stretch.is_school_year:
                return stretch.in_year(self.current_school_year() + stretch.year.shift)
            return stretch.in_year(self.year_of(stretch.year))
        if stretch.year is None and stretch.is_school_year:
            return stretch.in_year(self.current_school_year())
        return stretch

    def _plan(self) -> Stretch:
        if self.school_year is not None:
            return school_year(self.school_year)
        if self.plan_year is not None:
            return whole_year(self.plan_year)
        raise TermError(Doubt.NO_YEAR)

    def _choose_year(self, stretches: list[Stretch]) -> tuple[list[Stretch], bool]:
        """The stretches in their year, and whether it was the document that told it."""
        if self.school_year is not None and stretches[-1].precision is Precision.YEAR:
            raise TermError(Doubt.AMBIGUOUS)  # «до конца года» in a school's plan: in December or in May
        told = self._told_years(stretches)
        first_error: TermError | None = None
        for year in told or self._possible_years(stretches):
            try:
                placed = _spread(stretches, year)
                last = placed[-1].bounds()[1]
            except TermError as error:
                first_error = first_error or error
                continue
            if self._serves(placed, last, is_told=bool(told)):
                return placed, bool(told) and self._is_of_school_year(placed)
        raise first_error or TermError(Doubt.NO_YEAR)

    def _told_years(self, stretches: list[Stretch]) -> list[int]:
        """The years that the document's own title or period leaves; none where it leaves the choice to the reader."""
        if self.school_year is not None:
            if stretches[0].first[0] == _AUGUST and self.today is None:
                return []  # the August before a school year prepares it, the one after closes it
            return [self.school_year, self.school_year + 1]
        if self.plan_year is not None:
            return [self.plan_year]
        if self.report_period is not None:
            return []  # its period is the one that it looks back on: what it sets a term for comes later
        fitting = self._years_of_period(stretches)
        return fitting if len(fitting) == 1 else []

    def _possible_years(self, stretches: list[Stretch]) -> list[int]:
        if self.school_year is not None:
            return []
        if self.today is not None:
            return [self.today.year - 1, self.today.year, self.today.year + 1]
        fitting = self._years_of_period(stretches)
        return fitting if len(fitting) == 1 else []

    def _years_of_period(self, stretches: list[Stretch]) -> list[int]:
        """The years in which the stretches lie within the period that the document names."""
        if self.document_period is None:
            return []
        first, last = self.document_period
        return [year for year in range(first.year, last.year + 1) if self._lies_within(stretches, year)]

    def _serves(self, placed: list[Stretch], last: date, *, is_told: bool) -> bool:
        if self.school_year is not None:
            first = placed[0].bounds()[0]
            if first.month == _AUGUST:
                return self.today is not None and last >= self.today
            return first >= date(self.school_year, 9, 1)
        return is_told or self.today is None or last >= self.today

    def _is_of_school_year(self, placed: list[Stretch]) -> bool:
        """Of a school's plan the summer may be the one before or the one after; June belongs to the year that ends."""
        if self.school_year is None:
            return True
        return placed[0].bounds()[0].month != _AUGUST and placed[-1].bounds()[1] < date(self.school_year + 1, 7, 1)

    def _lies_within(self, stretches: list[Stretch], year: int) -> bool:
        if self.document_period is None:
            return False
        try:
            placed = _spread(stretches, year)
            return (
                self.document_period[0] <= placed[0].bounds()[0] and placed[-1].bounds()[1] <= self.document_period[1]
            )
        except TermError:
            return False


def read_situation(reference_date: date | None, region: str | None, context: Mapping[str, str] | None) -> Situation:
    """The situation of the arguments; whatever in them cannot be read counts as unknown."""
    given = context or {}
    found = None if region is None else find_region(region)
    return Situation(
        today=reference_date.date() if isinstance(reference_date, datetime) else reference_date,
        region=found,
        school_year=_year(given.get("school_year")),
        plan_year=_year(given.get("plan_year")),
        report_period=_period(given.get("report_period")),
        document_period=_period(given.get("document_period")),
        anchor=_moment(given.get("anchor")),
    )


@cache
def _calendar() -> WorkCalendar:
    return WorkCalendar()


def _spread(stretches: list[Stretch], year: int) -> list[Stretch]:
    """All the stretches from ``year`` on, in order: one that would lie before its predecessor is in the next year."""
    placed: list[Stretch] = []
    for stretch in stretches:
        own = stretch.in_year(year)
        if placed and own.bounds()[1] < placed[-1].bounds()[0]:
            year += 1
            own = stretch.in_year(year)
        placed.append(own)
    return placed


def _lend_year(stretches: list[Stretch]) -> list[Stretch]:
    """«с 25 декабря по 10 января 2025 г.»: the end that names its year gives it to the other, over the New Year."""
    first, last = stretches[0], stretches[-1]
    if first.year is None and isinstance(last.year, int):
        year = last.year + last.crosses
        own = first.in_year(year)
        return [own if own.bounds()[0] <= last.bounds()[1] else first.in_year(year - 1), last]
    if last.year is None and isinstance(first.year, int):
        own = last.in_year(first.year)
        return [first, own if own.bounds()[1] >= first.bounds()[0] else last.in_year(first.year + 1)]
    raise TermError(Doubt.NO_YEAR)


def _year(text: object) -> int | None:
    match = _SCHOOL_YEAR.match(str(text).strip()) if text is not None else None
    return None if match is None else int(match.group(1))


def _period(text: object) -> tuple[date, date] | None:
    if not isinstance(text, str):
        return None
    try:
        if re.fullmatch(r"\d{4}", text.strip()):
            return whole_year(int(text)).bounds()
        if _SCHOOL_YEAR.match(text.strip()):
            return school_year(int(text.strip()[:4])).bounds()
        first, last = (date.fromisoformat(part.strip()) for part in text.split("/"))
    except (ValueError, TermError):
        return None
    return first, last


def _moment(text: object) -> date | datetime | None:
    if not isinstance(text, str):
        return None
    try:
        return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text.strip())
    except ValueError:
        return None
