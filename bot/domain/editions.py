"""A newer edition of a planned document: whether it is one, which rows are the same, and what it would change."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.awaiting import awaited
from bot.domain.calendar import WorkCalendar
from bot.domain.documents import DocumentKind
from bot.domain.drafts import DraftRow, JudgedRow, PlannedDate, RowDecision, RowState
from bot.domain.ids import ActivityId
from bot.domain.judging import judge_row, repeats, split_dates
from bot.domain.matching import match_rows, pair_in_order, same_words, similarity, spelling
from bot.domain.matters import Activity, ActivityState, Occurrence, OccurrenceState
from bot.domain.terms.model import Term

_NEARLY_EQUAL = 0.85
_LOOKALIKES = str.maketrans("abcehkmoptxy", "авсенкмортху")


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What a document is told from others by; ``title`` may be the name of its file."""

    kind: DocumentKind
    number: str | None
    dated: date | None
    title: str


def is_edition_of(new: Letterhead, old: Letterhead, *, matching: float) -> bool:
    """Whether the one is a newer edition of the other, both given to the same unit.

    With numbers: the same number, and the same kind and date or nearly the same title. Where one of them has no
    number: the same title, and ``matching``, the share of rows that are found in the other, at least a half. A pasted
    list has no title but the day it came on: the rows alone tell.
    """
    if new.number and old.number:
        if _number(new.number) != _number(old.number):
            return False
        is_same_paper = new.kind is old.kind and new.dated is not None and new.dated == old.dated
        return is_same_paper or similarity(new.title, old.title) >= _NEARLY_EQUAL
    if new.kind is DocumentKind.LIST and old.kind is DocumentKind.LIST:
        return matching >= 1 / 2
    return bool(spelling(new.title)) and spelling(new.title) == spelling(old.title) and matching >= 1 / 2


class ChangeKind(StrEnum):
    """What an edition does to one row of the plan."""

    NEW = "new"  # not planned yet
    TERM = "term"  # its dates change, or its term as such
    WORDS = "words"  # nothing but the texts: nobody is told
    GONE = "gone"  # planned, and not named any more


class RowText(StrEnum):
    """The texts of a row that an edition may have reworded."""

    TITLE = "title"
    RESPONSIBLE = "responsible"
    RESULT = "result"
    PHRASE = "phrase"


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """A row of the planned document with its activity, where it was planned, and all dates of that."""

    row: DraftRow
    activity: Activity | None = None
    dates: tuple[Occurrence, ...] = ()


@dataclass(frozen=True, slots=True)
class DateChange:
    """An open date and where the edition puts it."""

    occurrence: Occurrence
    to: PlannedDate


