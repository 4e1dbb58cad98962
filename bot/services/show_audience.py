"""Who answers for a document or for one of its rows, and what there is to choose from."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.audiences import PARTS_OF
from bot.domain.drafts import Draft, DraftRow
from bot.domain.errors import NotFoundError
from bot.domain.ids import DocumentId, RowId
from bot.domain.matters import Audience
from bot.domain.network import Actor, Unit
from bot.ports.matters import AudienceSize
from bot.ports.storage import Storage
from bot.services.show_draft import managed_document


@dataclass(frozen=True, slots=True)
class AudienceView:
    """``parts``: what can be chosen below the document's unit; ``row`` is None for the document as a whole."""

    draft: Draft
    row: DraftRow | None
    audience: Audience
    size: AudienceSize
    parts: tuple[Unit, ...]
    cohorts: tuple[str, ...]


async def show_audience(
    storage: Storage, *, actor: Actor, document_id: DocumentId, row_id: RowId | None
) -> AudienceView:
    """Raises NotFoundError outside the actor's part of the network."""
    async with storage.read() as tx:
        draft = await managed_document(tx, actor, document_id)
        row = None if row_id is None else await tx.drafts.row(row_id)
        if row_id is not None and (row is None or row.document_id != document_id):
            raise NotFoundError(f"row {row_id}")
        audience = (row.audience if row else None) or draft.audience
        unit = await tx.units.get(draft.unit_id)
        kind = PARTS_OF[unit.kind] if unit else None
        parts = tuple(await tx.units.subtree([draft.unit_path], kind)) if kind else ()
        return AudienceView(
            draft,
            row,
            audience,
            size=await tx.matters.audience_size([audience]),
            parts=tuple(sorted(parts, key=lambda part: part.title)),
            cohorts=await tx.matters.cohorts_below(draft.unit_path),
        )
