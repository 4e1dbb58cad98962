"""Forms, their versions, and what was filled in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, delete, exists, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.forms import FormVersion, Given, Question, Submission, SubmissionState, Value
from bot.domain.ids import (
    ActivityId,
    ApplicationId,
    AssignmentId,
    FormId,
    FormVersionId,
    OccurrenceId,
    PersonId,
    SubmissionId,
    UnitId,
)
from bot.domain.matters import ActivityKind, Answer
from bot.ports.forms import ActivityForm, Form
from storage.dialect import upsert
from storage.subtrees import unit_within
from storage.tables import activities, assignments, occurrences, persons, units
from storage.task_tables import asked_questions, form_versions, forms, submission_values, submissions

_IS_DRAFT = submissions.c.state == SubmissionState.DRAFT.value


class FormStore:
    """Implements ``bot.ports.forms.Forms``."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(
        self, unit_id: UnitId, title: str, questions: Sequence[Question], *, by: PersonId, source: str, now: datetime
    ) -> tuple[FormId, bool]:
        known = await self._connection.execute(select(forms.c.id).where(forms.c.source == source))
        if (known_id := known.scalar_one_or_none()) is not None:
            return FormId(known_id), False
        row = {"unit_id": unit_id, "title": title, "source": source, "created_by": by, "created_at": now}
        form_id = (await self._connection.execute(insert(forms).values(row).returning(forms.c.id))).scalar_one()
        version = {
            "form_id": form_id,
            "number": 1,
            "questions": [question.to_json() for question in questions],
            "created_by": by,
            "created_at": now,
        }
        await self._connection.execute(insert(form_versions).values(version))
        return FormId(form_id), True

    async def form(self, form_id: FormId) -> Form | None:
        row = (await self._connection.execute(_forms().where(forms.c.id == form_id))).one_or_none()
        return None if row is None else _form(row)

    async def activity_form(self, activity_id: ActivityId) -> ActivityForm | None:
        begun = exists().where(
            submissions.c.assignment_id == assignments.c.id,
            assignments.c.occurrence_id == occurrences.c.id,
            occurrences.c.activity_id == activities.c.id,
        )
        statement = (
            select(activities.c.id, activities.c.kind, activities.c.form_id, units.c.path, begun.label("is_begun"))
            .join(units, units.c.id == activities.c.unit_id)
            .where(activities.c.id == activity_id)
        )
        row = (await self._connection.execute(statement)).one_or_none()
        if row is None:
            return None
        form_id = None if row.form_id is None else FormId(row.form_id)
        is_task = row.kind == ActivityKind.TASK.value
        return ActivityForm(ActivityId(row.id), row.path, is_task, form_id, bool(row.is_begun))

    async def attach(self, activity_id: ActivityId, form_id: FormId | None) -> None:
        statement = update(activities).where(activities.c.id == activity_id).values(form_id=form_id)
        await self._connection.execute(statement)

    async def form_of(self, assignment_id: AssignmentId) -> Form | None:
        statement = (
            _forms()
            .join(activities, activities.c.form_id == forms.c.id)
            .join(occurrences, occurrences.c.activity_id == activities.c.id)
            .join(assignments, assignments.c.occurrence_id == occurrences.c.id)
            .where(assignments.c.id == assignment_id)
        )
        row = (await self._connection.execute(statement)).one_or_none()
        return None if row is None else _form(row)

    async def submission(self, submission_id: SubmissionId) -> Submission | None:
        return await self._latest(submissions.c.id == submission_id)

    async def draft(self, assignment_id: AssignmentId) -> Submission | None:
        return await self._latest(and_(submissions.c.assignment_id == assignment_id, _IS_DRAFT))

    async def handed_in(self, assignment_id: AssignmentId) -> Submission | None:
        return await self._latest(and_(submissions.c.assignment_id == assignment_id, ~_IS_DRAFT))

    async def previous(self, assignment_id: AssignmentId) -> Submission | None:
        own, his, now, then = (
            assignments.alias("own"), assignments.alias("his"), occurrences.alias("now"), occurrences.alias("then"),
        )  # fmt: skip
        same_one = and_(his.c.unit_id == own.c.unit_id, his.c.person_id.is_not_distinct_from(own.c.person_id))
        found = (
            select(submissions.c.id)
            .select_from(own)
            .join(now, now.c.id == own.c.occurrence_id)
            .join(then, and_(then.c.activity_id == now.c.activity_id, then.c.due_at < now.c.due_at))
            .join(his, and_(his.c.occurrence_id == then.c.id, same_one))
            .join(submissions, and_(submissions.c.assignment_id == his.c.id, ~_IS_DRAFT))
            .where(own.c.id == assignment_id, submissions.c.state != SubmissionState.RETURNED.value)
            .order_by(then.c.due_at.desc(), submissions.c.number.desc())
            .limit(1)
        )
        found_id = (await self._connection.execute(found)).scalar_one_or_none()
        return None if found_id is None else await self.submission(SubmissionId(found_id))

    async def begin(
        self,
        assignment_id: AssignmentId,
        version_id: FormVersionId,
        given: Mapping[str, Given],
        *,
        by: PersonId,
        now: datetime,
        application_id: ApplicationId | None = None,
    ) -> SubmissionId:
        before = select(func.coalesce(func.max(submissions.c.number), 0)).where(
            submissions.c.assignment_id == assignment_id
        )
        row = {
            "assignment_id": assignment_id,
            "number": (await self._connection.execute(before)).scalar_one() + 1,
            "form_version_id": version_id,
            "state": SubmissionState.DRAFT.value,
            "begun_by": by,
            "begun_at": now,
            "changed_at": now,
            "application_id": application_id,
        }
        begun = await self._connection.execute(insert(submissions).values(row).returning(submissions.c.id))
        submission_id = SubmissionId(begun.scalar_one())
        rows = [_value_row(submission_id, key, one.value, one.person_id, one.given_at) for key, one in given.items()]
        if rows:
            await self._connection.execute(insert(submission_values).values(rows))
        return submission_id

    async def put(
        self, submission_id: SubmissionId, question: str, value: Value, *, by: PersonId, now: datetime
    ) -> None:
        row = _value_row(submission_id, question, value, by, now)
        statement = upsert(self._connection, submission_values, row, key=("submission_id", "question"))
        await self._connection.execute(statement)
        changed = update(submissions).where(submissions.c.id == submission_id).values(changed_at=now)
        await self._connection.execute(changed)

    async def drop(self, submission_id: SubmissionId) -> None:
        await self._connection.execute(delete(asked_questions).where(asked_questions.c.submission_id == submission_id))
        await self._connection.execute(
            delete(submission_values).where(submission_values.c.submission_id == submission_id)
        )
        await self._connection.execute(delete(submissions).where(submissions.c.id == submission_id, _IS_DRAFT))

    async def hand_in(self, submission_id: SubmissionId, *, by: PersonId, now: datetime) -> bool:
        statement = (
            update(submissions)
            .where(submissions.c.id == submission_id, _IS_DRAFT)
            .values(state=SubmissionState.HANDED_IN.value, handed_in_by=by, handed_in_at=now, changed_at=now)
        )
        return (await self._connection.execute(statement)).rowcount == 1

    async def handed_in_on(
        self, occurrence_id: OccurrenceId, scope: Sequence[str]
    ) -> Mapping[AssignmentId, Submission]:
        statement = _submissions().join(assignments, assignments.c.id == submissions.c.assignment_id)
        found = statement.where(*self._is_handed_in(occurrence_id, scope)).order_by(submissions.c.number)
        newest = {row.assignment_id: row for row in await self._connection.execute(found)}
        latest = {owner: row for owner, row in newest.items() if row.state != SubmissionState.RETURNED.value}
        given = await self._given([row.id for row in latest.values()])
        return {AssignmentId(owner): _submission(row, given[row.id]) for owner, row in latest.items()}

    async def versions_on(self, occurrence_id: OccurrenceId, scope: Sequence[str]) -> tuple[FormVersion, ...]:
        asked = (
            select(submissions.c.form_version_id)
            .join(assignments, assignments.c.id == submissions.c.assignment_id)
            .where(submissions.c.state != SubmissionState.RETURNED.value, *self._is_handed_in(occurrence_id, scope))
        )
        found: Select[Any] = select(
            form_versions.c.id.label("version_id"),
            form_versions.c.form_id,
            form_versions.c.number.label("version_number"),
            form_versions.c.questions,
        ).where(form_versions.c.id.in_(asked))
        return tuple(_version(row) for row in await self._connection.execute(found))

    def _is_handed_in(self, occurrence_id: OccurrenceId, scope: Sequence[str]) -> tuple[ColumnElement[bool], ...]:
        return (
            assignments.c.occurrence_id == occurrence_id,
            assignments.c.withdrawn_at.is_(None),
            assignments.c.answer == Answer.DONE.value,
            ~_IS_DRAFT,
            unit_within(self._connection, assignments.c.unit_id, scope),
        )

    async def latest_of(self, condition: ColumnElement[bool]) -> Mapping[ApplicationId, Submission]:
        """Of submissions of applications: the latest of each."""
        rows = await self._connection.execute(_submissions().where(condition).order_by(submissions.c.number))
        newest = {row.application_id: row for row in rows}
        given = await self._given([row.id for row in newest.values()])
        return {ApplicationId(owner): _submission(row, given[row.id]) for owner, row in newest.items()}

    async def _latest(self, condition: ColumnElement[bool]) -> Submission | None:
        statement = _submissions().where(condition).order_by(submissions.c.number.desc()).limit(1)
        row = (await self._connection.execute(statement)).one_or_none()
        return None if row is None else _submission(row, (await self._given([row.id]))[row.id])

    async def _given(self, submission_ids: Sequence[int]) -> defaultdict[int, dict[str, Given]]:
        found: defaultdict[int, dict[str, Given]] = defaultdict(dict)
        statement = (
            select(submission_values, persons.c.full_name)
            .join(persons, persons.c.id == submission_values.c.given_by)
            .where(submission_values.c.submission_id.in_(submission_ids))
        )
        for row in await self._connection.execute(statement):
            value = Value(row.text, row.number, row.file_id, row.file_name)
            given = Given(value, PersonId(row.given_by), row.full_name, row.given_at)
            found[row.submission_id][row.question] = given
        return found


