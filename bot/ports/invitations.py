"""What the use cases need of invitation links."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.ids import InvitationId, PersonId, UnitId
from bot.domain.network import Role, Unit


@dataclass(frozen=True, slots=True)
class Invitation:
    """``person_id``: a personal link admits this person, once; without one it admits anybody, any number of times."""

    id: InvitationId
    token: str
    unit: Unit
    role: Role
    cohort: str | None
    person_id: PersonId | None
    used_at: datetime | None
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class NewInvitation:
    token: str
    unit_id: UnitId
    role: Role
    person_id: PersonId | None = None
    invited_name: str | None = None  # as the table wrote it
    cohort: str | None = None
    created_by: PersonId | None = None


class Invitations(Protocol):
    async def by_token(self, token: str) -> Invitation | None:
        """Also a used or a revoked one: the newcomer is told which."""

    async def get(self, invitation_id: InvitationId) -> Invitation | None: ...

    async def shared(self, unit_id: UnitId, role: Role) -> Invitation | None:
        """The valid link that admits anybody to this unit in this role."""

    async def personal_tokens(self, person_ids: Sequence[PersonId]) -> Mapping[PersonId, str]:
        """The tokens of personal links that nobody has opened yet."""

    async def invited_names(self) -> Sequence[tuple[PersonId, UnitId, str]]:
        """The names that personal links were made for: the persons may have corrected theirs since."""

    async def add(self, invitations: Sequence[NewInvitation], *, now: datetime) -> None: ...

    async def mark_used(self, invitation_id: InvitationId, *, now: datetime) -> None: ...

    async def revoke(self, invitation_id: InvitationId, *, now: datetime) -> None: ...
