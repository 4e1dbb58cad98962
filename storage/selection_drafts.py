"""Selections that are being made."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ids import OccurrenceId, PersonId, SelectionDraftId
from bot.domain.selection_drafts import SelectionDraft
from bot.ports.selections import StoredSelectionDraft
from storage.task_tables import selection_drafts

_IS_DRAFT = selection_drafts.c.occurrence_id.is_(None)


class SelectionDraftStore:
    """Implements ``bot.ports.selections.SelectionDrafts``."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, person_id: PersonId, draft: SelectionDraft, *, now: datetime) -> SelectionDraftId:
        values = {"person_id": person_id, "data": draft.to_json(), "version": 1, "changed_at": now}
        added = insert(selection_drafts).values(values).returning(selection_drafts.c.id)
        return SelectionDraftId((await self._connection.execute(added)).scalar_one())

    async def get(self, draft_id: SelectionDraftId) -> StoredSelectionDraft | None:
        found = await self._connection.execute(select(selection_drafts).where(selection_drafts.c.id == draft_id))
        row = found.one_or_none()
        return None if row is None else _stored(row)

    async def of_person(self, person_id: PersonId, *, limit: int) -> tuple[StoredSelectionDraft, ...]:
        statement = (
            select(selection_drafts)
            .where(selection_drafts.c.person_id == person_id, _IS_DRAFT)
            .order_by(selection_drafts.c.changed_at.desc(), selection_drafts.c.id.desc())
            .limit(limit)
        )
        return tuple(_stored(row) for row in await self._connection.execute(statement))

    async def put(self, draft_id: SelectionDraftId, draft: SelectionDraft, *, from_version: int, now: datetime) -> bool:
        statement = (
            update(selection_drafts)
            .where(selection_drafts.c.id == draft_id, selection_drafts.c.version == from_version, _IS_DRAFT)
            .values(data=draft.to_json(), version=from_version + 1, changed_at=now)
        )
        return (await self._connection.execute(statement)).rowcount == 1

    async def announced(self, draft_id: SelectionDraftId, occurrence_id: OccurrenceId, *, now: datetime) -> None:
        values = {"occurrence_id": occurrence_id, "changed_at": now}
        await self._connection.execute(update(selection_drafts).where(selection_drafts.c.id == draft_id).values(values))

    async def delete(self, draft_id: SelectionDraftId) -> None:
        await self._connection.execute(delete(selection_drafts).where(selection_drafts.c.id == draft_id, _IS_DRAFT))


def _stored(row: Row[Any]) -> StoredSelectionDraft:
    return StoredSelectionDraft(
        id=SelectionDraftId(row.id),
        person_id=PersonId(row.person_id),
        draft=SelectionDraft.from_json(row.data),
        version=row.version,
        changed_at=row.changed_at,
        announced_as=None if row.occurrence_id is None else OccurrenceId(row.occurrence_id),
    )
