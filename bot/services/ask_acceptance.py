"""Whether the answers to an activity that is planned already are accepted or given back, each of them."""

from __future__ import annotations

from datetime import datetime

from bot.domain.ids import ActivityId
from bot.domain.network import Actor
from bot.ports.storage import Storage
from bot.services.show_plan import managed_activity


async def ask_acceptance(
    storage: Storage, *, actor: Actor, activity_id: ActivityId, is_needed: bool, now: datetime
) -> None:
    """Answers that were given before wait too, or wait no more; what was decided stays. Raises NotFoundError."""
    async with storage.write() as tx:
        opened = await managed_activity(tx, actor, activity_id)
        if opened.activity.needs_acceptance == is_needed:
            return
        await tx.reviews.ask_acceptance(activity_id, is_needed=is_needed)
        detail = {"activity": activity_id, "is_needed": is_needed}
        unit_id = opened.activity.unit_id
        await tx.audit.record("acceptance asked", by=actor.person.id, unit_id=unit_id, detail=detail, now=now)
