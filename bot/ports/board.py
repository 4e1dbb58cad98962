"""What the board needs of the storage. ``scope`` are paths of subtrees: the reader sees nothing outside them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.board import BoardEntry, BoardLine, Misdelivery, Silent, UnitTally
from bot.domain.ids import OccurrenceId, UnitId


class Board(Protocol):
    async def lines(
        self,
        scope: Sequence[str],
        *,
        since: datetime,
        until: datetime,
        settled_since: datetime,
        limit: int,
        offset: int,
    ) -> tuple[BoardLine, ...]:
        """Dates due from ``since`` to ``until`` that anybody of the scope owes an answer to, the earliest first.

        ``settled_since``: of those due earlier than this only the ones that somebody has not answered yet.
        """

    async def count_lines(
        self, scope: Sequence[str], *, since: datetime, until: datetime, settled_since: datetime
    ) -> int:
        """How many lines there are in all."""

    async def line(self, occurrence_id: OccurrenceId, scope: Sequence[str]) -> BoardLine | None:
        """One date, added up over the scope; None where nobody of it owes anything."""

    async def tally_by_unit(self, occurrence_id: OccurrenceId, scope: Sequence[str]) -> tuple[UnitTally, ...]:
        """The tally of each unit (as a rule a school) that owes an answer, by title."""

    async def entries(self, occurrence_id: OccurrenceId, unit_id: UnitId) -> tuple[BoardEntry, ...]:
        """Every assignment of one unit with who would be written to, the silent ones first."""

    async def all_entries(
        self, occurrence_id: OccurrenceId, scope: Sequence[str]
    ) -> tuple[tuple[str, BoardEntry], ...]:
        """Every assignment of the scope with the title of the unit above, for an export."""

    async def silent(
        self, occurrence_id: OccurrenceId, scope: Sequence[str], *, nudged_since: datetime
    ) -> tuple[Silent, ...]:
        """Who can be written to about what nobody has answered, with the last nudge he got since that instant."""

    async def misdelivery(self, occurrence_id: OccurrenceId, scope: Sequence[str]) -> Misdelivery:
        """How many notices about the date did not go to the scope's people as they were planned."""
