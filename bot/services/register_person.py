"""A newcomer by link, who has agreed and named himself, becomes a person of the network."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain import names
from bot.domain.consent import CONSENT_VERSION
from bot.domain.errors import NotAllowedError
from bot.domain.ids import PersonId
from bot.domain.joining import AlreadyMemberError, ConsentOutdatedError
from bot.domain.network import Actor, Reach, Role, Unit
from bot.ports.invitations import Invitation
from bot.ports.join_requests import RequestState
from bot.ports.people import NewMembership
from bot.ports.storage import Storage, Stores
from bot.services.open_invitation import admitting_invitation


@dataclass(frozen=True, slots=True)
class Joined:
    """``unit`` is None for an owner, who stands above the tree."""

    person_id: PersonId
    full_name: str
    unit: Unit | None
    role: Role | None


async def register_by_link(
    storage: Storage, *, account: int, token: str, full_name: str, consent_version: int, now: datetime
) -> Joined:
    """Stores the person, his consent, his account and the membership that the link offers.

    What was done before (a second tap, a crash after the first) is done: he is welcomed all the same.
    Raises BadNameError, ConsentOutdatedError, InvitationRefusedError.
    """
    name = names.full_name(full_name)
    ensure_present_wording(consent_version)
    async with storage.write() as tx:
        actor = await tx.people.actor_by_account(account, is_owner=False)
        try:
            invitation = await admitting_invitation(tx, token, actor)
        except AlreadyMemberError as known:
            assert actor is not None, "a stranger is a member of nothing"
            return Joined(actor.person.id, actor.person.full_name, known.unit, known.role)
        if actor is not None:  # registered in another chat screen meanwhile: the link is one more membership
            await _add_membership(tx, actor, invitation, now)
            return Joined(actor.person.id, actor.person.full_name, invitation.unit, invitation.role)
        person_id = await _person(tx, invitation, name, now)
        await tx.people.link_account(person_id, account, now=now)
        await tx.people.record_consent(person_id, consent_version, now=now)
        await _admit(tx, person_id, invitation, now)
        return Joined(person_id, name, invitation.unit, invitation.role)


async def join_by_link(storage: Storage, *, actor: Actor, token: str, now: datetime) -> Joined:
    """Adds one more membership to somebody registered. Raises as ``open_invitation`` does."""
    async with storage.write() as tx:
        invitation = await admitting_invitation(tx, token, actor)
        await _add_membership(tx, actor, invitation, now)
        return Joined(actor.person.id, actor.person.full_name, invitation.unit, invitation.role)


async def register_owner(
    storage: Storage, *, account: int, is_owner: bool, full_name: str, consent_version: int, now: datetime
) -> Joined:
    """The one who runs the bot; he has no place in the tree. Raises NotAllowedError for anybody else."""
    name = names.full_name(full_name)
    ensure_present_wording(consent_version)
    if not is_owner:
        raise NotAllowedError("not among the owners")
    async with storage.write() as tx:
        person_id = await newcomer(tx, account, name, consent_version, now)
        await tx.audit.record("owner registered", by=person_id, now=now)
        return Joined(person_id, name, None, None)


async def newcomer(tx: Stores, account: int, full_name: str, consent_version: int, now: datetime) -> PersonId:
    """A person of this account; the one there is already, if a crash made the step run twice."""
    known = await tx.people.by_account(account)
    if known is not None:
        return known.id
    [person_id] = await tx.people.add([full_name], reach=Reach.NOT_STARTED, now=now)
    await tx.people.link_account(person_id, account, now=now)
    await tx.people.record_consent(person_id, consent_version, now=now)
    return person_id


def ensure_present_wording(consent_version: int) -> None:
    """Raises ConsentOutdatedError."""
    if consent_version != CONSENT_VERSION:
        raise ConsentOutdatedError(f"agreed to wording {consent_version}, the present one is {CONSENT_VERSION}")


async def _person(tx: Stores, invitation: Invitation, name: str, now: datetime) -> PersonId:
    if invitation.person_id is None:
        [person_id] = await tx.people.add([name], reach=Reach.NOT_STARTED, now=now)
        return person_id
    await tx.people.rename(invitation.person_id, name)
    return invitation.person_id


async def _add_membership(tx: Stores, actor: Actor, invitation: Invitation, now: datetime) -> None:
    twin = invitation.person_id
    if twin is not None and twin != actor.person.id:
        # The table gave him a second entry: its memberships become his, the entry itself goes.
        theirs = await tx.memberships.of_person(twin)
        await tx.memberships.leave([m.id for m in theirs], now=now)
        await tx.memberships.add([NewMembership(actor.person.id, m.unit.id, m.role, m.cohort) for m in theirs], now=now)
        await tx.people.erase(twin, now=now)
    await _admit(tx, actor.person.id, invitation, now)


async def _admit(tx: Stores, person_id: PersonId, invitation: Invitation, now: datetime) -> None:
    added = await tx.memberships.add(
        [NewMembership(person_id, invitation.unit.id, invitation.role, invitation.cohort)], now=now
    )
    if invitation.person_id is None and not added:
        raise AlreadyMemberError(invitation.unit, invitation.role)
    if invitation.person_id is not None:
        await tx.invitations.mark_used(invitation.id, now=now)
    waiting = await tx.join_requests.waiting_of(person_id)
    if waiting is not None:  # the link has let him in: nobody need decide any more
        await tx.join_requests.settle(waiting.id, RequestState.WITHDRAWN, decided_by=None, now=now)
    await tx.audit.record(
        "joined by link",
        by=person_id,
        unit_id=invitation.unit.id,
        detail={"invitation_id": invitation.id, "role": invitation.role.value},
        now=now,
    )
