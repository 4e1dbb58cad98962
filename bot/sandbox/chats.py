"""Chats and the messages in them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class StoredMessage:
    """A message as the Bot API shows it, kept as JSON.

    Encoded it serves the answer and the log of calls as well, and a load of 100,000 messages does not become
    a million objects for the garbage collector to walk through.
    """

    __slots__ = ("bot_id", "date", "encoded", "id", "is_forwarded", "is_service", "reply_keyboard")

    def __init__(
        self,
        body: Json,
        *,
        bot_id: int | None = None,
        reply_keyboard: Json | None = None,
        is_forwarded: bool = False,
        is_service: bool = False,
    ) -> None:
        self.id: int = body["message_id"]
        self.date: int = body["date"]
        self.encoded = encode(body).encode()
        self.bot_id = bot_id  # the sender, if a bot
        # A keyboard, its removal or a forced reply: people see it, the bot gets nothing of it back.
        self.reply_keyboard = reply_keyboard
        self.is_forwarded = is_forwarded
        self.is_service = is_service

    @property
    def body(self) -> Json:
        """A new object every time: what was given out keeps what it showed."""
        body: Json = json.loads(self.encoded)
        return body

    def replace(self, body: Json) -> None:
        self.encoded = encode(body).encode()

    def as_transcript(self) -> Json:
        return self.body if self.reply_keyboard is None else self.body | {"reply_markup": self.reply_keyboard}

    def buttons(self) -> list[Json]:
        if b'"inline_keyboard"' not in self.encoded:
            return []
        rows = self.body.get("reply_markup", {}).get("inline_keyboard", [])
        return [button for row in rows for button in row]


@dataclass(slots=True)
class Chat:
    """A private chat belongs to one bot and one person; a group may hold several of both."""

    body: Json
    bot_ids: set[int]
    member_ids: set[int]  # people
    messages: dict[int, StoredMessage] = field(default_factory=dict)
    admin_ids: set[int] = field(default_factory=set)
    departed: dict[int, str] = field(default_factory=dict)  # bot id -> "left" or "kicked"
    pinned: list[int] = field(default_factory=list)
    upgraded_to: int | None = None  # the supergroup that a group became

    @property
    def id(self) -> int:
        return int(self.body["id"])

    @property
    def is_group(self) -> bool:
        return bool(self.body["type"] != "private")

    def as_state(self) -> Json:
        state: Json = {"id": self.id, "type": self.body["type"]}
        if self.is_group:
            state |= {"title": self.body["title"], "member_ids": sorted(self.member_ids | self.bot_ids)}
        return state
