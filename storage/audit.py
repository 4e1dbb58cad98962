"""Acts that concern others, as rows that are only ever added."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ids import PersonId, UnitId
from storage.program_tables import audit


class AuditStore:
    """Implements ``bot.ports.audit.Audit``."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def record(
        self,
        act: str,
        *,
        by: PersonId | None,
        unit_id: UnitId | None = None,
        detail: Mapping[str, Any] | None = None,
        now: datetime,
    ) -> None:
        row = {"at": now, "person_id": by, "act": act, "unit_id": unit_id, "detail": dict(detail or {})}
        await self._connection.execute(insert(audit).values(row))

    async def instants(self, act: str, *, by: PersonId, since: datetime) -> tuple[datetime, ...]:
        statement = select(audit.c.at).where(audit.c.person_id == by, audit.c.act == act, audit.c.at > since)
        return tuple((await self._connection.execute(statement)).scalars())

    async def last_at(self) -> datetime | None:
        statement = select(audit.c.at).order_by(audit.c.id.desc()).limit(1)
        return (await self._connection.execute(statement)).scalar_one_or_none()

    async def last(self) -> int:
        return (await self._connection.execute(select(func.max(audit.c.id)))).scalar_one() or 0
