"""A selection is made step by step, looked at and announced: everybody of its audience may apply."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.calls import MAX_TITLE, checked
from bot.domain.errors import NotFoundError, OutdatedError
from bot.domain.event_drafts import everyone_of
from bot.domain.ids import (
    ActivityId,
    FormId,
    RowId,
    SelectionDraftId,
    UnitId,
)
from bot.domain.matters import Audience
from bot.domain.names import one_line
from bot.domain.network import Actor, Unit
from bot.domain.own_terms import read_wanted
from bot.domain.selection_drafts import (
    MAX_DETAILS,
    READY_QUESTIONS,
    SelectionDraft,
    SelectionPart,
    foreseen,
    with_bound,
)
from bot.ports.form_drafts import FormLine
from bot.ports.forms import Form
from bot.ports.selections import StoredSelectionDraft
from bot.ports.storage import Storage, Stores
from bot.services.edit_draft import row_of
from bot.services.give_form import published_forms
from bot.services.make_event import event_places
from bot.services.make_form import can_use_form, make_form
from bot.services.quota_parts import quota_parts
from bot.services.show_audience import AudienceChoices, addressing_unit, choices_of

Change = Callable[[SelectionDraft], SelectionDraft]

_DRAFTS = 10


@dataclass(frozen=True, slots=True)
class DraftView:
    """A draft with everything that its screens show. ``parts``: the municipalities that may have quotas."""

    stored: StoredSelectionDraft
    choices: AudienceChoices
    parts: tuple[Unit, ...]
    form: Form | None

    @property
    def draft(self) -> SelectionDraft:
        return self.stored.draft

    @property
    def next_asked(self) -> SelectionPart | None:
        return self.draft.next_asked(has_parts=len(self.parts) > 1)


async def selection_places(storage: Storage, *, actor: Actor) -> tuple[Unit, ...]:
    """The units in whose name the actor may select."""
    return await event_places(storage, actor=actor)


async def start_selection(storage: Storage, *, actor: Actor, unit_id: UnitId, now: datetime) -> DraftView:
    """A new draft; one that nothing was said of yet is used again. Raises NotFoundError."""
    unit = next((place for place in await selection_places(storage, actor=actor) if place.id == unit_id), None)
    if unit is None:
        raise NotFoundError(f"unit {unit_id} for person {actor.person.id}")
    fresh = SelectionDraft(unit.id, unit.timezone, everyone_of(unit.id))
    async with storage.write() as tx:
        known = await tx.selection_drafts.of_person(actor.person.id, limit=_DRAFTS)
        empty = next((stored for stored in known if stored.draft.is_empty), None)
        if empty is None:
            draft_id = await tx.selection_drafts.add(actor.person.id, fresh, now=now)
        else:
            draft_id = empty.id
            await tx.selection_drafts.put(draft_id, fresh, from_version=empty.version, now=now)
        return await draft_view(tx, actor, draft_id)


async def start_selection_of_row(storage: Storage, *, actor: Actor, row_id: RowId, now: datetime) -> DraftView:
    """A draft that begins with what a row of a document says: its title, its audience, the numbers of its result.

    The row itself stays as it is. Raises NotFoundError.
    """
    async with storage.write() as tx:
        row, document = await row_of(tx, actor, row_id)
        unit = await tx.units.get(document.unit_id)
        assert unit is not None, "a document belongs to a unit"
        draft = _seeded(unit, row.title, row.result, row.audience or document.audience)
        return await draft_view(tx, actor, await tx.selection_drafts.add(actor.person.id, draft, now=now))


async def start_selection_of_activity(
    storage: Storage, *, actor: Actor, activity_id: ActivityId, now: datetime
) -> DraftView:
    """The same of a row that is planned already. Raises NotFoundError."""
    async with storage.write() as tx:
        opened = await tx.matters.opened(activity_id)
        if opened is None or not actor.can_manage(opened.unit_path):
            raise NotFoundError(f"activity {activity_id} for person {actor.person.id}")
        activity = opened.activity
        unit = await tx.units.get(activity.unit_id)
        assert unit is not None, "an activity belongs to a unit"
        draft = _seeded(unit, activity.title, activity.result, activity.audience)
        return await draft_view(tx, actor, await tx.selection_drafts.add(actor.person.id, draft, now=now))


async def selection_draft(storage: Storage, *, actor: Actor, draft_id: SelectionDraftId) -> DraftView:
    """His draft. Raises NotFoundError, OutdatedError where it was announced."""
    async with storage.read() as tx:
        return await draft_view(tx, actor, draft_id)


async def selection_drafts(storage: Storage, *, actor: Actor) -> tuple[StoredSelectionDraft, ...]:
    """His drafts of which something was said, the one changed last first."""
    async with storage.read() as tx:
        found = await tx.selection_drafts.of_person(actor.person.id, limit=_DRAFTS)
    return tuple(stored for stored in found if not stored.draft.is_empty)


async def fill_selection_part(
    storage: Storage, *, actor: Actor, draft_id: SelectionDraftId, part: SelectionPart, words: str, now: datetime
) -> DraftView:
    """Stores what was typed for one part.

    Raises NotFoundError, OutdatedError, ProposalEmptyError, ProposalTooLongError, TermNotReadError, TermPastError,
    BadPlacesError, BadQuotasError.
    """
    async with storage.write() as tx:
        view = await draft_view(tx, actor, draft_id)
        return await _changed(tx, actor, view, _filled(view, part, words, now), now)


async def change_selection_draft(
    storage: Storage, *, actor: Actor, draft_id: SelectionDraftId, version: int, change: Change, now: datetime
) -> DraftView:
    """What a button says to it. Raises NotFoundError, OutdatedError where it has changed since ``version``."""
    async with storage.write() as tx:
        view = await draft_view(tx, actor, draft_id)
        if view.stored.version != version:
            raise OutdatedError(f"draft {draft_id} is not version {version}")
        draft = change(view.draft)
        await addressing_unit(tx, actor, draft.unit_id, draft.audience)
        return await _changed(tx, actor, view, draft, now)


async def usable_selection_forms(storage: Storage, *, actor: Actor) -> tuple[FormLine, ...]:
    """Published ones that an application may be filled in with."""
    return await published_forms(storage, actor=actor)


async def give_ready_form(
    storage: Storage, *, actor: Actor, draft_id: SelectionDraftId, title: str, now: datetime
) -> DraftView:
    """A short form (whom, from where, why) for who has made none. Tapped again it is the same form.

    Raises NotFoundError, OutdatedError.
    """
    view = await selection_draft(storage, actor=actor, draft_id=draft_id)
    who = view.draft.audience.answered_by
    form_id = await make_form(
        storage,
        actor=actor,
        unit_id=view.draft.unit_id,
        title=title,
        questions=READY_QUESTIONS[who],
        source=f"selection:{draft_id}:{who.value}",
        now=now,
    )
    return await choose_selection_form(storage, actor=actor, draft_id=draft_id, form_id=form_id, is_ready=True, now=now)


async def choose_selection_form(
    storage: Storage,
    *,
    actor: Actor,
    draft_id: SelectionDraftId,
    form_id: FormId,
    is_ready: bool = False,
    now: datetime,
) -> DraftView:
    """Raises NotFoundError (also for a form of others), OutdatedError."""
    async with storage.write() as tx:
        view = await draft_view(tx, actor, draft_id)
        form = await tx.forms.form(form_id)
        if form is None or not can_use_form(actor, form):
            raise NotFoundError(f"form {form_id} for person {actor.person.id}")
        draft = replace(view.draft, form_id=form_id, has_ready_form=is_ready)
        return await _changed(tx, actor, view, draft, now)


async def delete_selection_draft(storage: Storage, *, actor: Actor, draft_id: SelectionDraftId) -> None:
    """Forgets it; one that is gone already stays gone. Raises NotFoundError for somebody else's."""
    async with storage.write() as tx:
        stored = await tx.selection_drafts.get(draft_id)
        if stored is not None and stored.person_id != actor.person.id:
            raise NotFoundError(f"draft {draft_id} for person {actor.person.id}")
        await tx.selection_drafts.delete(draft_id)


