"""What the use cases need to know of persons, their accounts and memberships."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from bot.domain.ids import MembershipId, PersonId, UnitId
from bot.domain.network import Actor, Membership, Person, QuietHours, Reach, Role
from bot.domain.rhythm import Preferences, Rhythm
from bot.ports.dialogues import Dialogue


@dataclass(frozen=True, slots=True)
class NewMembership:
    person_id: PersonId
    unit_id: UnitId
    role: Role
    cohort: str | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """A membership with the person's name and whether he can be written to."""

    membership: Membership
    full_name: str
    reach: Reach


class People(Protocol):
    async def actor_by_account(self, external_id: int, *, is_owner: bool) -> Actor | None:
        """The person behind a messenger account with his standing memberships; None for a stranger."""

    async def actor_in_dialogue(self, external_id: int, key: str, *, is_owner: bool) -> tuple[Actor | None, Dialogue]:
        """The same with the dialogue under ``key``, an empty one where there is none: in one question."""

    async def get(self, person_id: PersonId) -> Person | None:
        """The person; None when there is none or he had himself erased."""

    async def by_account(self, external_id: int) -> Person | None: ...

    async def by_accounts(self, external_ids: Collection[int]) -> Sequence[PersonId]:
        """The persons behind several accounts; accounts that are unknown are left out."""

    async def account_of(self, person_id: PersonId) -> int | None:
        """The messenger account; None while nobody has opened the personal link."""

    async def add(self, full_names: Sequence[str], *, reach: Reach, now: datetime) -> Sequence[PersonId]:
        """New persons, in the order given."""

    async def link_account(self, person_id: PersonId, external_id: int, *, now: datetime) -> None:
        """Makes the account this person's; he can be written to from now on."""

    async def record_consent(self, person_id: PersonId, version: int, *, now: datetime) -> None: ...

    async def rename(self, person_id: PersonId, full_name: str) -> None: ...

    async def set_timezone(self, person_id: PersonId, timezone: str | None) -> None: ...

    async def set_quiet_hours(self, person_id: PersonId, hours: QuietHours) -> None: ...

    async def preferences(self, person_id: PersonId) -> Preferences:
        """Those of nobody, where there is no such person."""

    async def set_rhythm(self, person_id: PersonId, rhythm: Rhythm) -> None: ...

    async def set_wants_optional(self, person_id: PersonId, *, is_wanted: bool) -> None:
        """Whether he is reminded of what is not obligatory."""

    async def set_phone(self, person_id: PersonId, phone: str | None) -> None:
        """None: nobody sees it any more, and it is stored no longer."""

    async def set_reach(self, person_id: PersonId, reach: Reach, *, now: datetime) -> bool:
        """Whether it changed anything."""

    async def erase(self, person_id: PersonId, *, now: datetime) -> None:
        """Name, account, consent, settings and the texts of his answers go; the bare counts stay."""

    async def export(self, person_id: PersonId) -> Mapping[str, Any]:
        """Everything stored about the person, as plain data for a file of his own."""


class Memberships(Protocol):
    async def get(self, membership_id: MembershipId) -> Membership | None:
        """Also one that was left."""

    async def of_person(self, person_id: PersonId) -> Sequence[Membership]:
        """The standing ones, by unit."""

    async def add(self, memberships: Sequence[NewMembership], *, now: datetime) -> int:
        """Adds those that are new and restores those that were left, as of ``now``; returns how many are new."""

    async def in_unit(self, unit_id: UnitId, *, limit: int, offset: int = 0) -> Sequence[Member]:
        """The standing members of this very unit: coordinators first, then by name."""

    async def count_in_unit(self, unit_id: UnitId) -> int: ...

    async def member(self, membership_id: MembershipId) -> Member | None:
        """One standing membership with the person's name."""

    async def everyone(self) -> Sequence[Member]:
        """All memberships of the network, those that were left too: for comparing an imported table with it."""

    async def unreachable(self, paths: Sequence[str], *, limit: int, offset: int = 0) -> Sequence[Member]:
        """Members of the subtrees whom the messenger does not let us write to, by unit and name."""

    async def count_unreachable(self, paths: Sequence[str]) -> int: ...

    async def coordinators_of(self, unit_id: UnitId) -> Sequence[PersonId]:
        """The reachable coordinators of this very unit."""

    async def leave(self, membership_ids: Sequence[MembershipId], *, now: datetime) -> None:
        """The memberships are left; what these people owed there is owed by them no more and their notices stop."""
