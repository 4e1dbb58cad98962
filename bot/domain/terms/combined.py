"""Meanings without a date of their own, and several meanings in one cell."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.domain.terms.dated import Dated, Meaning
from bot.domain.terms.model import Doubt, Precision, Term, TermKind
from bot.domain.terms.situation import Situation
from bot.domain.terms.stretches import PlanYear, RelativeYear, Stretch, TermError


@dataclass(frozen=True, slots=True)
class State:
    """«по необходимости», «по отдельному графику», «постоянно»."""

    kind: TermKind

    def settle(self, situation: Situation) -> Term:
        return Term(self.kind)


@dataclass(frozen=True, slots=True)
class ReportPeriod:
    """«за отчётный период»: what the document's title says it reports on."""

    def settle(self, situation: Situation) -> Term:
        first, last = situation.reported()
        return Term(TermKind.PERIOD, first, last, _width(first, last))


@dataclass(frozen=True, slots=True)
class Resolved:
    """«за 3 дня до вебинара, то есть до 12 ноября 2024 г.»: a relative term whose date is already known."""

    waiting: Meaning
    due: Dated

    def settle(self, situation: Situation) -> Term:
        waiting, due = self.waiting.settle(situation), self.due.settle(situation)
        return replace(waiting, end=due.end, precision=due.precision, tz=due.tz)


@dataclass(frozen=True, slots=True)
class Several:
    """A list: «Ноябрь – декабрь 2022г., Октябрь – ноябрь 2023г.»."""

    items: tuple[Meaning, ...]

    def settle(self, situation: Situation) -> Term:
        assumed: set[Doubt] = set()
        term = joined([item.settle(situation) for item in complete(self.items, situation, is_assumed=assumed)])
        return replace(term, doubts=tuple(sorted({*term.doubts, *assumed})))


def joined(terms: Sequence[Term]) -> Term:
    """One term of several: the fields of the first with a date or a rule, all of them as parts."""
    if len(terms) == 1:
        return terms[0]
    main = next((term for term in terms if term.has_date), terms[0])
    doubts = sorted({doubt for term in terms for doubt in term.doubts})
    plain = tuple(replace(term, doubts=()) for term in terms)
    return replace(main, parts=plain, doubts=tuple(doubts), is_vague=any(term.is_vague for term in terms))


def complete(items: Sequence[Meaning], situation: Situation, *, is_assumed: set[Doubt] | None = None) -> list[Meaning]:
    """The items with the months and years that their neighbours name: «10, 17, 24 октября 2024 г.».

    A part that is missing comes from the next item that has it, else the year goes on from the one before. Items that
    share a borrowed part must stand in the order of the calendar, or the list is not understood. ``is_assumed`` as in
    ``Situation.place``.
    """
    dated = [item for item in items if isinstance(item, Dated) and not isinstance(item.last.year, PlanYear)]
    if len(dated) != len(items):
        return list(items)
    _borrow_months(dated)
    return list(_borrow_years(dated, situation, is_assumed))


def _borrow_months(items: list[Dated]) -> None:
    """Fills the months from right to left, in place."""
    for place in range(len(items) - 2, -1, -1):
        item, following = items[place], items[place + 1]
        if item.first.needs_month:
            if not following.first.is_day:
                raise TermError(Doubt.NOT_UNDERSTOOD)
            month, year = following.first.first[0], following.first.year
            items[place] = replace(
                item, first=_in_month(item.first, month, year), last=_in_month(item.last, month, year)
            )


def _in_month(stretch: Stretch, month: int, year: object) -> Stretch:
    if not stretch.needs_month:
        return stretch
    kept = year if isinstance(year, int | RelativeYear) else None
    return replace(stretch, first=(month, stretch.first[1]), last=(month, stretch.last[1]), year=kept)


def _borrow_years(items: list[Dated], situation: Situation, is_assumed: set[Doubt] | None) -> list[Dated]:
    if all(item.last.year is not None for item in items):
        return items
    if all(item.first.year is None and item.last.year is None for item in items):
        placed = [_placed(item, situation, is_assumed) for item in items]
        _ensure_ascending(placed, situation)
        return placed
    filled: list[Dated] = []
    for item in reversed(items):
        if item.last.year is None and filled and filled[0].first.year is not None:
            item = _in_year(item, filled[0].first.year, situation)
        filled.insert(0, item)
    for place, item in enumerate(filled):
        if item.last.year is None and place and isinstance(filled[place - 1].last.year, int):
            previous = filled[place - 1].last
            filled[place] = _following(item, previous, situation)
        elif item.last.year is None:
            filled[place] = _placed(item, situation, is_assumed)
    _ensure_ascending(filled, situation)
    return filled


def _placed(item: Dated, situation: Situation, is_assumed: set[Doubt] | None) -> Dated:
    if item.first == item.last:
        (only,) = situation.place([item.first], is_assumed=is_assumed)
        return replace(item, first=only, last=only)
    first, last = situation.place([item.first, item.last], is_assumed=is_assumed)
    return replace(item, first=first, last=last)


def _in_year(item: Dated, year: object, situation: Situation) -> Dated:
    assert isinstance(year, int | RelativeYear)
    if item.first == item.last:
        only = item.first.in_year(year)
        return replace(item, first=only, last=only)
    first, last = situation.place([item.first, item.last.in_year(year)])
    return replace(item, first=first, last=last)


def _following(item: Dated, previous: Stretch, situation: Situation) -> Dated:
    """The item in the year of the one before it, or in the next where it would lie earlier."""
    assert isinstance(previous.year, int)
    own = _in_year(item, previous.year + previous.crosses, situation)
    if own.first.bounds()[0] > previous.bounds()[0]:
        return own
    if own.first.bounds()[0] == previous.bounds()[0]:
        raise TermError(Doubt.AMBIGUOUS)
    return _in_year(item, previous.year + 1, situation)


def _ensure_ascending(items: list[Dated], situation: Situation) -> None:
    placed = [situation.place([item.first])[0].bounds()[0] for item in items]
    if any(later <= earlier for earlier, later in itertools.pairwise(placed)):
        raise TermError(Doubt.AMBIGUOUS)


def _width(first: date, last: date) -> Precision:
    """The unit of which a stretch of whole units consists."""
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return Precision.YEAR
    if first.day != 1 or (last + timedelta(days=1)).day != 1:
        return Precision.DAY
    return Precision.QUARTER if first.month % 3 == 1 and last.month % 3 == 0 else Precision.MONTH
