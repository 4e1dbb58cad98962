"""Forms while they are made: drafts, versions that are published, and what the makers see of their use."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.form_drafts import FormDraft
from bot.domain.forms import FormVersion, Question, SubmissionState
from bot.domain.ids import FormId, FormVersionId, PersonId, UnitId
from bot.ports.form_drafts import FormLine, MadeForm, StoredDraft
from storage.form_tables import form_drafts
from storage.subtrees import within
from storage.tables import activities, document_rows, units
from storage.task_tables import form_versions, forms, plan_figures, submissions


class FormDraftStore:
    """Implements ``bot.ports.form_drafts.FormDrafts``."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def begin(
        self, unit_id: UnitId, title: str, draft: FormDraft, *, by: PersonId, source: str, now: datetime
    ) -> tuple[FormId, bool]:
        known = await self._connection.execute(select(forms.c.id).where(forms.c.source == source))
        if (known_id := known.scalar_one_or_none()) is not None:
            return FormId(known_id), False
        row = {"unit_id": unit_id, "title": title, "source": source, "created_by": by, "created_at": now}
        form_id = (await self._connection.execute(insert(forms).values(row).returning(forms.c.id))).scalar_one()
        await self.put(FormId(form_id), draft, revision=None, sources=(), now=now)
        return FormId(form_id), True

    async def made(self, form_id: FormId) -> MadeForm | None:
        statement = (
            select(
                forms.c.id,
                forms.c.unit_id,
                forms.c.title,
                forms.c.retired_at,
                units.c.path,
                units.c.title.label("unit_title"),
                form_drafts.c.revision,
                form_drafts.c.body,
                form_drafts.c.sources,
                _count(activities.c.form_id == forms.c.id, of=activities).label("used"),
                _filled().label("filled"),
            )
            .join(units, units.c.id == forms.c.unit_id)
            .outerjoin(form_drafts, form_drafts.c.form_id == forms.c.id)
            .where(forms.c.id == form_id)
        )
        row = (await self._connection.execute(statement)).one_or_none()
        if row is None:
            return None
        version, begun = await self._latest(form_id)
        draft = None if row.body is None else _stored(row)
        return MadeForm(
            id=FormId(row.id),
            unit_id=UnitId(row.unit_id),
            unit_path=row.path,
            unit_title=row.unit_title,
            title=row.title,
            version=version,
            draft=draft,
            versions=0 if version is None else version.number,
            used=row.used,
            begun=begun,
            filled=row.filled,
            is_retired=row.retired_at is not None,
        )

    async def of_units(self, unit_ids: Sequence[UnitId] | None, *, below: Sequence[str]) -> tuple[FormLine, ...]:
        latest = (
            select(form_versions.c.questions)
            .where(form_versions.c.form_id == forms.c.id)
            .order_by(form_versions.c.number.desc())
            .limit(1)
            .scalar_subquery()
        )
        statement = (
            select(
                forms.c.id,
                forms.c.title,
                units.c.path,
                latest.label("questions"),
                form_drafts.c.changed_at,
                _filled().label("filled"),
            )
            .join(units, units.c.id == forms.c.unit_id)
            .outerjoin(form_drafts, form_drafts.c.form_id == forms.c.id)
            .where(forms.c.retired_at.is_(None))
            .order_by(forms.c.title, forms.c.id)
        )
        if unit_ids is not None:
            statement = statement.where(or_(forms.c.unit_id.in_(unit_ids), within(self._connection, below)))
        return tuple(
            FormLine(
                FormId(row.id),
                row.path,
                row.title,
                None if row.questions is None else len(row.questions),
                row.changed_at,
                row.filled,
            )
            for row in await self._connection.execute(statement)
        )

    async def versions(self, form_id: FormId) -> tuple[tuple[Question, ...], ...]:
        statement = (
            select(form_versions.c.questions)
            .where(form_versions.c.form_id == form_id)
            .order_by(form_versions.c.number)
        )  # fmt: skip
        rows = (await self._connection.execute(statement)).scalars()
        return tuple(tuple(Question.from_json(question) for question in questions) for questions in rows)

    async def put(
        self, form_id: FormId, draft: FormDraft, *, revision: int | None, sources: Sequence[str], now: datetime
    ) -> bool:
        values: dict[str, Any] = {"body": draft.to_json(), "sources": list(sources), "changed_at": now}
        if revision is None:
            known = select(form_drafts.c.form_id).where(form_drafts.c.form_id == form_id)
            if (await self._connection.execute(known)).scalar_one_or_none() is not None:
                return False
            await self._connection.execute(insert(form_drafts).values(form_id=form_id, revision=1, **values))
            return True
        statement = (
            update(form_drafts)
            .where(form_drafts.c.form_id == form_id, form_drafts.c.revision == revision)
            .values(revision=revision + 1, **values)
        )
        return (await self._connection.execute(statement)).rowcount == 1

    async def drop(self, form_id: FormId) -> None:
        await self._connection.execute(delete(form_drafts).where(form_drafts.c.form_id == form_id))
        named = (form_versions, activities, document_rows, plan_figures)
        free = [~select(table.c.form_id).where(table.c.form_id == form_id).exists() for table in named]
        await self._connection.execute(delete(forms).where(forms.c.id == form_id, *free))

    async def publish(
        self, form_id: FormId, questions: Sequence[Question], *, number: int, by: PersonId, now: datetime
    ) -> None:
        asked = [question.to_json() for question in questions]
        present = (
            update(form_versions)
            .where(form_versions.c.form_id == form_id, form_versions.c.number == number)
            .values(questions=asked)
        )
        if (await self._connection.execute(present)).rowcount == 0:
            row = {"form_id": form_id, "number": number, "questions": asked, "created_by": by, "created_at": now}
            await self._connection.execute(insert(form_versions).values(row))
        await self._connection.execute(delete(form_drafts).where(form_drafts.c.form_id == form_id))

    async def rename(self, form_id: FormId, title: str) -> None:
        await self._connection.execute(update(forms).where(forms.c.id == form_id).values(title=title))

    async def retire(self, form_id: FormId, *, now: datetime) -> None:
        await self._connection.execute(update(forms).where(forms.c.id == form_id).values(retired_at=now))
        await self._connection.execute(delete(form_drafts).where(form_drafts.c.form_id == form_id))

    async def _latest(self, form_id: FormId) -> tuple[FormVersion | None, int]:
        """The latest version, and how many fillings were begun with it."""
        statement = (
            select(
                form_versions.c.id,
                form_versions.c.number,
                form_versions.c.questions,
                _count(submissions.c.form_version_id == form_versions.c.id, of=submissions).label("begun"),
            )
            .where(form_versions.c.form_id == form_id)
            .order_by(form_versions.c.number.desc())
            .limit(1)
        )
        row = (await self._connection.execute(statement)).one_or_none()
        if row is None:
            return None, 0
        questions = tuple(Question.from_json(question) for question in row.questions)
        return FormVersion(FormVersionId(row.id), form_id, row.number, questions), row.begun


def _filled() -> ScalarSelect[int]:
    statement = (
        select(func.count(submissions.c.assignment_id.distinct()))
        .join(form_versions, form_versions.c.id == submissions.c.form_version_id)
        .where(form_versions.c.form_id == forms.c.id, submissions.c.state != SubmissionState.DRAFT.value)
    )
    return statement.correlate(forms).scalar_subquery()


def _count(condition: ColumnElement[bool], *, of: Any) -> ScalarSelect[int]:
    return select(func.count()).select_from(of).where(condition).correlate(forms, form_versions).scalar_subquery()


def _stored(row: Any) -> StoredDraft:
    return StoredDraft(FormDraft.from_json(row.body), row.revision, tuple(row.sources))
