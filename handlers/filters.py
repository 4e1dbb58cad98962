"""Who may enter a router at all. What exactly he may do there is checked by each use case."""

from __future__ import annotations

from aiogram.filters import Filter
from aiogram.types import TelegramObject

from bot.domain.network import Actor


class IsRegistered(Filter):
    """A person of the network; a stranger falls through to the fallback, which tells him how to begin."""

    async def __call__(self, event: TelegramObject, actor: Actor | None = None) -> bool:
        return actor is not None


class IsOwner(Filter):
    """Who runs the bot."""

    async def __call__(self, event: TelegramObject, actor: Actor | None = None) -> bool:
        return actor is not None and actor.is_owner


class IsCoordinator(Filter):
    """A coordinator of any unit, or the owner."""

    async def __call__(self, event: TelegramObject, actor: Actor | None = None) -> bool:
        return actor is not None and actor.is_coordinator
