"""The board of one date with every assignment, for a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.domain.board import BoardEntry, BoardLine
from bot.domain.errors import NotFoundError
from bot.domain.forms import Submission
from bot.domain.ids import AssignmentId, OccurrenceId, UnitId
from bot.domain.network import Actor
from bot.ports.storage import Storage
from bot.services.show_board import board_scope


@dataclass(frozen=True, slots=True)
class BoardExport:
    """``entries``: every assignment with the title of the unit above it; ``forms``: those of them handed in."""

    line: BoardLine
    entries: tuple[tuple[str, BoardEntry], ...]
    forms: Mapping[AssignmentId, Submission] = field(default_factory=dict)


async def export_board(
    storage: Storage, *, actor: Actor, occurrence_id: OccurrenceId, unit_id: UnitId | None = None
) -> BoardExport:
    """The subtree of ``unit_id``, or all that the actor sees.

    Raises NotAllowedError and NotFoundError; a unit outside his subtrees is «not found».
    """
    scope = board_scope(actor)
    async with storage.read() as tx:
        if unit_id is not None:
            unit = await tx.units.get(unit_id)
            if unit is None or not actor.can_manage(unit.path):
                raise NotFoundError(f"unit {unit_id} is not in the part of person {actor.person.id}")
            scope = (unit.path,)
        line = await tx.board.line(occurrence_id, scope)
        if line is None:
            raise NotFoundError(f"occurrence {occurrence_id} is not on the board of person {actor.person.id}")
        entries = await tx.board.all_entries(occurrence_id, scope)
        return BoardExport(line, entries, await tx.forms.handed_in_on(occurrence_id, scope))
