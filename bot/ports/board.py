"""What the board needs of the storage. ``scope`` are paths of subtrees: the reader sees nothing outside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.board import BoardEntry, BoardLine, Misdelivery, OwingUnit, Silent, Tally
from bot.domain.ids import OccurrenceId, UnitId


class Board(Protocol):
    async def dates(
        self, scope: Sequence[str], *, since: datetime, until: datetime, settled_since: datetime
    ) -> tuple[OccurrenceId, ...]:
        """Dates due from ``since`` to ``until`` that anybody of the scope owes an answer to, the earliest first.

        ``settled_since``: of those due earlier than this only the ones that somebody has not answered yet. Nothing is
        counted: that is for the few of them that are shown.
        """

    async def lines(self, occurrence_ids: Sequence[OccurrenceId], scope: Sequence[str]) -> tuple[BoardLine, ...]:
        """These dates, the earliest first, each added up over the scope; without those that nobody of it owes."""

    async def line(self, occurrence_id: OccurrenceId, scope: Sequence[str]) -> BoardLine | None:
        """One date, added up over the scope; None where nobody of it owes anything."""

    async def line_in_parts(
        self, occurrence_id: OccurrenceId, scope: Sequence[str], subtrees: Sequence[str]
    ) -> tuple[BoardLine | None, Mapping[str, Tally]]:
        """As ``line``, and the sum of each of the subtrees of the scope by its path; without those where nobody owes.

        Everything is counted once: of an event with 250,000 people that is what the screen costs.
        """

    async def entries(self, occurrence_id: OccurrenceId, unit_id: UnitId) -> tuple[BoardEntry, ...]:
        """Every assignment of one unit with who would be written to, the silent ones first."""

    async def owing_units(self, occurrence_id: OccurrenceId, scope: Sequence[str]) -> tuple[OwingUnit, ...]:
        """The units that owe an answer, in the order of an export: by the unit above, then by title."""

    async def entries_of(
        self, occurrence_id: OccurrenceId, owing: Sequence[OwingUnit]
    ) -> tuple[tuple[str, BoardEntry], ...]:
        """All assignments of these units in the same order and then by name, each with the title of the unit above."""

    async def next_entries_of(
        self, occurrence_id: OccurrenceId, owing: OwingUnit, *, after: BoardEntry | None, limit: int
    ) -> tuple[tuple[str, BoardEntry], ...]:
        """Of one unit that owes too many to be read at once, those that follow on ``after``, None for the first."""

    async def silent(
        self, occurrence_id: OccurrenceId, scope: Sequence[str], *, nudged_since: datetime
    ) -> tuple[Silent, ...]:
        """Who can be written to about what nobody has answered, with the last nudge he got since that instant."""

    async def misdelivery(self, occurrence_id: OccurrenceId, scope: Sequence[str]) -> Misdelivery:
        """How many notices about the date did not go to the scope's people as they were planned."""
