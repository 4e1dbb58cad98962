"""Calls for proposals that are being made."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.calls import CallDraft
from bot.domain.ids import CallDraftId, OccurrenceId, PersonId
from bot.ports.calls import StoredCallDraft
from storage.task_tables import call_drafts


class CallDraftStore:
    """Implements ``bot.ports.calls.CallDrafts``."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, person_id: PersonId, draft: CallDraft, *, now: datetime) -> CallDraftId:
        values = {"person_id": person_id, "data": draft.to_json(), "version": 1, "changed_at": now}
        result = await self._connection.execute(insert(call_drafts).values(values).returning(call_drafts.c.id))
        return CallDraftId(result.scalar_one())

    async def get(self, draft_id: CallDraftId) -> StoredCallDraft | None:
        found = await self._connection.execute(select(call_drafts).where(call_drafts.c.id == draft_id))
        row = found.one_or_none()
        return None if row is None else _stored(row)

    async def of_person(self, person_id: PersonId, *, limit: int) -> tuple[StoredCallDraft, ...]:
        statement = (
            select(call_drafts)
            .where(call_drafts.c.person_id == person_id, call_drafts.c.occurrence_id.is_(None))
            .order_by(call_drafts.c.changed_at.desc(), call_drafts.c.id.desc())
            .limit(limit)
        )
        return tuple(_stored(row) for row in await self._connection.execute(statement))

    async def put(self, draft_id: CallDraftId, draft: CallDraft, *, from_version: int, now: datetime) -> bool:
        statement = (
            update(call_drafts)
            .where(
                call_drafts.c.id == draft_id,
                call_drafts.c.version == from_version,
                call_drafts.c.occurrence_id.is_(None),
            )
            .values(data=draft.to_json(), version=from_version + 1, changed_at=now)
        )
        return (await self._connection.execute(statement)).rowcount == 1

    async def announced(self, draft_id: CallDraftId, occurrence_id: OccurrenceId, *, now: datetime) -> None:
        values = {"occurrence_id": occurrence_id, "changed_at": now}
        await self._connection.execute(update(call_drafts).where(call_drafts.c.id == draft_id).values(values))

    async def delete(self, draft_id: CallDraftId) -> None:
        is_draft = call_drafts.c.occurrence_id.is_(None)
        await self._connection.execute(delete(call_drafts).where(call_drafts.c.id == draft_id, is_draft))


def _stored(row: Row[Any]) -> StoredCallDraft:
    return StoredCallDraft(
        id=CallDraftId(row.id),
        person_id=PersonId(row.person_id),
        draft=CallDraft.from_json(row.data),
        version=row.version,
        changed_at=row.changed_at,
        announced_as=None if row.occurrence_id is None else OccurrenceId(row.occurrence_id),
    )
