"""A person changes what is stored about himself, or takes it away."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import available_timezones

from bot.domain import names
from bot.domain.errors import DomainError
from bot.domain.network import Actor, QuietHours
from bot.domain.profile import QUIET_HOURS
from bot.ports.join_requests import RequestState
from bot.ports.storage import Storage
from bot.services.follow_asked import release_asked


class UnknownChoiceError(DomainError):
    """Not one of the zones or hours that are offered."""


async def change_name(storage: Storage, *, actor: Actor, full_name: str, now: datetime) -> str:
    """Returns the name as stored. Raises BadNameError."""
    name = names.full_name(full_name)
    async with storage.write() as tx:
        await tx.people.rename(actor.person.id, name)
        await tx.audit.record("name changed", by=actor.person.id, now=now)
        return name


async def change_timezone(storage: Storage, *, actor: Actor, timezone: str | None) -> None:
    """None: the zone of his unit again. Raises UnknownChoiceError."""
    if timezone is not None and timezone not in available_timezones():
        raise UnknownChoiceError(timezone)
    async with storage.write() as tx:
        await tx.people.set_timezone(actor.person.id, timezone)


async def change_quiet_hours(storage: Storage, *, actor: Actor, hours: QuietHours) -> None:
    """Raises UnknownChoiceError: the quiet is never off, nor as long as the day."""
    if hours not in QUIET_HOURS:
        raise UnknownChoiceError(f"{hours}")
    async with storage.write() as tx:
        await tx.people.set_quiet_hours(actor.person.id, hours)


async def export_own_data(storage: Storage, *, actor: Actor) -> Mapping[str, Any]:
    """Everything stored about the actor."""
    async with storage.read() as tx:
        return await tx.people.export(actor.person.id)


async def leave_network(storage: Storage, *, actor: Actor, now: datetime) -> int:
    """All his memberships are left and his notices stop at once; his data stays. Returns how many there were."""
    async with storage.write() as tx:
        standing = await tx.memberships.of_person(actor.person.id)
        await tx.memberships.leave([membership.id for membership in standing], now=now)
        await release_asked(tx, actor.person.id, now=now)
        waiting = await tx.join_requests.waiting_of(actor.person.id)
        if waiting is not None:
            await tx.join_requests.settle(waiting.id, RequestState.WITHDRAWN, decided_by=None, now=now)
        for membership in standing:
            await tx.audit.record(
                "left", by=actor.person.id, unit_id=membership.unit.id, detail={"role": membership.role.value}, now=now
            )
        return len(standing)


async def erase_own_data(storage: Storage, *, actor: Actor, now: datetime) -> None:
    """Leaves everything and erases name, account and texts; what was answered stays as a bare count."""
    async with storage.write() as tx:
        standing = await tx.memberships.of_person(actor.person.id)
        await tx.memberships.leave([membership.id for membership in standing], now=now)
        await release_asked(tx, actor.person.id, now=now)
        await tx.people.erase(actor.person.id, now=now)
        await tx.audit.record("data erased", by=actor.person.id, now=now)
