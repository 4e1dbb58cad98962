"""What the use cases about people and units need of the storage."""

from __future__ import annotations

from typing import Protocol

from bot.domain.network import Actor


class People(Protocol):
    async def actor_by_account(self, external_id: int, *, is_owner: bool) -> Actor | None:
        """The person behind a messenger account with his standing memberships; None for a stranger."""
