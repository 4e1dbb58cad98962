"""A dialogue moves by whole updates: what a handler changed of it is stored when the handler has ended, or not at all.

Between two steps the process may die, and the update is handled again. Had the first attempt moved the dialogue
already, the title of a webinar would be read as its date, and the button of a consent would be an unknown one. So the
moves are held back, and stored together with the mark that the update is done.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Collection, Mapping
from typing import Any

from aiogram import BaseMiddleware
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State
from aiogram.fsm.storage.base import BaseStorage, StateType, StorageKey
from aiogram.types import Message, TelegramObject, Update

from bot.clock import Clock
from bot.domain.errors import DomainError
from bot.ports.dialogues import Dialogue, dialogue_key
from bot.ports.storage import Storage
from bot.texts.catalogue import say

_COMMAND = re.compile(r"/(?!cancel\b)[a-z]\w*(@\w+)?(\s|$)", re.IGNORECASE)
_START = re.compile(r"/start(@\w+)?(\s|$)", re.IGNORECASE)


class DialogueMiddleware(BaseMiddleware):
    """Gives handlers ``state``. A command leaves whatever dialogue was open; /cancel is left to the dialogue itself.

    ``partings``: the words (a key of the catalogue) for a question that must not be dropped silently. ``kept``: the
    dialogues that only /start leaves.
    """

    def __init__(
        self, storage: Storage, clock: Clock, partings: Mapping[str, str], *, kept: Collection[str] = ()
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._partings = partings
        self._kept = frozenset(kept)

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        held: HeldDialogue | None = data.get("dialogue")
        if held is None or not isinstance(event, Update):
            return await handler(event, data)
        data["state"], data["raw_state"] = FSMContext(held, held.key), held.dialogue.state
        if event.message is not None and self._is_left(held.dialogue, event.message):
            parting = self._partings.get(held.dialogue.state or "")
            if parting is not None:
                await event.message.answer(say(parting))
            await data["state"].clear()
            data["raw_state"] = None
        try:
            result = await handler(event, data)
        except DomainError:  # a refusal is told in words, and its handler may have ended the dialogue with it
            await self._store(held)
            raise
        await self._store(held, update_id=event.update_id)
        return result

    def _is_left(self, dialogue: Dialogue, message: Message) -> bool:
        return (_START if dialogue.state in self._kept else _COMMAND).match(message.text or "") is not None

    async def _store(self, held: HeldDialogue, *, update_id: int | None = None) -> None:
        if not held.is_changed:
            return
        now, key = self._clock.now(), held.key
        async with self._storage.write() as tx:
            await tx.dialogues.put(dialogue_key(key.bot_id, key.chat_id, key.user_id), held.dialogue, now=now)
            if update_id is not None:  # in the very transaction: it would not be understood again in the new state
                await tx.inbox.handled([update_id], now=now)


class HeldDialogue(BaseStorage):
    """The dialogue of one update, as it was found and as its handler leaves it."""

    def __init__(self, key: StorageKey, found: Dialogue) -> None:
        self.key = key
        self.dialogue = found
        self._found = found

    @property
    def is_changed(self) -> bool:
        return self.dialogue != self._found

    async def set_state(self, key: StorageKey, state: StateType = None) -> None:
        name = state.state if isinstance(state, State) else state
        self.dialogue = Dialogue(name, self.dialogue.data)

    async def get_state(self, key: StorageKey) -> str | None:
        return self.dialogue.state

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        self.dialogue = Dialogue(self.dialogue.state, dict(data))

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        return dict(self.dialogue.data)

    async def close(self) -> None:
        """It lives as long as its update."""
