"""A planned document with its activities, and an activity with its dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.drafts import Draft, DraftRow, PlannedDate
from bot.domain.errors import DomainError, NotFoundError
from bot.domain.ids import ActivityId, DocumentId, OccurrenceId
from bot.domain.judging import is_dark, repeats, split_dates
from bot.domain.matters import OccurrenceState
from bot.domain.network import Actor, Unit
from bot.domain.terms.reading import read_term
from bot.ports.matters import AudienceSize, NewOccurrence, OccurrenceFacts, OpenedActivity
from bot.ports.storage import Storage, Stores
from bot.services.edit_draft import MAX_PHRASE, TermNotUnderstoodError
from bot.services.move_occurrence import PastDateError, managed_date
from bot.services.show_draft import managed_document, work_calendar


class NotOneDateError(DomainError):
    """A date was asked for, and the words name several, or none, or a repetition."""


@dataclass(frozen=True, slots=True)
class PlanView:
    """``left``: rows of the document that were not planned."""

    document: Draft
    activities: tuple[OpenedActivity, ...]
    left: tuple[DraftRow, ...]


@dataclass(frozen=True, slots=True)
class ActivityView:
    opened: OpenedActivity
    size: AudienceSize
    parts: tuple[Unit, ...]


async def show_plan(storage: Storage, *, actor: Actor, document_id: DocumentId) -> PlanView:
    """Raises NotFoundError outside the actor's part of the network."""
    async with storage.read() as tx:
        document = await managed_document(tx, actor, document_id)
        rows = await tx.drafts.rows(document_id)
        opened = await tx.matters.opened_of_document(document_id)
    return PlanView(document, opened, tuple(row for row in rows if row.activity_id is None))


async def show_activity(storage: Storage, *, actor: Actor, activity_id: ActivityId) -> ActivityView:
    """Raises NotFoundError outside the actor's part of the network."""
    async with storage.read() as tx:
        opened = await _managed_activity(tx, actor, activity_id)
        audience = opened.activity.audience
        units = [await tx.units.get(unit_id) for unit_id in audience.unit_ids]
        size = await tx.matters.audience_size([audience])
    return ActivityView(opened, size, tuple(unit for unit in units if unit is not None))


async def show_date(storage: Storage, *, actor: Actor, occurrence_id: OccurrenceId) -> OccurrenceFacts:
    """Raises NotFoundError outside the actor's part of the network."""
    async with storage.read() as tx:
        return await managed_date(tx, actor, occurrence_id)


def understand_date(phrase: str, *, zone: str, now: datetime) -> PlannedDate:
    """One day or moment ahead, by its words, on the calendar of ``zone``.

    Raises TermNotUnderstoodError, NotOneDateError, PastDateError.
    """
    own = ZoneInfo(zone)
    term = read_term(phrase[:MAX_PHRASE], reference_date=now.astimezone(own).date())
    if is_dark(term) or len(phrase) > MAX_PHRASE:
        raise TermNotUnderstoodError(term)
    if repeats(term) or not term.has_date:
        raise NotOneDateError(phrase)
    ahead, over = split_dates(term, zone=own, now=now, calendar=work_calendar())
    if not ahead and over:
        raise PastDateError(phrase)
    if len(ahead) + len(over) != 1:
        raise NotOneDateError(phrase)
    return ahead[0]


async def add_date(
    storage: Storage, *, actor: Actor, activity_id: ActivityId, date: PlannedDate, now: datetime
) -> OccurrenceId | None:
    """Gives an activity one more date, which its audience owes; None where it has that date already.

    Raises NotFoundError outside the actor's part of the network.
    """
    async with storage.write() as tx:
        opened = await _managed_activity(tx, actor, activity_id)
        standing = [found for found in opened.occurrences if found.state is OccurrenceState.OPEN]
        if any((found.due_at, found.has_time) == (date.due_at, date.has_time) for found in standing):
            return None
        # Its place in the list keeps the key new where a date of the same day was moved away or called off.
        key = f"{date.key} +{len(opened.occurrences)}"
        new = NewOccurrence(key, date.due_at, date.due_on, date.has_time, date.timezone)
        added = await tx.matters.add_occurrences(activity_id, [new], now=now)
        await tx.matters.assign(activity_id, opened.activity.audience, since=date.due_at, now=now)
        detail = {"activity": activity_id, "occurrence": added[0]}
        unit_id = opened.activity.unit_id
        await tx.audit.record("date added", by=actor.person.id, unit_id=unit_id, detail=detail, now=now)
        return added[0]


async def _managed_activity(tx: Stores, actor: Actor, activity_id: ActivityId) -> OpenedActivity:
    opened = await tx.matters.opened(activity_id)
    if opened is None or not actor.can_manage(opened.unit_path):
        raise NotFoundError(f"activity {activity_id}")
    return opened
