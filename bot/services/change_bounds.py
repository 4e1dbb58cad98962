"""Places, quotas, the reserve and the last day of a selection that runs are changed; who is on a list stays there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.drafts import PlannedDate
from bot.domain.ids import OccurrenceId
from bot.domain.matters import OccurrenceState
from bot.domain.names import one_line
from bot.domain.network import Actor, Unit
from bot.domain.own_terms import ensure_later, own_due_at, read_wanted
from bot.domain.selection_drafts import SelectionPart, with_bound
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
        bounded = with_bound(known.line.selection, part, words, known.parts)
        if bounded != known.line.selection:
            await tx.applications.bound(known.line.activity_id, bounded)
            detail = {"occurrence": occurrence_id, "bounds": bounded.to_json()}
            unit_id, by = known.line.unit_id, actor.person.id
            await tx.audit.record("selection bounds changed", by=by, unit_id=unit_id, detail=detail, now=now)
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


async def _bounds(tx: Stores, actor: Actor, occurrence_id: OccurrenceId) -> Bounds:
    line = await managed_selection(tx, actor, occurrence_id)
    return Bounds(line, await quota_parts(tx, line.unit_path))
