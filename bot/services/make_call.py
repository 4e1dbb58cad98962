"""A call for proposals is made step by step, looked at and announced: everybody of its audience may send something."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.calendar import WorkCalendar
from bot.domain.calls import (
    MAX_QUESTION,
    MAX_TITLE,
    CallDraft,
    CallPart,
    CallUnfinishedError,
    checked,
)
from bot.domain.errors import NotFoundError, OutdatedError
from bot.domain.event_drafts import everyone_of
from bot.domain.ids import CallDraftId, OccurrenceId, UnitId
from bot.domain.ladder import DueMoment, first_notice_at
from bot.domain.matters import ActivityKind, Audience, Matter
from bot.domain.names import one_line
from bot.domain.network import Actor, Unit
from bot.domain.own_terms import last_day, read_wanted
from bot.domain.quiet import Reader
from bot.domain.steps import ladder_of
from bot.ports.calls import StoredCallDraft
from bot.ports.matters import AudienceSize, NewActivity
from bot.ports.storage import Storage, Stores
from bot.services.announce_event import NobodyInvitedError
from bot.services.foresee_matter import foresee_matter
from bot.services.make_event import event_places
from bot.services.open_activity import open_single
from bot.services.show_audience import AudienceChoices, addressing_unit, choices_of

_DRAFTS = 10


@dataclass(frozen=True, slots=True)
class CallPreview:
    """``matter``: as its reader will get it; it has no ids yet. ``first_at``: the first message in each zone."""

    matter: Matter
    size: AudienceSize
    first_at: Mapping[str, datetime]


@dataclass(frozen=True, slots=True)
class AnnouncedCall:
    """``is_repeat``: it had been announced before, and nothing was done now."""

    occurrence_id: OccurrenceId
    size: AudienceSize
    is_repeat: bool


async def call_places(storage: Storage, *, actor: Actor) -> tuple[Unit, ...]:
    """The units in whose name the actor may ask."""
    return await event_places(storage, actor=actor)


async def start_call(storage: Storage, *, actor: Actor, unit_id: UnitId, now: datetime) -> StoredCallDraft:
    """A new draft; one that nothing was said of yet is used again. Raises NotFoundError."""
    unit = next((place for place in await call_places(storage, actor=actor) if place.id == unit_id), None)
    if unit is None:
        raise NotFoundError(f"unit {unit_id} for person {actor.person.id}")
    fresh = CallDraft(unit.id, unit.timezone, everyone_of(unit.id))
    async with storage.write() as tx:
        known = await tx.call_drafts.of_person(actor.person.id, limit=_DRAFTS)
        empty = next((stored for stored in known if stored.draft.is_empty), None)
        if empty is None:
            draft_id = await tx.call_drafts.add(actor.person.id, fresh, now=now)
        else:
            draft_id = empty.id
            await tx.call_drafts.put(draft_id, fresh, from_version=empty.version, now=now)
        return await own_call_draft(tx, actor, draft_id)


async def call_draft(storage: Storage, *, actor: Actor, draft_id: CallDraftId) -> StoredCallDraft:
    """His draft. Raises NotFoundError, OutdatedError where it was announced."""
    async with storage.read() as tx:
        return await own_call_draft(tx, actor, draft_id)


async def call_drafts(storage: Storage, *, actor: Actor) -> tuple[StoredCallDraft, ...]:
    """His drafts of which something was said, the one changed last first."""
    async with storage.read() as tx:
        found = await tx.call_drafts.of_person(actor.person.id, limit=_DRAFTS)
    return tuple(stored for stored in found if not stored.draft.is_empty)


async def fill_call_part(
    storage: Storage, *, actor: Actor, draft_id: CallDraftId, part: CallPart, words: str, now: datetime
) -> StoredCallDraft:
    """Stores what was typed for one part.

    Raises NotFoundError, OutdatedError, ProposalEmptyError, ProposalTooLongError, TermNotReadError, TermPastError.
    """
    async with storage.write() as tx:
        stored = await own_call_draft(tx, actor, draft_id)
        draft = _filled(stored.draft, part, words, now)
        await tx.call_drafts.put(draft_id, draft, from_version=stored.version, now=now)
        return await own_call_draft(tx, actor, draft_id)


async def choose_call_audience(
    storage: Storage, *, actor: Actor, draft_id: CallDraftId, version: int, audience: Audience, now: datetime
) -> None:
    """Raises NotFoundError outside the actor's part of the network, OutdatedError."""
    async with storage.write() as tx:
        stored = await own_call_draft(tx, actor, draft_id)
        draft = replace(stored.draft, audience=audience)
        await addressing_unit(tx, actor, draft.unit_id, draft.audience)
        if not await tx.call_drafts.put(draft_id, draft, from_version=version, now=now):
            raise OutdatedError(f"draft {draft_id} is not version {version}")


async def call_audience(storage: Storage, *, actor: Actor, draft: CallDraft) -> AudienceChoices:
    """Who would be asked now. Raises NotFoundError."""
    async with storage.read() as tx:
        unit = await addressing_unit(tx, actor, draft.unit_id, draft.audience)
        return await choices_of(tx, unit, draft.audience)


