"""Requests of those who came without a link, and what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ids import PersonId, RequestId, UnitId
from bot.domain.network import Role
from bot.ports.join_requests import JoinRequest, RequestState
from storage.rows import UNIT, unit_from
from storage.subtrees import within
from storage.tables import join_requests, persons, units

_WAITS = join_requests.c.state == RequestState.WAITING.value
_deciders = persons.alias("deciders")


class JoinRequestStore:
    """Implements ``bot.ports.join_requests.JoinRequests``."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, request_id: RequestId) -> JoinRequest | None:
        found = await self._many(_select().where(join_requests.c.id == request_id))
        return found[0] if found else None

    async def add(self, person_id: PersonId, unit_id: UnitId, role: Role, *, now: datetime) -> RequestId:
        row = {
            "person_id": person_id,
            "unit_id": unit_id,
            "role": role.value,
            "state": RequestState.WAITING.value,
            "created_at": now,
        }
        statement = insert(join_requests).values(row).returning(join_requests.c.id)
        return RequestId((await self._connection.execute(statement)).scalar_one())

    async def waiting_of(self, person_id: PersonId) -> JoinRequest | None:
        statement = _select().where(join_requests.c.person_id == person_id, _WAITS)
        found = await self._many(statement.order_by(join_requests.c.id.desc()).limit(1))
        return found[0] if found else None

    async def waiting_in(self, paths: Sequence[str], *, limit: int = 20) -> Sequence[JoinRequest]:
        if not paths:
            return []
        below = within(self._connection, paths)
        return await self._many(_select().where(_WAITS, below).order_by(join_requests.c.id).limit(limit))

    async def settle(
        self, request_id: RequestId, state: RequestState, *, decided_by: PersonId | None, now: datetime
    ) -> bool:
        settled = await self._connection.execute(
            update(join_requests)
            .where(join_requests.c.id == request_id, _WAITS)
            .values(state=state.value, decided_by=decided_by, decided_at=now)
        )
        return settled.rowcount > 0

    async def _many(self, statement: Select[Any]) -> list[JoinRequest]:
        return [
            JoinRequest(
                id=RequestId(row.id),
                person_id=PersonId(row.person_id),
                full_name=row.full_name,
                unit=unit_from(row),
                role=Role(row.role),
                state=RequestState(row.state),
                created_at=row.created_at,
                decided_at=row.decided_at,
                decided_by=row.decided_by_name,
            )
            for row in await self._connection.execute(statement)
        ]


def _select() -> Select[Any]:
    return (
        select(
            join_requests.c.id,
            join_requests.c.person_id,
            join_requests.c.role,
            join_requests.c.state,
            join_requests.c.created_at,
            join_requests.c.decided_at,
            persons.c.full_name,
            _deciders.c.full_name.label("decided_by_name"),
            *UNIT,
        )
        .join_from(join_requests, persons, persons.c.id == join_requests.c.person_id)
        .join(units, units.c.id == join_requests.c.unit_id)
        .outerjoin(_deciders, _deciders.c.id == join_requests.c.decided_by)
    )
