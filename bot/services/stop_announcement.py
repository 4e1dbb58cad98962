"""An announcement is stopped in flight, and let go on."""

from __future__ import annotations

from datetime import datetime

from bot.domain.ids import OccurrenceId, UnitId
from bot.domain.network import Actor
from bot.ports.announcing import Flight
from bot.ports.storage import Storage, Stores
from bot.services.move_occurrence import managed_date


async def announcement_flight(storage: Storage, *, actor: Actor, occurrence_id: OccurrenceId) -> Flight:
    """How far it has come. Raises NotFoundError outside the actor's part of the network."""
    async with storage.read() as tx:
        await managed_date(tx, actor, occurrence_id)
        return await tx.announcing.flight(occurrence_id)


async def stop_announcement(storage: Storage, *, actor: Actor, occurrence_id: OccurrenceId, now: datetime) -> Flight:
    """What has not gone out is held, of a series for all of its dates; those who were told are reminded as ever.

    Messages in flight at this very moment still arrive. Raises NotFoundError outside the actor's part of the network.
    """
    async with storage.write() as tx:
        facts = await managed_date(tx, actor, occurrence_id)
        if await tx.announcing.stop(occurrence_id, now=now):
            await _record(tx, "announcement stopped", actor, facts.activity.unit_id, occurrence_id, now)
        return await tx.announcing.flight(occurrence_id)


async def resume_announcement(storage: Storage, *, actor: Actor, occurrence_id: OccurrenceId, now: datetime) -> Flight:
    """What was held goes on, where it still helps. Raises NotFoundError outside the actor's part of the network."""
    async with storage.write() as tx:
        facts = await managed_date(tx, actor, occurrence_id)
        if await tx.announcing.resume(occurrence_id, now=now):
            await _record(tx, "announcement resumed", actor, facts.activity.unit_id, occurrence_id, now)
        return await tx.announcing.flight(occurrence_id)


async def _record(
    tx: Stores, act: str, actor: Actor, unit_id: UnitId, occurrence_id: OccurrenceId, now: datetime
) -> None:
    detail = {"occurrence": occurrence_id}
    await tx.audit.record(act, by=actor.person.id, unit_id=unit_id, detail=detail, now=now)