async def delete_call_draft(storage: Storage, *, actor: Actor, draft_id: CallDraftId) -> None:
    """Forgets it; one that is gone already stays gone. Raises NotFoundError for somebody else's."""
    async with storage.write() as tx:
        stored = await tx.call_drafts.get(draft_id)
        if stored is not None and stored.person_id != actor.person.id:
            raise NotFoundError(f"draft {draft_id} for person {actor.person.id}")
        await tx.call_drafts.delete(draft_id)


async def preview_call(storage: Storage, *, actor: Actor, draft_id: CallDraftId, now: datetime) -> CallPreview:
    """What «Объявить» would send at this moment.

    Raises NotFoundError, OutdatedError, CallUnfinishedError, TermPastError.
    """
    async with storage.read() as tx:
        draft = (await own_call_draft(tx, actor, draft_id)).draft
        unit = await addressing_unit(tx, actor, draft.unit_id, draft.audience)
        due = _due(draft, now)
        size = await tx.matters.audience_size([draft.audience])
        zones = await tx.matters.zones_of([draft.audience])
    ladder = ladder_of(ActivityKind.CALL, open_days=(due.at - now).days)
    firsts = {
        zone: first_notice_at(ladder, due, Reader(ZoneInfo(zone)), now=now, days=WorkCalendar()) for zone in zones
    }
    matter = foresee_matter(
        ActivityKind.CALL,
        unit,
        due,
        title=draft.title,
        result=draft.question,
        phrase=draft.phrase,
        timezone=draft.timezone,
    )
    return CallPreview(matter, size, {zone: at for zone, at in firsts.items() if at is not None})


async def announce_call(
    storage: Storage, *, actor: Actor, draft_id: CallDraftId, version: int, now: datetime
) -> AnnouncedCall:
    """Opens the call for everyone of its audience and closes the draft; of an announced one it says so again.

    Raises NotFoundError, OutdatedError where it has changed since ``version``, CallUnfinishedError, TermPastError,
    NobodyInvitedError.
    """
    async with storage.write() as tx:
        stored = await _his(tx, actor, draft_id)
        draft = stored.draft
        unit = await addressing_unit(tx, actor, draft.unit_id, draft.audience)
        size = await tx.matters.audience_size([draft.audience])
        if stored.announced_as is not None:
            return AnnouncedCall(stored.announced_as, size, is_repeat=True)
        if stored.version != version:
            raise OutdatedError(f"draft {draft_id} is not version {version}")
        due = _due(draft, now)
        if size.people == 0:
            raise NobodyInvitedError(f"unit {unit.id}")
        occurrence_id = await open_single(tx, _activity(actor, stored), due, now=now)
        await tx.call_drafts.announced(draft_id, occurrence_id, now=now)
        detail = {"occurrence": occurrence_id, "people": size.people}
        await tx.audit.record("call announced", by=actor.person.id, unit_id=unit.id, detail=detail, now=now)
        return AnnouncedCall(occurrence_id, size, is_repeat=False)


async def own_call_draft(tx: Stores, actor: Actor, draft_id: CallDraftId) -> StoredCallDraft:
    """His draft, inside the caller's transaction. Raises NotFoundError, OutdatedError where it was announced."""
    stored = await _his(tx, actor, draft_id)
    if stored.announced_as is not None:
        raise OutdatedError(f"draft {draft_id} was announced")
    return stored


def _filled(draft: CallDraft, part: CallPart, words: str, now: datetime) -> CallDraft:
    match part:
        case CallPart.TITLE:
            return replace(draft, title=checked(one_line(words), MAX_TITLE))
        case CallPart.QUESTION:
            return replace(draft, question=checked(words, MAX_QUESTION))
        case CallPart.UNTIL:
            today = now.astimezone(ZoneInfo(draft.timezone)).date()
            on = read_wanted(one_line(words), today=today)
            return replace(draft, due_on=on, phrase=one_line(words))


def _due(draft: CallDraft, now: datetime) -> DueMoment:
    if draft.missing or draft.due_on is None:
        raise CallUnfinishedError(draft.missing)
    return last_day(draft.due_on, ZoneInfo(draft.timezone), now=now)


def _activity(actor: Actor, stored: StoredCallDraft) -> NewActivity:
    draft = stored.draft
    return NewActivity(
        kind=ActivityKind.CALL,
        unit_id=draft.unit_id,
        title=draft.title,
        audience=draft.audience,
        timezone=draft.timezone,
        created_by=actor.person.id,
        result=draft.question,
        phrase=draft.phrase,
        source=f"call:{stored.id}",
        is_obligatory=False,
    )


async def _his(tx: Stores, actor: Actor, draft_id: CallDraftId) -> StoredCallDraft:
    stored = await tx.call_drafts.get(draft_id)
    if stored is None or stored.person_id != actor.person.id:
        raise NotFoundError(f"draft {draft_id} for person {actor.person.id}")
    return stored
