"""The part of the tree that somebody may see, one level at a time."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.errors import NotAllowedError, NotFoundError
from bot.domain.ids import UnitId
from bot.domain.network import Actor, Unit, UnitKind
from bot.ports.storage import Storage, Stores
from bot.ports.units import UnitSummary

PAGE = 8


@dataclass(frozen=True, slots=True)
class Level:
    """A unit (None: above the roots) with one page of what stands right below it.

    ``above`` holds only units that the actor may open; ``pages`` is at least 1.
    """

    here: UnitSummary | None
    above: tuple[Unit, ...]
    below: tuple[UnitSummary, ...]
    page: int
    pages: int
    has_sisters: bool = False
    """Whether there are other roots beside the one shown, for somebody who chooses."""


async def show_network(storage: Storage, *, actor: Actor, unit_id: UnitId | None = None, page: int = 0) -> Level:
    """One level of the actor's own part. Without a unit: the roots for the owner, his own units for a coordinator
    (and when there is only one, that one). Raises NotFoundError, NotAllowedError.
    """
    if not actor.is_coordinator:
        raise NotAllowedError("only coordinators see the network")
    async with storage.read() as tx:
        if unit_id is None and actor.is_owner:
            return await _roots(tx, page)
        own = outermost(actor)
        if unit_id is None and len(own) > 1:
            return await _own_units(tx, own)
        return await _level(tx, actor, own[0].id if unit_id is None else unit_id, page)


async def public_level(storage: Storage, *, unit_id: UnitId | None, page: int = 0) -> Level:
    """What a newcomer without a link chooses from: titles only. Where there is one region it is passed over.

    Raises NotFoundError.
    """
    async with storage.read() as tx:
        roots = await tx.units.children(None, limit=2)
        start = unit_id if unit_id is not None or len(roots) != 1 else roots[0].id
        unit = None if start is None else await _unit(tx, start)
        total = await tx.units.count_children(start)
        page = _within(page, total)
        children = await tx.units.children(start, limit=PAGE, offset=page * PAGE)
        here = None if unit is None else _uncounted(unit)
        above = [] if unit is None else await tx.units.ancestors(unit)
        below = tuple(_uncounted(child) for child in children)
        return Level(here, tuple(above), below, page, _pages(total), has_sisters=len(roots) > 1)


def outermost(actor: Actor) -> tuple[Unit, ...]:
    """The actor's coordinated units without those that lie inside another of them."""
    own = {unit.id: unit for unit in actor.coordinated}.values()
    return tuple(unit for unit in own if not any(o.id != unit.id and o.contains(unit.path) for o in own))


async def managed_unit(tx: Stores, actor: Actor, unit_id: UnitId) -> Unit:
    """The unit, once it is sure that the actor may act on it. Raises NotFoundError, NotAllowedError."""
    unit = await _unit(tx, unit_id)
    if not actor.can_manage(unit.path):
        raise NotAllowedError(f"unit {unit_id} is in another part of the network")
    return unit


async def _unit(tx: Stores, unit_id: UnitId) -> Unit:
    unit = await tx.units.get(unit_id)
    if unit is None:
        raise NotFoundError(f"no unit {unit_id}")
    return unit


async def _roots(tx: Stores, page: int) -> Level:
    total = await tx.units.count_children(None)
    page = _within(page, total)
    below = await tx.units.summaries(None, limit=PAGE, offset=page * PAGE)
    return Level(None, (), tuple(below), page, _pages(total))


async def _own_units(tx: Stores, own: tuple[Unit, ...]) -> Level:
    found = [await tx.units.summary(unit.id) for unit in own]
    return Level(None, (), tuple(summary for summary in found if summary is not None), 0, 1)


async def _level(tx: Stores, actor: Actor, unit_id: UnitId, page: int) -> Level:
    unit = await managed_unit(tx, actor, unit_id)
    here = await tx.units.summary(unit.id)
    total = 0 if unit.kind is UnitKind.SCHOOL else await tx.units.count_children(unit.id)
    page = _within(page, total)
    below = await tx.units.summaries(unit.id, limit=PAGE, offset=page * PAGE)
    above = [one for one in await tx.units.ancestors(unit) if actor.can_manage(one.path)]
    return Level(here, tuple(above), tuple(below), page, _pages(total))


def _uncounted(unit: Unit) -> UnitSummary:
    return UnitSummary(unit, schools=0, people=0, invited=0, unreachable=0)


def _pages(total: int) -> int:
    return max(1, -(-total // PAGE))


def _within(page: int, total: int) -> int:
    return max(0, min(page, _pages(total) - 1))
