"""What somebody wrote into forms: for a file of his own, and its erasure."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, and_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.forms import QuestionKind
from bot.domain.ids import PersonId
from storage.tables import activities, assignments, occurrences
from storage.task_tables import form_versions, submission_values, submissions

# A choice, a day, yes or no and a figure are what the school reported; these are his own words and papers.
_HIS_OWN = frozenset({QuestionKind.TEXT, QuestionKind.LINK, QuestionKind.FILE})


def form_answers_of(person_id: PersonId) -> Select[Any]:
    """His answers to questions of forms; ``question`` is the key of the question."""
    return (
        select(
            activities.c.title.label("activity"),
            occurrences.c.due_on,
            submission_values.c.question,
            submission_values.c.text,
            submission_values.c.number,
            submission_values.c.file_name,
            submission_values.c.given_at,
        )
        .join_from(submission_values, submissions, submissions.c.id == submission_values.c.submission_id)
        .join(assignments, assignments.c.id == submissions.c.assignment_id)
        .join(occurrences, occurrences.c.id == assignments.c.occurrence_id)
        .join(activities, activities.c.id == occurrences.c.activity_id)
        .where(submission_values.c.given_by == person_id)
        .order_by(submission_values.c.submission_id, submission_values.c.question)
    )


async def forget_form_answers(connection: AsyncConnection, person_id: PersonId) -> None:
    """His words, links and files go out of the forms, figures and choices stay."""
    rows = await connection.execute(
        select(submission_values.c.submission_id, submission_values.c.question, form_versions.c.questions)
        .join(submissions, submissions.c.id == submission_values.c.submission_id)
        .join(form_versions, form_versions.c.id == submissions.c.form_version_id)
        .where(submission_values.c.given_by == person_id)
    )
    for row in rows.all():
        kinds = {question["key"]: question["kind"] for question in row.questions}
        if kinds.get(row.question) in _HIS_OWN:
            of_it = and_(
                submission_values.c.submission_id == row.submission_id, submission_values.c.question == row.question
            )
            gone = update(submission_values).where(of_it).values(text=None, file_id=None, file_name=None)
            await connection.execute(gone)
