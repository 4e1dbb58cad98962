"""Where each person stands in a dialogue: a row that survives a restart."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.ports.dialogues import Dialogue
from storage.dialect import upsert
from storage.prepared import Prepared
from storage.program_tables import dialogues

_OF_KEY = Prepared(lambda: select(dialogues.c.state, dialogues.c.data).where(dialogues.c.key == bindparam("of_key")))


class DialogueStore:
    """Implements ``bot.ports.dialogues.Dialogues``."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, key: str) -> Dialogue:
        row = await _OF_KEY.first(self._connection, of_key=key)
        return Dialogue() if row is None else Dialogue(row.state, row.data)

    async def put(self, key: str, dialogue: Dialogue, *, now: datetime) -> None:
        if dialogue == Dialogue():
            await self._connection.execute(delete(dialogues).where(dialogues.c.key == key))
            return
        row = {
            "key": key,
            "state": dialogue.state,
            "data": dialogue.data,
            "changed_at": now,
            "message_id": dialogue.message_id,
        }
        await self._connection.execute(upsert(self._connection, dialogues, row, key=["key"]))
