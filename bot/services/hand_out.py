"""The recording and the materials of an event: added, sent round once, and fetched by those invited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.afterwards import MATERIALS_HELP, MOST_AFTER, Receivers
from bot.domain.broadcasts import BroadcastKind, NewBroadcast
from bot.domain.delivery import NoticeKind
from bot.domain.errors import DomainError, NotFoundError
from bot.domain.event_drafts import DraftMaterial
from bot.domain.events import MaterialPhase
from bot.domain.ids import AssignmentId, MaterialId, OccurrenceId
from bot.domain.matters import Matter
from bot.domain.network import Actor
from bot.ports.afterwards import Material
from bot.ports.notices import NewNotice
from bot.ports.storage import Storage, Stores
from bot.services.mark_attendance import TooEarlyError, led_event
from bot.services.show_afterwards import unserved


class TooManyMaterialsError(DomainError):
    """An event has as many recordings and files as one message lists."""


@dataclass(frozen=True, slots=True)
class Handed:
    """A matter of somebody invited with what was handed out at it."""

    matter: Matter
    materials: tuple[Material, ...]


async def add_material(
    storage: Storage, *, actor: Actor, occurrence_id: OccurrenceId, new: DraftMaterial, now: datetime
) -> bool:
    """Whether it is new; the same link or file is there once. Nobody is told until it is sent round.

    Raises NotFoundError where the actor's side does not lead the event, and TooManyMaterialsError.
    """
    async with storage.write() as tx:
        event = await led_event(tx, actor, occurrence_id)
        known = await tx.afterwards.materials(event.activity_id, MaterialPhase.AFTER)
        is_same = any((one.link, one.file_id) == (new.link, new.file_id) for one in known)
        if is_same:
            return False
        if len(known) >= MOST_AFTER:
            raise TooManyMaterialsError(f"activity {event.activity_id} has {len(known)}")
        by = actor.person.id
        added, _ = await tx.afterwards.add_material(event.activity_id, MaterialPhase.AFTER, new, by=by, now=now)
        detail = {"occurrence": occurrence_id, "material": added}
        await tx.audit.record("material added", by=by, unit_id=event.unit_id, detail=detail, now=now)
    return True


async def drop_material(
    storage: Storage, *, actor: Actor, occurrence_id: OccurrenceId, material_id: MaterialId, now: datetime
) -> bool:
    """Takes it away from what waits to be sent, too; what has arrived stays with its readers. Whether it was there.

    Raises NotFoundError where the actor's side does not lead the event.
    """
    async with storage.write() as tx:
        event = await led_event(tx, actor, occurrence_id)
        found = await tx.afterwards.material(material_id)
        if found is None or found.activity_id != event.activity_id:
            return False
        await tx.afterwards.drop_material(material_id)
        detail, by = {"occurrence": occurrence_id, "material": material_id}, actor.person.id
        await tx.audit.record("material dropped", by=by, unit_id=event.unit_id, detail=detail, now=now)
    return True


async def send_materials(
    storage: Storage, *, actor: Actor, occurrence_id: OccurrenceId, to: Receivers, now: datetime
) -> int:
    """Plans one message for each of ``to`` with what he has not had; returns how many people that were.

    They arrive at their readers' allowed hours. Sending again reaches only those who lack something. Raises
    NotFoundError where the actor's side does not lead the event, and TooEarlyError before its beginning.
    """
    async with storage.write() as tx:
        event = await led_event(tx, actor, occurrence_id)
        if now < event.due_at:
            raise TooEarlyError(event)
        found = await tx.afterwards.materials(event.activity_id, MaterialPhase.AFTER)
        facts = await tx.matters.occurrence_facts(occurrence_id)
        assert facts is not None, "the event was found in this very transaction"
        unserved_people = await unserved(tx, event, to, found)
        if not unserved_people:
            return 0
        sent = NewBroadcast(BroadcastKind.MATERIALS, event.title, actor.person.id, event.unit_id)
        broadcast_id = await tx.broadcasts.begin(sent, now=now)
        planned = [
            NewNotice(
                key=f"materials:{one.assignment_id}:{one.told_before}",
                person_id=one.person_id,
                kind=NoticeKind.INFO,
                due_at=now,
                expires_at=now + MATERIALS_HELP,
                occurrence_id=occurrence_id,
                occurrence_version=facts.occurrence.version,
                assignment_id=one.assignment_id,
                detail={"event": "materials", "materials": lacks},
                broadcast_id=broadcast_id,
            )
            for one, lacks in unserved_people
        ]
        await tx.notices.plan(planned, now=now)
        await tx.afterwards.mark_told([one.id for one in found], now=now)
        detail = {"occurrence": occurrence_id, "to": to.value, "people": len(planned)}
        await tx.audit.record("materials sent", by=actor.person.id, unit_id=event.unit_id, detail=detail, now=now)
    return len(planned)


async def handed_out(storage: Storage, *, actor: Actor, assignment_id: AssignmentId) -> Handed:
    """What was sent round after an event that the actor is invited to. Raises NotFoundError."""
    async with storage.read() as tx:
        return await _handed(tx, actor, assignment_id)


async def fetch_material(
    storage: Storage, *, actor: Actor, assignment_id: AssignmentId, material_id: MaterialId
) -> Material:
    """One file or link of it. Raises NotFoundError, also where it was taken away meanwhile."""
    async with storage.read() as tx:
        handed = await _handed(tx, actor, assignment_id)
    for one in handed.materials:
        if one.id == material_id:
            return one
    raise NotFoundError(f"material {material_id} of assignment {assignment_id}")


async def _handed(tx: Stores, actor: Actor, assignment_id: AssignmentId) -> Handed:
    matter = await tx.replies.matter(assignment_id)
    if matter is None or matter.assignment.person_id != actor.person.id or matter.is_withdrawn:
        raise NotFoundError(f"assignment {assignment_id} for person {actor.person.id}")
    event = await tx.attendance.event(matter.assignment.occurrence_id)
    if event is None:
        raise NotFoundError(f"assignment {assignment_id} is of no event")
    found = await tx.afterwards.materials(event.activity_id, MaterialPhase.AFTER)
    return Handed(matter, tuple(one for one in found if one.told_at is not None))
