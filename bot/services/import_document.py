"""A document that was read becomes a draft, which the coordinator checks row by row."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256

from bot.domain.documents import DocumentDraft, DocumentKind
from bot.domain.drafts import DocumentState
from bot.domain.errors import DomainError, NotAllowedError
from bot.domain.ids import DocumentId
from bot.domain.matters import AnsweredBy, Audience
from bot.domain.network import Actor, Unit
from bot.domain.regions import find_region
from bot.ports.drafts import NewDraft
from bot.ports.storage import Storage, Stores
from bot.services.recognise_edition import begin_comparison, older_edition


class NoNetworkError(DomainError):
    """There is no unit yet that a document could be given to."""


@dataclass(frozen=True, slots=True)
class UploadedFile:
    """``sheets``: those of a workbook that were chosen; each choice is a document of its own.

    ``is_pasted``: text of a message; its ``name`` is one for people.
    """

    name: str
    content: bytes = field(repr=False)
    sheets: tuple[str, ...] = ()
    is_pasted: bool = False

    @property
    def hash(self) -> str:
        return sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class ImportedDocument:
    """``is_repeat``: the same file had been sent before, and this is what came of it then."""

    document_id: DocumentId
    state: DocumentState
    is_repeat: bool


async def find_import(storage: Storage, *, actor: Actor, file: UploadedFile) -> ImportedDocument | None:
    """The draft or plan that came from the same file and was given to one of the actor's own units.

    What somebody below him made of it is a plan of theirs, and no obstacle to his. Raises NotAllowedError.
    """
    if not actor.is_coordinator:
        raise NotAllowedError("only coordinators bring documents in")
    async with storage.read() as tx:
        return await _same_file(tx, actor, file)


async def import_document(
    storage: Storage, *, actor: Actor, file: UploadedFile, read: DocumentDraft, now: datetime
) -> ImportedDocument:
    """Stores what was read as a draft, owed by all schools of the actor's unit until he says otherwise.

    The same file gives the same draft again; what is an edition of a planned document is compared with it.

    Raises NotAllowedError for anybody but a coordinator, NoNetworkError.
    """
    if not actor.is_coordinator:
        raise NotAllowedError("only coordinators bring documents in")
    async with storage.write() as tx:
        same = await _same_file(tx, actor, file)
        if same is not None:
            return same
        unit = await unit_for(tx, actor, read.facts.region)
        read, title = _called(read, file)
        older = await older_edition(tx, unit.id, read, title=title)
        draft = NewDraft(
            unit_id=unit.id,
            read=read,
            title=title,
            audience=older.audience if older else Audience((unit.id,), AnsweredBy.SCHOOL),
            file_name=file.name,
            file_hash=file.hash,
            file=file.content,
            created_by=actor.person.id,
            sheets=file.sheets,
        )
        document_id = await tx.drafts.add(draft, now=now)
        if older is not None:
            await begin_comparison(tx, document_id, older)
        await tx.audit.record(
            "document imported", by=actor.person.id, unit_id=unit.id, detail={"document": document_id}, now=now
        )
    return ImportedDocument(document_id, DocumentState.DRAFT, is_repeat=False)


def managed_paths(actor: Actor) -> tuple[str, ...]:
    """The subtrees that the actor may touch, as path prefixes."""
    return ("/",) if actor.is_owner else tuple(unit.path for unit in actor.coordinated)


def _called(read: DocumentDraft, file: UploadedFile) -> tuple[DocumentDraft, str]:
    """The document and its title. A pasted text without a heading is a list: it has no file that anybody could know."""
    if read.facts.title or not file.is_pasted:
        return read, read.facts.title or file.name
    if read.facts.kind is DocumentKind.OTHER:
        read = replace(read, facts=replace(read.facts, kind=DocumentKind.LIST))
    return read, file.name.removesuffix(".txt")


async def _same_file(tx: Stores, actor: Actor, file: UploadedFile) -> ImportedDocument | None:
    found = await tx.drafts.by_file(file.hash, file.sheets, [unit.id for unit in await _own_units(tx, actor)])
    if found is not None and found.state is DocumentState.APPLIED:  # what was made of it is the plan it was applied to
        found = await tx.drafts.get(found.compared_with) if found.compared_with else None
        if found is not None and found.state is DocumentState.CANCELLED:
            return None
    return None if found is None else ImportedDocument(found.id, found.state, is_repeat=True)


async def unit_for(tx: Stores, actor: Actor, region: str | None) -> Unit:
    """The highest of the actor's units; of several regions the one that the document names."""
    units = await _own_units(tx, actor)
    if not units:
        raise NoNetworkError
    named = find_region(region) if region else None

    def rank(unit: Unit) -> tuple[bool, int, int]:
        own = find_region(unit.region) if unit.region else None
        return named is None or own != named, unit.path.count("/"), unit.id

    return min(units, key=rank)


async def _own_units(tx: Stores, actor: Actor) -> list[Unit]:
    """The units that a document of his may be given to: those he coordinates, of an owner without any all the roots."""
    return list(actor.coordinated) or (list(await tx.units.children(None)) if actor.is_owner else [])
