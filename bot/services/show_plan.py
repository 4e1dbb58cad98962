"""A planned document with its activities, and an activity with its dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.drafts import Draft, DraftRow, PlannedDate
from bot.domain.errors import DomainError, NotFoundError
from bot.domain.ids import ActivityId, DocumentId, OccurrenceId
from bot.domain.judging import is_dark, repeats, split_dates
from bot.domain.network import Actor, Unit
from bot.domain.terms.reading import read_term
from bot.ports.editions import AppliedEdition
from bot.ports.matters import AudienceSize, OccurrenceFacts, OpenedActivity
from bot.ports.storage import Storage, Stores
from bot.services.edit_draft import MAX_PHRASE, TermNotUnderstoodError
from bot.services.move_occurrence import PastDateError, managed_date
from bot.services.show_draft import managed_document, work_calendar


class NotOneDateError(DomainError):
    """A date was asked for, and the words name several, or none, or a repetition."""


@dataclass(frozen=True, slots=True)
class PlanView:
    """``left``: rows of the document that were not planned. ``editions``: those that were applied, the latest first."""

    document: Draft
    activities: tuple[OpenedActivity, ...]
    left: tuple[DraftRow, ...]
    editions: tuple[AppliedEdition, ...] = ()


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
        editions = await tx.editions.applied_to(document_id)
    left = tuple(row for row in rows if row.activity_id is None and row.joined_into is None)
    return PlanView(document, opened, left, editions)


async def show_activity(storage: Storage, *, actor: Actor, activity_id: ActivityId) -> ActivityView:
    """Raises NotFoundError outside the actor's part of the network."""
    async with storage.read() as tx:
        opened = await managed_activity(tx, actor, activity_id)
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


async def managed_activity(tx: Stores, actor: Actor, activity_id: ActivityId) -> OpenedActivity:
    """The activity with its dates, checked against the actor's part of the network. Raises NotFoundError."""
    opened = await tx.matters.opened(activity_id)
    if opened is None or not actor.can_manage(opened.unit_path):
        raise NotFoundError(f"activity {activity_id}")
    return opened


def version_of(opened: OpenedActivity) -> int:
    """Grows with every date that an activity gets, or that is moved or called off: two editors notice each other."""
    return sum(found.version for found in opened.occurrences)
