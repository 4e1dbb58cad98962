"""The coordinator's decisions about the rows of a draft. Each is one edit, made on the version that he saw."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain.drafts import DocumentState, Draft, DraftRow, JudgedRow, Judgement, RowDecision, RowState
from bot.domain.errors import DomainError, NotFoundError, OutdatedError
from bot.domain.ids import DocumentId, RowId
from bot.domain.judging import clear, confirmable, confirmed, is_dark, judge_row, proposed_term
from bot.domain.matters import Audience
from bot.domain.naming_dates import listed_term
from bot.domain.network import Actor
from bot.domain.terms.model import Term
from bot.domain.terms.reading import read_term
from bot.ports.storage import Storage, Stores
from bot.services.show_audience import ensure_answers_are_his
from bot.services.show_draft import judged_draft, managed_document, work_calendar

MAX_PHRASE = 300


class DraftChangedError(OutdatedError):
    """Somebody edited the draft since this screen was shown; nothing was overwritten."""

    def __init__(self, document_id: DocumentId) -> None:
        super().__init__(f"document {document_id} has another version")
        self.document_id = document_id


class NotADraftError(OutdatedError):
    """The document was planned or called off meanwhile; its rows are not edited any more."""

    def __init__(self, document_id: DocumentId) -> None:
        super().__init__(f"document {document_id} is no draft")
        self.document_id = document_id


class TermNotUnderstoodError(DomainError):
    """The coordinator's words for a term gave no term; ``term`` tells by its doubts what is wrong with them."""

    def __init__(self, term: Term) -> None:
        super().__init__("a typed term was not understood")
        self.term = term


@dataclass(frozen=True, slots=True)
class TypedTerm:
    """What a coordinator's words mean for a row; nothing is stored yet."""

    draft: Draft
    row: DraftRow
    phrase: str
    judged: JudgedRow


async def understand_term(storage: Storage, *, actor: Actor, row_id: RowId, phrase: str, now: datetime) -> TypedTerm:
    """Reads the words as of today in the document's region. Raises TermNotUnderstoodError, NotFoundError."""
    async with storage.read() as tx:
        row, draft = await row_of(tx, actor, row_id)
    term = typed_term(phrase, draft, now)
    judged = judge_row(_with_term(row, term, phrase), zone=ZoneInfo(draft.timezone), now=now, calendar=work_calendar())
    return TypedTerm(draft, row, phrase, judged)


async def set_term(
    storage: Storage, *, actor: Actor, row_id: RowId, version: int, phrase: str, now: datetime
) -> DocumentId:
    """The coordinator's words become the term of the row, which is taken with it.

    Raises TermNotUnderstoodError, DraftChangedError, NotADraftError, NotFoundError.
    """
    async with storage.write() as tx:
        row, draft = await row_of(tx, actor, row_id)
        term = typed_term(phrase, draft, now)
        await grow(tx, draft, version)
        await tx.drafts.set_term(row.id, term, phrase)
    return row.document_id


async def accept_row(storage: Storage, *, actor: Actor, row_id: RowId, version: int) -> DocumentId:
    """«Верно»: the reading of the row is right, whatever was doubtful about it. Raises as ``set_term`` does."""
    async with storage.write() as tx:
        row, draft = await row_of(tx, actor, row_id)
        if row.term is None or is_dark(row.term):
            raise TermNotUnderstoodError(row.term or read_term(""))
        if row.decision is not RowDecision.ACCEPT or not row.is_confirmed:
            await grow(tx, draft, version)
            await tx.drafts.rewrite([_accepted(row)])
    return row.document_id


async def accept_clear(storage: Storage, *, actor: Actor, document_id: DocumentId, version: int, now: datetime) -> int:
    """«Принять все понятые»: rows without a doubt, and no others; returns how many. Raises as ``set_term`` does."""
    return await _accept(storage, actor, document_id, version, now, choose=clear)


async def accept_doubtful(
    storage: Storage, *, actor: Actor, document_id: DocumentId, version: int, now: datetime
) -> int:
    """The doubtful readings of all rows are right; returns how many rows that settled. Raises as ``set_term`` does."""
    return await _accept(storage, actor, document_id, version, now, choose=confirmable)


async def take_proposal(storage: Storage, *, actor: Actor, row_id: RowId, version: int, now: datetime) -> DocumentId:
    """A repeating term without a day gets the proposed days. Raises as ``set_term`` does."""
    async with storage.write() as tx:
        row, draft = await row_of(tx, actor, row_id)
        today = now.astimezone(ZoneInfo(draft.timezone)).date()
        term = None if row.term is None else proposed_term(row.term, today)
        if term is None:
            return row.document_id  # taken already, or another term stands by now
        await grow(tx, draft, version)
        await tx.drafts.set_term(row.id, confirmed(term), row.phrase)
    return row.document_id


async def decide_row(
    storage: Storage, *, actor: Actor, row_id: RowId, version: int, decision: RowDecision
) -> DocumentId:
    """Skips a row, takes it again, or says what to do with one that is over. Saying the same again does nothing."""
    async with storage.write() as tx:
        row, draft = await row_of(tx, actor, row_id)
        if row.decision is not decision:
            await grow(tx, draft, version)
            await tx.drafts.decide([row.id], decision)
    return row.document_id


