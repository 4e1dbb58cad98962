"""Figures that schools hand in, added up along the tree against the plan, and compared with the period before.

Shares are not added up: 80 % and 60 % of two schools are 70 % of both, each answer counting once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from statistics import median

from bot.domain.forms import Question, QuestionKind
from bot.domain.ids import OccurrenceId, UnitId
from bot.domain.network import Unit

PER_CENT = "%"
FEWEST_TO_COMPARE = 8
"""With fewer schools nobody stands out: the figures of three say nothing about a fourth."""

_EXACT = 6  # digits: what two sums differ by behind them comes of adding fractions, and of no school
_FAR = 3.5  # of the modified z-score, as Iglewicz and Hoaglin propose («How to Detect and Handle Outliers», 1993)
_NORMAL = 0.6745
_SAME = 5.0  # where more than half hand in the same figure: this many times it, or a fifth of it


@dataclass(frozen=True, slots=True)
class Period:
    """One date of the activity, the earliest first in a row of them."""

    occurrence_id: OccurrenceId
    due_on: date


@dataclass(frozen=True, slots=True)
class SchoolFigure:
    """What one school has handed in for one question, its people's figures together; ``owed``: by how many in all.

    ``number`` is None where it has handed in nothing, and the average where the question asks for a share. Of a choice
    ``chosen`` counts who took which option.
    """

    unit: Unit
    number: float | None
    owed: int = 1
    handed_in: int = 0
    chosen: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class UnitFigure:
    """A figure of one part of the network. ``plan``: what it is to reach; ``before``: of the period before.

    ``is_outlier``: a school far from all the others. ``owed`` and ``handed_in`` count the answers behind it;
    ``chosen``: of a choice its options in their order, each with how many took it.
    """

    unit: Unit
    number: float | None
    plan: float | None
    before: float | None
    owed: int
    handed_in: int
    is_outlier: bool = False
    chosen: tuple[tuple[str, int], ...] = ()

    @property
    def missing(self) -> float:
        """How much of the plan is not reached; 0 without a plan."""
        return round(max(0.0, (self.plan or 0.0) - (self.number or 0.0)), _EXACT)

    @property
    def change(self) -> float | None:
        """Since the period before; None where either figure is not known."""
        return None if self.number is None or self.before is None else round(self.number - self.before, _EXACT)


@dataclass(frozen=True, slots=True)
class Indicator:
    """One question of the form at one part of the network (``unit`` None: all that the reader sees)."""

    question: Question
    whole: UnitFigure


def adds_up(kind: QuestionKind) -> bool:
    """Figures do; of a yes-or-no question it is worth knowing how many said yes, of a choice how many took what."""
    return kind.is_figure or kind.has_options or kind is QuestionKind.YES_NO


def is_share(question: Question) -> bool:
    """Whether its figures are averaged: a percentage of each cannot be added to the others'."""
    return question.unit == PER_CENT


def added_up(
    unit: Unit,
    question: Question,
    figures: Sequence[SchoolFigure],
    *,
    before: Mapping[UnitId, float],
    plans: Mapping[UnitId, float],
    outliers: frozenset[UnitId] = frozenset(),
) -> UnitFigure:
    """The schools below ``unit`` (itself among them) as one figure.

    The plan is the one that was set for this very unit; else the plans of its schools together, a school's own where
    it was set and «не менее» of the question for each that owes the figure. Compared with the period before are only
    the schools that have handed in both times: otherwise every quarter would begin with a fall.
    """
    inside = [one for one in figures if unit.contains(one.unit.path)]
    known = [one for one in inside if one.number is not None]
    both = [one for one in known if one.unit.id in before]
    number = _together(question, known, lambda one: one.number or 0.0)
    gained = _together(question, both, lambda one: (one.number or 0.0) - before[one.unit.id])
    then = None if number is None or gained is None else number - gained
    return UnitFigure(
        unit=unit,
        number=number,
        plan=plans.get(unit.id, _plan_of_schools(question, inside, plans)),
        before=then,
        owed=sum(one.owed for one in inside),
        handed_in=sum(one.handed_in for one in inside),
        is_outlier=unit.id in outliers,
        chosen=_chosen(question, inside),
    )


def outliers(figures: Iterable[SchoolFigure]) -> frozenset[UnitId]:
    """The schools whose figure lies so far from the others' that somebody should look: a slip, or something to praise.

    By the median and the median distance from it, so that one wild figure does not hide another. Where more than half
    are the same the distance is nought, and many times that figure counts as far.
    """
    known = {one.unit.id: one.number for one in figures if one.number is not None}
    if len(known) < FEWEST_TO_COMPARE:
        return frozenset()
    middle = median(known.values())
    spread = median(abs(number - middle) for number in known.values())
    return frozenset(unit_id for unit_id, number in known.items() if _is_far(number, middle, spread))


def _chosen(question: Question, inside: Sequence[SchoolFigure]) -> tuple[tuple[str, int], ...]:
    """The options of now, also those that nobody took; then what only an earlier version had."""
    counted: Counter[str] = Counter()
    for one in inside:
        counted.update(one.chosen)
    order = dict.fromkeys([*question.options, *sorted(counted)])
    return tuple((option, counted[option]) for option in order)


def _is_far(number: float, middle: float, spread: float) -> bool:
    if spread:
        return _NORMAL * abs(number - middle) / spread > _FAR
    return middle > 0 and (number >= middle * _SAME or number <= middle / _SAME)


def _together(
    question: Question, figures: Sequence[SchoolFigure], number: Callable[[SchoolFigure], float]
) -> float | None:
    """The sum; of shares the average of all who have handed one in."""
    if not figures:
        return None
    if not is_share(question):
        return sum(map(number, figures))
    return sum(number(one) * one.handed_in for one in figures) / max(1, sum(one.handed_in for one in figures))


def _plan_of_schools(question: Question, inside: Sequence[SchoolFigure], plans: Mapping[UnitId, float]) -> float | None:
    parts = [plans.get(one.unit.id, _least(question, one)) for one in inside]
    known = [part for part in parts if part is not None]
    if not known:
        return None
    return sum(known) / len(known) if is_share(question) else sum(known)


def _least(question: Question, one: SchoolFigure) -> float | None:
    if question.at_least is None:
        return None
    return question.at_least if is_share(question) else question.at_least * one.owed
