"""The record of acts that concern others."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from bot.domain.ids import PersonId, UnitId


class Audit(Protocol):
    async def record(
        self,
        act: str,
        *,
        by: PersonId | None,
        unit_id: UnitId | None = None,
        detail: Mapping[str, Any] | None = None,
        now: datetime,
    ) -> None:
        """``act`` is a verb and a noun («invitation revoked»); ``by`` None: the program or the command line.

        ``detail`` carries ids and values of the network, never names of people: what is erased must stay erased.
        """

    async def instants(self, act: str, *, by: PersonId, since: datetime) -> tuple[datetime, ...]:
        """When this person has done it, after that instant."""

    async def last_at(self) -> datetime | None:
        """When the latest act was; None before the first."""

    async def last(self) -> int:
        """The number of the latest act, 0 before the first: while it stands, nobody has changed anything."""
