"""A bot's queue of updates: offsets, confirmation, expiry, and the long poll."""

from __future__ import annotations

import asyncio
import json
import random
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.clock import Clock
from bot.sandbox.errors import ApiError

ALL_KINDS = frozenset(
    [
        "message",
        "edited_message",
        "channel_post",
        "edited_channel_post",
        "inline_query",
        "chosen_inline_result",
        "callback_query",
        "shipping_query",
        "pre_checkout_query",
        "poll",
        "poll_answer",
        "my_chat_member",
        "chat_member",
        "chat_join_request",
        "chat_boost",
        "removed_chat_boost",
        "message_reaction",
        "message_reaction_count",
        "business_connection",
        "business_message",
        "edited_business_message",
        "deleted_business_messages",
        "purchased_paid_media",
    ]
)
DEFAULT_KINDS = ALL_KINDS - {"chat_member", "message_reaction", "message_reaction_count"}

_LIFETIMES = {"callback_query": timedelta(seconds=150), "inline_query": timedelta(seconds=30)}
_LIFETIME = timedelta(hours=24)
_OFFSET_SLACK = 10
_ANSWER_BYTES = 4 * 1024 * 1024
_CAPACITY = 100_000
# The real server gathers updates for a moment before it answers a waiting poll.
_GATHERING = 0.001

POLL_REPLACED = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
POLL_ENDED_BY_WEBHOOK = "Conflict: terminated by setWebhook request"


@dataclass(slots=True)
class QueuedUpdate:
    id: int
    encoded: bytes
    expires_at: datetime
    order_key: int  # updates of one chat are delivered in order


class UpdateQueue:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._updates: deque[QueuedUpdate] = deque()
        self._next_id = random.randint(2_000_001, 1_000_000_000)  # noqa: S311 - a starting number, not a secret
        self._waiting: asyncio.Future[None] | None = None
        self.allowed = DEFAULT_KINDS
        self.on_push: Callable[[], None] | None = None

    def __len__(self) -> int:
        self.forget_expired()
        return len(self._updates)

    @property
    def is_polled(self) -> bool:
        """Whether a long poll waits now."""
        return self._waiting is not None

    def push(self, kind: str, body: dict[str, Any], order_key: int) -> int | None:
        """Returns the update's id, or None when the bot does not want this kind (the filter applies now)."""
        if kind not in self.allowed:
            return None
        update_id = self._next_id
        self._next_id += 1
        encoded = json.dumps({"update_id": update_id, kind: body}, ensure_ascii=False).encode()
        expires_at = self._clock.now() + _LIFETIMES.get(kind, _LIFETIME)
        if len(self._updates) >= _CAPACITY:
            self._updates.popleft()
        self._updates.append(QueuedUpdate(update_id, encoded, expires_at, order_key))
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(None)
        if self.on_push is not None:
            self.on_push()
        return update_id

    def forget_expired(self) -> None:
        now = self._clock.now()
        # Kinds live for different times, so an expired update may stand behind a living one.
        if any(update.expires_at <= now for update in self._updates):
            self._updates = deque(update for update in self._updates if update.expires_at > now)

    def clear(self) -> None:
        self._updates.clear()

    def pending(self) -> list[QueuedUpdate]:
        self.forget_expired()
        return list(self._updates)

    def confirm(self, update_id: int) -> None:
        """Removes one update: how a webhook confirms."""
        self._updates = deque(update for update in self._updates if update.id != update_id)

    def take(self, offset: int, limit: int) -> list[bytes]:
        """The waiting updates from `offset` on. A good positive offset, or a negative one, forgets those before it."""
        self.forget_expired()
        start = offset
        if offset < 0:
            start = self._next_id + offset
        if offset != 0 and start <= self._next_id + _OFFSET_SLACK:
            while self._updates and self._updates[0].id < start:
                self._updates.popleft()
        taken: list[bytes] = []
        size = 0
        for update in self._updates:
            size += len(update.encoded)
            if len(taken) >= limit or (taken and size > _ANSWER_BYTES):
                break
            taken.append(update.encoded)
        return taken

    async def poll(self, offset: int, limit: int, wait: float) -> list[bytes]:
        """Waits up to `wait` real seconds. Raises ApiError 409 when a later poll or a webhook takes its place."""
        taken = self.take(offset, limit)
        if taken or wait <= 0:
            return taken
        self.end_waiting_poll(POLL_REPLACED)
        waiting = self._waiting = asyncio.get_running_loop().create_future()
        try:
            await asyncio.wait_for(waiting, wait)
        except TimeoutError:
            return self.take(offset, limit)
        finally:
            if self._waiting is waiting:
                self._waiting = None
        await asyncio.sleep(_GATHERING)
        return self.take(offset, limit)

    def end_waiting_poll(self, description: str) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_exception(ApiError(409, description))
        self._waiting = None


def allowed_kinds(parameter: str) -> frozenset[str] | None:
    """The kinds a bot asks for; None when the parameter is absent or unreadable and the old setting stays."""
    try:
        names = json.loads(parameter) if parameter else None
    except ValueError:
        return None
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        return None
    return ALL_KINDS.intersection(name.lower() for name in names) or DEFAULT_KINDS
