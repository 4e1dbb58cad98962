"""Questions of a form that colleagues of the school were asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.forms import AskedState
from bot.domain.ids import AskedQuestionId, AssignmentId, PersonId, SubmissionId, UnitId
from bot.domain.network import Reach, Standing
from bot.ports.asked_questions import AskedQuestion
from bot.ports.substitutes import Colleague
from storage.tables import assignments, memberships, persons
from storage.task_tables import asked_questions, submissions


class AskedQuestionStore:
    """Implements ``bot.ports.asked_questions.AskedQuestions``."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def colleagues(
        self, unit_id: UnitId, besides: PersonId, *, offset: int, limit: int
    ) -> tuple[tuple[Colleague, ...], int]:
        found = _colleagues(unit_id).where(persons.c.id != besides)
        total = (await self._connection.execute(select(func.count()).select_from(found.subquery()))).scalar_one()
        page = found.order_by(persons.c.full_name, persons.c.id).offset(offset).limit(limit)
        rows = await self._connection.execute(page)
        return tuple(Colleague(PersonId(row.id), row.full_name) for row in rows), total

    async def is_colleague(self, unit_id: UnitId, person_id: PersonId) -> bool:
        found = _colleagues(unit_id).where(persons.c.id == person_id)
        return (await self._connection.execute(found)).first() is not None

    async def ask(
        self, submission_id: SubmissionId, question: str, colleague_id: PersonId, *, by: PersonId, now: datetime
    ) -> AskedQuestionId:
        row = {
            "submission_id": submission_id,
            "question": question,
            "person_id": colleague_id,
            "state": AskedState.WAITING.value,
            "asked_by": by,
            "asked_at": now,
        }
        asked = await self._connection.execute(insert(asked_questions).values(row).returning(asked_questions.c.id))
        return AskedQuestionId(asked.scalar_one())

    async def asked(self, asked_id: AskedQuestionId) -> AskedQuestion | None:
        found = await self._connection.execute(_asked().where(asked_questions.c.id == asked_id))
        row = found.one_or_none()
        return None if row is None else _question(row)

    async def of_submission(self, submission_id: SubmissionId) -> tuple[AskedQuestion, ...]:
        statement = _asked().where(asked_questions.c.submission_id == submission_id).order_by(asked_questions.c.id)
        latest = {row.question: _question(row) for row in await self._connection.execute(statement)}
        return tuple(latest.values())

    async def waiting_for(self, person_id: PersonId, *, limit: int) -> tuple[AskedQuestionId, ...]:
        statement = (
            select(asked_questions.c.id)
            .where(asked_questions.c.person_id == person_id, asked_questions.c.state == AskedState.WAITING.value)
            .order_by(asked_questions.c.id.desc())
            .limit(limit)
        )
        return tuple(AskedQuestionId(found) for found in (await self._connection.execute(statement)).scalars())

    async def decide(self, asked_ids: Sequence[AskedQuestionId], state: AskedState, *, now: datetime) -> None:
        statement = update(asked_questions).where(asked_questions.c.id.in_(asked_ids))
        await self._connection.execute(statement.values(state=state.value, decided_at=now))

    async def left_behind(self, person_id: PersonId) -> tuple[tuple[AskedQuestion, AssignmentId], ...]:
        is_of_school = (
            select(memberships.c.id)
            .where(
                memberships.c.unit_id == assignments.c.unit_id,
                memberships.c.person_id == person_id,
                memberships.c.standing != Standing.LEFT.value,
            )
            .exists()
        )
        statement = (
            _asked()
            .add_columns(submissions.c.assignment_id)
            .join(submissions, submissions.c.id == asked_questions.c.submission_id)
            .join(assignments, assignments.c.id == submissions.c.assignment_id)
            .where(
                asked_questions.c.person_id == person_id,
                asked_questions.c.state == AskedState.WAITING.value,
                ~is_of_school,
            )
            .order_by(asked_questions.c.id)
        )
        rows = await self._connection.execute(statement)
        return tuple((_question(row), AssignmentId(row.assignment_id)) for row in rows)


def _colleagues(unit_id: UnitId) -> Select[Any]:
    return (
        select(persons.c.id, persons.c.full_name)
        .distinct()
        .join(memberships, memberships.c.person_id == persons.c.id)
        .where(
            memberships.c.unit_id == unit_id,
            memberships.c.standing != Standing.LEFT.value,
            persons.c.reach == Reach.REACHABLE.value,
            persons.c.erased_at.is_(None),
        )
    )


def _asked() -> Select[Any]:
    colleague, asker = persons.alias("colleague"), persons.alias("asker")
    return (
        select(
            asked_questions,
            colleague.c.full_name.label("colleague_name"),
            asker.c.full_name.label("asker_name"),
        )
        .join(colleague, colleague.c.id == asked_questions.c.person_id)
        .join(asker, asker.c.id == asked_questions.c.asked_by)
    )


def _question(row: Row[Any]) -> AskedQuestion:
    return AskedQuestion(
        id=AskedQuestionId(row.id),
        submission_id=SubmissionId(row.submission_id),
        question=row.question,
        colleague_id=PersonId(row.person_id),
        colleague_name=row.colleague_name,
        asked_by=PersonId(row.asked_by),
        asked_by_name=row.asker_name,
        state=AskedState(row.state),
    )
