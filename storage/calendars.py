"""What stands in somebody's calendar, and the name of this installation that keeps entries apart from others'."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ids import AssignmentId, PersonId, UnitId
from storage.dialect import insert_new
from storage.due import term_at
from storage.program_tables import installation
from storage.tables import assignments, occurrences

_ONLY = 1


class CalendarStore:
    """Implements ``bot.ports.calendars.Calendars``."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def installation(self) -> str | None:
        found = await self._connection.execute(select(installation.c.name).where(installation.c.id == _ONLY))
        return found.scalar_one_or_none()

    async def name_installation(self, name: str) -> str:
        await self._connection.execute(insert_new(self._connection, installation, [{"id": _ONLY, "name": name}]))
        return await self.installation() or name

    async def of_person(
        self, person_id: PersonId, school_ids: Sequence[UnitId], *, since: datetime, limit: int
    ) -> tuple[AssignmentId, ...]:
        of_schools = and_(assignments.c.person_id.is_(None), assignments.c.unit_id.in_(school_ids))
        statement = (
            select(assignments.c.id)
            .join(occurrences, occurrences.c.id == assignments.c.occurrence_id)
            .where(or_(assignments.c.person_id == person_id, of_schools), term_at >= since)
            .order_by(term_at, assignments.c.id)
            .limit(limit)
        )
        return tuple(AssignmentId(i) for i in (await self._connection.execute(statement)).scalars())
