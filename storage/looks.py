"""When a job last looked."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.dialect import insert_new
from storage.program_tables import looks


class LookStore:
    """Implements ``bot.ports.looks.Looks``."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def last(self, name: str) -> datetime | None:
        found = await self._connection.execute(select(looks.c.looked_at).where(looks.c.name == name))
        return found.scalar_one_or_none()

    async def note(self, name: str, at: datetime) -> None:
        statement = update(looks).where(looks.c.name == name).values(looked_at=at)
        if (await self._connection.execute(statement)).rowcount == 0:
            await self._connection.execute(insert_new(self._connection, looks, [{"name": name, "looked_at": at}]))
