"""Invitation links: to anybody in a role, or to one person once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ids import InvitationId, PersonId, UnitId
from bot.domain.network import Role
from bot.ports.invitations import Invitation, NewInvitation
from storage.rows import UNIT, unit_from
from storage.tables import invitations, units


class InvitationStore:
    """Implements ``bot.ports.invitations.Invitations``."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def by_token(self, token: str) -> Invitation | None:
        return await self._one(_select().where(invitations.c.token == token))

    async def get(self, invitation_id: InvitationId) -> Invitation | None:
        return await self._one(_select().where(invitations.c.id == invitation_id))

    async def shared(self, unit_id: UnitId, role: Role) -> Invitation | None:
        statement = _select().where(
            invitations.c.unit_id == unit_id,
            invitations.c.role == role.value,
            invitations.c.person_id.is_(None),
            invitations.c.revoked_at.is_(None),
        )
        return await self._one(statement.order_by(invitations.c.id.desc()).limit(1))

    async def personal_tokens(self, person_ids: Sequence[PersonId]) -> Mapping[PersonId, str]:
        statement = select(invitations.c.person_id, invitations.c.token).where(
            invitations.c.person_id.is_not(None), invitations.c.used_at.is_(None), invitations.c.revoked_at.is_(None)
        )
        wanted = set(person_ids)  # asked of all open links: a region's ids would not fit into one statement
        rows = await self._connection.execute(statement.order_by(invitations.c.id))
        return {PersonId(row.person_id): row.token for row in rows if row.person_id in wanted}

    async def invited_names(self) -> Sequence[tuple[PersonId, UnitId, str]]:
        statement = select(invitations.c.person_id, invitations.c.unit_id, invitations.c.invited_name).where(
            invitations.c.person_id.is_not(None), invitations.c.invited_name.is_not(None)
        )
        rows = await self._connection.execute(statement.order_by(invitations.c.id))
        return [(PersonId(row.person_id), UnitId(row.unit_id), row.invited_name) for row in rows]

    async def add(self, new: Sequence[NewInvitation], *, now: datetime) -> None:
        rows = [
            {
                "token": one.token,
                "unit_id": one.unit_id,
                "role": one.role.value,
                "person_id": one.person_id,
                "invited_name": one.invited_name,
                "cohort": one.cohort,
                "created_by": one.created_by,
                "created_at": now,
            }
            for one in new
        ]
        if rows:
            await self._connection.execute(insert(invitations), rows)

    async def mark_used(self, invitation_id: InvitationId, *, now: datetime) -> None:
        await self._connection.execute(update(invitations).where(invitations.c.id == invitation_id).values(used_at=now))

    async def revoke(self, invitation_id: InvitationId, *, now: datetime) -> None:
        await self._connection.execute(
            update(invitations)
            .where(invitations.c.id == invitation_id, invitations.c.revoked_at.is_(None))
            .values(revoked_at=now)
        )

    async def _one(self, statement: Select[Any]) -> Invitation | None:
        row = (await self._connection.execute(statement)).one_or_none()
        if row is None:
            return None
        return Invitation(
            id=InvitationId(row.id),
            token=row.token,
            unit=unit_from(row),
            role=Role(row.role),
            cohort=row.cohort,
            person_id=None if row.person_id is None else PersonId(row.person_id),
            used_at=row.used_at,
            revoked_at=row.revoked_at,
        )


def _select() -> Select[Any]:
    columns = (c for c in invitations.c if c.name not in ("unit_id", "invited_name", "created_by", "created_at"))
    return select(*columns, *UNIT).join_from(invitations, units, units.c.id == invitations.c.unit_id)
