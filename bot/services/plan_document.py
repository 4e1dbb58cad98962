"""From a checked draft to a plan: what it would be, and making it so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain.awaiting import event_of
from bot.domain.broadcasts import BroadcastKind, NewBroadcast
from bot.domain.drafts import DocumentState, Draft, JudgedRow, Judgement, PlannedDate, RowState
from bot.domain.errors import DomainError
from bot.domain.ids import ActivityId, DocumentId, RowId
from bot.domain.judging import horizon, repeats, zone_of
from bot.domain.matters import ActivityKind, Audience, LadderName
from bot.domain.network import Actor
from bot.ports.matters import AudienceSize, NewActivity, NewOccurrence
from bot.ports.storage import Storage, Stores
from bot.services.edit_draft import DraftChangedError, NotADraftError
from bot.services.foresee_notices import Foreseen, foresee
from bot.services.open_activity import open_activity
from bot.services.show_draft import judged_draft, managed_document


class NothingToPlanError(DomainError):
    """No row of the draft was accepted."""


class NobodyAnswersError(DomainError):
    """The audience of a row has nobody in it: a plan that reaches no one is a mistake."""

    def __init__(self, numbers: tuple[str, ...]) -> None:
        super().__init__(f"no one answers for rows {numbers}")
        self.numbers = numbers


@dataclass(frozen=True, slots=True)
class PlanPreview:
    """``first_due`` is the nearest date ahead."""

    draft: Draft
    judgement: Judgement
    dates: int
    first_due: PlannedDate | None
    foreseen: Foreseen

    @property
    def activities(self) -> int:
        return sum(judged.is_planned for judged in self.judgement.rows)


@dataclass(frozen=True, slots=True)
class PlannedDocument:
    """``is_repeat``: it had been planned before, and nothing was done now. ``last_due``: its last date."""

    document_id: DocumentId
    activities: int
    dates: int
    size: AudienceSize
    is_repeat: bool
    last_due: PlannedDate | None = None


async def preview_plan(storage: Storage, *, actor: Actor, document_id: DocumentId, now: datetime) -> PlanPreview:
    """What «Запланировать» would do at this moment. Raises NotFoundError, NotADraftError."""
    async with storage.read() as tx:
        draft = await managed_document(tx, actor, document_id)
        if draft.state is not DocumentState.DRAFT or draft.compared_with is not None:
            raise NotADraftError(document_id)
        judgement = judged_draft(draft, await tx.drafts.rows(document_id), now)
        audiences = _audiences(draft, judgement)
        planned = _planned(judgement)
        dates = sorted((due for judged in planned for due in judged.dates), key=lambda due: due.due_at)
        return PlanPreview(
            draft,
            judgement,
            dates=len(dates),
            first_due=next((due for due in dates if due.due_at >= now), None),
            foreseen=await foresee(tx, audiences, dates_of(planned), now=now),
        )


async def plan_document(
    storage: Storage, *, actor: Actor, document_id: DocumentId, version: int, now: datetime
) -> PlannedDocument:
    """Opens an activity for every row that was accepted, all of them or none.

    What was not accepted is left out. A second tap does nothing. Raises DraftChangedError where somebody edited the
    draft since the preview, NothingToPlanError, NobodyAnswersError, NotADraftError, NotFoundError.
    """
    async with storage.write() as tx:
        draft = await managed_document(tx, actor, document_id)
        rows = await tx.drafts.rows(document_id)
        if draft.state is DocumentState.PLANNED:
            return await _planned_before(tx, document_id)
        if draft.state is not DocumentState.DRAFT or draft.compared_with is not None:
            raise NotADraftError(document_id)
        if draft.version != version:
            raise DraftChangedError(document_id)
        judgement = judged_draft(draft, rows, now)
        planned = _planned(judgement)
        if not planned:
            raise NothingToPlanError(f"document {document_id}")
        await ensure_answered(tx, draft, planned)
        activities = await open_rows(tx, draft, planned, actor, now)
        await tx.drafts.mark_planned(document_id, activities, now=now)
        dates = [due for judged in planned for due in judged.dates]
        size = await tx.matters.audience_size(_audiences(draft, judgement))
        sent = NewBroadcast(BroadcastKind.PLAN, draft.title, actor.person.id, draft.unit_id, document_id=document_id)
        await tx.broadcasts.begin(sent, now=now)
        detail = {"document": document_id, "activities": len(activities), "dates": len(dates)}
        await tx.audit.record("document planned", by=actor.person.id, unit_id=draft.unit_id, detail=detail, now=now)
    return PlannedDocument(document_id, len(activities), len(dates), size, is_repeat=False, last_due=_last(dates))


def _planned(judgement: Judgement) -> list[JudgedRow]:
    return [judged for judged in judgement.rows if judged.is_planned]


def _audiences(draft: Draft, judgement: Judgement) -> list[Audience]:
    """Of the rows that have dates, each audience once; a row without a date is nobody's debt yet."""
    found = [judged.row.audience or draft.audience for judged in _planned(judgement) if judged.dates]
    return list(dict.fromkeys(found))


