"""Updates as they came, until they are handled or set aside."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, Update, bindparam, delete, func, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.ports.inbox import ParkedUpdate, Received
from storage.dialect import insert_each_new
from storage.prepared import Prepared
from storage.program_tables import inbox

_WAITING, _HANDLED, _PARKED = "waiting", "handled", "parked"
_RECEIVED = ("update_id", "chat_id", "payload", "received_at")
# Word for word the condition of the partial index: with a bound parameter SQLite would not recognise it.
_IS_WAITING = text("inbox.state = 'waiting'")


class InboxStore:
    """Implements ``bot.ports.inbox.Inbox``."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, updates: Sequence[Received], *, now: datetime) -> int:
        rows = [
            {
                "new_update_id": received.update_id,
                "new_chat_id": received.chat_id,
                "new_payload": dict(received.payload),
                "new_received_at": now,
            }
            for received in updates
        ]
        return await _new_in(self._connection.dialect.name).each(self._connection, rows)

    async def waiting(self, limit: int, *, besides: Collection[int] = ()) -> tuple[Received, ...]:
        rows = await _WAITING_BESIDES.all(self._connection, besides=besides, most=limit)
        return tuple(Received(row.update_id, row.chat_id, row.payload, row.attempts) for row in rows)

    async def handled(self, update_ids: Sequence[int], *, now: datetime) -> None:
        await _HANDLED_AT.all(self._connection, ids=update_ids, at=now)

    async def begun_answer(self, update_id: int) -> int | None:
        statement = select(inbox.c.message_id).where(inbox.c.update_id == update_id)
        return (await self._connection.execute(statement)).scalar_one_or_none()

    async def note_begun_answer(self, update_id: int, message_id: int) -> None:
        statement = update(inbox).where(inbox.c.update_id == update_id)
        await self._connection.execute(statement.values(message_id=message_id))

    async def failed(self, update_id: int, error: str, *, attempts: int) -> None:
        statement = update(inbox).where(inbox.c.update_id == update_id)
        await self._connection.execute(statement.values(error=error, attempts=attempts))

    async def park(self, update_id: int, error: str, *, attempts: int, now: datetime) -> None:
        statement = update(inbox).where(inbox.c.update_id == update_id)
        await self._connection.execute(statement.values(state=_PARKED, error=error, attempts=attempts, handled_at=now))

    async def count_waiting(self) -> int:
        return (await self._connection.execute(select(func.count()).select_from(inbox).where(_IS_WAITING))).scalar_one()

    async def parked_updates(self, *, limit: int) -> tuple[ParkedUpdate, ...]:
        statement = select(inbox.c.update_id, inbox.c.received_at, inbox.c.error).where(inbox.c.state == _PARKED)
        rows = await self._connection.execute(statement.order_by(inbox.c.update_id.desc()).limit(limit))
        return tuple(ParkedUpdate(row.update_id, row.received_at, row.error or "") for row in rows)

    async def forget_parked(self) -> int:
        return (await self._connection.execute(delete(inbox).where(inbox.c.state == _PARKED))).rowcount

    async def take_back(self) -> int:
        statement = update(inbox).where(inbox.c.state == _PARKED)
        again = statement.values(state=_WAITING, attempts=0, handled_at=None)
        return (await self._connection.execute(again)).rowcount

    async def parked(self) -> int:
        statement = select(func.count()).where(inbox.c.state == _PARKED)
        return (await self._connection.execute(statement)).scalar_one()

    async def forget(self, *, handled_before: datetime) -> int:
        statement = delete(inbox).where(inbox.c.state == _HANDLED, inbox.c.handled_at < handled_before)
        return (await self._connection.execute(statement)).rowcount


@cache
def _new_in(dialect: str) -> Prepared:
    new: dict[str, Any] = {name: bindparam(f"new_{name}") for name in _RECEIVED}
    return Prepared(lambda: insert_each_new(dialect, inbox).values(**new, state=_WAITING, attempts=0))


def _waiting_besides() -> Select[Any]:
    others = inbox.c.update_id.not_in(bindparam("besides", expanding=True))
    found = select(inbox.c.update_id, inbox.c.chat_id, inbox.c.payload, inbox.c.attempts).where(_IS_WAITING, others)
    return found.order_by(inbox.c.update_id).limit(bindparam("most"))


def _handled_at() -> Update:
    those = inbox.c.update_id.in_(bindparam("ids", expanding=True))
    return update(inbox).where(those).values(state=_HANDLED, handled_at=bindparam("at"))


_WAITING_BESIDES = Prepared(_waiting_besides, lists=["besides"])
_HANDLED_AT = Prepared(_handled_at, lists=["ids"])
