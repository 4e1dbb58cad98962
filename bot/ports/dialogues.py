from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Dialogue:
    """Where somebody stands in a dialogue of several messages, and what was said in it so far."""

    state: str | None = None
    data: dict[str, Any] = field(default_factory=dict)

    @property
    def message_id(self) -> int | None:
        """The message in which he is being asked, where it is one that stood there before."""
        message = self.data.get("message")
        return message if self.state is not None and isinstance(message, int) else None


class Dialogues(Protocol):
    async def get(self, key: str) -> Dialogue:
        """The dialogue under ``key``; an empty one where there is none."""

    async def put(self, key: str, dialogue: Dialogue, *, now: datetime) -> None:
        """Stores it; an empty dialogue is removed."""


def dialogue_key(bot_id: int, chat_id: int, user_id: int) -> str:
    """What a dialogue is stored under; erasing a person finds his by its end."""
    return f"{bot_id}:{chat_id}:{user_id}"
