"""What the use cases about editions of a planned document need of the storage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from bot.domain.drafts import DraftRow
from bot.domain.ids import ActivityId, DocumentId, OccurrenceId, PersonId, RowId
from bot.domain.terms.model import Term


@dataclass(frozen=True, slots=True)
class AppliedEdition:
    """An edition that a plan has taken over; ``is_recheck``: it was the plan's own file again."""

    document_id: DocumentId
    dated: date | None
    file_name: str | None
    applied_at: datetime
    is_recheck: bool


@dataclass(frozen=True, slots=True)
class StoredFile:
    name: str
    content: bytes = field(repr=False)


class Editions(Protocol):
    async def compare_with(self, document_id: DocumentId, planned: DocumentId | None) -> None:
        """The draft is an edition of the planned document; None: it is a document of its own."""

    async def drop(self, document_id: DocumentId, activity_ids: Sequence[ActivityId]) -> None:
        """Which activities of the plan are called off once the edition is applied."""

    async def copy_to_recheck(self, planned: DocumentId, *, by: PersonId, now: datetime) -> DocumentId:
        """A draft with the rows of the planned document and its file, to be compared with it."""

    async def drafts_against(self, planned: DocumentId) -> tuple[DocumentId, ...]:
        """The drafts that are compared with the document, the latest first."""

    async def is_recheck(self, document_id: DocumentId) -> bool:
        """Whether the file of this edition is one that its plan was made of already."""

    async def applied_to(self, planned: DocumentId) -> tuple[AppliedEdition, ...]:
        """The editions that the plan has taken over, the latest first."""

    async def mark_applied(self, document_id: DocumentId, *, now: datetime) -> None: ...

    async def answered(self, occurrence_ids: Sequence[OccurrenceId]) -> Mapping[OccurrenceId, int]:
        """How many final answers stand on each of the dates."""

    async def reword(self, activity_id: ActivityId, row: DraftRow) -> None:
        """The activity says what the row says; its term and its dates are not touched."""

    async def reschedule(self, activity_id: ActivityId, term: Term, opened_until: date | None) -> None:
        """Its term, and up to which day it has its dates; None where no later one follows."""

    async def close(self, activity_id: ActivityId) -> None:
        """It opens no more dates; those that it has are not touched."""

    async def adopt(self, row_id: RowId, planned: DocumentId, activity_id: ActivityId | None) -> None:
        """A copy of the row stands last in the planned document."""

    async def link(self, row_id: RowId, activity_id: ActivityId | None) -> None:
        """The row of the plan has this activity."""

    async def renew(self, row_id: RowId, by: RowId, *, is_new: bool = False) -> None:
        """The row of the plan says what the row of the edition says; its place and its activity stay.

        So does how it is asked about (audience, ladder, form), as in the activity, unless it ``is_new`` in the plan.
        """

    async def file(self, document_id: DocumentId) -> StoredFile | None:
        """The file that the document stands on: of the edition that was applied last, else its own."""
