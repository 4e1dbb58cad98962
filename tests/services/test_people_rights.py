"""Rights follow the tree: what each may do to which unit, as a table."""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable

import pytest

from bot.domain.errors import NotAllowedError, NotFoundError
from bot.domain.ids import InvitationId, MembershipId, PersonId, UnitId
from bot.domain.network import Actor, Role
from bot.ports.invitations import NewInvitation
from bot.services.decide_request import decide_request
from bot.services.edit_network import add_region, add_units, remove_unit, rename_unit, set_unit_timezone
from bot.services.invite import invite, revoke_invitation
from bot.services.show_network import show_network
from bot.services.show_people import remove_member, show_member, show_people, show_requests, show_unreachable
from storage.database import Database
from tests.calendar_days import MONDAY
from tests.factories import NetworkFactory, SmallNetwork, account_of

Act = Callable[[Database, Actor, UnitId], Awaitable[object]]


async def _rename(database: Database, actor: Actor, unit: UnitId) -> object:
    return await rename_unit(database, actor=actor, unit_id=unit, title="Новое имя", now=MONDAY)


async def _move_zone(database: Database, actor: Actor, unit: UnitId) -> object:
    return await set_unit_timezone(database, actor=actor, unit_id=unit, timezone="Asia/Omsk", now=MONDAY)


async def _remove(database: Database, actor: Actor, unit: UnitId) -> object:
    return await remove_unit(database, actor=actor, unit_id=unit, now=MONDAY)


async def _invite(database: Database, actor: Actor, unit: UnitId) -> object:
    return await invite(database, actor=actor, unit_id=unit, role=Role.TEACHER, now=MONDAY)


async def _revoke(database: Database, actor: Actor, unit: UnitId) -> object:
    async with database.write() as tx:
        await tx.invitations.add([NewInvitation("token", unit, Role.TEACHER)], now=MONDAY)
    return await revoke_invitation(database, actor=actor, invitation_id=InvitationId(1), now=MONDAY)


async def _look(database: Database, actor: Actor, unit: UnitId) -> object:
    return await show_network(database, actor=actor, unit_id=unit)


async def _list(database: Database, actor: Actor, unit: UnitId) -> object:
    return await show_people(database, actor=actor, unit_id=unit)


async def _open_member(database: Database, actor: Actor, unit: UnitId) -> object:
    return await show_member(database, actor=actor, membership_id=await _someone(database, unit))


async def _put_out(database: Database, actor: Actor, unit: UnitId) -> object:
    return await remove_member(database, actor=actor, membership_id=await _someone(database, unit), now=MONDAY)


async def _decide(database: Database, actor: Actor, unit: UnitId) -> object:
    async with database.write() as tx:
        request = await tx.join_requests.add(PersonId(10), unit, Role.TUTOR, now=MONDAY)
    return await decide_request(database, actor=actor, request_id=request, is_accepted=True, now=MONDAY)


async def _someone(database: Database, unit: UnitId) -> MembershipId:
    async with database.read() as tx:
        return (await tx.memberships.in_unit(unit, limit=1))[0].membership.id


async def acting(database: Database, who: str, network: SmallNetwork) -> Actor:
    person: PersonId = getattr(network, who.removeprefix("owner "))
    async with database.read() as tx:
        actor = await tx.people.actor_by_account(account_of(person), is_owner=who.startswith("owner"))
    assert actor is not None
    return actor


ACTS: dict[str, Act] = {
    "look": _look,
    "rename": _rename,
    "move the zone": _move_zone,
    "invite": _invite,
    "revoke a link": _revoke,
    "list people": _list,
    "open a person": _open_member,
    "put a person out": _put_out,
    "decide a request": _decide,
}
REACH = {
    "owner teacher_4": True,  # the owner reaches everything, wherever he himself belongs
    "regional": True,
    "municipal": True,
    "coordinator_2": False,  # a sister school
    "coordinator_3": False,  # another municipality
    "amur_regional": False,  # another region
    "teacher_1": False,  # of this very school, but no coordinator
}


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS.keys())
@pytest.mark.parametrize(("who", "may"), REACH.items())
async def test_an_act_on_a_school_needs_a_coordinator_at_or_above_it(
    database: Database, network: SmallNetwork, act: Act, who: str, may: bool
) -> None:
    actor = await acting(database, who, network)
    if may:
        await act(database, actor, network.school_1)
    else:
        with pytest.raises(NotAllowedError):
            await act(database, actor, network.school_1)


@pytest.mark.parametrize(
    ("who", "parent", "may", "why"),
    [
        ("municipal", "suzdal", True, "his own municipality"),
        ("regional", "suzdal", True, "below his region"),
        ("regional", "vladimir", True, "a municipality in his region"),
        ("municipal", "vladimir", False, "above his own unit"),
        ("coordinator_1", "school_1", False, "a school has nothing below it"),
        ("amur_regional", "murom", False, "another region"),
    ],
)
async def test_units_are_added_below_ones_own(
    database: Database, network: SmallNetwork, who: str, parent: str, may: bool, why: str
) -> None:
    actor = await acting(database, who, network)
    parent_id: UnitId = getattr(network, parent)
    if may:
        done = await add_units(database, actor=actor, parent_id=parent_id, titles=["Новая"], now=MONDAY)
        assert [unit.parent_id for unit in done.added] == [parent_id], why
    else:
        with pytest.raises(NotAllowedError):
            await add_units(database, actor=actor, parent_id=parent_id, titles=["Новая"], now=MONDAY)


async def test_regions_are_the_owners_alone(database: Database, network: SmallNetwork, factory: NetworkFactory) -> None:
    actor = await acting(database, "regional", network)
    with pytest.raises(NotAllowedError):
        await add_region(database, actor=actor, title="Новая область", timezone="Europe/Moscow", now=MONDAY)


@pytest.mark.parametrize("who", ["municipal", "owner teacher_1"])
async def test_what_does_not_exist_is_not_found(database: Database, network: SmallNetwork, who: str) -> None:
    actor = await acting(database, who, network)
    for act in (_look, _rename, _move_zone, _remove, _invite, _list):
        with pytest.raises(NotFoundError):
            await act(database, actor, UnitId(999))


async def test_a_teacher_sees_no_lists(database: Database, network: SmallNetwork) -> None:
    actor = await acting(database, "teacher_1", network)
    for listing in (show_network, show_requests, show_unreachable):
        with pytest.raises(NotAllowedError):
            await listing(database, actor=actor)


async def test_a_person_of_two_parts_shows_each_coordinator_his_own(
    database: Database, network: SmallNetwork, factory: NetworkFactory
) -> None:
    factory.member(network.teacher_1, network.school_4, Role.TUTOR)
    actor = await acting(database, "amur_regional", network)
    async with database.read() as tx:
        there = [m for m in await tx.memberships.of_person(network.teacher_1) if m.unit.id == network.school_4]
    card = await show_member(database, actor=actor, membership_id=there[0].id)
    assert [membership.unit.id for membership in card.memberships] == [network.school_4]


async def test_acts_on_others_are_in_the_audit_log(
    database: Database, network: SmallNetwork, factory: NetworkFactory
) -> None:
    actor = await acting(database, "municipal", network)
    for act in (_rename, _invite, _put_out, _decide):
        await act(database, actor, network.school_1)
    with sqlite3.connect(factory.file) as connection:
        rows = connection.execute("SELECT act, person_id, unit_id FROM audit ORDER BY id").fetchall()
    assert rows == [
        (act, network.municipal, network.school_1)
        for act in ("unit renamed", "invitation made", "member removed", "request accepted")
    ]
