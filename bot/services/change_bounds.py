"""Places, quotas and the reserve of a selection that runs are changed; who stands on a list stays there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.ids import OccurrenceId
from bot.domain.network import Actor, Unit, UnitKind
from bot.domain.selection_drafts import SelectionPart, with_bound
from bot.ports.selections import SelectionLine
from bot.ports.storage import Storage, Stores
from bot.services.announce_decisions import managed_selection


@dataclass(frozen=True, slots=True)
class Bounds:
    """``parts``: the municipalities that may have quotas, by title."""

    line: SelectionLine
    parts: tuple[Unit, ...]


async def show_bounds(storage: Storage, *, actor: Actor, occurrence_id: OccurrenceId) -> Bounds:
    """Raises NotFoundError."""
    async with storage.read() as tx:
        return await _bounds(tx, actor, occurrence_id)


async def change_bounds(
    storage: Storage, *, actor: Actor, occurrence_id: OccurrenceId, part: SelectionPart, words: str, now: datetime
) -> Bounds:
    """From now on others are exceeded; nobody is told, and nobody loses his place. Typed again it is the same.

    Raises NotFoundError, BadPlacesError, BadQuotasError.
    """
    async with storage.write() as tx:
        known = await _bounds(tx, actor, occurrence_id)
        await tx.applications.hold(occurrence_id)
        bounded = with_bound(known.line.selection, part, words, known.parts)
        if bounded != known.line.selection:
            await tx.applications.bound(known.line.activity_id, bounded)
            detail = {"occurrence": occurrence_id, "bounds": bounded.to_json()}
            unit_id, by = known.line.unit_id, actor.person.id
            await tx.audit.record("selection bounds changed", by=by, unit_id=unit_id, detail=detail, now=now)
        return await _bounds(tx, actor, occurrence_id)


async def _bounds(tx: Stores, actor: Actor, occurrence_id: OccurrenceId) -> Bounds:
    line = await managed_selection(tx, actor, occurrence_id)
    parts: Sequence[Unit] = await tx.units.subtree([line.unit_path], UnitKind.MUNICIPALITY)
    return Bounds(line, tuple(sorted(parts, key=lambda part: part.title)))
