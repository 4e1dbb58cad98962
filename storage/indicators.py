"""Figures of forms, added up by school and by period, and the plans for them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Join,
    String,
    Subquery,
    and_,
    column,
    delete,
    func,
    or_,
    select,
    true,
    values,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.forms import Question, SubmissionState, Value
from bot.domain.ids import ActivityId, FormId, OccurrenceId, UnitId
from bot.domain.indicators import Period, SchoolFigure, adds_up
from bot.domain.matters import Answer, OccurrenceState
from bot.domain.network import Unit, UnitKind
from storage.dialect import upsert
from storage.tables import activities, assignments, occurrences, units
from storage.task_tables import form_versions, plan_figures, submission_values, submissions

# Who says «Нечего сообщать» afterwards has taken his form back.
_STANDS = and_(
    submissions.c.state.in_((SubmissionState.HANDED_IN.value, SubmissionState.ACCEPTED.value)),
    assignments.c.answer == Answer.DONE.value,
)


class IndicatorStore:
    """Implements ``bot.ports.indicators.Indicators``."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def questions(self, occurrence_id: OccurrenceId) -> tuple[FormId, tuple[Question, ...]] | None:
        statement = (
            select(form_versions.c.form_id, form_versions.c.questions)
            .join(activities, activities.c.form_id == form_versions.c.form_id)
            .join(occurrences, occurrences.c.activity_id == activities.c.id)
            .where(occurrences.c.id == occurrence_id)
            .order_by(form_versions.c.number.desc())
            .limit(1)
        )
        row = (await self._connection.execute(statement)).one_or_none()
        if row is None:
            return None
        questions = (Question.from_json(data) for data in row.questions)
        asked = tuple(question for question in questions if adds_up(question.kind))
        return (FormId(row.form_id), asked) if asked else None

    async def periods(self, occurrence_id: OccurrenceId, limit: int) -> tuple[Period, ...]:
        this = occurrences.alias("this")
        statement = (
            select(occurrences.c.id, occurrences.c.due_on)
            .join(this, this.c.activity_id == occurrences.c.activity_id)
            .where(this.c.id == occurrence_id, occurrences.c.due_at <= this.c.due_at)
            .where(or_(occurrences.c.state == OccurrenceState.OPEN.value, occurrences.c.id == occurrence_id))
            .order_by(occurrences.c.due_at.desc())
            .limit(limit)
        )
        rows = (await self._connection.execute(statement)).all()
        return tuple(Period(OccurrenceId(row.id), row.due_on) for row in reversed(rows))

    async def figures(
        self, occurrence_ids: Sequence[OccurrenceId], questions: Sequence[str], scope: Sequence[str]
    ) -> Mapping[tuple[OccurrenceId, str], tuple[SchoolFigure, ...]]:
        found: dict[tuple[OccurrenceId, str], list[SchoolFigure]] = {
            (occurrence_id, question): [] for occurrence_id in occurrence_ids for question in questions
        }
        if not found:
            return {}
        owed = _owed(occurrence_ids, questions, scope)
        statement = (
            select(units, owed.c.occurrence_id, owed.c.question, owed.c.owed, owed.c.handed_in, owed.c.number)
            .join(owed, owed.c.unit_id == units.c.id)
            .order_by(units.c.title)
        )
        for row in await self._connection.execute(statement):
            of_one = found[OccurrenceId(row.occurrence_id), row.question]
            of_one.append(SchoolFigure(_unit(row), row.number, row.owed, row.handed_in))
        return {key: tuple(figures) for key, figures in found.items()}

    async def chosen(
        self, occurrence_id: OccurrenceId, questions: Sequence[str], scope: Sequence[str]
    ) -> Mapping[tuple[str, UnitId], Mapping[str, int]]:
        statement = (
            select(
                submission_values.c.question, assignments.c.unit_id, submission_values.c.text, func.count().label("n")
            )
            .select_from(_with_values(assignments, submission_values.c.question.in_(questions)))
            .join(units, units.c.id == assignments.c.unit_id)
            .where(assignments.c.occurrence_id == occurrence_id, assignments.c.withdrawn_at.is_(None), _within(scope))
            .where(submission_values.c.text.is_not(None))
            .group_by(submission_values.c.question, assignments.c.unit_id, submission_values.c.text)
        )
        found: dict[tuple[str, UnitId], Counter[str]] = defaultdict(Counter)
        for row in await self._connection.execute(statement):
            options = Value(row.text).options
            found[row.question, UnitId(row.unit_id)].update(dict.fromkeys(options, row.n))
        return found

    async def totals(
        self, activity_id: ActivityId, question: str, scope: Sequence[str], *, on_average: bool = False
    ) -> Mapping[OccurrenceId, float]:
        together = func.avg if on_average else func.sum
        statement = (
            select(assignments.c.occurrence_id, together(submission_values.c.number).label("number"))
            .select_from(_with_values(assignments, submission_values.c.question == question))
            .join(occurrences, occurrences.c.id == assignments.c.occurrence_id)
            .join(units, units.c.id == assignments.c.unit_id)
            .where(occurrences.c.activity_id == activity_id, assignments.c.withdrawn_at.is_(None), _within(scope))
            .group_by(assignments.c.occurrence_id)
        )
        rows = await self._connection.execute(statement)
        return {OccurrenceId(row.occurrence_id): row.number for row in rows if row.number is not None}

    async def plans(self, form_id: FormId) -> Mapping[str, Mapping[UnitId, float]]:
        statement = select(plan_figures.c.question, plan_figures.c.unit_id, plan_figures.c.figure)
        found: dict[str, dict[UnitId, float]] = defaultdict(dict)
        for row in await self._connection.execute(statement.where(plan_figures.c.form_id == form_id)):
            found[row.question][UnitId(row.unit_id)] = row.figure
        return found

    async def set_plan(self, form_id: FormId, question: str, unit_id: UnitId, figure: float | None) -> None:
        key = {"form_id": form_id, "question": question, "unit_id": unit_id}
        if figure is None:
            await self._connection.execute(
                delete(plan_figures).where(and_(*(plan_figures.c[name] == value for name, value in key.items())))
            )
            return
        await self._connection.execute(upsert(self._connection, plan_figures, {**key, "figure": figure}, key=[*key]))


