"""The coordinator's decisions about the rows of a draft. Each is one edit, made on the version that he saw."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.drafts import DocumentState, Draft, DraftRow, JudgedRow, RowDecision, RowState
from bot.domain.errors import DomainError, NotFoundError, OutdatedError
from bot.domain.ids import DocumentId, RowId
from bot.domain.judging import confirmable, confirmed, is_dark, judge, judge_row, proposed_term
from bot.domain.matters import Audience
from bot.domain.network import Actor
from bot.domain.terms.model import Term
from bot.domain.terms.reading import read_term
from bot.ports.storage import Storage, Stores
from bot.services.show_draft import managed_document, work_calendar

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
        row, draft = await _row_of(tx, actor, row_id)
    term = _typed(phrase, draft, now)
    judged = judge_row(_with_term(row, term, phrase), zone=ZoneInfo(draft.timezone), now=now, calendar=work_calendar())
    return TypedTerm(draft, row, phrase, judged)


async def set_term(
    storage: Storage, *, actor: Actor, row_id: RowId, version: int, phrase: str, now: datetime
) -> DocumentId:
    """The coordinator's words become the term of the row, which is taken with it.

    Raises TermNotUnderstoodError, DraftChangedError, NotADraftError, NotFoundError.
    """
    async with storage.write() as tx:
        row, draft = await _row_of(tx, actor, row_id)
        term = _typed(phrase, draft, now)
        await _grow(tx, draft, version)
        await tx.drafts.set_term(row.id, term, phrase)
    return row.document_id


async def confirm_term(storage: Storage, *, actor: Actor, row_id: RowId, version: int) -> DocumentId:
    """«Верно»: the doubtful reading of the document's own words is right. Raises as ``set_term`` does."""
    async with storage.write() as tx:
        row, draft = await _row_of(tx, actor, row_id)
        if row.is_confirmed:
            return row.document_id
        if row.term is None or is_dark(row.term):
            raise TermNotUnderstoodError(row.term or read_term(""))
        await _grow(tx, draft, version)
        await tx.drafts.set_term(row.id, confirmed(row.term), row.phrase)
    return row.document_id


async def confirm_all(storage: Storage, *, actor: Actor, document_id: DocumentId, version: int, now: datetime) -> int:
    """The doubtful readings of all rows are right; returns how many rows that settled. Raises as ``set_term`` does."""
    async with storage.write() as tx:
        draft = await managed_document(tx, actor, document_id)
        rows = await tx.drafts.rows(document_id)
        judgement = judge(rows, zone=ZoneInfo(draft.timezone), now=now, calendar=work_calendar())
        doubtful = confirmable(judgement)
        if doubtful:
            await _grow(tx, draft, version)
        for judged in doubtful:
            assert judged.row.term is not None, "a row without a term has no reading to confirm"
            await tx.drafts.set_term(judged.row.id, confirmed(judged.row.term), judged.row.phrase)
        return len(doubtful)


async def take_proposal(storage: Storage, *, actor: Actor, row_id: RowId, version: int, now: datetime) -> DocumentId:
    """A repeating term without a day gets the proposed days. Raises as ``set_term`` does."""
    async with storage.write() as tx:
        row, draft = await _row_of(tx, actor, row_id)
        today = now.astimezone(ZoneInfo(draft.timezone)).date()
        term = None if row.term is None else proposed_term(row.term, today)
        if term is None:
            return row.document_id  # taken already, or another term stands by now
        await _grow(tx, draft, version)
        await tx.drafts.set_term(row.id, confirmed(term), row.phrase)
    return row.document_id


async def decide_row(
    storage: Storage, *, actor: Actor, row_id: RowId, version: int, decision: RowDecision
) -> DocumentId:
    """Skips a row, takes it again, or says what to do with one that is over. Saying the same again does nothing."""
    async with storage.write() as tx:
        row, draft = await _row_of(tx, actor, row_id)
        if row.decision is not decision:
            await _grow(tx, draft, version)
            await tx.drafts.decide([row.id], decision)
    return row.document_id


async def decide_all_past(
    storage: Storage, *, actor: Actor, document_id: DocumentId, version: int, decision: RowDecision, now: datetime
) -> int:
    """The same decision for every row that is over and not decided yet; returns how many there were."""
    async with storage.write() as tx:
        draft = await managed_document(tx, actor, document_id)
        rows = await tx.drafts.rows(document_id)
        judgement = judge(rows, zone=ZoneInfo(draft.timezone), now=now, calendar=work_calendar())
        past = [judged.row.id for judged in judgement.of(RowState.PAST)]
        if past:
            await _grow(tx, draft, version)
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

    Raises NotFoundError for a unit elsewhere, DraftChangedError, NotADraftError.
    """
    async with storage.write() as tx:
        draft = await managed_document(tx, actor, document_id)
        await _ensure_below(tx, draft, audience)
        if row_id is None:
            assert audience is not None, "a document always has an audience"
            await _grow(tx, draft, version)
            await tx.drafts.set_audience(document_id, audience)
            return
        row, _ = await _row_of(tx, actor, row_id)
        if row.document_id != document_id:
            raise NotFoundError(f"row {row_id} of document {document_id}")
        await _grow(tx, draft, version)
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


async def _row_of(tx: Stores, actor: Actor, row_id: RowId) -> tuple[DraftRow, Draft]:
    row = await tx.drafts.row(row_id)
    if row is None:
        raise NotFoundError(f"row {row_id}")
    return row, await managed_document(tx, actor, row.document_id)


def _typed(phrase: str, draft: Draft, now: datetime) -> Term:
    today = now.astimezone(ZoneInfo(draft.timezone)).date()
    context: Mapping[str, str] = {}
    term = read_term(phrase[:MAX_PHRASE], reference_date=today, region=draft.region, context=context)
    if len(phrase) > MAX_PHRASE or is_dark(term):
        raise TermNotUnderstoodError(term)
    return confirmed(term)


def _with_term(row: DraftRow, term: Term, phrase: str) -> DraftRow:
    return replace(row, term=term, typed_phrase=phrase, decision=RowDecision.TAKE)


async def _grow(tx: Stores, draft: Draft, version: int) -> None:
    if draft.state is not DocumentState.DRAFT:
        raise NotADraftError(draft.id)
    if not await tx.drafts.grow(draft.id, from_version=version):
        raise DraftChangedError(draft.id)


async def _ensure_below(tx: Stores, draft: Draft, audience: Audience | None) -> None:
    for unit_id in audience.unit_ids if audience else ():
        unit = await tx.units.get(unit_id)
        if unit is None or not unit.path.startswith(draft.unit_path):
            raise NotFoundError(f"unit {unit_id}")
