"""Editions of planned documents: drafts beside a plan, and what becomes of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.drafts import DocumentState, DraftRow, RowDecision
from bot.domain.ids import ActivityId, DocumentId, OccurrenceId, PersonId, RowId
from bot.domain.matters import ActivityState, Answer
from bot.domain.terms.model import Term
from bot.ports.editions import AppliedEdition, StoredFile
from storage.tables import activities, assignments, document_rows, documents, files

_FINAL = [answer.value for answer in Answer if answer.is_final]
_OF_ITS_DOCUMENT = ("id", "document_id", "position", "activity_id", "joined_into", "split_from")
"""What a row does not take along into another document."""
_OF_ITS_PLAN = ("decision", "audience", "ladder", "asks", "needs_acceptance")
"""What an edition does not change of a row that is planned, as it does not of the activity."""
_OF_ITS_IMPORT = ("id", "state", "version", "created_by", "created_at", "planned_at", "compared_with", "dropped")


class EditionStore:
    """Implements ``bot.ports.editions.Editions``."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def compare_with(self, document_id: DocumentId, planned: DocumentId | None) -> None:
        await self._set(document_id, compared_with=planned, dropped=[])

    async def drop(self, document_id: DocumentId, activity_ids: Sequence[ActivityId]) -> None:
        await self._set(document_id, dropped=list(activity_ids))

    async def copy_to_recheck(self, planned: DocumentId, *, by: PersonId, now: datetime) -> DocumentId:
        query = select(documents).where(documents.c.id == planned)
        document = (await self._connection.execute(query)).mappings().one()
        values = {name: value for name, value in document.items() if name not in _OF_ITS_IMPORT}
        values |= {"state": DocumentState.DRAFT.value, "version": 1, "compared_with": planned, "dropped": []}
        statement = insert(documents).values(**values, created_by=by, created_at=now)
        copy = (await self._connection.execute(statement.returning(documents.c.id))).scalar_one()
        own = and_(document_rows.c.document_id == planned, document_rows.c.joined_into.is_(None))
        rows = (await self._connection.execute(select(document_rows).where(own))).mappings().all()
        copies = [{**_content(row), "document_id": copy, "position": row["position"]} for row in rows]
        if copies:
            await self._connection.execute(insert(document_rows), copies)
        return DocumentId(copy)

    async def drafts_against(self, planned: DocumentId) -> tuple[DocumentId, ...]:
        query = select(documents.c.id).where(
            documents.c.compared_with == planned, documents.c.state == DocumentState.DRAFT.value
        )
        found = (await self._connection.execute(query.order_by(documents.c.id.desc()))).scalars()
        return tuple(DocumentId(i) for i in found)

    async def is_recheck(self, document_id: DocumentId) -> bool:
        edition, other = documents.alias("edition"), documents.alias("other")
        is_of_the_plan = or_(
            other.c.id == edition.c.compared_with,
            and_(other.c.compared_with == edition.c.compared_with, other.c.state == DocumentState.APPLIED.value),
        )
        is_same_file = and_(other.c.file_hash == edition.c.file_hash, other.c.sheets == edition.c.sheets)
        query = (
            select(other.c.id)
            .join(edition, and_(is_same_file, other.c.id < edition.c.id, is_of_the_plan))
            .where(edition.c.id == document_id)
        )
        return (await self._connection.execute(query)).first() is not None

    async def applied_to(self, planned: DocumentId) -> tuple[AppliedEdition, ...]:
        columns = (documents.c.id, documents.c.dated, documents.c.file_name, documents.c.planned_at)
        query = select(*columns).where(
            documents.c.compared_with == planned, documents.c.state == DocumentState.APPLIED.value
        )
        rows = (await self._connection.execute(query.order_by(documents.c.planned_at.desc(), documents.c.id))).all()
        found = []
        for row in rows:
            is_recheck = await self.is_recheck(DocumentId(row.id))
            found.append(AppliedEdition(DocumentId(row.id), row.dated, row.file_name, row.planned_at, is_recheck))
        return tuple(found)

    async def mark_applied(self, document_id: DocumentId, *, now: datetime) -> None:
        await self._set(document_id, state=DocumentState.APPLIED.value, planned_at=now, version=documents.c.version + 1)

    async def answered(self, occurrence_ids: Sequence[OccurrenceId]) -> Mapping[OccurrenceId, int]:
        query = (
            select(assignments.c.occurrence_id, func.count().label("n"))
            .where(
                assignments.c.occurrence_id.in_(occurrence_ids),
                assignments.c.withdrawn_at.is_(None),
                assignments.c.answer.in_(_FINAL),
            )
            .group_by(assignments.c.occurrence_id)
        )
        return {OccurrenceId(row.occurrence_id): row.n for row in await self._connection.execute(query)}

    async def reword(self, activity_id: ActivityId, row: DraftRow) -> None:
        await self._connection.execute(
            update(activities)
            .where(activities.c.id == activity_id)
            .values(
                title=row.title,
                responsible=row.responsible,
                result=row.result,
                phrase=row.typed_phrase or row.phrase,
            )
        )

    async def reschedule(self, activity_id: ActivityId, term: Term, opened_until: date | None) -> None:
        values = {"term": term.to_json(), "opened_until": opened_until}
        await self._connection.execute(update(activities).where(activities.c.id == activity_id).values(values))

    async def close(self, activity_id: ActivityId) -> None:
        await self._connection.execute(
            update(activities)
            .where(activities.c.id == activity_id)
            .values(state=ActivityState.CANCELLED.value, opened_until=None)
        )

    async def adopt(self, row_id: RowId, planned: DocumentId, activity_id: ActivityId | None) -> None:
        values = _content(await self._row(row_id)) | _accepted(activity_id)
        last = select(func.coalesce(func.max(document_rows.c.position), 0) + 1)
        position = last.where(document_rows.c.document_id == planned).scalar_subquery()
        await self._connection.execute(
            insert(document_rows).values(**values, document_id=planned, position=position, activity_id=activity_id)
        )

    async def link(self, row_id: RowId, activity_id: ActivityId | None) -> None:
        await self._connection.execute(
            update(document_rows)
            .where(document_rows.c.id == row_id)
            .values(activity_id=activity_id, **_accepted(activity_id))
        )

    async def renew(self, row_id: RowId, by: RowId, *, is_new: bool = False) -> None:
        values = _content(await self._row(by))
        if not is_new:  # what he said of the row of the plan stands: should the plan be undone, it is a draft
            values = {name: value for name, value in values.items() if name not in _OF_ITS_PLAN}
        await self._connection.execute(update(document_rows).where(document_rows.c.id == row_id).values(**values))

    async def file(self, document_id: DocumentId) -> StoredFile | None:
        is_applied = and_(documents.c.compared_with == document_id, documents.c.state == DocumentState.APPLIED.value)
        query = (
            select(documents.c.file_name, files.c.content)
            .join(files, files.c.hash == documents.c.file_hash)
            .where(or_(documents.c.id == document_id, is_applied))
            .order_by(documents.c.id.desc())
            .limit(1)
        )
        row = (await self._connection.execute(query)).one_or_none()
        return None if row is None else StoredFile(row.file_name or "", row.content)

    async def _set(self, document_id: DocumentId, **values: Any) -> None:
        await self._connection.execute(update(documents).where(documents.c.id == document_id).values(**values))

    async def _row(self, row_id: RowId) -> Mapping[Any, Any]:
        query = select(document_rows).where(document_rows.c.id == row_id)
        return (await self._connection.execute(query)).mappings().one()


def _accepted(activity_id: ActivityId | None) -> dict[str, str]:
    """A row that was planned has been accepted, whichever way it came into the plan."""
    return {} if activity_id is None else {"decision": RowDecision.ACCEPT.value}


def _content(row: Mapping[Any, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in _OF_ITS_DOCUMENT}
