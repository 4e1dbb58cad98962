"""What the use cases about documents and their rows need of the storage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.documents import DocumentDraft
from bot.domain.drafts import DocumentState, Draft, DraftRow, RowDecision
from bot.domain.ids import ActivityId, DocumentId, PersonId, RowId, UnitId
from bot.domain.matters import Audience
from bot.domain.terms.model import Term


@dataclass(frozen=True, slots=True)
class NewDraft:
    """``file`` is kept as it came, with the SHA-256 of it; ``timezone`` is not stored: it follows from the region.

    ``sheets``: those of a workbook that were chosen.
    """

    unit_id: UnitId
    read: DocumentDraft
    title: str
    audience: Audience
    file_name: str
    file_hash: str
    file: bytes
    created_by: PersonId
    sheets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftSummary:
    """One line of a list of documents."""

    draft: Draft
    rows: int
    activities: int


class Drafts(Protocol):
    async def add(self, draft: NewDraft, *, now: datetime) -> DocumentId:
        """Stores a draft at version 1 with all of its rows taken."""

    async def get(self, document_id: DocumentId) -> Draft | None:
        """A document of any state, without its file."""

    async def rows(self, document_id: DocumentId) -> tuple[DraftRow, ...]:
        """Its rows in the order of the document."""

    async def row(self, row_id: RowId) -> DraftRow | None: ...

    async def by_file(self, file_hash: str, sheets: Sequence[str], unit_ids: Sequence[UnitId]) -> Draft | None:
        """The latest draft or planned document that came from the same file and was given to one of these units."""

    async def listed(
        self, states: Sequence[DocumentState], paths: Sequence[str], *, limit: int, offset: int = 0
    ) -> tuple[DraftSummary, ...]:
        """Documents of the subtrees, the latest first."""

    async def count(self, states: Sequence[DocumentState], paths: Sequence[str]) -> int: ...

    async def grow(self, document_id: DocumentId, *, from_version: int) -> bool:
        """Takes the draft from one version to the next; False where it is no draft or has another version."""

    async def set_term(self, row_id: RowId, term: Term, typed_phrase: str) -> None:
        """The term by the coordinator's words; the row is accepted with it."""

    async def rewrite(self, rows: Sequence[DraftRow]) -> None:
        """Stores rows of a draft as they have become; their activities are not touched."""

    async def insert_after(self, row: DraftRow, parts: Sequence[DraftRow]) -> None:
        """New rows right below ``row``, in this order; their ids and positions are given here."""

    async def remove_rows(self, row_ids: Sequence[RowId]) -> None: ...

    async def decide(self, row_ids: Sequence[RowId], decision: RowDecision) -> None: ...

    async def set_audience(self, document_id: DocumentId, audience: Audience) -> None:
        """For the document; rows with an audience of their own keep it."""

    async def set_row_audience(self, row_id: RowId, audience: Audience | None) -> None:
        """None: the document's own again."""

    async def mark_planned(
        self, document_id: DocumentId, activities: Mapping[RowId, ActivityId], *, now: datetime
    ) -> None:
        """The draft has become a plan; its rows know their activities."""

    async def join_plan(self, activities: Mapping[RowId, ActivityId]) -> None:
        """Rows of a plan that were planned later know their activities."""

    async def mark(self, document_id: DocumentId, state: DocumentState) -> None:
        """Another state; a draft's rows belong to no activity, and the version grows."""

    async def remove(self, document_id: DocumentId) -> None:
        """A draft disappears with its rows and its file."""
