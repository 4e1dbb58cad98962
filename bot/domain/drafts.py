"""A document on its way to a plan, and what each of its rows would become if it were planned now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from bot.domain.documents import DocumentFact, DocumentKind, Mention
from bot.domain.ids import ActivityId, DocumentId, FormId, LadderId, PersonId, RowId, UnitId
from bot.domain.matters import AnswerForm, Audience, LadderName
from bot.domain.regions import find_region
from bot.domain.terms.model import Term

_FAULTS = frozenset({"no_title", "extra_cells", "duplicate_number", "row_uncertain", "other_term"})
"""Of the problems of a row those that make its text doubtful; what is wrong with the term stands in the term."""


class DocumentState(StrEnum):
    """A draft that is checked, a document whose dates are open, or one whose dates were called off.

    An edition of a planned document is a draft too, and ``applied`` once the plan has taken its changes over.
    """

    DRAFT = "draft"
    PLANNED = "planned"
    CANCELLED = "cancelled"
    APPLIED = "applied"


class RowDecision(StrEnum):
    """What the coordinator said of a row; ``take``: nothing yet. Only what he accepted is planned."""

    TAKE = "take"
    ACCEPT = "accept"
    SKIP = "skip"
    DONE = "done"  # past, and done: nothing is asked
    OVERDUE = "overdue"  # past, and asked for all the same


class RowState(StrEnum):
    """What would become of a row if the document were planned now."""

    READY = "ready"  # understood: gets its dates once it is accepted
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
    quotes: Mapping[DocumentFact, str] = field(default_factory=dict)
    """The line that each fact was read from; the coordinator's own words have none."""
    mentions: tuple[Mention, ...] = ()
    compared_with: DocumentId | None = None
    """The planned document that this one is an edition of; it is never planned beside it."""
    dropped: tuple[ActivityId, ...] = ()
    """Of that plan, what the edition does not name and the coordinator wants called off."""
    unit_region: str | None = None
    """The region of the unit that the document was given to."""

    @property
    def is_of_another_region(self) -> bool:
        """It names one region, and was given to a unit of another: most likely not the paper that was meant."""
        own = find_region(self.region) if self.region else None
        given = find_region(self.unit_region) if self.unit_region else None
        return own is not None and given is not None and own != given


@dataclass(frozen=True, slots=True)
class RowContent:
    """What a row says: kept beside the row as it was before the first change of its texts.

    ``typed_phrase`` goes with ``term``: a date that the coordinator gave never stands for the document's own words.
    """

    number: str
    title: str
    responsible: str
    result: str
    phrase: str
    term: Term | None
    links: tuple[str, ...]
    typed_phrase: str | None = None


@dataclass(frozen=True, slots=True)
class DraftRow:
    """``typed_phrase``: the coordinator's words for the term, or the document's own once he has confirmed it.

    ``section``: the heading over the row. ``cohort``: of those whom the row addresses, as the document names it, only
    proposed. ``ladder`` None: the ordinary one. ``joined_into``: this row is a part of that one now, and is shown no
    more. ``split_from``: the row of the document that this one was cut from. ``as_read``: what the row said before the
    coordinator changed its texts, joined or split it.
    """

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
    section: str | None = None
    cohort: str | None = None
    ladder: LadderName | None = None
    ladder_id: LadderId | None = None  # one of the coordinators' own, before the named one
    is_obligatory: bool = True
    asks: AnswerForm | None = None
    form_id: FormId | None = None  # a form of questions, in place of what «Выполнено» asks for
    needs_acceptance: bool = False
    joined_into: RowId | None = None
    split_from: RowId | None = None
    as_read: RowContent | None = None

    @property
    def is_confirmed(self) -> bool:
        return self.typed_phrase is not None

    @property
    def content(self) -> RowContent:
        return RowContent(
            self.number,
            self.title,
            self.responsible,
            self.result,
            self.phrase,
            self.term,
            self.links,
            self.typed_phrase,
        )


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
    ``is_zone_assumed``: an hour is named, and neither the phrase nor the document says on whose clock.
    """

    row: DraftRow
    state: RowState
    dates: tuple[PlannedDate, ...] = ()
    days_off: tuple[date, ...] = ()
    unsure_years: tuple[int, ...] = ()
    is_zone_assumed: bool = False

    @property
    def is_accepted(self) -> bool:
        """Understood, and the coordinator has said that it may be planned."""
        return self.state in (RowState.READY, RowState.UNDATED) and self.row.decision is RowDecision.ACCEPT

    @property
    def is_planned(self) -> bool:
        return self.is_accepted or self.state is RowState.OVERDUE

    @property
    def is_decided(self) -> bool:
        """Nothing more is asked of the coordinator about it."""
        return self.is_accepted or self.state in (RowState.OVERDUE, RowState.DONE, RowState.SKIPPED)

    @property
    def is_doubtful(self) -> bool:
        """Somebody must look at it before it is accepted: the term, a day off among its dates, or a faulty row."""
        if self.state is RowState.QUESTION:
            return True
        if self.state not in (RowState.READY, RowState.UNDATED) or self.is_accepted:
            return False
        term, row = self.row.term, self.row
        has_doubts = term is not None and bool(term.doubts) and not row.is_confirmed
        has_doubts = has_doubts or self.is_zone_assumed
        return has_doubts or self._is_on_day_off or any(problem["code"] in _FAULTS for problem in row.problems)

    @property
    def _is_on_day_off(self) -> bool:
        """Of a rule the nearest date counts alone: sooner or later every rule meets a day off, and warns of it then."""
        term = self.row.term
        is_rule = term is not None and (term.rrule is not None or any(part.rrule is not None for part in term.parts))
        counted = self.dates[:1] if is_rule else self.dates
        return any(due.due_on in self.days_off for due in counted)

    @property
    def is_clear(self) -> bool:
        """Understood without a doubt, and not accepted yet: what «Принять все понятые» takes."""
        return self.state in (RowState.READY, RowState.UNDATED) and not self.is_accepted and not self.is_doubtful


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
