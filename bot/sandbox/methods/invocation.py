"""One call of a Bot API method: who calls, with what, and how to find what the parameters name."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Protocol

from bot.sandbox.accounts import BotAccount
from bot.sandbox.arguments import Arguments, parse_integer
from bot.sandbox.chats import Chat, Json, StoredMessage
from bot.sandbox.errors import ApiError, describe, refuse
from bot.sandbox.webhooks import Webhook
from bot.sandbox.world import World


class Deliveries(Protocol):
    async def start(self, bot: BotAccount, webhook: Webhook) -> None:
        """Begins to post the bot's updates to its webhook."""

    async def stop(self, bot: BotAccount) -> None:
        """Ends it, if it goes on."""


@dataclass(frozen=True, slots=True)
class RawResult:
    """A result that is JSON already."""

    encoded: bytes


@dataclass(frozen=True, slots=True)
class Described:
    """A result with words beside it."""

    result: Any
    description: str


@dataclass(frozen=True, slots=True)
class Invocation:
    world: World
    bot: BotAccount
    arguments: Arguments
    deliveries: Deliveries

    def chat(self, name: str = "chat_id") -> Chat:
        """The chat that a parameter names. Raises ApiError when it is missing, unknown or closed to the bot."""
        value = self.arguments.text(name).strip()
        if not value:
            refuse("Chat_id is empty" if name == "chat_id" else f"{name} is empty")
        chat_id = parse_integer(value)
        if chat_id is None:
            refuse("Chat not found")
        return self._group(chat_id) if chat_id < 0 else self._private_chat(chat_id)

    def _private_chat(self, person_id: int) -> Chat:
        world, bot = self.world, self.bot
        chat = world.private_chats.get((bot.id, person_id))
        person = world.people.get(person_id)
        if person is None:
            if world.bot_by_id(person_id) is not None:
                refuse("The bot can't send messages to the bot", 403)
            refuse("Chat not found")
        if chat is None:
            if any(person_id in group.member_ids and bot.id in group.bot_ids for group in world.groups.values()):
                refuse("Bot can't initiate conversation with a user", 403)
            refuse("Chat not found")
        if person.is_deleted:
            refuse("User is deactivated", 403)
        return chat

    def _group(self, chat_id: int) -> Chat:
        chat = self.world.groups.get(chat_id)
        if chat is None:
            refuse("Chat not found")
        if self.bot.id not in chat.bot_ids:
            departed, kind = chat.departed.get(self.bot.id), chat.body["type"]
            if departed == "kicked":
                refuse(f"Bot was kicked from the {kind} chat", 403)
            if departed == "left":
                refuse(f"Bot is not a member of the {kind} chat", 403)
            refuse("Chat not found")
        if chat.upgraded_to is not None:
            words = describe("Group chat was upgraded to a supergroup chat")
            raise ApiError(400, words, {"migrate_to_chat_id": chat.upgraded_to})
        return chat

    def ensure_not_blocked(self, chat: Chat) -> None:
        """The servers' own check, after all those of the call's form."""
        if chat.is_group:
            return
        person = self.world.people.get(chat.id)
        if person is not None and self.bot.id in person.blocked_bot_ids:
            refuse("Bot was blocked by the user", 403)

    def message(self, chat: Chat, what: str) -> StoredMessage:
        """The message that `message_id` names; `what` completes "Message … not found"."""
        message = chat.messages.get(self.arguments.integer("message_id"))
        if message is None:
            refuse(f"Message {what} not found")
        return message

    def known_user(self, user_id: int) -> Json | None:
        """A user that this bot may mention: one it has met."""
        person = self.world.people.get(user_id)
        if person is not None:
            return person.as_user()
        other = self.world.bot_by_id(user_id)
        return other.as_user() if other else None

    def parsed(self, name: str) -> Any:
        """JSON of a parameter; None when it is absent. Raises ValueError when it is not JSON."""
        text = self.arguments.text(name)
        return json.loads(text) if text else None
