"""What the use cases about a document's own facts need of the storage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from bot.domain.documents import DocumentFact, Mention
from bot.domain.drafts import Draft
from bot.domain.ids import DocumentId, RowId
from bot.domain.terms.model import Term


@dataclass(frozen=True, slots=True)
class CorrectedFacts:
    """The facts of a document as they are to stand; an empty quote says that the coordinator wrote the fact."""

    title: str
    number: str | None
    dated: date | None
    region: str | None
    quotes: Mapping[DocumentFact, str]
    problems: tuple[dict[str, Any], ...]


class Facts(Protocol):
    async def correct(self, document_id: DocumentId, facts: CorrectedFacts) -> None:
        """Replaces the facts of a document."""

    async def reread(self, terms: Mapping[RowId, Term]) -> None:
        """The document's own phrases mean these terms now; what the coordinator decided of the rows stays."""

    async def mentioned(self, mentions: Sequence[Mention], paths: Sequence[str]) -> tuple[Draft, ...]:
        """The documents of the subtrees that have the number and the day of a mention, the latest first."""