def dates_of(planned: list[JudgedRow]) -> list[tuple[PlannedDate, LadderName]]:
    """Every date of the rows with the ladder that it would have."""
    return [(due, judged.row.ladder or LadderName.USUAL) for judged in planned for due in judged.dates]


async def ensure_answered(tx: Stores, draft: Draft, planned: list[JudgedRow]) -> None:
    """Raises NobodyAnswersError."""
    empty = set()
    for audience in {judged.row.audience or draft.audience for judged in planned if judged.dates}:
        if (await tx.matters.audience_size([audience])).schools == 0:
            empty.add(audience)
    numbers = [judged.row.number for judged in planned if (judged.row.audience or draft.audience) in empty]
    if numbers:
        raise NobodyAnswersError(tuple(numbers))


async def open_rows(
    tx: Stores, draft: Draft, planned: list[JudgedRow], actor: Actor, now: datetime
) -> dict[RowId, ActivityId]:
    """An activity of the document for each of the rows, inside the caller's transaction."""
    activities = {}
    for judged in planned:
        row = judged.row
        assert row.term is not None, "a row without a term is never planned"
        zone = zone_of(row.term, ZoneInfo(draft.timezone))
        activity = NewActivity(
            kind=ActivityKind.TASK,
            unit_id=draft.unit_id,
            title=row.title,
            audience=row.audience or draft.audience,
            timezone=zone.key,
            created_by=actor.person.id,
            document_id=draft.id,
            responsible=row.responsible,
            result=row.result,
            phrase=row.typed_phrase or row.phrase,
            term=row.term.to_json(),
            link=row.links[0] if row.links else None,
            ladder=row.ladder or LadderName.USUAL,
            ladder_id=row.ladder_id,
            is_obligatory=row.is_obligatory,
            asks=row.asks,
            form_id=row.form_id,
            needs_acceptance=row.needs_acceptance,
            event_on=event_of(row.term),
            opened_until=opened_until(judged, now.astimezone(zone).date()),
        )
        activities[row.id] = await open_activity(tx, activity, _occurrences(judged), now=now)
    return activities


def opened_until(judged: JudgedRow, today: date) -> date | None:
    """Up to which day a row that goes on has its dates; None where no later date can follow."""
    term = judged.row.term
    is_going_on = term is not None and judged.state is RowState.READY and repeats(term)
    return horizon(term, today) if term is not None and is_going_on else None


def _occurrences(judged: JudgedRow) -> list[NewOccurrence]:
    return [
        NewOccurrence(due.key, due.due_at, due.due_on, due.has_time, due.timezone)
        for due in judged.dates
    ]  # fmt: skip


async def _planned_before(tx: Stores, document_id: DocumentId) -> PlannedDocument:
    opened = await tx.matters.opened_of_document(document_id)
    size = await tx.matters.audience_size(list({found.activity.audience for found in opened if found.occurrences}))
    dates = [
        PlannedDate(one.due_at, one.due_on, one.has_time, one.timezone) for found in opened for one in found.occurrences
    ]
    return PlannedDocument(document_id, len(opened), len(dates), size, is_repeat=True, last_due=_last(dates))


def _last(dates: Sequence[PlannedDate]) -> PlannedDate | None:
    return max(dates, key=lambda due: due.due_at, default=None)
