"""How an activity that is planned already is reminded of: chosen and changed at any time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.errors import NotFoundError
from bot.domain.ids import ActivityId, LadderId
from bot.domain.matters import LadderName
from bot.domain.network import Actor
from bot.domain.own_ladders import OwnLadder
from bot.ports.ladders import Attached
from bot.ports.storage import Storage, Stores
from bot.services.edit_ladders import usable_ladders


@dataclass(frozen=True, slots=True)
class LadderChoice:
    """An activity with its ladder, and those that its coordinator may choose beside the ready ones."""

    attached: Attached
    usable: tuple[OwnLadder, ...]


async def show_choice(storage: Storage, *, actor: Actor, activity_id: ActivityId) -> LadderChoice:
    """Raises NotFoundError outside the actor's part of the network."""
    async with storage.read() as tx:
        return LadderChoice(await _managed(tx, actor, activity_id), await usable_ladders(tx, actor))


async def attach_ladder(
    storage: Storage,
    *,
    actor: Actor,
    activity_id: ActivityId,
    name: LadderName,
    own: LadderId | None = None,
    now: datetime,
) -> int:
    """A ready ladder, or one of the coordinators' own. What waits is planned anew by it, what was sent stays.

    Returns how many dates that concerns. Raises NotFoundError.
    """
    async with storage.write() as tx:
        before = await _managed(tx, actor, activity_id)
        if own is not None and own not in {one.id for one in await usable_ladders(tx, actor)}:
            raise NotFoundError(f"ladder {own} is not for person {actor.person.id}")
        if (before.name, before.own and before.own.id) == (name, own):
            return 0
        await tx.ladders.attach(activity_id, name=name, own=own, is_obligatory=before.is_obligatory)
        detail = {"activity": activity_id, "ladder": own or name.value}
        await tx.audit.record("ladder chosen", by=actor.person.id, detail=detail, now=now)
        return await tx.ladders.replan(activity_id=activity_id, now=now)


async def make_obligatory(
    storage: Storage, *, actor: Actor, activity_id: ActivityId, is_obligatory: bool, now: datetime
) -> None:
    """Reminders of what is not obligatory can be switched off by their readers. Raises NotFoundError."""
    async with storage.write() as tx:
        before = await _managed(tx, actor, activity_id)
        own = None if before.own is None else before.own.id
        await tx.ladders.attach(activity_id, name=before.name, own=own, is_obligatory=is_obligatory)
        detail = {"activity": activity_id, "is_obligatory": is_obligatory}
        await tx.audit.record("obligation changed", by=actor.person.id, detail=detail, now=now)


async def _managed(tx: Stores, actor: Actor, activity_id: ActivityId) -> Attached:
    found = await tx.ladders.attached(activity_id)
    if found is None or not actor.can_manage(found.unit_path):
        raise NotFoundError(f"activity {activity_id} is not in the part of person {actor.person.id}")
    return found
