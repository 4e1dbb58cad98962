"""An event is made step by step: every step is saved, so that a restart loses nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.domain.errors import NotFoundError, OutdatedError
from bot.domain.event_drafts import EventDraft, everyone_of
from bot.domain.events import EventDetails, EventKind
from bot.domain.ids import ActivityId, EventDraftId, UnitId
from bot.domain.matters import AnsweredBy
from bot.domain.network import Actor, Unit
from bot.ports.announcing import PastEvent
from bot.ports.event_drafts import StoredEventDraft
from bot.ports.storage import Storage, Stores
from bot.services.announce_event import AnnouncedEvent, announce_within
from bot.services.show_audience import AudienceChoices, addressing_unit, choices_of

_DRAFTS = 10
_RECENT = 8


async def event_places(storage: Storage, *, actor: Actor) -> tuple[Unit, ...]:
    """The units in whose name the actor may announce: what he coordinates; for the owner the roots of the network."""
    if actor.coordinated:
        return actor.coordinated
    if not actor.is_owner:
        return ()
    async with storage.read() as tx:
        return tuple(await tx.units.children(None))


async def start_event(
    storage: Storage, *, actor: Actor, unit: Unit, kind: EventKind, now: datetime
) -> StoredEventDraft:
    """A new draft; one that nothing was said of yet is used again, so that a repeated command leaves no litter."""
    fresh = replace(_of_unit(unit), details=EventDetails(kind))
    async with storage.write() as tx:
        known = await tx.event_drafts.of_person(actor.person.id, limit=_DRAFTS)
        empty = next((stored for stored in known if stored.draft.is_empty), None)
        if empty is None:
            draft_id = await tx.event_drafts.add(actor.person.id, fresh, now=now)
        else:
            draft_id = empty.id
            await tx.event_drafts.put(draft_id, fresh, from_version=empty.version, now=now)
        return await own_draft(tx, actor, draft_id)


async def copy_event(storage: Storage, *, actor: Actor, activity_id: ActivityId, now: datetime) -> StoredEventDraft:
    """A new draft with everything of an earlier event but its dates. Raises NotFoundError outside the actor's part."""
    async with storage.write() as tx:
        earlier = await tx.matters.opened(activity_id)
        if earlier is None or not actor.can_manage(earlier.unit_path):
            raise NotFoundError(f"activity {activity_id} for person {actor.person.id}")
        activity = earlier.activity
        unit = await tx.units.get(activity.unit_id)
        assert unit is not None, "an activity belongs to a unit"
        draft = replace(
            _of_unit(unit),
            timezone=activity.timezone,
            audience=activity.audience,
            details=replace(activity.event or EventDetails(), edits=0),
            title=activity.title,
            link=activity.link,
            materials=await tx.announcing.materials_before(activity_id),
        )
        return await own_draft(tx, actor, await tx.event_drafts.add(actor.person.id, draft, now=now))


async def event_draft(storage: Storage, *, actor: Actor, draft_id: EventDraftId) -> StoredEventDraft:
    """His draft. Raises NotFoundError, OutdatedError where it was announced."""
    async with storage.read() as tx:
        return await own_draft(tx, actor, draft_id)


async def event_drafts(storage: Storage, *, actor: Actor) -> tuple[StoredEventDraft, ...]:
    """His drafts of which something was said, the one changed last first."""
    async with storage.read() as tx:
        found = await tx.event_drafts.of_person(actor.person.id, limit=_DRAFTS)
    return tuple(stored for stored in found if not stored.draft.is_empty)


async def recent_events(storage: Storage, *, actor: Actor) -> tuple[PastEvent, ...]:
    """The latest events of the actor's part of the network."""
    places = await event_places(storage, actor=actor)
    if not places:
        return ()
    async with storage.read() as tx:
        return await tx.announcing.recent([unit.path for unit in places], limit=_RECENT)


