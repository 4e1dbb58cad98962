"""A dialogue moves by whole updates: what a handler changed of it is stored when the handler has ended, or not at all.

Between two steps the process may die, and the update is handled again. Had the first attempt moved the dialogue
already, the title of a webinar would be read as its date, and the button of a consent would be an unknown one. So the
moves are held back, and stored together with the mark that the update is done.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
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


class DialogueMiddleware(BaseMiddleware):
    """Gives handlers ``state``. A command leaves whatever dialogue was open; /cancel is left to the dialogue itself.

    ``partings``: the words (a key of the catalogue) for a question that must not be dropped silently.
    """

    def __init__(self, storage: Storage, clock: Clock, partings: Mapping[str, str]) -> None:
        self._storage = storage
        self._clock = clock
        self._partings = partings

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        state: FSMContext | None = data.get("state")
        if state is None or not isinstance(event, Update):
            return await handler(event, data)
        held = _HeldDialogue(state.storage)
        data["state"] = FSMContext(held, state.key)
        if event.message is not None and _is_command(event.message):
            parting = self._partings.get(await data["state"].get_state() or "")
            if parting is not None:
                await event.message.answer(say(parting))
            await data["state"].clear()
            data["raw_state"] = None
        try:
            result = await handler(event, data)
        except DomainError:  # a refusal is told in words, and its handler may have ended the dialogue with it
            await self._store(held, state.key)
            raise
        await self._store(held, state.key, update_id=event.update_id)
        return result

    async def _store(self, held: _HeldDialogue, key: StorageKey, *, update_id: int | None = None) -> None:
        if held.changed is None:
            return
        now = self._clock.now()
        async with self._storage.write() as tx:
            await tx.dialogues.put(dialogue_key(key.bot_id, key.chat_id, key.user_id), held.changed, now=now)
            if update_id is not None:  # in the very transaction: it would not be understood again in the new state
                await tx.inbox.handled([update_id], now=now)


class _HeldDialogue(BaseStorage):
    """The dialogue of one update. ``changed``: what it has become; None while it is as it was."""

    def __init__(self, stored: BaseStorage) -> None:
        self._stored = stored
        self._known: Dialogue | None = None
        self._before: Dialogue | None = None

    @property
    def changed(self) -> Dialogue | None:
        return None if self._known == self._before else self._known

    async def set_state(self, key: StorageKey, state: StateType = None) -> None:
        name = state.state if isinstance(state, State) else state
        self._known = Dialogue(name, (await self._read(key)).data)

    async def get_state(self, key: StorageKey) -> str | None:
        return (await self._read(key)).state

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        self._known = Dialogue((await self._read(key)).state, dict(data))

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        return dict((await self._read(key)).data)

    async def close(self) -> None:
        """It lives as long as its update."""

    async def _read(self, key: StorageKey) -> Dialogue:
        if self._known is None:
            self._before = Dialogue(await self._stored.get_state(key), await self._stored.get_data(key))
            self._known = self._before
        return self._known


def _is_command(message: Message) -> bool:
    return _COMMAND.match(message.text or "") is not None
