"""What every handler is given: the time of this update and who is acting."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any
from zoneinfo import ZoneInfo

from aiogram import BaseMiddleware
from aiogram.fsm.storage.base import StorageKey
from aiogram.types import Chat, TelegramObject, Update, User

from bot.clock import Clock
from bot.config import Settings
from bot.domain.network import Actor
from bot.ports.dialogues import dialogue_key
from bot.ports.storage import Storage
from handlers.dialogues import HeldDialogue


class ActorMiddleware(BaseMiddleware):
    """Gives handlers ``now`` (aware UTC), ``actor`` (None for a stranger), read anew for every update, ``reader``: the
    zone on whose clock he is told of times, and ``source``: the name of the update, by which a use case knows it again.
    ``dialogue``, read with them, is for the dialogue's own middleware.
    """

    def __init__(self, storage: Storage, clock: Clock, settings: Settings) -> None:
        self._storage = storage
        self._clock = clock
        self._settings = settings

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        user: User | None = data.get("event_from_user")
        data["now"] = self._clock.now()
        assert isinstance(event, Update), "it stands before whatever tells updates apart"
        data["source"] = f"telegram:{event.update_id}"
        data["actor"] = None
        if user is not None:
            chat: Chat | None = data.get("event_chat")
            key = StorageKey(data["bot"].id, user.id if chat is None else chat.id, user.id)
            name = dialogue_key(key.bot_id, key.chat_id, key.user_id)
            is_owner = user.id in self._settings.owner_ids
            async with self._storage.read() as tx:
                data["actor"], found = await tx.people.actor_in_dialogue(user.id, name, is_owner=is_owner)
            data["dialogue"] = HeldDialogue(key, found)
        data["reader"] = zone_of(data["actor"], self._settings)
        return await handler(event, data)


def zone_of(actor: Actor | None, settings: Settings) -> ZoneInfo:
    """The reader's own clock; the network's for a stranger and for somebody without a unit."""
    return ZoneInfo((actor and actor.timezone) or settings.timezone)
