"""Who is in the sandbox: bots and people."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.updates import UpdateQueue
from bot.sandbox.webhooks import Webhook

Json = dict[str, Any]


@dataclass(slots=True)
class BotAccount:
    id: int
    token: str
    username: str
    first_name: str
    queue: UpdateQueue
    can_read_all_group_messages: bool = False
    webhook: Webhook | None = None
    webhook_settable_at: float = 0.0  # in the loop's time: setWebhook is taken once a second
    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)  # by scope and language
    names: dict[str, str] = field(default_factory=dict)  # by language, as are the two below
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    menu_buttons: dict[str, Json] = field(default_factory=dict)

    def as_user(self) -> Json:
        return {
            "id": self.id,
            "is_bot": True,
            "first_name": self.first_name,
            "username": self.username,
        }

    def as_me(self) -> Json:
        return self.as_user() | {
            "can_join_groups": True,
            "can_read_all_group_messages": self.can_read_all_group_messages,
            "supports_inline_queries": False,
            "supports_guest_queries": False,
            "can_connect_to_business": False,
            "has_main_web_app": False,
            "has_topics_enabled": False,
            "allows_users_to_create_topics": False,
            "can_manage_bots": False,
        }

    def as_state(self) -> Json:
        return self.as_user() | {
            "token": self.token,
            "commands": self.commands.get(("default", ""), []),
            "description": self.descriptions.get("", ""),
            "short_description": self.short_descriptions.get("", ""),
            "webhook_url": self.webhook.url if self.webhook else "",
            "pending_update_count": len(self.queue),
        }


@dataclass(slots=True)
class Person:
    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    note: str = ""  # shown on the page only: who this is in the story
    invitation: str = ""  # the payload of a link that waits for this person: the page's Start opens it
    is_deleted: bool = False
    blocked_bot_ids: set[int] = field(default_factory=set)

    def as_user(self) -> Json:
        user: Json = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        if self.last_name:
            user["last_name"] = self.last_name
        if self.username:
            user["username"] = self.username
        user["language_code"] = "ru"
        return user

    def as_chat(self) -> Json:
        chat: Json = {"id": self.id, "first_name": self.first_name}
        if self.last_name:
            chat["last_name"] = self.last_name
        if self.username:
            chat["username"] = self.username
        chat["type"] = "private"
        return chat

    def as_state(self) -> Json:
        state: Json = {
            "id": self.id,
            "first_name": self.first_name,
            "last_name": self.last_name,
            "username": self.username,
            "is_blocked": bool(self.blocked_bot_ids),
            "is_deleted": self.is_deleted,
            "blocked_bot_ids": sorted(self.blocked_bot_ids),
        }
        if self.note:
            state["note"] = self.note
        if self.invitation:
            state["invitation"] = self.invitation
        return state
