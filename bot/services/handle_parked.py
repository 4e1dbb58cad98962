"""Updates that could not be handled: the owner looks at them, has them handled once more, or lets them go."""

from __future__ import annotations

from datetime import datetime

from bot.domain.errors import NotAllowedError
from bot.domain.network import Actor
from bot.ports.inbox import ParkedUpdate
from bot.ports.storage import Storage

SHOWN = 5


async def list_parked(storage: Storage, *, actor: Actor) -> tuple[tuple[ParkedUpdate, ...], int]:
    """The latest of those set aside, and how many there are. Raises NotAllowedError for anybody but the owner."""
    _ensure_owner(actor)
    async with storage.read() as tx:
        return await tx.inbox.parked_updates(limit=SHOWN), await tx.inbox.parked()


async def retry_parked(storage: Storage, *, actor: Actor, now: datetime) -> int:
    """All of them wait again; returns how many. Their handlers are idempotent. Raises NotAllowedError."""
    _ensure_owner(actor)
    async with storage.write() as tx:
        count = await tx.inbox.take_back()
        if count:
            await tx.audit.record("parked retried", by=actor.person.id, unit_id=None, detail={"count": count}, now=now)
    return count


async def forget_parked(storage: Storage, *, actor: Actor, now: datetime) -> int:
    """They are removed with what people wrote in them; returns how many. Raises NotAllowedError."""
    _ensure_owner(actor)
    async with storage.write() as tx:
        count = await tx.inbox.forget_parked()
        if count:
            await tx.audit.record(
                "parked forgotten", by=actor.person.id, unit_id=None, detail={"count": count}, now=now
            )
    return count


def _ensure_owner(actor: Actor) -> None:
    if not actor.is_owner:
        raise NotAllowedError("only the owner looks after the program")
