"""How far the form of an assignment is: columns of a statement that reads ``assignments`` and ``activities``."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Row, and_, case, func, select

from bot.domain.forms import FormStanding, SubmissionState
from bot.domain.matters import Answer
from storage.tables import activities, assignments
from storage.task_tables import form_versions, submission_values, submissions

_OF_IT = submissions.c.assignment_id == assignments.c.id
_IS_DRAFT = submissions.c.state == SubmissionState.DRAFT.value


def _total() -> Any:
    """Of the version that is being filled in, else of the latest."""
    of_draft = (
        select(func.json_array_length(form_versions.c.questions))
        .join(submissions, submissions.c.form_version_id == form_versions.c.id)
        .where(_OF_IT, _IS_DRAFT)
        .correlate(assignments)
        .scalar_subquery()
    )
    of_form = (
        select(func.json_array_length(form_versions.c.questions))
        .where(form_versions.c.form_id == activities.c.form_id)
        .order_by(form_versions.c.number.desc())
        .limit(1)
        .correlate(activities)
        .scalar_subquery()
    )
    return func.coalesce(of_draft, of_form)


def _answered() -> Any:
    given = select(func.count()).where(submission_values.c.submission_id == submissions.c.id)
    counted = given.correlate(submissions).scalar_subquery()
    return select(counted).where(and_(_OF_IT, _IS_DRAFT)).correlate(assignments).scalar_subquery()


def _state() -> Any:
    return (
        select(submissions.c.state)
        .where(_OF_IT, ~_IS_DRAFT)
        .order_by(submissions.c.number.desc())
        .limit(1)
        .correlate(assignments)
        .scalar_subquery()
    )


def _where_asked(column: Any) -> ColumnElement[Any]:
    """Most matters have no form: then nothing is looked for."""
    return case((activities.c.form_id.is_not(None), column))


FORM_STANDING: tuple[ColumnElement[Any], ...] = (
    _where_asked(_total()).label("form_total"),
    _where_asked(_answered()).label("form_answered"),
    _where_asked(_state()).label("form_state"),
)


def form_standing_from(row: Row[Any]) -> FormStanding | None:
    """What the columns of ``FORM_STANDING`` say; None for a matter without a form."""
    if row.form_total is None:
        return None
    is_standing = row.form_state in (SubmissionState.HANDED_IN.value, SubmissionState.ACCEPTED.value)
    # Who says «Нечего сообщать» afterwards has taken his form back.
    is_handed_in = is_standing and row.answer == Answer.DONE.value
    return FormStanding(row.form_total, row.form_answered, is_handed_in)