def _forms() -> Select[Any]:
    newer = form_versions.alias("newer")
    is_latest = ~exists().where(newer.c.form_id == form_versions.c.form_id, newer.c.number > form_versions.c.number)
    return (
        select(
            forms.c.id,
            forms.c.unit_id,
            forms.c.title,
            units.c.path,
            form_versions.c.id.label("version_id"),
            form_versions.c.form_id,
            form_versions.c.number.label("version_number"),
            form_versions.c.questions,
        )
        .join(units, units.c.id == forms.c.unit_id)
        .join(form_versions, and_(form_versions.c.form_id == forms.c.id, is_latest))
    )


def _submissions() -> Select[Any]:
    beginner = persons.alias("beginner")
    return (
        select(
            submissions,
            persons.c.full_name,
            beginner.c.full_name.label("begun_by_name"),
            form_versions.c.id.label("version_id"),
            form_versions.c.form_id,
            form_versions.c.number.label("version_number"),
            form_versions.c.questions,
        )
        .join(form_versions, form_versions.c.id == submissions.c.form_version_id)
        .join(beginner, beginner.c.id == submissions.c.begun_by)
        .outerjoin(persons, persons.c.id == submissions.c.handed_in_by)
    )


def _form(row: Row[Any]) -> Form:
    return Form(FormId(row.id), UnitId(row.unit_id), row.path, row.title, _version(row))


