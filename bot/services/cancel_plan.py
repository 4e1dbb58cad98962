"""A planned document is taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.broadcasts import BroadcastKind
from bot.domain.drafts import DocumentState
from bot.domain.ids import DocumentId
from bot.domain.matters import ActivityState
from bot.domain.network import Actor
from bot.ports.storage import Storage
from bot.services.edit_draft import NotADraftError
from bot.services.show_draft import managed_document
from bot.services.watch_news import watch_news_of_plan


@dataclass(frozen=True, slots=True)
class CancelledPlan:
    """``is_draft_again``: nobody had heard of it, so it is a draft as before; else ``dates`` were called off."""

    document_id: DocumentId
    is_draft_again: bool
    dates: int


async def cancel_plan(storage: Storage, *, actor: Actor, document_id: DocumentId, now: datetime) -> CancelledPlan:
    """Before the first message the plan simply disappears; after it, every open date is called off for those told.

    Raises NotADraftError where the document is not planned (any more), NotFoundError.
    """
    async with storage.write() as tx:
        draft = await managed_document(tx, actor, document_id)
        if draft.state is not DocumentState.PLANNED:
            raise NotADraftError(document_id)
        is_untouched = await tx.matters.is_untouched(document_id)
        if is_untouched:
            await tx.matters.forget(document_id)
            await tx.drafts.mark(document_id, DocumentState.DRAFT)
            dates = 0
        else:
            opened = await tx.matters.opened_of_document(document_id)
            active = [found.activity.id for found in opened if found.activity.state is ActivityState.ACTIVE]
            dates = await tx.matters.cancel_activities(active)
            await tx.drafts.mark(document_id, DocumentState.CANCELLED)
            await watch_news_of_plan(tx, BroadcastKind.CALLED_OFF, draft, by=actor.person.id, now=now)
        detail = {"document": document_id, "dates": dates, "untouched": is_untouched}
        await tx.audit.record("plan cancelled", by=actor.person.id, unit_id=draft.unit_id, detail=detail, now=now)
    return CancelledPlan(document_id, is_untouched, dates)
