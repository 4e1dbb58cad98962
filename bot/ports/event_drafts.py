"""What making events needs of the storage: drafts that outlive a restart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.event_drafts import EventDraft
from bot.domain.ids import EventDraftId, PersonId


@dataclass(frozen=True, slots=True)
class StoredEventDraft:
    """``version`` grows with every change: a button of an older one changes nothing."""

    id: EventDraftId
    person_id: PersonId
    draft: EventDraft
    version: int
    changed_at: datetime
    announced_at: datetime | None


class EventDrafts(Protocol):
    async def add(self, person_id: PersonId, draft: EventDraft, *, now: datetime) -> EventDraftId:
        """Stores a new one, version 1."""

    async def get(self, draft_id: EventDraftId) -> StoredEventDraft | None:
        """Announced or not."""

    async def of_person(self, person_id: PersonId, *, limit: int) -> tuple[StoredEventDraft, ...]:
        """His that were not announced, the one changed last first."""

    async def put(self, draft_id: EventDraftId, draft: EventDraft, *, from_version: int, now: datetime) -> bool:
        """False where it has another version, or was announced."""

    async def announced(self, draft_id: EventDraftId, *, now: datetime) -> None:
        """It is a draft no more."""

    async def delete(self, draft_id: EventDraftId) -> bool:
        """False where there is none that was not announced."""
