"""The board of one date with every assignment, for a file: read page by page, so that a million take no more memory
than a thousand."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.domain.board import BoardEntry, BoardLine, OwingUnit
from bot.domain.errors import NotFoundError
from bot.domain.forms import Question, Submission, columns_of
from bot.domain.ids import AssignmentId, OccurrenceId, UnitId
from bot.domain.network import Actor
from bot.ports.storage import Storage
from bot.services.show_board import board_scope

_ROWS = 1_000  # of assignments in one page, and
_UNITS = 100  # of units: SQLite takes so many names in one question


@dataclass(frozen=True, slots=True)
class ExportPage:
    """``entries``: assignments with the title of the unit above each; ``forms``: those of them handed in."""

    entries: tuple[tuple[str, BoardEntry], ...]
    forms: Mapping[AssignmentId, Submission] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BoardExport:
    """``questions``: the columns of what was handed in, none where nothing was."""

    line: BoardLine
    questions: tuple[Question, ...]
    _storage: Storage
    _owing: tuple[OwingUnit, ...]

    async def pages(self) -> AsyncIterator[ExportPage]:
        """Everything, by the unit above and by title, as it is when its page is read: each is read for itself, because
        a reader that stays keeps the write-ahead log from ending."""
        for owing, offset in _parts(self._owing):
            async with self._storage.read() as tx:
                occurrence_id = self.line.occurrence_id
                entries = await tx.board.entries_of(occurrence_id, owing, limit=_ROWS, offset=offset)
                paths = [one.path for one in owing]
                forms = await tx.forms.handed_in_on(occurrence_id, paths) if self.questions else {}
            yield ExportPage(entries, forms)


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
        questions = columns_of(await tx.forms.versions_on(occurrence_id, scope))
        return BoardExport(line, questions, storage, await tx.board.owing_units(occurrence_id, scope))


def _parts(owing: Sequence[OwingUnit]) -> Iterator[tuple[Sequence[OwingUnit], int]]:
    """Units that make a page together; one that fills several stands alone in each, with where that begins."""
    together: list[OwingUnit] = []
    rows = 0
    for unit in owing:
        if together and (rows + unit.how_many > _ROWS or len(together) == _UNITS):
            yield together, 0
            together, rows = [], 0
        if unit.how_many > _ROWS:
            for offset in range(0, unit.how_many, _ROWS):
                yield [unit], offset
        else:
            together.append(unit)
            rows += unit.how_many
    if together:
        yield together, 0
