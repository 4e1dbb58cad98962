"""The tree of units and the people in it.

A coordinator is a coordinator *of the unit he belongs to*: the role is one word, its reach is the unit's subtree.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum

from bot.domain.ids import MembershipId, PersonId, UnitId


class UnitKind(StrEnum):
    """From the root of the tree down; a school is any organisation that answers."""

    FEDERATION = "federation"
    REGION = "region"
    MUNICIPALITY = "municipality"
    SCHOOL = "school"


@dataclass(frozen=True, slots=True)
class Unit:
    """``path`` is «/1/4/9/»: the ids from the root down to this unit, so that a subtree is a prefix."""

    id: UnitId
    kind: UnitKind
    parent_id: UnitId | None
    path: str
    title: str
    region: str | None
    timezone: str

    def contains(self, other_path: str) -> bool:
        return other_path.startswith(self.path)


class Role(StrEnum):
    """What a person is in his unit. A coordinator has rights over its subtree, the others have none over people."""

    COORDINATOR = "coordinator"
    TEACHER = "teacher"
    STUDENT = "student"
    TUTOR = "tutor"
    MENTOR = "mentor"


class Standing(StrEnum):
    """Whether he takes part, stands by, or has left: then he owes nothing through it any more."""

    MAIN = "main"
    RESERVE = "reserve"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Membership:
    """One person in one unit in one role. ``cohort``: the year or group, as its coordinator names it."""

    id: MembershipId
    person_id: PersonId
    unit: Unit
    role: Role
    standing: Standing
    cohort: str | None = None


class Reach(StrEnum):
    """Whether the messenger lets us write to a person."""

    NOT_STARTED = "not_started"  # imported, has not opened the personal link yet
    REACHABLE = "reachable"
    BLOCKED = "blocked"
    DELETED = "deleted"  # the account is gone


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From ``start`` to ``end`` of the reader's own clock, usually over midnight, ordinary notices wait."""

    start: time = time(21, 0)
    end: time = time(8, 0)


@dataclass(frozen=True, slots=True)
class Person:
    """``timezone`` is his own choice; without one the zone of his unit counts."""

    id: PersonId
    full_name: str
    timezone: str | None
    quiet_hours: QuietHours
    reach: Reach
    consent_version: int | None
    consented_at: datetime | None


@dataclass(frozen=True, slots=True)
class Actor:
    """Who is acting, with his standing memberships: read anew for every update, never taken from a button."""

    person: Person
    memberships: tuple[Membership, ...] = ()
    is_owner: bool = False

    @property
    def coordinated(self) -> tuple[Unit, ...]:
        """The roots of the subtrees this person coordinates."""
        return tuple(m.unit for m in self.memberships if m.role is Role.COORDINATOR and m.standing is not Standing.LEFT)

    @property
    def timezone(self) -> str | None:
        """His own choice, else the zone of his first unit; None for somebody with neither."""
        return self.person.timezone or next((m.unit.timezone for m in self.memberships), None)

    @property
    def is_coordinator(self) -> bool:
        return self.is_owner or bool(self.coordinated)

    def can_manage(self, unit_path: str) -> bool:
        """Rights follow the tree: the owner reaches everything, a coordinator his own subtree."""
        return self.is_owner or any(unit.contains(unit_path) for unit in self.coordinated)


def roles_in(kind: UnitKind) -> tuple[Role, ...]:
    """The roles that a unit of this kind has: above the schools there are only coordinators."""
    return tuple(Role) if kind is UnitKind.SCHOOL else (Role.COORDINATOR,)
