"""Invitation links of a unit and a role."""

from __future__ import annotations

from datetime import datetime

from bot.domain.errors import NotAllowedError, NotFoundError
from bot.domain.ids import InvitationId, UnitId
from bot.domain.joining import new_token
from bot.domain.network import Actor, Role, roles_in
from bot.ports.invitations import Invitation, NewInvitation
from bot.ports.storage import Storage
from bot.services.show_network import managed_unit


async def invite(storage: Storage, *, actor: Actor, unit_id: UnitId, role: Role, now: datetime) -> Invitation:
    """The valid link of this unit and role; a new one where there is none. Raises NotFoundError, NotAllowedError."""
    async with storage.write() as tx:
        unit = await managed_unit(tx, actor, unit_id)
        if role not in roles_in(unit.kind):
            raise NotAllowedError(f"a {unit.kind} has no {role}")
        found = await tx.invitations.shared(unit.id, role)
        if found is not None:
            return found
        await tx.invitations.add([NewInvitation(new_token(), unit.id, role, created_by=actor.person.id)], now=now)
        await tx.audit.record(
            "invitation made", by=actor.person.id, unit_id=unit.id, detail={"role": role.value}, now=now
        )
        made = await tx.invitations.shared(unit.id, role)
        assert made is not None, "it was added in this very transaction"
        return made


async def revoke_invitation(
    storage: Storage, *, actor: Actor, invitation_id: InvitationId, now: datetime
) -> Invitation:
    """From now on the link admits nobody; those who came by it stay. Raises NotFoundError, NotAllowedError."""
    async with storage.write() as tx:
        invitation = await tx.invitations.get(invitation_id)
        if invitation is None:
            raise NotFoundError(f"no invitation {invitation_id}")
        if not actor.can_manage(invitation.unit.path):
            raise NotAllowedError(f"invitation {invitation_id} is for another part of the network")
        if invitation.revoked_at is None:
            await tx.invitations.revoke(invitation.id, now=now)
            await tx.audit.record(
                "invitation revoked",
                by=actor.person.id,
                unit_id=invitation.unit.id,
                detail={"invitation_id": invitation.id, "role": invitation.role.value},
                now=now,
            )
        return invitation
