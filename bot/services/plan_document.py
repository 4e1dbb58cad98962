"""From a checked draft to a plan: what it would be, and making it so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain.drafts import DocumentState, Draft, DraftRow, JudgedRow, Judgement, PlannedDate, RowState
from bot.domain.errors import DomainError
from bot.domain.ids import ActivityId, DocumentId, RowId
from bot.domain.judging import horizon, judge, repeats, zone_of
from bot.domain.ladder import LADDERS, DueMoment, first_notice_at
from bot.domain.matters import ActivityKind, Audience
from bot.domain.network import Actor
from bot.domain.quiet import Reader, next_allowed
from bot.ports.matters import AudienceSize, NewActivity, NewOccurrence
from bot.ports.storage import Storage, Stores
from bot.services.edit_draft import DraftChangedError, NotADraftError
from bot.services.open_activity import open_activity
from bot.services.show_draft import managed_document, work_calendar

LISTED_SCHOOLS = 20


class NothingToPlanError(DomainError):
    """No row of the draft has a term that could be planned."""


class NobodyAnswersError(DomainError):
    """The audience of a row has nobody in it: a plan that reaches no one is a mistake."""

    def __init__(self, numbers: tuple[str, ...]) -> None:
        super().__init__(f"no one answers for rows {numbers}")
        self.numbers = numbers


@dataclass(frozen=True, slots=True)
class FirstNotice:
    """When the first message comes to the readers of one zone, if the plan is made now."""

    zone: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PlanPreview:
    """``first_due`` is the nearest date ahead.

    ``silent_schools`` owe an answer and have nobody who can be written to: their number and the first titles.
    """

    draft: Draft
    judgement: Judgement
    size: AudienceSize
    dates: int
    first_due: PlannedDate | None
    first_notices: tuple[FirstNotice, ...]
    silent_schools: tuple[int, tuple[str, ...]]

    @property
    def activities(self) -> int:
        return sum(judged.is_planned for judged in self.judgement.rows)


@dataclass(frozen=True, slots=True)
class PlannedDocument:
    """``is_repeat``: it had been planned before, and nothing was done now."""

    document_id: DocumentId
    activities: int
    dates: int
    size: AudienceSize
    is_repeat: bool


async def preview_plan(storage: Storage, *, actor: Actor, document_id: DocumentId, now: datetime) -> PlanPreview:
    """What «Запланировать» would do at this moment. Raises NotFoundError, NotADraftError."""
    async with storage.read() as tx:
        draft = await managed_document(tx, actor, document_id)
        if draft.state is not DocumentState.DRAFT:
            raise NotADraftError(document_id)
        judgement = _judged(draft, await tx.drafts.rows(document_id), now)
        audiences = _audiences(draft, judgement)
        zones = await tx.matters.zones_of(audiences)
        dates = sorted((due for judged in _planned(judgement) for due in judged.dates), key=lambda due: due.due_at)
        return PlanPreview(
            draft,
            judgement,
            size=await tx.matters.audience_size(audiences),
            dates=len(dates),
            first_due=next((due for due in dates if due.due_at >= now), None),
            first_notices=_first_notices(dates, zones, now),
            silent_schools=await tx.matters.schools_without_coordinator(audiences, limit=LISTED_SCHOOLS),
        )


async def plan_document(
    storage: Storage, *, actor: Actor, document_id: DocumentId, version: int, now: datetime
) -> PlannedDocument:
    """Opens an activity for every row that can be planned, all of them or none.

    What was not understood is left out. A second tap does nothing. Raises DraftChangedError where somebody edited the
    draft since the preview, NothingToPlanError, NobodyAnswersError, NotADraftError, NotFoundError.
    """
    async with storage.write() as tx:
        draft = await managed_document(tx, actor, document_id)
        rows = await tx.drafts.rows(document_id)
        if draft.state is DocumentState.PLANNED:
            return await _planned_before(tx, document_id)
        if draft.state is not DocumentState.DRAFT:
            raise NotADraftError(document_id)
        if draft.version != version:
            raise DraftChangedError(document_id)
        judgement = _judged(draft, rows, now)
        planned = _planned(judgement)
        if not planned:
            raise NothingToPlanError(f"document {document_id}")
        await _ensure_answered(tx, draft, planned)
        activities = await _open_all(tx, draft, planned, actor, now)
        await tx.drafts.mark_planned(document_id, activities, now=now)
        dates = sum(len(judged.dates) for judged in planned)
        size = await tx.matters.audience_size(_audiences(draft, judgement))
        detail = {"document": document_id, "activities": len(activities), "dates": dates}
        await tx.audit.record("document planned", by=actor.person.id, unit_id=draft.unit_id, detail=detail, now=now)
    return PlannedDocument(document_id, len(activities), dates, size, is_repeat=False)


def _judged(draft: Draft, rows: tuple[DraftRow, ...], now: datetime) -> Judgement:
    return judge(rows, zone=ZoneInfo(draft.timezone), now=now, calendar=work_calendar())


def _planned(judgement: Judgement) -> list[JudgedRow]:
    return [judged for judged in judgement.rows if judged.is_planned]


def _audiences(draft: Draft, judgement: Judgement) -> list[Audience]:
    """Of the rows that have dates, each audience once; a row without a date is nobody's debt yet."""
    found = [judged.row.audience or draft.audience for judged in _planned(judgement) if judged.dates]
    return list(dict.fromkeys(found))


def _first_notices(dates: list[PlannedDate], zones: tuple[str, ...], now: datetime) -> tuple[FirstNotice, ...]:
    """By the very rule that the planner will follow, for readers with ordinary quiet hours."""
    found = []
    for zone in zones:
        reader = Reader(ZoneInfo(zone))
        moments = [_first_notice(due, reader, now) for due in dates]
        known = [at for at in moments if at is not None]
        if known:
            found.append(FirstNotice(zone, min(known)))
    return tuple(found)


def _first_notice(due: PlannedDate, reader: Reader, now: datetime) -> datetime | None:
    calendar = work_calendar()
    if due.due_at <= now:  # created overdue on purpose: announced at the next allowed moment
        return next_allowed(now, reader, calendar)
    moment = DueMoment(due.due_at, due.due_on, due.has_time)
    return first_notice_at(LADDERS[ActivityKind.TASK], moment, reader, now=now, days=calendar)


async def _ensure_answered(tx: Stores, draft: Draft, planned: list[JudgedRow]) -> None:
    empty = set()
    for audience in {judged.row.audience or draft.audience for judged in planned if judged.dates}:
        if (await tx.matters.audience_size([audience])).schools == 0:
            empty.add(audience)
    numbers = [judged.row.number for judged in planned if (judged.row.audience or draft.audience) in empty]
    if numbers:
        raise NobodyAnswersError(tuple(numbers))


async def _open_all(
    tx: Stores, draft: Draft, planned: list[JudgedRow], actor: Actor, now: datetime
) -> dict[RowId, ActivityId]:
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
            opened_until=_opened_until(judged, now.astimezone(zone).date()),
        )
        activities[row.id] = await open_activity(tx, activity, _occurrences(judged), now=now)
    return activities


def _opened_until(judged: JudgedRow, today: date) -> date | None:
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
    dates = sum(len(found.occurrences) for found in opened)
    return PlannedDocument(document_id, len(opened), dates, size, is_repeat=True)
