"""What planning and sending need of the storage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from bot.domain.delivery import NoticeKind
from bot.domain.ids import AssignmentId, DocumentId, OccurrenceId, PersonId, UnitId


@dataclass(frozen=True, slots=True)
class NewNotice:
    """A notice to be planned. ``key`` is unique: what is planned already is left as it is."""

    key: str
    person_id: PersonId
    kind: NoticeKind
    due_at: datetime
    expires_at: datetime
    occurrence_id: OccurrenceId | None = None
    occurrence_version: int | None = None
    assignment_id: AssignmentId | None = None
    document_id: DocumentId | None = None
    unit_id: UnitId | None = None
    days_before: int | None = None
    detail: Mapping[str, Any] | None = None


class Notices(Protocol):
    async def plan(self, notices: Sequence[NewNotice], *, now: datetime) -> int:
        """Stores those whose key is new, as ``planned``; returns how many were."""
