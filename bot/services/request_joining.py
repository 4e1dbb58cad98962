"""Somebody without a link asks to be let in, and may think better of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain import names
from bot.domain.delivery import NoticeKind
from bot.domain.errors import NotFoundError
from bot.domain.ids import PersonId, RequestId, UnitId
from bot.domain.joining import AlreadyMemberError, RequestSettledError
from bot.domain.network import Actor, Role, Standing, Unit, roles_in
from bot.ports.join_requests import JoinRequest, RequestState
from bot.ports.notices import NewNotice
from bot.ports.storage import Storage, Stores
from bot.services.register_person import ensure_present_wording, newcomer

REQUEST_HELPS_FOR = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What a stranger has said of himself by the time he asks."""

    account: int
    full_name: str
    consent_version: int


@dataclass(frozen=True, slots=True)
class AskedToJoin:
    """``deciders``: how many people were asked; none means that nobody can decide yet."""

    request_id: RequestId
    unit: Unit
    deciders: int


async def request_joining(
    storage: Storage,
    *,
    applicant: Newcomer | Actor,
    unit_id: UnitId,
    role: Role,
    owner_accounts: Collection[int],
    now: datetime,
) -> AskedToJoin:
    """Stores the request and tells the nearest ones who can decide: the school's coordinators, else those above.

    Asking again for the same place changes nothing; for another place it replaces the request.
    Raises BadNameError, ConsentOutdatedError, NotFoundError, AlreadyMemberError.
    """
    if isinstance(applicant, Newcomer):
        names.full_name(applicant.full_name)
        ensure_present_wording(applicant.consent_version)
    async with storage.write() as tx:
        unit = await tx.units.get(unit_id)
        if unit is None or role not in roles_in(unit.kind):
            raise NotFoundError(f"no place as {role} in unit {unit_id}")
        person_id = await _person(tx, applicant, now)
        await _ensure_outside(tx, person_id, unit, role)
        waiting = await tx.join_requests.waiting_of(person_id)
        if waiting is not None and (waiting.unit.id, waiting.role) == (unit_id, role):
            request_id = waiting.id
        else:
            await _withdraw(tx, waiting, now)
            request_id = await tx.join_requests.add(person_id, unit_id, role, now=now)
        deciders = await _deciders(tx, unit, person_id, owner_accounts)
        await tx.notices.plan([_notice(request_id, unit, decider, now) for decider in deciders], now=now)
        return AskedToJoin(request_id, unit, len(deciders))


async def withdraw_request(storage: Storage, *, actor: Actor, now: datetime) -> JoinRequest:
    """The applicant's own request is withdrawn. Raises RequestSettledError when none waits."""
    async with storage.write() as tx:
        waiting = await tx.join_requests.waiting_of(actor.person.id)
        if waiting is None:
            raise RequestSettledError("no request waits")
        await _withdraw(tx, waiting, now)
        return waiting


async def waiting_request(storage: Storage, *, actor: Actor) -> JoinRequest | None:
    """What the applicant waits for."""
    async with storage.read() as tx:
        return await tx.join_requests.waiting_of(actor.person.id)


async def _person(tx: Stores, applicant: Newcomer | Actor, now: datetime) -> PersonId:
    if isinstance(applicant, Actor):
        return applicant.person.id
    name = names.full_name(applicant.full_name)
    return await newcomer(tx, applicant.account, name, applicant.consent_version, now)


async def _ensure_outside(tx: Stores, person_id: PersonId, unit: Unit, role: Role) -> None:
    for membership in await tx.memberships.of_person(person_id):
        is_same = membership.unit.id == unit.id and membership.role is role
        if is_same and membership.standing is not Standing.LEFT:
            raise AlreadyMemberError(unit, role)


async def _withdraw(tx: Stores, waiting: JoinRequest | None, now: datetime) -> None:
    if waiting is not None:
        await tx.join_requests.settle(waiting.id, RequestState.WITHDRAWN, decided_by=None, now=now)


async def _deciders(tx: Stores, unit: Unit, applicant: PersonId, owner_accounts: Collection[int]) -> Sequence[PersonId]:
    for place in (unit, *reversed(await tx.units.ancestors(unit))):
        coordinators = [one for one in await tx.memberships.coordinators_of(place.id) if one != applicant]
        if coordinators:
            return coordinators
    return [one for one in await tx.people.by_accounts(owner_accounts) if one != applicant]


def _notice(request_id: RequestId, unit: Unit, decider: PersonId, now: datetime) -> NewNotice:
    return NewNotice(
        key=f"join:{request_id}:{decider}",
        person_id=decider,
        kind=NoticeKind.JOIN_REQUEST,
        due_at=now,
        expires_at=now + REQUEST_HELPS_FOR,
        unit_id=unit.id,
        detail={"request_id": request_id},
    )
