"""A date is called off; those who were told hear of it from the planner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.ids import OccurrenceId
from bot.domain.matters import ActivityKind, OccurrenceState
from bot.domain.network import Actor
from bot.ports.storage import Storage
from bot.services.move_occurrence import ensure_current, managed_date


@dataclass(frozen=True, slots=True)
class CancelledDate:
    """``told``: how many messages about it had gone out; ``is_repeat``: it had been called off before."""

    told: int
    is_repeat: bool


async def cancel_occurrence(
    storage: Storage, *, actor: Actor, occurrence_id: OccurrenceId, version: int, now: datetime
) -> CancelledDate:
    """Calls one date off; a webinar has no other, so it goes as a whole. Idempotent.

    Raises NotFoundError outside the actor's part of the network, DateClosedError, OutdatedError.
    """
    async with storage.write() as tx:
        facts = await managed_date(tx, actor, occurrence_id)
        if facts.occurrence.state is OccurrenceState.CANCELLED:
            return CancelledDate(facts.told, is_repeat=True)
        ensure_current(facts, version)
        await tx.matters.cancel_occurrence(occurrence_id, from_version=version)
        if facts.activity.kind is ActivityKind.WEBINAR:
            await tx.matters.cancel_activities([facts.activity.id])
        unit_id, detail = facts.activity.unit_id, {"occurrence": occurrence_id}
        await tx.audit.record("date cancelled", by=actor.person.id, unit_id=unit_id, detail=detail, now=now)
    return CancelledDate(facts.told, is_repeat=False)