async def change_draft(
    storage: Storage, *, actor: Actor, draft_id: EventDraftId, version: int, draft: EventDraft, now: datetime
) -> StoredEventDraft:
    """Stores what the draft has become since ``version``. Raises NotFoundError, OutdatedError."""
    async with storage.write() as tx:
        await own_draft(tx, actor, draft_id)
        if not await tx.event_drafts.put(draft_id, draft, from_version=version, now=now):
            raise OutdatedError(f"draft {draft_id} is not version {version}")
        return await own_draft(tx, actor, draft_id)


async def move_draft(
    storage: Storage, *, actor: Actor, draft_id: EventDraftId, version: int, unit_id: UnitId, now: datetime
) -> StoredEventDraft:
    """Announced in the name of another unit, to its people and on its clocks. Raises as ``change_draft`` does."""
    unit = next((place for place in await event_places(storage, actor=actor) if place.id == unit_id), None)
    if unit is None:
        raise NotFoundError(f"unit {unit_id} for person {actor.person.id}")
    stored = await event_draft(storage, actor=actor, draft_id=draft_id)
    clean = _of_unit(unit)
    moved = stored.draft.on_clocks_of(unit.timezone)
    moved = replace(moved, unit_id=unit.id, region=clean.region, audience=clean.audience)
    return await change_draft(storage, actor=actor, draft_id=draft_id, version=version, draft=moved, now=now)


async def delete_draft(storage: Storage, *, actor: Actor, draft_id: EventDraftId) -> None:
    """Forgets it; one that is gone already stays gone. Raises NotFoundError for somebody else's."""
    async with storage.write() as tx:
        stored = await tx.event_drafts.get(draft_id)
        if stored is not None and stored.person_id != actor.person.id:
            raise NotFoundError(f"draft {draft_id} for person {actor.person.id}")
        await tx.event_drafts.delete(draft_id)


async def event_audience(storage: Storage, *, actor: Actor, draft: EventDraft) -> AudienceChoices:
    """Who would be invited now. Raises NotFoundError outside the actor's part."""
    async with storage.read() as tx:
        unit = await addressing_unit(tx, actor, draft.unit_id, draft.audience)
        return await choices_of(tx, unit, draft.audience)


async def announce_draft(
    storage: Storage, *, actor: Actor, draft_id: EventDraftId, version: int, now: datetime
) -> tuple[EventDraft, AnnouncedEvent]:
    """Announces it and closes the draft, in one transaction; of an announced one it says so again.

    Raises OutdatedError where it has changed since ``version``, and what ``announce_event`` raises.
    """
    async with storage.write() as tx:
        stored = await _his(tx, actor, draft_id)
        if stored.version != version:
            raise OutdatedError(f"draft {draft_id} is not version {version}")
        announced = await announce_within(tx, actor=actor, draft=stored.draft, source=f"event:{draft_id}", now=now)
        if not announced.is_repeat:
            await tx.event_drafts.announced(draft_id, now=now)
        return stored.draft, announced


async def own_draft(tx: Stores, actor: Actor, draft_id: EventDraftId) -> StoredEventDraft:
    """His draft, inside the caller's transaction. Raises as ``event_draft`` does."""
    stored = await _his(tx, actor, draft_id)
    if stored.announced_at is not None:
        raise OutdatedError(f"draft {draft_id} was announced")
    return stored


def _of_unit(unit: Unit) -> EventDraft:
    audience = everyone_of(unit.id)
    assert audience.answered_by is AnsweredBy.PERSON, "to an event people come, not schools"
    return EventDraft(unit.id, unit.timezone, audience, region=unit.region)


async def _his(tx: Stores, actor: Actor, draft_id: EventDraftId) -> StoredEventDraft:
    stored = await tx.event_drafts.get(draft_id)
    if stored is None or stored.person_id != actor.person.id:
        raise NotFoundError(f"draft {draft_id} for person {actor.person.id}")
    return stored
