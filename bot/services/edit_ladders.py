"""A coordinator makes a ladder of his own: copies one that is ready, changes it step by step, retires it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.domain.errors import NotAllowedError, NotFoundError, OutdatedError
from bot.domain.ids import LadderId
from bot.domain.matters import LadderName
from bot.domain.network import Actor, Unit
from bot.domain.own_ladders import OwnLadder, ladder_title
from bot.domain.steps import LADDERS, Ladder
from bot.ports.storage import Storage, Stores


@dataclass(frozen=True, slots=True)
class ShownLadder:
    """``can_edit``: it belongs to the actor's part of the network; those of the units above him are only used."""

    own: OwnLadder
    unit_title: str
    can_edit: bool


async def list_ladders(storage: Storage, *, actor: Actor) -> tuple[OwnLadder, ...]:
    """Those of his units and of the units above them, which he may use too; of all, for the owner."""
    async with storage.read() as tx:
        return await usable_ladders(tx, actor)


async def usable_ladders(tx: Stores, actor: Actor) -> tuple[OwnLadder, ...]:
    """The same inside the caller's transaction."""
    if actor.is_owner:
        return await tx.ladders.of_units(None)
    above = {int(part) for unit in actor.coordinated for part in unit.path.strip("/").split("/")}
    return await tx.ladders.of_units(sorted(above))  # type: ignore[arg-type] # the ids of a path are those of units


async def show_ladder(storage: Storage, *, actor: Actor, ladder_id: LadderId) -> ShownLadder:
    """Raises NotFoundError for one that he may not even use."""
    async with storage.read() as tx:
        own = await _usable(tx, actor, ladder_id)
        unit = await tx.units.get(own.unit_id)
    return ShownLadder(own, "" if unit is None else unit.title, actor.can_manage(own.unit_path))


async def copy_ladder(
    storage: Storage, *, actor: Actor, name: LadderName, title: str, source: str, now: datetime
) -> LadderId:
    """A ready one becomes his own, in the highest unit that he coordinates; one for each update (``source``).

    Raises BadLadderError, NotAllowedError.
    """
    title = ladder_title(title)
    async with storage.write() as tx:
        if (made := await tx.ladders.made_by(source)) is not None:
            return made
        unit = await _own_unit(tx, actor)
        ladder_id = await tx.ladders.add(
            unit_id=unit.id, title=title, ladder=LADDERS[name], by=actor.person.id, source=source, now=now
        )
        detail = {"ladder": ladder_id, "copied": name.value}
        await tx.audit.record("ladder made", by=actor.person.id, unit_id=unit.id, detail=detail, now=now)
        return ladder_id


async def change_ladder(
    storage: Storage,
    *,
    actor: Actor,
    ladder_id: LadderId,
    version: int,
    change: Callable[[Ladder], Ladder],
    title: str | None = None,
    source: str,
    now: datetime,
) -> int:
    """Changes its steps, bounds or title; what is planned by it is planned anew, what was sent stays.

    Returns how many dates that concerns; 0 where this update (``source``) has changed it already. Raises OutdatedError
    (somebody has changed it since), BadLadderError, NotFoundError, NotAllowedError.
    """
    async with storage.write() as tx:
        own = await _managed(tx, actor, ladder_id)
        if own.source == source:
            return 0
        if own.version != version:
            raise OutdatedError(f"ladder {ladder_id} has version {own.version}, not {version}")
        ladder = change(own.ladder)
        named = own.title if title is None else ladder_title(title)
        if (ladder, named) == (own.ladder, own.title):
            return 0
        if not await tx.ladders.change(ladder_id, version=version, title=named, ladder=ladder, source=source):
            raise OutdatedError(f"ladder {ladder_id} is retired")
        detail = {"ladder": ladder_id, "version": version + 1}
        await tx.audit.record("ladder changed", by=actor.person.id, unit_id=own.unit_id, detail=detail, now=now)
        return await tx.ladders.replan(ladder_id=ladder_id, now=now) if ladder != own.ladder else 0


async def retire_ladder(storage: Storage, *, actor: Actor, ladder_id: LadderId, now: datetime) -> None:
    """It is offered no more; where it is attached it counts on. Raises NotFoundError, NotAllowedError."""
    async with storage.write() as tx:
        own = await _managed(tx, actor, ladder_id)
        if not await tx.ladders.retire(ladder_id, now=now):
            return
        detail = {"ladder": ladder_id}
        await tx.audit.record("ladder retired", by=actor.person.id, unit_id=own.unit_id, detail=detail, now=now)


async def _usable(tx: Stores, actor: Actor, ladder_id: LadderId) -> OwnLadder:
    own = await tx.ladders.get(ladder_id)
    his = [unit.path for unit in actor.coordinated]
    if own is None or not (actor.can_manage(own.unit_path) or any(path.startswith(own.unit_path) for path in his)):
        raise NotFoundError(f"ladder {ladder_id} is not for person {actor.person.id}")
    return own


async def _managed(tx: Stores, actor: Actor, ladder_id: LadderId) -> OwnLadder:
    own = await _usable(tx, actor, ladder_id)
    if not actor.can_manage(own.unit_path):
        raise NotAllowedError(f"ladder {ladder_id} belongs above person {actor.person.id}")
    return own


async def _own_unit(tx: Stores, actor: Actor) -> Unit:
    units = actor.coordinated or (tuple(await tx.units.children(None)) if actor.is_owner else ())
    if not units:
        raise NotAllowedError(f"person {actor.person.id} coordinates nothing")
    return min(units, key=lambda unit: len(unit.path))
