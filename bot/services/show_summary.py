"""The collective summary of the silent, as it stands when it is read: matter by matter, school by school."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.domain.board import BoardLine
from bot.domain.errors import NotFoundError
from bot.domain.ids import NoticeId, OccurrenceId
from bot.domain.network import Actor
from bot.domain.steps import Level
from bot.ports.escalation import SilentUnit
from bot.ports.storage import Storage, Stores
from bot.services.show_board import board_scope

UNITS_PAGE = 8
_NAMED = 60  # titles that one matter of a summary may name; the rest is counted


@dataclass(frozen=True, slots=True)
class Silence:
    """One date: its tally in the reader's part of the network, the titles of the silent units, how many owe.

    ``is_of_schools``: schools owe it, not people. ``is_ahead``: its term is yet to come. ``instead``: the level that
    the step names, where nobody of it can be written to.
    """

    line: BoardLine
    silent: tuple[str, ...]
    count: int
    is_of_schools: bool = True
    is_ahead: bool = False
    instead: Level | None = None


@dataclass(frozen=True, slots=True)
class SilentOfMatter:
    """A page of the silent of one matter, with whom to call; ``page`` counts from 0."""

    silence: Silence
    units: tuple[SilentUnit, ...]
    page: int
    pages: int


async def silences_of(
    tx: Stores, scope: Sequence[str], detail: Mapping[str, Any], *, at: datetime
) -> tuple[Silence, ...]:
    """What is left of a summary: matters on which nobody of ``scope`` is silent any more are left out."""
    occurrence_ids = [OccurrenceId(i) for i in detail["occurrences"]]
    of_schools = await tx.escalation.owed_by_schools(occurrence_ids)
    found = []
    for occurrence_id in occurrence_ids:
        line = await tx.board.line(occurrence_id, scope) if scope else None
        if line is None:
            continue
        days = int(detail.get("steps", {}).get(str(occurrence_id), 1))
        by = _past_by(at, days)
        silent = await tx.planning.silent_units(occurrence_id, scope, at=by)
        if silent:  # whoever has a term of his own is silent only once that has passed
            instead = detail.get("instead", {}).get(str(occurrence_id))
            found.append(
                Silence(
                    line,
                    tuple(title for title, _ in silent[:_NAMED]),
                    sum(count for _, count in silent),
                    occurrence_id in of_schools,
                    is_ahead=days <= 0,
                    instead=None if instead is None else Level(instead),
                )
            )
    return tuple(found)


async def show_summary(storage: Storage, *, actor: Actor, notice_id: NoticeId) -> tuple[Silence, ...]:
    """The matters of a summary that the actor got, as they stand. Raises NotFoundError, NotAllowedError."""
    async with storage.read() as tx:
        sent = await tx.escalation.summary(notice_id, actor.person.id)
        if sent is None:
            raise NotFoundError(f"notice {notice_id} is no summary of person {actor.person.id}")
        return await silences_of(tx, board_scope(actor), sent.detail, at=sent.at)


async def show_silent(
    storage: Storage, *, actor: Actor, notice_id: NoticeId, occurrence_id: OccurrenceId, page: int = 0
) -> SilentOfMatter | None:
    """The silent of one matter of a summary, and whom to call there; None once nobody is silent.

    Raises NotFoundError, NotAllowedError.
    """
    async with storage.read() as tx:
        sent = await tx.escalation.summary(notice_id, actor.person.id)
        if sent is None or occurrence_id not in sent.detail["occurrences"]:
            raise NotFoundError(f"notice {notice_id} is no summary of occurrence {occurrence_id}")
        scope = board_scope(actor)
        detail = {**sent.detail, "occurrences": [occurrence_id]}
        silences = await silences_of(tx, scope, detail, at=sent.at)
        if not silences:
            return None
        by = _past_by(sent.at, int(sent.detail.get("steps", {}).get(str(occurrence_id), 1)))
        offset = max(0, page) * UNITS_PAGE
        units, total = await tx.escalation.silent_page(occurrence_id, scope, at=by, limit=UNITS_PAGE, offset=offset)
        if not units:
            offset = 0
            units, total = await tx.escalation.silent_page(occurrence_id, scope, at=by, limit=UNITS_PAGE, offset=0)
    return SilentOfMatter(silences[0], units, offset // UNITS_PAGE, -(-total // UNITS_PAGE))


def _past_by(at: datetime, days: int) -> datetime:
    """Whose term counts: at a step before the term that of the coming days, after it what has passed."""
    return at if days > 0 else at + timedelta(days=2 - days)
