"""A document on its way to a plan, and what each of its rows would become if it were planned now."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from bot.domain.documents import DocumentKind
from bot.domain.ids import ActivityId, DocumentId, PersonId, RowId, UnitId
from bot.domain.matters import Audience
from bot.domain.regions import find_region
from bot.domain.terms.model import Term


class DocumentState(StrEnum):
    """A draft that is checked, a document whose dates are open, or one whose dates were called off."""

    DRAFT = "draft"
    PLANNED = "planned"
    CANCELLED = "cancelled"


class RowDecision(StrEnum):
    """What the coordinator said of a row; ``take`` until he says otherwise."""

    TAKE = "take"
    SKIP = "skip"
    DONE = "done"  # past, and done: nothing is asked
    OVERDUE = "overdue"  # past, and asked for all the same


class RowState(StrEnum):
    """What would become of a row if the document were planned now."""

    READY = "ready"  # gets its dates
    QUESTION = "question"  # its term was not understood or is doubtful: not planned until somebody answers
    PAST = "past"  # every date is over and nobody has said what to do
    UNDATED = "undated"  # understood, and has no date: is listed, nobody is reminded
    OVERDUE = "overdue"  # is opened with its past date
    DONE = "done"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Draft:
    """A document as it is stored. ``version`` grows with every edit, so that two editors notice each other."""

    id: DocumentId
    unit_id: UnitId
    unit_path: str
    unit_title: str
    kind: DocumentKind
    number: str | None
    dated: date | None
    title: str
    region: str | None
    controller: str | None
    timezone: str
    file_name: str | None
    state: DocumentState
    version: int
    audience: Audience
    problems: tuple[dict[str, Any], ...]
    created_by: PersonId
    created_at: datetime
    planned_at: datetime | None


@dataclass(frozen=True, slots=True)
class DraftRow:
    """``typed_phrase``: the coordinator's words for the term, or the document's own once he has confirmed it."""

    id: RowId
    document_id: DocumentId
    position: int
    number: str
    title: str
    responsible: str
    result: str
    phrase: str
    term: Term | None
    links: tuple[str, ...]
    problems: tuple[dict[str, Any], ...]
    typed_phrase: str | None
    decision: RowDecision
    audience: Audience | None
    activity_id: ActivityId | None

    @property
    def is_confirmed(self) -> bool:
        return self.typed_phrase is not None


@dataclass(frozen=True, slots=True)
class PlannedDate:
    """A date as it would be opened: ``due_on`` is its day in ``timezone``, the whole of it unless an hour was named."""

    due_at: datetime
    due_on: date
    has_time: bool
    timezone: str

    @property
    def key(self) -> str:
        """Names the date within its activity, also after it was moved."""
        return f"{self.due_on:%Y-%m-%d}" + (f" {self.due_at:%H:%M}" if self.has_time else "")


@dataclass(frozen=True, slots=True)
class JudgedRow:
    """``dates``: what would be opened; of a past row, what is over. ``days_off``: those of them on non-working days.

    ``unsure_years``: years of theirs whose moved days off have not been published, so that a day off may be unknown.
    """

    row: DraftRow
    state: RowState
    dates: tuple[PlannedDate, ...] = ()
    days_off: tuple[date, ...] = ()
    unsure_years: tuple[int, ...] = ()

    @property
    def is_planned(self) -> bool:
        return self.state in (RowState.READY, RowState.OVERDUE, RowState.UNDATED)


@dataclass(frozen=True, slots=True)
class Judgement:
    """Every row of a draft with what would become of it, in the order of the document."""

    rows: tuple[JudgedRow, ...]

    def count(self, *states: RowState) -> int:
        counts = Counter(judged.state for judged in self.rows)
        return sum(counts[state] for state in states)

    def of(self, *states: RowState) -> tuple[JudgedRow, ...]:
        return tuple(judged for judged in self.rows if judged.state in states)


def document_zone(region: str | None, unit_timezone: str) -> str:
    """Days of a document are days of its region; without one, of the unit that it was given to."""
    found = find_region(region) if region else None
    return found.timezone if found else unit_timezone
