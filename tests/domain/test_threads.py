from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.ids import MembershipId, PersonId, ThreadId, UnitId
from bot.domain.network import Actor, Membership, Person, QuietHours, Reach, Role, Standing, Unit, UnitKind
from bot.domain.threads import Side, Thread, ThreadState, side_of
from tests.calendar_days import MONDAY

REGION = Unit(UnitId(1), UnitKind.REGION, None, "/1/", "Область", None, "Europe/Moscow")
SCHOOL = Unit(UnitId(2), UnitKind.SCHOOL, UnitId(1), "/1/2/", "Школа", None, "Europe/Moscow")
OTHER = Unit(UnitId(3), UnitKind.SCHOOL, UnitId(1), "/1/3/", "Другая", None, "Europe/Moscow")
ASKER = PersonId(7)

OF_SCHOOL = Thread(ThreadId(1), ThreadState.OPEN, SCHOOL.id, SCHOOL.path, SCHOOL.title, None, None, ASKER, MONDAY)
OF_PERSON = replace(OF_SCHOOL, person_id=ASKER)
OF_NO_UNIT = replace(OF_PERSON, unit_id=None, unit_path=None)
DRAFT = replace(OF_SCHOOL, state=ThreadState.DRAFT)
COORDINATOR, TEACHER = Role.COORDINATOR, Role.TEACHER


def actor(person: int, *places: tuple[Unit, Role], standing: Standing = Standing.MAIN, is_owner: bool = False) -> Actor:
    who = Person(PersonId(person), "Имя", None, QuietHours(), Reach.REACHABLE, 1, MONDAY)
    memberships = tuple(Membership(MembershipId(1), who.id, unit, role, standing) for unit, role in places)
    return Actor(who, memberships, is_owner=is_owner)


@pytest.mark.parametrize(
    ("who", "thread", "side", "reason"),
    [
        (actor(8, (SCHOOL, COORDINATOR)), OF_SCHOOL, Side.BELOW, "any coordinator of the school speaks for it"),
        (actor(7, (SCHOOL, TEACHER)), OF_SCHOOL, None, "who opened it for the school and coordinates it no more"),
        (
            actor(7, (SCHOOL, COORDINATOR), standing=Standing.LEFT),
            OF_SCHOOL,
            None,
            "who has left sees what he wrote there no more",
        ),
        (actor(8, (REGION, COORDINATOR)), OF_SCHOOL, Side.ABOVE, "above by the tree"),
        (actor(8, (REGION, COORDINATOR), (SCHOOL, COORDINATOR)), OF_SCHOOL, Side.BELOW, "his own school comes first"),
        (actor(8, (OTHER, COORDINATOR)), OF_SCHOOL, None, "a neighbour"),
        (actor(8, is_owner=True), OF_SCHOOL, Side.ABOVE, "the owner reaches everything"),
        (actor(7, (SCHOOL, TEACHER)), OF_PERSON, Side.BELOW, "he speaks for himself"),
        (actor(8, (SCHOOL, TEACHER)), OF_PERSON, None, "a colleague hears nothing of it"),
        (actor(8, (SCHOOL, COORDINATOR)), OF_PERSON, Side.ABOVE, "the coordinator of his school is above him"),
        (actor(8, (REGION, COORDINATOR)), OF_NO_UNIT, None, "who stands in no unit is in nobody's part"),
        (actor(8, is_owner=True), OF_NO_UNIT, Side.ABOVE, "but in the owner's"),
        (actor(7), DRAFT, Side.BELOW, "a draft is seen by who writes it"),
        (actor(8, (REGION, COORDINATOR)), DRAFT, None, "and by nobody else"),
    ],
)
def test_the_side_follows_the_tree_as_it_is_now(who: Actor, thread: Thread, side: Side | None, reason: str) -> None:
    assert side_of(who, thread) is side, reason
