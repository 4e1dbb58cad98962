"""Chats and the messages in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass(slots=True)
class StoredMessage:
    """`body` is the Message object as the Bot API shows it. It is replaced on a change, never written to:
    answers and updates that were given out keep what they showed."""

    id: int
    date: int
    body: Json
    bot_id: int | None  # the sender, if a bot
    reply_keyboard: Json | None = None  # a keyboard, its removal or a forced reply: people see it, the bot does not
    is_forwarded: bool = False
    is_service: bool = False

    @property
    def has_text(self) -> bool:
        return "text" in self.body

    @property
    def has_media(self) -> bool:
        return "document" in self.body or "photo" in self.body

    def as_transcript(self) -> Json:
        return self.body if self.reply_keyboard is None else self.body | {"reply_markup": self.reply_keyboard}

    def buttons(self) -> list[Json]:
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
