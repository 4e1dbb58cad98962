"""Whoever sends something to many stops it half-way, lets it go on, or ends it for good."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.broadcasts import Broadcast, BroadcastKind, Flight, NewBroadcast
from bot.domain.errors import NotFoundError
from bot.domain.ids import BroadcastId, OccurrenceId, UnitId
from bot.domain.network import Actor
from bot.ports.matters import OccurrenceFacts
from bot.ports.storage import Storage, Stores
from bot.services.move_occurrence import managed_date


@dataclass(frozen=True, slots=True)
class Progress:
    """A broadcast, and how far it has come."""

    broadcast: Broadcast
    flight: Flight


async def stop_broadcast(storage: Storage, *, actor: Actor, broadcast_id: BroadcastId, now: datetime) -> Progress:
    """What has not left is held. Messages in flight at this very moment still arrive.

    Raises NotFoundError where it is not his, or not any more in his part of the network, or of a kind that is not held.
    """
    async with storage.write() as tx:
        broadcast = await _his(tx, actor, broadcast_id)
        if not broadcast.can_be_paused:
            raise NotFoundError(f"broadcast {broadcast_id} is not held")
        if broadcast.ended_at is None and await tx.broadcasts.stop(broadcast_id, now=now):
            await _record(tx, "broadcast stopped", actor, broadcast.unit_id, broadcast_id, now)
        return await _progress(tx, broadcast_id, now)


async def resume_broadcast(storage: Storage, *, actor: Actor, broadcast_id: BroadcastId, now: datetime) -> Progress:
    """What was held goes on, where it still helps; whose night it is hears in the morning. Raises NotFoundError."""
    async with storage.write() as tx:
        broadcast = await _his(tx, actor, broadcast_id)
        if await tx.broadcasts.resume(broadcast_id, now=now):
            await _record(tx, "broadcast resumed", actor, broadcast.unit_id, broadcast_id, now)
        return await _progress(tx, broadcast_id, now)


async def drop_broadcast(storage: Storage, *, actor: Actor, broadcast_id: BroadcastId, now: datetime) -> Progress:
    """What has not left never will. Raises NotFoundError, also where it is of a kind that cannot be dropped."""
    async with storage.write() as tx:
        broadcast = await _his(tx, actor, broadcast_id)
        if not broadcast.can_be_dropped:
            raise NotFoundError(f"broadcast {broadcast_id} is not dropped, but called off")
        if await tx.broadcasts.drop(broadcast_id, now=now):
            await _record(tx, "broadcast dropped", actor, broadcast.unit_id, broadcast_id, now)
        return await _progress(tx, broadcast_id, now)


async def stop_announcement(storage: Storage, *, actor: Actor, occurrence_id: OccurrenceId, now: datetime) -> Flight:
    """What has not gone out of the announcement of a date, of a series for all of its dates, is held.

    Those who were told are reminded as ever. Raises NotFoundError outside the actor's part of the network.
    """
    async with storage.write() as tx:
        facts = await managed_date(tx, actor, occurrence_id)
        broadcast_id = await tx.broadcasts.announcing(occurrence_id)
        if broadcast_id is None:  # announced before broadcasts were kept: what was planned since then is of it
            began_at = facts.activity.created_at
            broadcast_id = await tx.broadcasts.begin(_announcement(facts, actor), now=began_at)
        if await tx.broadcasts.stop(broadcast_id, now=now):
            await _record(tx, "announcement stopped", actor, facts.activity.unit_id, broadcast_id, now)
        return await tx.broadcasts.announcement(occurrence_id, now=now)


async def resume_announcement(storage: Storage, *, actor: Actor, occurrence_id: OccurrenceId, now: datetime) -> Flight:
    """What was held goes on, where it still helps. Raises NotFoundError outside the actor's part of the network."""
    async with storage.write() as tx:
        facts = await managed_date(tx, actor, occurrence_id)
        broadcast_id = await tx.broadcasts.announcing(occurrence_id)
        if broadcast_id is not None and await tx.broadcasts.resume(broadcast_id, now=now):
            await _record(tx, "announcement resumed", actor, facts.activity.unit_id, broadcast_id, now)
        return await tx.broadcasts.announcement(occurrence_id, now=now)


def _announcement(facts: OccurrenceFacts, actor: Actor) -> NewBroadcast:
    activity = facts.activity
    alone = activity.id if activity.series_id is None else None
    kind, by = BroadcastKind.EVENT, actor.person.id
    return NewBroadcast(
        kind, activity.title, by, activity.unit_id, activity_id=alone, series_id=activity.series_id
    )  # fmt: skip


async def _his(tx: Stores, actor: Actor, broadcast_id: BroadcastId) -> Broadcast:
    broadcast = await tx.broadcasts.get(broadcast_id)
    if broadcast is None or broadcast.by != actor.person.id or not await _is_in_his_part(tx, actor, broadcast.unit_id):
        raise NotFoundError(f"broadcast {broadcast_id} for person {actor.person.id}")
    return broadcast


async def _is_in_his_part(tx: Stores, actor: Actor, unit_id: UnitId | None) -> bool:
    if unit_id is None:
        return True
    unit = await tx.units.get(unit_id)
    return unit is not None and actor.can_manage(unit.path)


async def _progress(tx: Stores, broadcast_id: BroadcastId, now: datetime) -> Progress:
    broadcast = await tx.broadcasts.get(broadcast_id)
    assert broadcast is not None, "it was found in this very transaction"
    return Progress(broadcast, await tx.broadcasts.flight(broadcast_id, now=now))


async def _record(
    tx: Stores, act: str, actor: Actor, unit_id: UnitId | None, broadcast_id: BroadcastId, now: datetime
) -> None:
    detail = {"broadcast": broadcast_id}
    await tx.audit.record(act, by=actor.person.id, unit_id=unit_id, detail=detail, now=now)
