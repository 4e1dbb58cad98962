"""What receiving updates needs of the storage."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Received:
    """An update as the messenger sent it. ``chat_id``: those of one chat are handled in order; None: on its own."""

    update_id: int
    chat_id: int | None
    payload: Mapping[str, Any] = field(repr=False)
    attempts: int = 0


@dataclass(frozen=True, slots=True)
class ParkedUpdate:
    """One that was set aside, without what somebody wrote in it."""

    update_id: int
    received_at: datetime
    error: str


class Inbox(Protocol):
    async def add(self, updates: Sequence[Received], *, now: datetime) -> int:
        """Stores those that are new; returns how many were. A second delivery of the same update is absorbed."""

    async def waiting(self, limit: int, *, besides: Collection[int] = ()) -> tuple[Received, ...]:
        """Those not handled yet, the oldest first, ``besides`` those that the caller has in hand already."""

    async def handled(self, update_ids: Sequence[int], *, now: datetime) -> None: ...

    async def begun_answer(self, update_id: int) -> int | None:
        """The message that an earlier attempt at the update began its answer with."""

    async def note_begun_answer(self, update_id: int, message_id: int) -> None: ...

    async def failed(self, update_id: int, error: str, *, attempts: int) -> None:
        """One more attempt failed; the update goes on waiting."""

    async def park(self, update_id: int, error: str, *, attempts: int, now: datetime) -> None:
        """Sets the update aside with its error: it is not tried again by itself."""

    async def count_waiting(self) -> int:
        """How many updates are stored and not handled yet."""

    async def parked(self) -> int:
        """How many updates are set aside."""

    async def parked_updates(self, *, limit: int) -> tuple[ParkedUpdate, ...]:
        """The latest of those set aside."""

    async def forget_parked(self) -> int:
        """Removes those set aside; returns how many."""

    async def take_back(self) -> int:
        """Those set aside wait again, as if they had never been tried; returns how many."""

    async def forget(self, *, handled_before: datetime) -> int:
        """Removes updates handled long ago, with what people wrote in them; returns how many."""
