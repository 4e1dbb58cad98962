"""«Разослать школам»: a form that is ready becomes a plan of one matter, which is looked at and sent like any other."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from zoneinfo import ZoneInfo

from bot.domain.documents import DocumentDraft, DocumentFacts, DocumentKind, RowDraft
from bot.domain.drafts import Draft, RowDecision
from bot.domain.errors import NotFoundError
from bot.domain.ids import FormId
from bot.domain.matters import AnsweredBy, Audience
from bot.domain.network import Actor
from bot.domain.terms.model import Term, TermKind
from bot.domain.terms.occurrences import day_of
from bot.ports.drafts import NewDraft
from bot.ports.form_drafts import FormLine
from bot.ports.storage import Storage, Stores
from bot.services.edit_draft import understood_term
from bot.services.edit_form import usable_forms
from bot.services.import_document import unit_for
from bot.services.show_draft import managed_document


async def form_to_send(storage: Storage, *, actor: Actor, form_id: FormId) -> FormLine:
    """Raises NotFoundError for one that is not ready, or not his to give."""
    async with storage.read() as tx:
        return await _ready(tx, actor, form_id)


async def draft_sending(
    storage: Storage, *, actor: Actor, form_id: FormId, title: str, phrase: str, now: datetime
) -> Draft:
    """A draft with one accepted row, owed by all schools of the actor's unit by the term that ``phrase`` names.

    The same form by the same words is the same draft, or the plan that was made of it, as long as the words mean the
    same day: «через неделю» is another one next month. Raises NotFoundError, NoNetworkError, TermNotUnderstoodError;
    nothing is stored then.
    """
    async with storage.write() as tx:
        form = await _ready(tx, actor, form_id)
        unit = await unit_for(tx, actor, None)
        term = understood_term(phrase, today=now.astimezone(ZoneInfo(unit.timezone)).date(), region=None)
        content = f"form {form_id} for unit {unit.id}: {phrase} = {_last_days(term)}".encode()
        digest = sha256(content).hexdigest()
        known = await tx.drafts.by_file(digest, (), [unit.id])
        if known is not None:
            return known
        read = DocumentDraft(DocumentFacts(kind=DocumentKind.LIST), (RowDraft("1", form.title, phrase=phrase),))
        everyone = Audience((unit.id,), AnsweredBy.SCHOOL)
        draft_id = await tx.drafts.add(
            NewDraft(unit.id, read, title, everyone, f"{title}.txt", digest, content, actor.person.id), now=now
        )
        draft = await managed_document(tx, actor, draft_id)
        (row,) = await tx.drafts.rows(draft_id)
        accepted = replace(row, term=term, typed_phrase=phrase, form_id=form_id, decision=RowDecision.ACCEPT)
        await tx.drafts.rewrite([accepted])
        detail = {"document": draft_id, "form": form_id}
        await tx.audit.record("form drafted to be sent", by=actor.person.id, unit_id=unit.id, detail=detail, now=now)
        return draft


def _last_days(term: Term) -> str:
    """Those that the words name today; a rule goes on, so that it is the same one whenever it is named."""
    ends = [day_of(part.end) for part in term.parts or (term,) if part.kind is not TermKind.RECURRING]
    return ", ".join(end.isoformat() for end in ends if end is not None)


async def _ready(tx: Stores, actor: Actor, form_id: FormId) -> FormLine:
    for line in await usable_forms(tx, actor):
        if line.id == form_id and line.questions is not None:
            return line
    raise NotFoundError(f"form {form_id} is not ready for person {actor.person.id}")
