"""The owner and the coordinators build the tree: each below his own unit, the owner everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import available_timezones

from bot.domain import names
from bot.domain.errors import DomainError, NotAllowedError
from bot.domain.ids import UnitId
from bot.domain.names import title_key
from bot.domain.network import Actor, Unit, UnitKind
from bot.ports.storage import Storage
from bot.ports.units import NewUnit
from bot.services.show_network import managed_unit

_KIND_BELOW = {UnitKind.REGION: UnitKind.MUNICIPALITY, UnitKind.MUNICIPALITY: UnitKind.SCHOOL}


class TitleTakenError(DomainError):
    """Another unit beside it has this title."""

    def __init__(self, title: str) -> None:
        super().__init__("the title is taken")
        self.title = title


class UnitNotEmptyError(DomainError):
    """Units, people or open matters belong to it, so it cannot be removed."""


class UnknownZoneError(DomainError):
    """Not the name of a time zone."""


@dataclass(frozen=True, slots=True)
class AddedUnits:
    """``known`` are titles that were there already and were left as they are."""

    added: tuple[Unit, ...]
    known: tuple[str, ...]


async def add_region(storage: Storage, *, actor: Actor, title: str, timezone: str, now: datetime) -> Unit:
    """A new root. Raises NotAllowedError for anybody but the owner, BadNameError, TitleTakenError, UnknownZoneError."""
    title = names.unit_title(title)
    _ensure_zone(timezone)
    if not actor.is_owner:
        raise NotAllowedError("regions are added by the owner")
    async with storage.write() as tx:
        if await tx.units.child_by_title(None, title) is not None:
            raise TitleTakenError(title)
        [unit] = await tx.units.add([NewUnit(UnitKind.REGION, None, title, title, timezone)], now=now)
        await tx.audit.record("unit added", by=actor.person.id, unit_id=unit.id, detail={"title": title}, now=now)
        return unit


async def add_units(
    storage: Storage, *, actor: Actor, parent_id: UnitId, titles: Sequence[str], now: datetime
) -> AddedUnits:
    """Municipalities below a region, schools below a municipality, in its zone. All of them or, on an error, none.

    Raises NotFoundError, NotAllowedError, BadNameError.
    """
    wanted = {title_key(title): title for title in reversed([names.unit_title(one) for one in titles])}
    async with storage.write() as tx:
        parent = await managed_unit(tx, actor, parent_id)
        kind = _KIND_BELOW.get(parent.kind)
        if kind is None:
            raise NotAllowedError(f"nothing is added below a {parent.kind}")
        there = {title_key(child.title) for child in await tx.units.children(parent.id)}
        new = [
            NewUnit(kind, parent, title, parent.region, parent.timezone)
            for key, title in reversed(wanted.items())
            if key not in there
        ]
        added = await tx.units.add(new, now=now)
        for unit in added:
            await tx.audit.record(
                "unit added", by=actor.person.id, unit_id=unit.id, detail={"title": unit.title}, now=now
            )
        known = tuple(title for key, title in reversed(wanted.items()) if key in there)
        return AddedUnits(tuple(added), known)


async def rename_unit(storage: Storage, *, actor: Actor, unit_id: UnitId, title: str, now: datetime) -> Unit:
    """Raises NotFoundError, NotAllowedError, BadNameError, TitleTakenError."""
    title = names.unit_title(title)
    async with storage.write() as tx:
        unit = await managed_unit(tx, actor, unit_id)
        same = await tx.units.child_by_title(unit.parent_id, title)
        if same is not None and same.id != unit.id:
            raise TitleTakenError(title)
        await tx.units.rename(unit.id, title)
        await tx.audit.record(
            "unit renamed", by=actor.person.id, unit_id=unit.id, detail={"from": unit.title, "to": title}, now=now
        )
        return unit


async def set_unit_timezone(storage: Storage, *, actor: Actor, unit_id: UnitId, timezone: str, now: datetime) -> Unit:
    """The zone of the unit and of everything below it. Raises NotFoundError, NotAllowedError, UnknownZoneError."""
    _ensure_zone(timezone)
    async with storage.write() as tx:
        unit = await managed_unit(tx, actor, unit_id)
        await tx.units.set_timezone(unit.path, timezone)
        await tx.audit.record(
            "unit zone changed", by=actor.person.id, unit_id=unit.id, detail={"timezone": timezone}, now=now
        )
        return unit


async def remove_unit(storage: Storage, *, actor: Actor, unit_id: UnitId, now: datetime) -> Unit:
    """Raises NotFoundError, NotAllowedError, UnitNotEmptyError."""
    async with storage.write() as tx:
        unit = await managed_unit(tx, actor, unit_id)
        if unit.parent_id is None and not actor.is_owner:
            raise NotAllowedError("regions are removed by the owner")
        if not await tx.units.is_empty(unit.id):
            raise UnitNotEmptyError(f"unit {unit_id} is in use")
        await tx.units.remove(unit.id, now=now)
        await tx.audit.record("unit removed", by=actor.person.id, unit_id=unit.id, now=now)
        return unit


def _ensure_zone(timezone: str) -> None:
    if timezone not in available_timezones():
        raise UnknownZoneError(timezone)
