"""What the use cases need of requests to be let in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.domain.ids import PersonId, RequestId, UnitId
from bot.domain.network import Role, Unit


class RequestState(StrEnum):
    WAITING = "waiting"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class JoinRequest:
    """Somebody who came without a link asks to be let in; ``decided_by`` is the name of who decided."""

    id: RequestId
    person_id: PersonId
    full_name: str
    unit: Unit
    role: Role
    state: RequestState
    created_at: datetime
    decided_at: datetime | None = None
    decided_by: str | None = None


class JoinRequests(Protocol):
    async def get(self, request_id: RequestId) -> JoinRequest | None: ...

    async def add(self, person_id: PersonId, unit_id: UnitId, role: Role, *, now: datetime) -> RequestId: ...

    async def waiting_of(self, person_id: PersonId) -> JoinRequest | None:
        """The request this person waits with; one at a time."""

    async def waiting_in(self, paths: Sequence[str], *, limit: int = 20) -> Sequence[JoinRequest]:
        """Those waiting in the subtrees, the oldest first."""

    async def settle(
        self, request_id: RequestId, state: RequestState, *, decided_by: PersonId | None, now: datetime
    ) -> bool:
        """Decides a waiting request; False when it was decided already."""
