"""Everything the sandbox remembers, and the few acts through which all of it changes."""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import asdict, dataclass, field
from datetime import datetime
from itertools import count
from typing import Any

from bot.clock import MovableClock
from bot.sandbox import closed_servers
from bot.sandbox.accounts import BotAccount, Person
from bot.sandbox.calls import CallLog
from bot.sandbox.chats import Chat, Json, StoredMessage
from bot.sandbox.errors import ControlError
from bot.sandbox.events import Events
from bot.sandbox.faults import Faults
from bot.sandbox.files import FileStore
from bot.sandbox.flood import FloodControl
from bot.sandbox.updates import UpdateQueue


@dataclass(slots=True)
class CallbackQuery:
    id: str
    bot_id: int
    chat_id: int
    pressed_at: datetime
    answered: asyncio.Future[Json] = field(repr=False)

    def is_answerable(self, now: datetime) -> bool:
        return not self.answered.done() and now - self.pressed_at < closed_servers.QUERY_LIFETIME


@dataclass(frozen=True, slots=True)
class Paper:
    """A file at hand: the page offers it beside those of one's own."""

    name: str
    note: str
    data: bytes = field(repr=False)


class World:
    def __init__(self, clock: MovableClock) -> None:
        self.clock = clock
        self.events = Events()
        self.calls = CallLog()
        self.faults = Faults()
        self.flood = FloodControl()
        self.files = FileStore()
        self.papers: list[Paper] = []  # what a demonstration lays ready for people to send
        self.bots: dict[str, BotAccount] = {}  # by token
        self.people: dict[int, Person] = {}
        self.private_chats: dict[tuple[int, int], Chat] = {}  # by bot and person
        self.groups: dict[int, Chat] = {}
        self.queries: dict[str, CallbackQuery] = {}
        # One growing sequence for all chats, as private chats and basic groups of a bot share one.
        self._message_ids = count(1)
        self._account_ids = count(700_000_001)
        self._group_ids = count(1_000_000_001)

    # Accounts

    def add_bot(
        self, token: str | None = None, username: str | None = None, first_name: str | None = None
    ) -> BotAccount:
        bot_id = int(token.partition(":")[0]) if token else next(self._account_ids)
        token = token or f"{bot_id}:{secrets.token_urlsafe(26)}"
        username = username or f"sandbox_{bot_id}_bot"
        account = BotAccount(bot_id, token, username, first_name or username, UpdateQueue(self.clock))
        self.bots[token] = account
        self.state_changed()
        return account

    def add_person(
        self,
        first_name: str,
        last_name: str = "",
        username: str = "",
        id: int | None = None,  # noqa: A002 - the name of the control API's field
        note: str = "",
    ) -> Person:
        person_id = next(self._account_ids) if id is None else id
        if person_id in self.people or any(bot.id == person_id for bot in self.bots.values()):
            raise ControlError(f"the id {person_id} is taken", 409)
        person = self.people[person_id] = Person(person_id, first_name, last_name, username.lstrip("@"), note)
        self.state_changed()
        return person

    def bot_by_id(self, bot_id: int) -> BotAccount | None:
        return next((bot for bot in self.bots.values() if bot.id == bot_id), None)

    # Chats

    def open_private_chat(self, bot: BotAccount, person: Person) -> Chat:
        chat = self.private_chats.get((bot.id, person.id))
        if chat is None:
            chat = self.private_chats[bot.id, person.id] = Chat(person.as_chat(), {bot.id}, {person.id})
            self.state_changed()
        return chat

    def add_group(self, title: str, people_ids: set[int], bot_ids: set[int], *, kind: str = "group") -> Chat:
        number = next(self._group_ids)
        group_id = -number if kind == "group" else -1_000_000_000_000 - number
        body: Json = {"id": group_id, "title": title, "type": kind}
        if kind == "group":
            body["all_members_are_administrators"] = False
        chat = self.groups[group_id] = Chat(body, bot_ids, people_ids)
        self.state_changed()
        return chat

    def chats_with_id(self, chat_id: int) -> list[Chat]:
        """A group, or a person's private chats with each bot."""
        if chat_id in self.groups:
            return [self.groups[chat_id]]
        return [chat for (_, person_id), chat in self.private_chats.items() if person_id == chat_id]

    # Messages

    def post(
        self,
        chat: Chat,
        sender: Json | None,
        content: Json,
        *,
        bot_id: int | None = None,
        reply_keyboard: Json | None = None,
        is_forwarded: bool = False,
        is_service: bool = False,
    ) -> StoredMessage:
        """Puts a message into a chat and shows it to those who watch; updates to bots are the caller's matter."""
        body: Json = {"message_id": next(self._message_ids)}
        if sender is not None:
            body["from"] = sender
        body["chat"] = chat.body
        body["date"] = int(self.clock.now().timestamp())
        body |= content
        message = StoredMessage(
            body,
            bot_id=bot_id,
            reply_keyboard=reply_keyboard,
            is_forwarded=is_forwarded,
            is_service=is_service,
        )
        chat.messages[message.id] = message
        if self.events.has_listeners:
            self.events.publish("message", {"chat_id": chat.id, "message": message.as_transcript()})
        return message

    def replace(self, chat: Chat, message: StoredMessage, body: Json) -> None:
        """An edit: the new body takes the place of the old one."""
        message.replace(body)
        if self.events.has_listeners:
            self.events.publish("edited", {"chat_id": chat.id, "message": message.as_transcript()})

    def delete(self, chat: Chat, message: StoredMessage) -> None:
        del chat.messages[message.id]
        if message.id in chat.pinned:
            chat.pinned.remove(message.id)
        self.events.publish("deleted", {"chat_id": chat.id, "message_id": message.id})

    # The whole

    def state(self) -> Json:
        chats = {chat.id: chat.as_state() for chat in self.private_chats.values()}
        chats |= {chat.id: chat.as_state() for chat in self.groups.values()}
        return {
            "clock": self.clock.now().isoformat(),
            "bots": [bot.as_state() for bot in self.bots.values()],
            "people": [person.as_state() for person in self.people.values()],
            "chats": list(chats.values()),
            "faults": self.faults.as_json(),
            "limits": self.limits_as_json(),
            "papers": [{"name": paper.name, "note": paper.note} for paper in self.papers],
        }

    def limits_as_json(self) -> dict[str, Any]:
        return asdict(self.flood.limits)

    def state_changed(self) -> None:
        if self.events.has_listeners:
            self.events.publish("state", self.state())

    def reset(self) -> None:
        """Forgets chats and what hangs on them. Bots, people, papers, the clock and the count of updates stay."""
        for bot in self.bots.values():
            bot.queue.clear()
        for person in self.people.values():
            person.blocked_bot_ids.clear()
        self.private_chats.clear()
        self.groups.clear()
        self.queries.clear()
        self.files = FileStore()
        self.calls.clear()
        self.faults.clear()
        self.flood.configure({"enabled": False})
        self.state_changed()
