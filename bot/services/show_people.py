"""The people of a unit, for its coordinators."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.errors import DomainError, NotAllowedError, NotFoundError
from bot.domain.ids import MembershipId, UnitId
from bot.domain.network import Actor, Membership, Reach, Unit
from bot.ports.join_requests import JoinRequest
from bot.ports.people import Member
from bot.ports.storage import Storage, Stores
from bot.services.follow_asked import release_asked
from bot.services.show_network import PAGE, managed_unit, outermost


class OwnMembershipError(DomainError):
    """A coordinator cannot put himself out: «Выйти» in /me is for that."""


@dataclass(frozen=True, slots=True)
class PeoplePage:
    unit: Unit | None
    members: tuple[Member, ...]
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class MemberCard:
    """One person as a coordinator sees him: ``memberships`` only those inside the coordinator's own part.

    ``token``: his personal link, until he has opened it.
    """

    member: Member
    memberships: tuple[Membership, ...]
    token: str | None


async def show_people(storage: Storage, *, actor: Actor, unit_id: UnitId, page: int = 0) -> PeoplePage:
    """The members of this very unit. Raises NotFoundError, NotAllowedError."""
    async with storage.read() as tx:
        unit = await managed_unit(tx, actor, unit_id)
        pages = max(1, -(-await tx.memberships.count_in_unit(unit.id) // PAGE))
        page = max(0, min(page, pages - 1))
        members = await tx.memberships.in_unit(unit.id, limit=PAGE, offset=page * PAGE)
        return PeoplePage(unit, tuple(members), page, pages)


async def show_unreachable(storage: Storage, *, actor: Actor, page: int = 0) -> PeoplePage:
    """All people of the actor's part who have blocked the bot or whose account is gone. Raises NotAllowedError."""
    async with storage.read() as tx:
        paths = await _paths(tx, actor)
        pages = max(1, -(-await tx.memberships.count_unreachable(paths) // PAGE))
        page = max(0, min(page, pages - 1))
        members = await tx.memberships.unreachable(paths, limit=PAGE, offset=page * PAGE)
        return PeoplePage(None, tuple(members), page, pages)


async def show_requests(storage: Storage, *, actor: Actor) -> Sequence[JoinRequest]:
    """The oldest of those who wait to be let in. Raises NotAllowedError."""
    async with storage.read() as tx:
        return await tx.join_requests.waiting_in(await _paths(tx, actor))


async def show_member(storage: Storage, *, actor: Actor, membership_id: MembershipId) -> MemberCard:
    """Raises NotFoundError, NotAllowedError."""
    async with storage.read() as tx:
        member = await _member(tx, actor, membership_id)
        person_id = member.membership.person_id
        everywhere = await tx.memberships.of_person(person_id)
        tokens = await tx.invitations.personal_tokens([person_id]) if member.reach is Reach.NOT_STARTED else {}
        memberships = tuple(one for one in everywhere if actor.can_manage(one.unit.path))
        return MemberCard(member, memberships, tokens.get(person_id))


async def remove_member(storage: Storage, *, actor: Actor, membership_id: MembershipId, now: datetime) -> Member:
    """Puts the person out of the unit; his notices about it stop. Raises as show_member, and OwnMembershipError."""
    async with storage.write() as tx:
        member = await _member(tx, actor, membership_id)
        if member.membership.person_id == actor.person.id:
            raise OwnMembershipError("one leaves by /me")
        await tx.memberships.leave([membership_id], now=now)
        await release_asked(tx, member.membership.person_id, now=now)
        await tx.audit.record(
            "member removed",
            by=actor.person.id,
            unit_id=member.membership.unit.id,
            detail={"person_id": member.membership.person_id, "role": member.membership.role.value},
            now=now,
        )
        return member


async def _member(tx: Stores, actor: Actor, membership_id: MembershipId) -> Member:
    member = await tx.memberships.member(membership_id)
    if member is None:
        raise NotFoundError(f"no membership {membership_id}")
    if not actor.can_manage(member.membership.unit.path):
        raise NotAllowedError(f"membership {membership_id} is in another part of the network")
    return member


async def _paths(tx: Stores, actor: Actor) -> list[str]:
    if not actor.is_coordinator:
        raise NotAllowedError("only coordinators see people")
    units = await tx.units.children(None) if actor.is_owner else outermost(actor)
    return [unit.path for unit in units]