def _version(row: Row[Any]) -> FormVersion:
    questions = tuple(Question.from_json(question) for question in row.questions)
    return FormVersion(FormVersionId(row.version_id), FormId(row.form_id), row.version_number, questions)


def _submission(row: Row[Any], given: Mapping[str, Given]) -> Submission:
    return Submission(
        id=SubmissionId(row.id),
        assignment_id=AssignmentId(row.assignment_id),
        number=row.number,
        version=_version(row),
        state=SubmissionState(row.state),
        begun_at=row.begun_at,
        changed_at=row.changed_at,
        given=given,
        begun_by=PersonId(row.begun_by),
        begun_by_name=row.begun_by_name,
        handed_in_by=None if row.handed_in_by is None else PersonId(row.handed_in_by),
        handed_in_by_name=row.full_name,
        handed_in_at=row.handed_in_at,
        application_id=None if row.application_id is None else ApplicationId(row.application_id),
    )


def _value_row(submission_id: SubmissionId, question: str, value: Value, by: PersonId, at: datetime) -> dict[str, Any]:
    return {
        "submission_id": submission_id,
        "question": question,
        "text": value.text,
        "number": value.number,
        "file_id": value.file_id,
        "file_name": value.file_name,
        "given_by": by,
        "given_at": at,
    }
