"""A row that its document's plan left out is planned after all."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.broadcasts import BroadcastKind, NewBroadcast
from bot.domain.drafts import DocumentState, Draft, DraftRow, JudgedRow, Judgement, RowDecision, RowState
from bot.domain.errors import OutdatedError
from bot.domain.ids import ActivityId, DocumentId, RowId
from bot.domain.judging import confirmed, is_dark, judge_row, proposed_term
from bot.domain.network import Actor, Unit
from bot.domain.terms.model import Term
from bot.ports.storage import Storage, Stores
from bot.services.edit_draft import MAX_PHRASE, TermNotUnderstoodError, row_of, typed_term
from bot.services.foresee_notices import Foreseen, foresee
from bot.services.plan_document import dates_of, ensure_answered, open_rows
from bot.services.show_draft import judged_draft, managed_document, work_calendar


class RowReading(StrEnum):
    """Which term a row is planned with."""

    AS_READ = "read"
    PROPOSED = "proposed"  # «ежеквартально», on the last working days
    OVERDUE = "overdue"  # past, and asked for all the same
    TYPED = "typed"


class NotPlannedError(OutdatedError):
    """The document's plan was called off, or never made."""


class StillPastError(OutdatedError):
    """Every date of the row is over: it is planned only overdue, and only where that was said."""


@dataclass(frozen=True, slots=True)
class LeftRows:
    """The rows of a planned document that have no activity, and what each would become now."""

    document: Draft
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class LeftRow:
    """``proposal``: the days that a repeating term without a day could fall on. ``activity_id``: planned meanwhile."""

    document: Draft
    judged: JudgedRow
    proposal: Term | None
    activity_id: ActivityId | None


@dataclass(frozen=True, slots=True)
class RowPreview:
    """What «Верно» would plan; ``parts``: the units of its audience."""

    document: Draft
    judged: JudgedRow
    parts: tuple[Unit, ...]
    foreseen: Foreseen


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """``is_repeat``: it had been planned before, and nothing was done now."""

    activity_id: ActivityId
    is_repeat: bool


async def show_left_rows(storage: Storage, *, actor: Actor, document_id: DocumentId, now: datetime) -> LeftRows:
    """Raises NotFoundError, NotPlannedError."""
    async with storage.read() as tx:
        document = await managed_document(tx, actor, document_id)
        _ensure_planned(document)
        rows = await tx.drafts.rows(document_id)
    return LeftRows(document, judged_draft(document, [row for row in rows if row.activity_id is None], now))


async def show_left_row(storage: Storage, *, actor: Actor, row_id: RowId, now: datetime) -> LeftRow:
    """Raises NotFoundError, NotPlannedError."""
    async with storage.read() as tx:
        row, document = await row_of(tx, actor, row_id)
    _ensure_planned(document)
    today = now.astimezone(ZoneInfo(document.timezone)).date()
    proposal = None if row.term is None else proposed_term(row.term, today)
    taken = replace(row, decision=RowDecision.TAKE)  # what it would be, whatever was decided about the draft
    return LeftRow(document, _judged(document, taken, now), proposal, row.activity_id)


async def preview_row(
    storage: Storage,
    *,
    actor: Actor,
    row_id: RowId,
    reading: RowReading,
    words: str | None = None,
    read_at: datetime,
    now: datetime,
) -> RowPreview:
    """What the row would become, who would hear of it and when. ``words``: a typed term, as of ``read_at``.

    Raises TermNotUnderstoodError, StillPastError, NotPlannedError, NotFoundError; OutdatedError where it is planned.
    """
    async with storage.read() as tx:
        row, document = await row_of(tx, actor, row_id)
        if row.activity_id is not None:
            raise OutdatedError(f"row {row_id} is planned")
        judged = _ready(document, row, reading, words, read_at, now)
        audience = row.audience or document.audience
        foreseen = await foresee(tx, [audience], dates_of([judged]), now=now)
        units = [await tx.units.get(unit_id) for unit_id in audience.unit_ids]
    return RowPreview(document, judged, tuple(unit for unit in units if unit is not None), foreseen)


async def plan_row(
    storage: Storage,
    *,
    actor: Actor,
    row_id: RowId,
    reading: RowReading,
    words: str | None = None,
    read_at: datetime,
    now: datetime,
) -> PlannedRow:
    """Opens an activity for the row; its audience hears of it. A second tap, or a second coordinator, plans nothing.

    Raises as ``preview_row``, NobodyAnswersError.
    """
    async with storage.write() as tx:
        row, document = await row_of(tx, actor, row_id)
        if row.activity_id is not None:
            return PlannedRow(row.activity_id, is_repeat=True)
        judged = _ready(document, row, reading, words, read_at, now)
        await ensure_answered(tx, document, [judged])
        activity_id = await _open(tx, document, judged, actor, now)
        by, unit_id = actor.person.id, document.unit_id
        sent = NewBroadcast(BroadcastKind.TASK, row.title, by, unit_id, activity_id=activity_id)
        await tx.broadcasts.begin(sent, now=now)
        detail = {"document": document.id, "row": row_id, "activity": activity_id, "dates": len(judged.dates)}
        await tx.audit.record("row planned", by=actor.person.id, unit_id=document.unit_id, detail=detail, now=now)
    return PlannedRow(activity_id, is_repeat=False)


async def _open(tx: Stores, document: Draft, judged: JudgedRow, actor: Actor, now: datetime) -> ActivityId:
    activities = await open_rows(tx, document, [judged], actor, now)
    await tx.drafts.rewrite([judged.row])
    await tx.drafts.join_plan(activities)
    return activities[judged.row.id]


def _ready(
    document: Draft, row: DraftRow, reading: RowReading, words: str | None, read_at: datetime, now: datetime
) -> JudgedRow:
    """The row with its chosen term, as it would be planned."""
    _ensure_planned(document)
    if row.joined_into is not None:  # its matter is in the plan with the row that it is a part of
        raise OutdatedError(f"row {row.id} is a part of another")
    term = _term(document, row, reading, words, read_at)
    decision = RowDecision.OVERDUE if reading is RowReading.OVERDUE else RowDecision.ACCEPT
    phrase = words[:MAX_PHRASE] if words else row.typed_phrase or row.phrase
    judged = _judged(document, replace(row, term=term, typed_phrase=phrase, decision=decision), now)
    if judged.state is RowState.PAST:
        raise StillPastError(f"row {row.id}")
    if not judged.is_planned:
        raise TermNotUnderstoodError(term)
    return judged


def _term(document: Draft, row: DraftRow, reading: RowReading, words: str | None, read_at: datetime) -> Term:
    if reading is RowReading.TYPED:
        return typed_term(words or "", document, read_at)
    if row.term is None:
        raise TermNotUnderstoodError(typed_term("", document, read_at))
    if is_dark(row.term):
        raise TermNotUnderstoodError(row.term)
    if reading is RowReading.PROPOSED:
        today = read_at.astimezone(ZoneInfo(document.timezone)).date()
        return confirmed(proposed_term(row.term, today) or row.term)
    return confirmed(row.term)


def _judged(document: Draft, row: DraftRow, now: datetime) -> JudgedRow:
    return judge_row(row, zone=ZoneInfo(document.timezone), now=now, calendar=work_calendar())


def _ensure_planned(document: Draft) -> None:
    if document.state is not DocumentState.PLANNED:
        raise NotPlannedError(f"document {document.id}")