async def decide_rows(
    storage: Storage,
    *,
    actor: Actor,
    document_id: DocumentId,
    version: int,
    row_ids: Sequence[RowId],
    decision: RowDecision,
) -> None:
    """The same decision for all these rows of the draft. Raises DraftChangedError, NotADraftError, NotFoundError."""
    async with storage.write() as tx:
        draft = await managed_document(tx, actor, document_id)
        if row_ids:
            await grow(tx, draft, version)
            own = {row.id for row in await tx.drafts.rows(document_id)}
            await tx.drafts.decide([row_id for row_id in row_ids if row_id in own], decision)


async def decide_all_past(
    storage: Storage, *, actor: Actor, document_id: DocumentId, version: int, decision: RowDecision, now: datetime
) -> int:
    """The same decision for every row that is over and not decided yet; returns how many there were."""
    async with storage.write() as tx:
        draft = await managed_document(tx, actor, document_id)
        judgement = judged_draft(draft, await tx.drafts.rows(document_id), now)
        past = [judged.row.id for judged in judgement.of(RowState.PAST)]
        if past:
            await grow(tx, draft, version)
            await tx.drafts.decide(past, decision)
        return len(past)


async def set_audience(
    storage: Storage,
    *,
    actor: Actor,
    document_id: DocumentId,
    row_id: RowId | None,
    version: int,
    audience: Audience | None,
) -> None:
    """Who answers for the document, or for one row of it (None: as the document). Units must lie below its own.

    Raises NotFoundError for a unit elsewhere or answers given there, DraftChangedError, NotADraftError.
    """
    async with storage.write() as tx:
        draft = await managed_document(tx, actor, document_id)
        await _ensure_below(tx, draft, audience)
        if audience is not None:
            await ensure_answers_are_his(tx, actor, audience)
        if row_id is None:
            assert audience is not None, "a document always has an audience"
            await grow(tx, draft, version)
            await tx.drafts.set_audience(document_id, audience)
            return
        row, _ = await row_of(tx, actor, row_id)
        if row.document_id != document_id:
            raise NotFoundError(f"row {row_id} of document {document_id}")
        await grow(tx, draft, version)
        await tx.drafts.set_row_audience(row_id, audience)


async def discard_draft(storage: Storage, *, actor: Actor, document_id: DocumentId, now: datetime) -> None:
    """«Отменить импорт»: the draft is gone, with its file. Raises NotADraftError, NotFoundError."""
    async with storage.write() as tx:
        draft = await managed_document(tx, actor, document_id)
        if draft.state is not DocumentState.DRAFT:
            raise NotADraftError(document_id)
        await tx.drafts.remove(document_id)
        await tx.audit.record(
            "draft discarded", by=actor.person.id, unit_id=draft.unit_id, detail={"document": document_id}, now=now
        )


async def _accept(
    storage: Storage,
    actor: Actor,
    document_id: DocumentId,
    version: int,
    now: datetime,
    *,
    choose: Callable[[Judgement], Sequence[JudgedRow]],
) -> int:
    async with storage.write() as tx:
        draft = await managed_document(tx, actor, document_id)
        chosen = choose(judged_draft(draft, await tx.drafts.rows(document_id), now))
        if chosen:
            await grow(tx, draft, version)
            await tx.drafts.rewrite([_accepted(judged.row) for judged in chosen])
        return len(chosen)


def _accepted(row: DraftRow) -> DraftRow:
    assert row.term is not None, "a row without a term has no reading to accept"
    return replace(
        row, term=confirmed(row.term), typed_phrase=row.typed_phrase or row.phrase, decision=RowDecision.ACCEPT
    )


async def row_of(tx: Stores, actor: Actor, row_id: RowId) -> tuple[DraftRow, Draft]:
    """The row and its draft, checked against the actor's part of the network. Raises NotFoundError."""
    row = await tx.drafts.row(row_id)
    if row is None:
        raise NotFoundError(f"row {row_id}")
    return row, await managed_document(tx, actor, row.document_id)


def typed_term(phrase: str, draft: Draft, now: datetime) -> Term:
    """The coordinator's words read as of ``now`` in the document's region. Raises TermNotUnderstoodError."""
    return understood_term(phrase, today=now.astimezone(ZoneInfo(draft.timezone)).date(), region=draft.region)


def understood_term(phrase: str, *, today: date, region: str | None) -> Term:
    """The same where there is no draft yet."""
    context: Mapping[str, str] = {}
    term = read_term(phrase[:MAX_PHRASE], reference_date=today, region=region, context=context)
    if is_dark(term) and (several := listed_term(phrase[:MAX_PHRASE], today=today)) is not None:
        term = several
    if len(phrase) > MAX_PHRASE or is_dark(term):
        raise TermNotUnderstoodError(term)
    return confirmed(term)


def _with_term(row: DraftRow, term: Term, phrase: str) -> DraftRow:
    return replace(row, term=term, typed_phrase=phrase, decision=RowDecision.ACCEPT)


async def grow(tx: Stores, draft: Draft, version: int) -> None:
    """One more edit of the draft that the coordinator saw. Raises NotADraftError, DraftChangedError."""
    if draft.state is not DocumentState.DRAFT:
        raise NotADraftError(draft.id)
    if not await tx.drafts.grow(draft.id, from_version=version):
        raise DraftChangedError(draft.id)


async def _ensure_below(tx: Stores, draft: Draft, audience: Audience | None) -> None:
    for unit_id in audience.unit_ids if audience else ():
        unit = await tx.units.get(unit_id)
        if unit is None or not unit.path.startswith(draft.unit_path):
            raise NotFoundError(f"unit {unit_id}")
