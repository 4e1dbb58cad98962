"""The figures of the network for their reader: added up along the tree, against the plan, by period."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from bot.domain.board import BoardLine
from bot.domain.errors import NotAllowedError, NotFoundError
from bot.domain.form_values import read_value
from bot.domain.forms import Question
from bot.domain.ids import FormId, OccurrenceId, UnitId
from bot.domain.indicators import Indicator, Period, SchoolFigure, UnitFigure, added_up, is_share, outliers
from bot.domain.network import Actor, Unit, UnitKind
from bot.ports.storage import Storage, Stores
from bot.services.show_board import board_scope, parent_in_sight, roots_of, unit_in_sight

_PERIODS = 8


@dataclass(frozen=True, slots=True)
class IndicatorBoard:
    """All figures of one date at one part of the network; ``unit`` is None at the top of several subtrees."""

    line: BoardLine
    unit: Unit | None
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True)
class IndicatorUnit:
    """One figure at one part of the network, with the parts below it (those that lack most first) and its periods.

    ``periods``: the latest dates of the activity up to this one, the earliest first, with what was handed in on each.
    ``may_plan``: the reader may set the plan here.
    """

    line: BoardLine
    unit: Unit | None
    parent: Unit | None
    question: Question
    whole: UnitFigure
    below: tuple[UnitFigure, ...]
    periods: tuple[tuple[Period, float | None], ...]
    may_plan: bool


async def show_indicators(
    storage: Storage, *, actor: Actor, occurrence_id: OccurrenceId, unit_id: UnitId | None = None
) -> IndicatorBoard:
    """Raises NotAllowedError, and NotFoundError where the reader sees no such date or it asks for no figures."""
    async with storage.read() as tx:
        seen = await _look(tx, actor, occurrence_id, unit_id)
        figures = await _figures(tx, seen, seen.questions)
        found = [Indicator(question, _whole(seen, question, figures[question.key])) for question in seen.questions]
    return IndicatorBoard(seen.line, seen.unit, tuple(found))


async def show_indicator(
    storage: Storage, *, actor: Actor, occurrence_id: OccurrenceId, question: str, unit_id: UnitId | None = None
) -> IndicatorUnit:
    """Raises as ``show_indicators``; NotFoundError also for a question that the form does not ask (any more)."""
    async with storage.read() as tx:
        seen = await _look(tx, actor, occurrence_id, unit_id)
        asked = _question(seen, question)
        of_it = (await _figures(tx, seen, [asked]))[question]
        parts = await roots_of(tx, actor) if seen.unit is None else await tx.units.children(seen.unit.id)
        far = outliers(of_it.figures) if asked.kind.is_figure else frozenset()
        add_up = partial(added_up, before=of_it.before, plans=of_it.plans, outliers=far)
        below = [add_up(part, asked, of_it.figures) for part in parts]
        totals = await tx.indicators.totals(seen.line.activity_id, question, seen.scope, on_average=is_share(asked))
        parent = await parent_in_sight(tx, actor, seen.unit)
    return IndicatorUnit(
        line=seen.line,
        unit=seen.unit,
        parent=parent,
        question=asked,
        whole=_whole(seen, asked, of_it),
        below=tuple(sorted((one for one in below if one.owed), key=lambda one: (-one.missing, one.unit.title))),
        periods=tuple((period, totals.get(period.occurrence_id)) for period in seen.periods),
        may_plan=seen.may_plan and asked.kind.is_figure,
    )


async def set_plan(
    storage: Storage,
    *,
    actor: Actor,
    occurrence_id: OccurrenceId,
    question: str,
    unit_id: UnitId,
    words: str | None,
    now: datetime,
) -> float | None:
    """What a part of the network is to reach in all, as it was typed; None takes the plan away. Returns the figure.

    It counts for every date of what is filled in with this form. Nobody lowers what is expected of himself: it is set
    from above, or by those whose form it is. Raises BadValueError, NotAllowedError, NotFoundError.
    """
    async with storage.write() as tx:
        seen = await _look(tx, actor, occurrence_id, unit_id)
        asked = _question(seen, question)
        if not seen.may_plan:
            raise NotAllowedError(f"the plan of unit {unit_id} for person {actor.person.id}")
        # A school's own bounds say nothing about a region: the sum of all is beyond them.
        unbounded = replace(asked, low=None, high=None, at_least=None)
        figure = None if words is None else read_value(unbounded, words, today=now.date()).number
        await tx.indicators.set_plan(seen.form_id, question, unit_id, figure)
        detail = {"form": seen.form_id, "question": question, "figure": figure}
        await tx.audit.record("plan figure set", by=actor.person.id, unit_id=unit_id, detail=detail, now=now)
    return figure


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the reader looks at, once it is known that he may."""

    line: BoardLine
    unit: Unit | None
    scope: tuple[str, ...]
    form_id: FormId
    questions: tuple[Question, ...]
    periods: tuple[Period, ...]
    may_plan: bool


