"""A selection is looked at as it will be read, and announced to everybody of its audience."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.errors import OutdatedError
from bot.domain.ids import OccurrenceId, SelectionDraftId
from bot.domain.ladder import DueMoment
from bot.domain.matters import ActivityKind, Matter
from bot.domain.network import Actor
from bot.domain.own_terms import last_day
from bot.domain.selection_drafts import SelectionDraft, SelectionUnfinishedError
from bot.ports.matters import AudienceSize, NewActivity
from bot.ports.selections import StoredSelectionDraft
from bot.ports.storage import Storage
from bot.services.announce_event import NobodyInvitedError
from bot.services.end_applications import plan_end
from bot.services.foresee_matter import foresee_matter
from bot.services.make_selection import DraftView, draft_view, his_selection_draft
from bot.services.open_activity import open_single
from bot.services.show_audience import addressing_unit


@dataclass(frozen=True, slots=True)
class SelectionPreview:
    """``matter``: as its reader will get it; it has no ids yet."""

    view: DraftView
    matter: Matter
    size: AudienceSize


@dataclass(frozen=True, slots=True)
class AnnouncedSelection:
    """``is_repeat``: it had been announced before, and nothing was done now."""

    occurrence_id: OccurrenceId
    size: AudienceSize
    is_repeat: bool


async def preview_selection(
    storage: Storage, *, actor: Actor, draft_id: SelectionDraftId, now: datetime
) -> SelectionPreview:
    """What «Объявить» would send at this moment.

    Raises NotFoundError, OutdatedError, SelectionUnfinishedError, TermPastError.
    """
    async with storage.read() as tx:
        view = await draft_view(tx, actor, draft_id)
        unit = await addressing_unit(tx, actor, view.draft.unit_id, view.draft.audience)
        due = _due(view.draft, now)
        size = await tx.matters.audience_size([view.draft.audience])
    draft = view.draft
    matter = foresee_matter(
        ActivityKind.SELECTION,
        unit,
        due,
        title=draft.title,
        result=draft.details,
        phrase=draft.phrase,
        timezone=draft.timezone,
        selection=draft.selection,
    )
    return SelectionPreview(view, matter, size)


async def announce_selection(
    storage: Storage, *, actor: Actor, draft_id: SelectionDraftId, version: int, now: datetime
) -> AnnouncedSelection:
    """Opens the selection for everyone of its audience and closes the draft; of an announced one it says so again.

    Raises NotFoundError, OutdatedError where it has changed since ``version``, SelectionUnfinishedError,
    TermPastError, NobodyInvitedError.
    """
    async with storage.write() as tx:
        stored = await his_selection_draft(tx, actor, draft_id)
        draft = stored.draft
        unit = await addressing_unit(tx, actor, draft.unit_id, draft.audience)
        size = await tx.matters.audience_size([draft.audience])
        if stored.announced_as is not None:
            return AnnouncedSelection(stored.announced_as, size, is_repeat=True)
        if stored.version != version:
            raise OutdatedError(f"draft {draft_id} is not version {version}")
        due = _due(draft, now)
        if size.people == 0:
            raise NobodyInvitedError(f"unit {unit.id}")
        occurrence_id = await open_single(tx, _activity(actor, stored), due, now=now)
        await plan_end(tx, occurrence_id, actor=actor, now=now)
        await tx.selection_drafts.announced(draft_id, occurrence_id, now=now)
        detail = {"occurrence": occurrence_id, "people": size.people, "places": draft.selection.places}
        await tx.audit.record("selection announced", by=actor.person.id, unit_id=unit.id, detail=detail, now=now)
        return AnnouncedSelection(occurrence_id, size, is_repeat=False)


def _due(draft: SelectionDraft, now: datetime) -> DueMoment:
    if draft.missing or draft.due_on is None:
        raise SelectionUnfinishedError(draft.missing)
    return last_day(draft.due_on, ZoneInfo(draft.timezone), now=now)


def _activity(actor: Actor, stored: StoredSelectionDraft) -> NewActivity:
    draft = stored.draft
    return NewActivity(
        kind=ActivityKind.SELECTION,
        unit_id=draft.unit_id,
        title=draft.title,
        audience=draft.audience,
        timezone=draft.timezone,
        created_by=actor.person.id,
        result=draft.details,
        phrase=draft.phrase,
        source=f"selection:{stored.id}",
        is_obligatory=False,
        form_id=draft.form_id,
        selection=draft.selection,
    )
