"""Places, quotas, the reserve and the last day of a selection that runs are changed; who is on a list stays there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.drafts import PlannedDate
from bot.domain.errors import NotFoundError, OutdatedError
from bot.domain.ids import OccurrenceId, UnitId
from bot.domain.matters import OccurrenceState
from bot.domain.names import one_line
from bot.domain.network import Actor, Unit
from bot.domain.own_terms import ensure_later, own_due_at, read_wanted
from bot.domain.selection import Selection
from bot.domain.selection_drafts import SelectionPart, with_bound, with_quota
from bot.ports.selections import SelectionLine
from bot.ports.storage import Storage, Stores
from bot.services.announce_decisions import managed_selection
from bot.services.end_applications import plan_end
from bot.services.move_occurrence import managed_date, move_within
from bot.services.quota_parts import quota_parts


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
        await _put(tx, known, with_bound(known.line.selection, part, words, known.parts), actor=actor, now=now)
        return await _bounds(tx, actor, occurrence_id)


async def change_quota(
    storage: Storage,
    *,
    actor: Actor,
    occurrence_id: OccurrenceId,
    unit_id: UnitId,
    quota: int | None,
    seen: int | None,
    now: datetime,
) -> Bounds:
    """Another quota of one municipality, or none; nobody is told, and nobody loses his place.

    ``seen``: what stood there when it was chosen. Chosen again it is the same. Raises NotFoundError, OutdatedError
    where another stands there by now.
    """
    async with storage.write() as tx:
        await tx.applications.hold(occurrence_id)
        known = await _bounds(tx, actor, occurrence_id)
        if all(part.id != unit_id for part in known.parts):
            raise NotFoundError(f"unit {unit_id} has no quota in selection {occurrence_id}")
        stands = known.line.selection.quota_of(unit_id)
        if stands == quota:
            return known
        if stands != seen:
            raise OutdatedError(f"the quota of unit {unit_id} has changed")
        await _put(tx, known, with_quota(known.line.selection, unit_id, quota, known.parts), actor=actor, now=now)
        return await _bounds(tx, actor, occurrence_id)


async def prolong_selection(
    storage: Storage, *, actor: Actor, occurrence_id: OccurrenceId, words: str, now: datetime
) -> Bounds:
    """Applications are taken to the end of the day that the words name, also where the term has run out.

    Whoever was told of the selection hears of it once, and its reminders move along; the same day changes nothing.

    Raises NotFoundError, DateClosedError (it was ended), TermNotReadError, TermPastError, TermNoLaterError.
    """
    async with storage.write() as tx:
        known = await _bounds(tx, actor, occurrence_id)
        zone = ZoneInfo(known.line.timezone)
        last = known.line.due_at.astimezone(zone).date()
        until = read_wanted(one_line(words), today=now.astimezone(zone).date(), since=last)
        if until == last and known.line.state is OccurrenceState.OPEN:
            return known
        ensure_later(until, due_on=last)
        facts = await managed_date(tx, actor, occurrence_id)
        to = PlannedDate(own_due_at(until, zone), until, False, known.line.timezone)
        await move_within(tx, facts, actor=actor, version=known.line.version, to=to, now=now)
        await plan_end(tx, occurrence_id, actor=actor, now=now)
        return await _bounds(tx, actor, occurrence_id)


async def _put(tx: Stores, known: Bounds, bounded: Selection, *, actor: Actor, now: datetime) -> None:
    line = known.line
    if bounded == line.selection:
        return
    await tx.applications.bound(line.activity_id, bounded)
    detail = {"occurrence": line.occurrence_id, "bounds": bounded.to_json()}
    await tx.audit.record("selection bounds changed", by=actor.person.id, unit_id=line.unit_id, detail=detail, now=now)


async def _bounds(tx: Stores, actor: Actor, occurrence_id: OccurrenceId) -> Bounds:
    line = await managed_selection(tx, actor, occurrence_id)
    return Bounds(line, await quota_parts(tx, line.unit_path))