def _owed(occurrence_ids: Sequence[OccurrenceId], questions: Sequence[str], scope: Sequence[str]) -> Subquery:
    """Each school once for every date and question, also where it has handed in nothing to that question."""
    asked = values(column("question", String), name="asked").data([(question,) for question in questions]).cte()
    of_asked = submission_values.c.question == asked.c.question
    return (
        select(
            assignments.c.occurrence_id,
            assignments.c.unit_id,
            asked.c.question,
            func.count().label("owed"),
            func.count(submission_values.c.text).label("handed_in"),  # of a skipped question there is none
            func.sum(submission_values.c.number).label("number"),
        )
        .select_from(_with_values(assignments.join(asked, true()), of_asked))
        .join(units, units.c.id == assignments.c.unit_id)
        .where(assignments.c.occurrence_id.in_(occurrence_ids), assignments.c.withdrawn_at.is_(None), _within(scope))
        .group_by(assignments.c.occurrence_id, assignments.c.unit_id, asked.c.question)
        .subquery()
    )


def _with_values(owed: FromClause, of_question: ColumnElement[bool]) -> Join:
    """``owed`` with the value of the filling that stands, which is the latest handed in: an older one is past."""
    newer = submissions.alias("newer")
    is_latest = ~(
        select(newer.c.id)
        .where(newer.c.assignment_id == submissions.c.assignment_id, newer.c.number > submissions.c.number)
        .where(newer.c.state != SubmissionState.DRAFT.value)
        .exists()
    )
    standing = and_(submissions.c.assignment_id == assignments.c.id, _STANDS, is_latest)
    of_it = and_(submission_values.c.submission_id == submissions.c.id, of_question)
    return owed.outerjoin(submissions, standing).outerjoin(submission_values, of_it)


def _within(scope: Sequence[str]) -> ColumnElement[bool]:
    return or_(*(func.substr(units.c.path, 1, len(path)) == path for path in scope))


def _unit(row: Any) -> Unit:
    return Unit(UnitId(row.id), UnitKind(row.kind), row.parent_id, row.path, row.title, row.region, row.timezone)
