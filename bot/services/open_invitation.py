"""Somebody opened an invitation link: what it offers him."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.ids import PersonId
from bot.domain.joining import AlreadyMemberError, InvitationProblem, InvitationRefusedError
from bot.domain.names import same_title
from bot.domain.network import Actor, Membership, Standing, Unit
from bot.ports.invitations import Invitation
from bot.ports.storage import Storage, Stores


@dataclass(frozen=True, slots=True)
class OpenedInvitation:
    """``known_name``: the name that a personal link was made for; ``above``: the units over the invitation's own."""

    invitation: Invitation
    above: tuple[Unit, ...]
    known_name: str | None


async def open_invitation(storage: Storage, *, token: str, actor: Actor | None) -> OpenedInvitation:
    """What the link offers to a newcomer (``actor`` None) or to somebody registered. Changes nothing.

    Raises InvitationRefusedError, and AlreadyMemberError when there is nothing to add.
    """
    async with storage.read() as tx:
        invitation = await admitting_invitation(tx, token, actor)
        above = await tx.units.ancestors(invitation.unit)
        invited = None if invitation.person_id is None else await tx.people.get(invitation.person_id)
        return OpenedInvitation(invitation, tuple(above), None if invited is None else invited.full_name)


async def admitting_invitation(tx: Stores, token: str, actor: Actor | None) -> Invitation:
    """The invitation under ``token`` if it admits this person. Raises as ``open_invitation`` does."""
    invitation = await tx.invitations.by_token(token)
    if invitation is None:
        raise InvitationRefusedError(InvitationProblem.UNKNOWN)
    if actor is not None and _membership_by(invitation, actor) is not None:
        raise AlreadyMemberError(invitation.unit, invitation.role)
    if invitation.revoked_at is not None or await tx.units.get(invitation.unit.id) is None:
        raise InvitationRefusedError(InvitationProblem.REVOKED)
    if invitation.person_id is not None:
        await _ensure_his_own(tx, invitation, invitation.person_id, actor)
    return invitation


async def _ensure_his_own(tx: Stores, invitation: Invitation, invited: PersonId, actor: Actor | None) -> None:
    if invitation.used_at is not None and (actor is None or actor.person.id != invited):
        raise InvitationRefusedError(InvitationProblem.TAKEN)
    if actor is None or actor.person.id == invited:
        return
    # A person of several schools gets a personal link from each: the same name joins them, another name does not.
    person = await tx.people.get(invited)
    if person is None or not same_title(person.full_name, actor.person.full_name):
        raise InvitationRefusedError(InvitationProblem.OTHER_PERSON)


def _membership_by(invitation: Invitation, actor: Actor) -> Membership | None:
    return next(
        (
            membership
            for membership in actor.memberships
            if membership.unit.id == invitation.unit.id
            and membership.role is invitation.role
            and membership.standing is not Standing.LEFT
        ),
        None,
    )
