"""Who controls the execution of a document: the name that it says, matched once with a person of the network."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.drafts import Draft
from bot.domain.errors import NotFoundError
from bot.domain.ids import DocumentId, PersonId
from bot.domain.network import Actor
from bot.ports.escalation import Candidate
from bot.ports.storage import Storage, Stores
from bot.services.show_draft import managed_document

_ENDING = 2  # letters of a surname that its cases change: «Ивановой», «Иванову»


@dataclass(frozen=True, slots=True)
class ControllerChoice:
    """``candidates``: the coordinators of the document's unit and above it, those that it seems to name first."""

    document: Draft
    chosen: Candidate | None
    candidates: tuple[Candidate, ...]


async def show_controller(storage: Storage, *, actor: Actor, document_id: DocumentId) -> ControllerChoice:
    """Raises NotFoundError outside the actor's part of the network."""
    async with storage.read() as tx:
        document = await managed_document(tx, actor, document_id)
        found = await _candidates(tx, document)
        chosen = await tx.escalation.controller_of(document_id)
    return ControllerChoice(document, next((one for one in found if one.person_id == chosen), None), found)


async def name_controller(
    storage: Storage, *, actor: Actor, document_id: DocumentId, person_id: PersonId | None, now: datetime
) -> None:
    """From now on the steps to the controller reach him; None: nobody. Raises NotFoundError for who cannot be it."""
    async with storage.write() as tx:
        document = await managed_document(tx, actor, document_id)
        if person_id is not None and person_id not in {one.person_id for one in await _candidates(tx, document)}:
            raise NotFoundError(f"person {person_id} does not stand above document {document_id}")
        await tx.escalation.set_controller(document_id, person_id)
        detail = {"document": document_id, "person": person_id}
        await tx.audit.record("controller named", by=actor.person.id, unit_id=document.unit_id, detail=detail, now=now)


async def _candidates(tx: Stores, document: Draft) -> tuple[Candidate, ...]:
    named = (document.controller or "").casefold()

    def is_not_named(one: Candidate) -> bool:
        surname = one.full_name.split()[0].casefold() if one.full_name else ""
        return not surname or surname[: max(3, len(surname) - _ENDING)] not in named

    found = await tx.escalation.candidates(document.unit_path)
    return tuple(sorted(found, key=lambda one: (is_not_named(one), one.full_name)))
