"""Events that are being made."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.event_drafts import EventDraft
from bot.domain.ids import EventDraftId, PersonId
from bot.ports.event_drafts import StoredEventDraft
from storage.event_tables import event_drafts


class EventDraftStore:
    """Implements ``bot.ports.event_drafts.EventDrafts``."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, person_id: PersonId, draft: EventDraft, *, now: datetime) -> EventDraftId:
        values = {"person_id": person_id, "data": draft.to_json(), "version": 1, "created_at": now, "changed_at": now}
        result = await self._connection.execute(insert(event_drafts).values(values).returning(event_drafts.c.id))
        return EventDraftId(result.scalar_one())

    async def get(self, draft_id: EventDraftId) -> StoredEventDraft | None:
        found = await self._connection.execute(select(event_drafts).where(event_drafts.c.id == draft_id))
        row = found.one_or_none()
        return None if row is None else _stored(row)

    async def of_person(self, person_id: PersonId, *, limit: int) -> tuple[StoredEventDraft, ...]:
        statement = (
            select(event_drafts)
            .where(event_drafts.c.person_id == person_id, event_drafts.c.announced_at.is_(None))
            .order_by(event_drafts.c.changed_at.desc(), event_drafts.c.id.desc())
            .limit(limit)
        )
        return tuple(_stored(row) for row in await self._connection.execute(statement))

    async def put(self, draft_id: EventDraftId, draft: EventDraft, *, from_version: int, now: datetime) -> bool:
        statement = (
            update(event_drafts)
            .where(
                event_drafts.c.id == draft_id,
                event_drafts.c.version == from_version,
                event_drafts.c.announced_at.is_(None),
            )
            .values(data=draft.to_json(), version=from_version + 1, changed_at=now)
        )
        return (await self._connection.execute(statement)).rowcount == 1

    async def announced(self, draft_id: EventDraftId, *, now: datetime) -> None:
        await self._connection.execute(
            update(event_drafts).where(event_drafts.c.id == draft_id).values(announced_at=now, changed_at=now)
        )

    async def delete(self, draft_id: EventDraftId) -> bool:
        statement = delete(event_drafts).where(event_drafts.c.id == draft_id, event_drafts.c.announced_at.is_(None))
        return (await self._connection.execute(statement)).rowcount == 1


def _stored(row: Row[Any]) -> StoredEventDraft:
    return StoredEventDraft(
        id=EventDraftId(row.id),
        person_id=PersonId(row.person_id),
        draft=EventDraft.from_json(row.data),
        version=row.version,
        changed_at=row.changed_at,
        announced_at=row.announced_at,
    )
