"""The rows of a table of people, judged before anything of it is applied."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.domain import names
from bot.domain.errors import DomainError
from bot.domain.names import BadNameError, title_key
from bot.domain.network import Role
from bot.domain.regions import find_region

MAX_COHORT = 50
_ROLES = {
    Role.COORDINATOR: ("координатор", "ответствен", "руководител", "директор", "куратор"),
    Role.TEACHER: ("учител", "педагог", "преподавател", "участник", "воспитател"),
    Role.STUDENT: ("ученик", "учениц", "обучающ", "учащ", "студент"),
    Role.TUTOR: ("тьютор",),
    Role.MENTOR: ("наставник", "ментор"),
}


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One row as it is written; ``line`` is its number in the file, counted as the spreadsheet counts."""

    line: int
    region: str = ""
    municipality: str = ""
    school: str = ""
    full_name: str = ""
    role: str = ""
    cohort: str = ""


class RowProblem(StrEnum):
    """Why a row cannot be applied. The words are ``import-problem-…`` of the catalogue."""

    NO_REGION = "no_region"
    UNKNOWN_REGION = "unknown_region"
    NO_MUNICIPALITY = "no_municipality"
    BAD_TITLE = "bad_title"
    NO_NAME = "no_name"
    BAD_NAME = "bad_name"
    NO_ROLE = "no_role"
    UNKNOWN_ROLE = "unknown_role"
    NO_SCHOOL = "no_school"  # only coordinators belong above the schools
    LONG_COHORT = "long_cohort"


@dataclass(frozen=True, slots=True)
class RowFault:
    """``value``: what stands in the cell concerned."""

    line: int
    problem: RowProblem
    value: str = ""


class BadRowsError(DomainError):
    """Some rows cannot be applied, so none is."""

    def __init__(self, faults: Sequence[RowFault]) -> None:
        super().__init__(f"{len(faults)} faults, the first in line {faults[0].line}: {faults[0].problem}")
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class CheckedRow:
    """A row that can be applied. ``titles``: one to three, from the region down. ``role`` is None where the row only
    names a unit."""

    line: int
    titles: tuple[str, ...]
    timezone: str | None
    full_name: str
    role: Role | None
    cohort: str | None


def check_rows(rows: Sequence[PersonRow], *, known_regions: Collection[str]) -> list[CheckedRow]:
    """All rows, checked; ``known_regions`` are titles of the network's own. Raises BadRowsError with every fault."""
    checker = _Checker({title_key(title): title for title in known_regions})
    checked = [checker.check(row) for row in rows]
    if checker.faults:
        raise BadRowsError(checker.faults)
    return [row for row in checked if row is not None]


def role_of(word: str) -> Role | None:
    """The role that «Учитель», «педагоги», «координатор школы» name; None for none or two."""
    plain = names.one_line(word).casefold()
    found = [role for role, stems in _ROLES.items() if any(stem in plain for stem in stems)]
    return found[0] if len(found) == 1 else None


class _Checker:
    """Collects every fault, so that a table is corrected in one go."""

    def __init__(self, known_regions: dict[str, str]) -> None:
        self._known_regions = known_regions
        self.faults: list[RowFault] = []

    def check(self, row: PersonRow) -> CheckedRow | None:
        before = len(self.faults)
        titles, timezone = self._titles(row)
        name, role = self._person(row)
        if role not in (None, Role.COORDINATOR) and not names.one_line(row.school):
            self._fault(row, RowProblem.NO_SCHOOL, row.full_name)
        cohort = names.one_line(row.cohort)
        if len(cohort) > MAX_COHORT:
            self._fault(row, RowProblem.LONG_COHORT, cohort)
        if len(self.faults) > before:
            return None
        return CheckedRow(row.line, titles, timezone, name, role, cohort or None)

    def _titles(self, row: PersonRow) -> tuple[tuple[str, ...], str | None]:
        region, timezone = self._region(row)
        titles = [region]
        if names.one_line(row.school) and not names.one_line(row.municipality):
            self._fault(row, RowProblem.NO_MUNICIPALITY, row.school)
        for title in (row.municipality, row.school):
            if not names.one_line(title):
                continue
            try:
                titles.append(names.unit_title(title))
            except BadNameError:
                self._fault(row, RowProblem.BAD_TITLE, title)
        return tuple(titles), timezone

    def _region(self, row: PersonRow) -> tuple[str, str | None]:
        written = names.one_line(row.region)
        if not written:
            self._fault(row, RowProblem.NO_REGION)
            return "", None
        if title_key(written) in self._known_regions:
            return self._known_regions[title_key(written)], None
        region = find_region(written)
        if region is None:
            self._fault(row, RowProblem.UNKNOWN_REGION, written)
            return written, None
        return region.title, region.timezone

    def _person(self, row: PersonRow) -> tuple[str, Role | None]:
        word, written = names.one_line(row.role), names.one_line(row.full_name)
        if not word and not written:
            return "", None
        role = role_of(word)
        if not word:
            self._fault(row, RowProblem.NO_ROLE, written)
        elif role is None:
            self._fault(row, RowProblem.UNKNOWN_ROLE, word)
        if not written:
            self._fault(row, RowProblem.NO_NAME)
            return "", role
        try:
            return names.full_name(written), role
        except BadNameError:
            self._fault(row, RowProblem.BAD_NAME, written)
            return "", role

    def _fault(self, row: PersonRow, problem: RowProblem, value: str = "") -> None:
        self.faults.append(RowFault(row.line, problem, names.one_line(value)))