async def own_selection_draft(tx: Stores, actor: Actor, draft_id: SelectionDraftId) -> StoredSelectionDraft:
    """His draft, inside the caller's transaction. Raises NotFoundError, OutdatedError where it was announced."""
    stored = await his_selection_draft(tx, actor, draft_id)
    if stored.announced_as is not None:
        raise OutdatedError(f"draft {draft_id} was announced")
    return stored


def _seeded(unit: Unit, title: str, result: str, audience: Audience) -> SelectionDraft:
    places, reserve = foreseen(result)
    fresh = SelectionDraft(unit.id, unit.timezone, audience, title=one_line(title)[:MAX_TITLE])
    return replace(
        fresh,
        selection=replace(fresh.selection, places=places, reserve=reserve),
        asked=frozenset({SelectionPart.RESERVE}) if reserve else frozenset(),
    )


def _filled(view: DraftView, part: SelectionPart, words: str, now: datetime) -> SelectionDraft:
    draft = view.draft
    match part:
        case SelectionPart.TITLE:
            return replace(draft, title=checked(one_line(words), MAX_TITLE))
        case SelectionPart.DETAILS:
            return replace(draft, details=checked(words, MAX_DETAILS))
        case SelectionPart.UNTIL:
            on = read_wanted(one_line(words), today=now.astimezone(ZoneInfo(draft.timezone)).date())
            return replace(draft, due_on=on, phrase=one_line(words))
        case SelectionPart.FORM | SelectionPart.WHO:
            raise NotFoundError(f"{part} is chosen by a button")
        case _:
            bounded = with_bound(draft.selection, part, words, view.parts)
            return replace(draft, selection=bounded, asked=draft.asked | {part})


async def draft_view(tx: Stores, actor: Actor, draft_id: SelectionDraftId) -> DraftView:
    """The same inside the caller's transaction."""
    stored = await own_selection_draft(tx, actor, draft_id)
    unit = await addressing_unit(tx, actor, stored.draft.unit_id, stored.draft.audience)
    form = None if stored.draft.form_id is None else await tx.forms.form(stored.draft.form_id)
    parts = await quota_parts(tx, unit.path)
    return DraftView(stored, await choices_of(tx, unit, stored.draft.audience), parts, form)


async def _changed(tx: Stores, actor: Actor, view: DraftView, draft: SelectionDraft, now: datetime) -> DraftView:
    await tx.selection_drafts.put(view.stored.id, draft, from_version=view.stored.version, now=now)
    return await draft_view(tx, actor, view.stored.id)


async def his_selection_draft(tx: Stores, actor: Actor, draft_id: SelectionDraftId) -> StoredSelectionDraft:
    """Announced or not, inside the caller's transaction. Raises NotFoundError."""
    stored = await tx.selection_drafts.get(draft_id)
    if stored is None or stored.person_id != actor.person.id:
        raise NotFoundError(f"draft {draft_id} for person {actor.person.id}")
    return stored