@dataclass(frozen=True, slots=True)
class RowChange:
    """One difference. ``judged``: the edition's row, None of a row that is gone; ``planned``: None of a new one.

    ``is_accepted``: the coordinator wants it. ``is_unclear``: its term waits for his word, so that it cannot be made.
    """

    kind: ChangeKind
    judged: JudgedRow | None
    planned: PlannedRow | None
    is_accepted: bool
    is_unclear: bool = False
    moved: tuple[DateChange, ...] = ()
    added: tuple[PlannedDate, ...] = ()
    called_off: tuple[Occurrence, ...] = ()
    reworded: tuple[RowText, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """All differences, in the order of the edition, what is gone last; ``same``: pairs of rows without one."""

    changes: tuple[RowChange, ...]
    same: tuple[tuple[PlannedRow, DraftRow], ...]

    @property
    def accepted(self) -> tuple[RowChange, ...]:
        return tuple(change for change in self.changes if change.is_accepted)

    @property
    def unclear(self) -> tuple[RowChange, ...]:
        """Wanted, and not to be made before somebody has said what the term is."""
        return tuple(change for change in self.accepted if change.is_unclear)


def compare(
    planned: Sequence[PlannedRow],
    edition: Sequence[DraftRow],
    *,
    dropped: Collection[ActivityId],
    zone: ZoneInfo,
    now: datetime,
    calendar: WorkCalendar,
    is_recheck: bool = False,
) -> Comparison:
    """What the edition would change if it were applied at ``now``.

    A row that the edition has is accepted unless it is skipped; one that is gone is called off only where its activity
    is among ``dropped``. Dates moved by hand stand as long as the document's own term is the same; with ``is_recheck``
    the document is held against its own plan, and they are differences.
    """
    standing = [one for one in planned if one.activity is None or one.activity.state is ActivityState.ACTIVE]
    standing = [one for one in standing if one.row.joined_into is None]
    rows = [row for row in edition if row.joined_into is None]
    pairs = dict(match_rows(rows, [one.row for one in standing]))
    changes: list[RowChange] = []
    same: list[tuple[PlannedRow, DraftRow]] = []
    for place, row in enumerate(rows):
        old = standing[pairs[place]] if place in pairs else None
        change = _change(old, row, _Moment(zone, now, calendar), is_recheck=is_recheck)
        if change is not None:
            changes.append(change)
        elif old is not None:
            same.append((old, row))
    found = set(pairs.values())
    gone = [one for place, one in enumerate(standing) if place not in found and one.activity is not None]
    return Comparison((*changes, *(_gone(one, dropped, now) for one in gone)), tuple(same))


@dataclass(frozen=True, slots=True)
class _Moment:
    zone: ZoneInfo
    now: datetime
    calendar: WorkCalendar


@dataclass(frozen=True, slots=True)
class _Dates:
    moved: tuple[DateChange, ...] = ()
    added: tuple[PlannedDate, ...] = ()
    called_off: tuple[Occurrence, ...] = ()
    is_over: bool = False

    @property
    def is_nothing(self) -> bool:
        return not (self.moved or self.added or self.called_off)


def _change(old: PlannedRow | None, row: DraftRow, at: _Moment, *, is_recheck: bool) -> RowChange | None:
    is_accepted = row.decision is not RowDecision.SKIP
    # What making the change would mean is shown whether or not it is wanted.
    taken = row if is_accepted else replace(row, decision=RowDecision.TAKE)
    judged = judge_row(taken, zone=at.zone, now=at.now, calendar=at.calendar)
    if old is None or old.activity is None:
        if old is not None and same_words(old.row.phrase, row.phrase):
            return None  # was left out of the plan, and says what it said
        is_unclear = judged.state in (RowState.QUESTION, RowState.PAST)
        added = judged.dates if judged.state in (RowState.READY, RowState.OVERDUE) else ()
        return RowChange(ChangeKind.NEW, judged, old, is_accepted, is_unclear, added=added)
    reworded = _reworded(old.activity, row)
    if _is_left_open(old, row):
        reworded = tuple(text for text in reworded if text is not RowText.PHRASE)
        return RowChange(ChangeKind.WORDS, judged, old, is_accepted, reworded=reworded) if reworded else None
    # By the row of the plan too: the coordinator may have chosen how often «постоянно» is reported on.
    said = [old.activity.term, *([old.row.term.to_json()] if old.row.term else [])]
    is_same_term = row.term is not None and row.term.to_json() in said
    if is_same_term and not (is_recheck and row.term is not None and row.term.has_date):
        return RowChange(ChangeKind.WORDS, judged, old, is_accepted, reworded=reworded) if reworded else None
    dates = _Dates() if row.term is None else _dates(old, row.term, at)
    if is_same_term and dates.is_nothing:
        return None
    is_unclear = judged.state is RowState.QUESTION or (dates.is_over and judged.state is not RowState.DONE)
    if is_unclear:
        return RowChange(ChangeKind.TERM, judged, old, is_accepted, is_unclear=True, reworded=reworded)
    if dates.is_nothing and not _goes_on_otherwise(old, taken.term):
        return RowChange(ChangeKind.WORDS, judged, old, is_accepted, reworded=reworded or (RowText.PHRASE,))
    return RowChange(
        ChangeKind.TERM,
        judged,
        old,
        is_accepted,
        moved=dates.moved,
        added=dates.added,
        called_off=dates.called_off,
        reworded=reworded,
    )


def _is_left_open(old: PlannedRow, row: DraftRow) -> bool:
    """The edition leaves the term open in the same words: the dates that a coordinator has named for it stand."""
    if row.term is None or row.term.has_date or awaited(row.term) is None:
        return False
    return same_words(old.row.phrase, row.phrase)


def _gone(old: PlannedRow, dropped: Collection[ActivityId], now: datetime) -> RowChange:
    assert old.activity is not None, "what was never planned is not missed"
    ahead = tuple(found for found in _open(old) if found.due_at >= now)
    return RowChange(ChangeKind.GONE, None, old, old.activity.id in dropped, called_off=ahead)


def _dates(old: PlannedRow, term: Term, at: _Moment) -> _Dates:
    """How the open dates become those of the term. What is over stays, unless it is put off to a day ahead."""
    was = _term(old)
    if not term.has_date:  # dates of a term that names none were entered by hand
        return _Dates(called_off=tuple(d for d in _open(old) if d.due_at >= at.now) if was.has_date else ())
    ahead, over = split_dates(term, zone=at.zone, now=at.now, calendar=at.calendar)
    is_series = repeats(term) or repeats(was)
    standing = [found for found in _open(old) if found.due_at >= at.now or not is_series]
    wanted = {(due.due_at, due.has_time) for due in (*ahead, *over)}
    stays = {(found.due_at, found.has_time) for found in standing} & wanted
    left = [found for found in standing if (found.due_at, found.has_time) not in stays]
    new = [due for due in ahead if (due.due_at, due.has_time) not in stays]
    pairs = pair_in_order([found.due_at for found in left], [due.due_at for due in new])
    moved_from, moved_to = {i for i, _ in pairs}, {j for _, j in pairs}
    return _Dates(
        moved=tuple(DateChange(left[i], new[j]) for i, j in pairs),
        added=tuple(due for j, due in enumerate(new) if j not in moved_to),
        called_off=tuple(found for i, found in enumerate(left) if i not in moved_from and found.due_at >= at.now),
        is_over=not ahead and bool(over) and any(found.due_at >= at.now for found in left),
    )


def _goes_on_otherwise(old: PlannedRow, term: Term | None) -> bool:
    """No open date changes, but those that come later do: nobody is told yet, and it is no mere wording."""
    return repeats(_term(old)) or (term is not None and repeats(term))


def _open(old: PlannedRow) -> list[Occurrence]:
    found = [one for one in old.dates if one.state is OccurrenceState.OPEN]
    return sorted(found, key=lambda one: (one.due_at, one.id))


def _term(old: PlannedRow) -> Term:
    assert old.activity is not None, "only what was planned has dates"
    return Term.from_json(old.activity.term)


def _reworded(activity: Activity, row: DraftRow) -> tuple[RowText, ...]:
    pairs = {
        RowText.TITLE: (activity.title, row.title),
        RowText.RESPONSIBLE: (activity.responsible, row.responsible),
        RowText.RESULT: (activity.result, row.result),
        RowText.PHRASE: (activity.phrase, row.typed_phrase or row.phrase),
    }
    return tuple(text for text, (old, new) in pairs.items() if not same_words(old, new))


def _number(text: str) -> str:
    return re.sub(r"[\s№]", "", text.casefold()).translate(_LOOKALIKES)
