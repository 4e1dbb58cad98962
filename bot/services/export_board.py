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
        """Everything, by the unit above, by title and by name, as it is when its page is read: each is read for itself,
        because a reader that stays keeps the write-ahead log from ending.

        Whoever answers meanwhile is in it once all the same: a page goes on from the last line of the one before.
        """
        for owing in _parts(self._owing):
            is_long = owing[0].how_many > _ROWS
            page = await self._page(owing, None, is_long=is_long)
            yield page
            while is_long and len(page.entries) == _ROWS:
                page = await self._page(owing, page.entries[-1][1], is_long=True)
                yield page

    async def _page(self, owing: Sequence[OwingUnit], after: BoardEntry | None, *, is_long: bool) -> ExportPage:
        date = self.line.occurrence_id
        async with self._storage.read() as tx:
            if is_long:
                entries = await tx.board.next_entries_of(date, owing[0], after=after, limit=_ROWS)
            else:
                entries = await tx.board.entries_of(date, owing)
            forms = await tx.forms.handed_in_on(date, [one.path for one in owing]) if self.questions else {}
        return ExportPage(entries, forms)


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


def _parts(owing: Sequence[OwingUnit]) -> Iterator[Sequence[OwingUnit]]:
    """Units that make a page together; one that fills several stands alone."""
    together: list[OwingUnit] = []
    rows = 0
    for unit in owing:
        if together and (rows + unit.how_many > _ROWS or len(together) == _UNITS):
            yield together
            together, rows = [], 0
        if unit.how_many > _ROWS:
            yield [unit]
        else:
            together.append(unit)
            rows += unit.how_many
    if together:
        yield together
