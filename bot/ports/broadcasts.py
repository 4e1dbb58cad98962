"""What broadcasts need of the storage."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from bot.domain.broadcasts import Broadcast, Flight, NewBroadcast
from bot.domain.ids import BroadcastId, OccurrenceId


class Broadcasts(Protocol):
    async def begin(self, new: NewBroadcast, *, now: datetime) -> BroadcastId:
        """Stores it; its messages are planned from ``now`` on."""

    async def get(self, broadcast_id: BroadcastId) -> Broadcast | None:
        """None where it is gone with what it announced."""

    async def announcing(self, occurrence_id: OccurrenceId) -> BroadcastId | None:
        """The latest that announced this date, alone or with its series."""

    async def running(self) -> tuple[tuple[Broadcast, int | None], ...]:
        """Those that have not come to their end, each with the account of its sender."""

    async def is_planned(self, broadcast_id: BroadcastId) -> bool:
        """Whether all its messages are written. Asked before ``flight``, which counts every one of them."""

    async def flight(self, broadcast_id: BroadcastId, *, now: datetime) -> Flight:
        """How far it has come."""

    async def announcement(self, occurrence_id: OccurrenceId, *, now: datetime) -> Flight:
        """How far the announcing of the date (of its whole series) has come, to newcomers too."""

    async def stop(self, broadcast_id: BroadcastId, *, now: datetime) -> bool:
        """Holds what has not left; False where it stood already."""

    async def resume(self, broadcast_id: BroadcastId, *, now: datetime) -> bool:
        """Lets what was held go on, from ``now``; False where nothing was held."""

    async def drop(self, broadcast_id: BroadcastId, *, now: datetime) -> int:
        """Cancels what names it and has not left, paused or not; returns how many messages those were."""

    async def note_shown(self, broadcast_id: BroadcastId, *, message_id: int, mark: str) -> None:
        """Its sender sees this of it, in that message."""

    async def forget_message(self, broadcast_id: BroadcastId) -> None:
        """The message that showed it is gone: who is to see it again is sent another."""

    async def end(self, broadcast_id: BroadcastId, *, now: datetime) -> None:
        """Nobody watches it any more. A paused one stays watched: else nobody could let it go on."""