async def _look(tx: Stores, actor: Actor, occurrence_id: OccurrenceId, unit_id: UnitId | None) -> _Seen:
    scope = board_scope(actor)
    line = await tx.board.line(occurrence_id, scope)
    asked = await tx.indicators.questions(occurrence_id)
    if line is None or asked is None:
        raise NotFoundError(f"occurrence {occurrence_id} has no figures for person {actor.person.id}")
    unit = await unit_in_sight(tx, actor, unit_id)
    periods = await tx.indicators.periods(occurrence_id, _PERIODS)
    form = await tx.forms.form(asked[0])
    is_his_form = form is not None and actor.can_manage(form.unit_path)
    is_above = unit is not None and any(one.contains(unit.path) and one.id != unit.id for one in actor.coordinated)
    may_plan = unit is not None and (is_his_form or is_above)
    return _Seen(line, unit, scope if unit is None else (unit.path,), *asked, periods, may_plan)


def _question(seen: _Seen, key: str) -> Question:
    for question in seen.questions:
        if question.key == key:
            return question
    raise NotFoundError(f"the form of occurrence {seen.line.occurrence_id} asks for no figure {key}")


@dataclass(frozen=True, slots=True)
class _Figures:
    """Of one question: what the schools handed in, by school on the date before this one, and the plans."""

    figures: tuple[SchoolFigure, ...]
    before: Mapping[UnitId, float]
    plans: Mapping[UnitId, float]


async def _figures(tx: Stores, seen: _Seen, questions: Sequence[Question]) -> Mapping[str, _Figures]:
    """Two questions to the storage, however many the form asks, and one more for its choices. Nothing is before the
    first date.
    """
    this, last = seen.line.occurrence_id, [period.occurrence_id for period in seen.periods[-2:-1]]
    figures = await tx.indicators.figures([this, *last], [question.key for question in questions], seen.scope)
    plans = await tx.indicators.plans(seen.form_id)
    choices = [question.key for question in questions if question.kind.has_options]
    chosen = await tx.indicators.chosen(this, choices, seen.scope) if choices else {}
    found = {}
    for question in questions:
        before = figures[last[0], question.key] if last else ()
        then, now = (tuple(_of_each(question, one) for one in some) for some in (before, figures[this, question.key]))
        numbers = {one.unit.id: one.number for one in then if one.number is not None}
        now = tuple(replace(one, chosen=chosen.get((question.key, one.unit.id), {})) for one in now)
        found[question.key] = _Figures(now, numbers, plans.get(question.key, {}))
    return found


def _of_each(question: Question, figure: SchoolFigure) -> SchoolFigure:
    """The storage adds up what the people of one school hand in."""
    if figure.number is None or not is_share(question):
        return figure
    return replace(figure, number=figure.number / max(1, figure.handed_in))


def _whole(seen: _Seen, question: Question, of_it: _Figures) -> UnitFigure:
    everything = Unit(UnitId(0), UnitKind.FEDERATION, None, "/", "", None, "")
    return added_up(seen.unit or everything, question, of_it.figures, before=of_it.before, plans=of_it.plans)
