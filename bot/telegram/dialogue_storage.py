"""aiogram's dialogue states kept in the database: a restart in the middle of a dialogue loses nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiogram.fsm.state import State
from aiogram.fsm.storage.base import BaseStorage, StateType, StorageKey

from bot.clock import Clock
from bot.ports.dialogues import Dialogue, dialogue_key
from bot.ports.storage import Storage


class DialogueStorage(BaseStorage):
    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    async def set_state(self, key: StorageKey, state: StateType = None) -> None:
        name = state.state if isinstance(state, State) else state
        async with self._storage.write() as tx:
            old = await tx.dialogues.get(_key(key))
            await tx.dialogues.put(_key(key), Dialogue(name, old.data), now=self._clock.now())

    async def get_state(self, key: StorageKey) -> str | None:
        async with self._storage.read() as tx:
            return (await tx.dialogues.get(_key(key))).state

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        async with self._storage.write() as tx:
            old = await tx.dialogues.get(_key(key))
            await tx.dialogues.put(_key(key), Dialogue(old.state, dict(data)), now=self._clock.now())

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        async with self._storage.read() as tx:
            return (await tx.dialogues.get(_key(key))).data

    async def close(self) -> None:
        """The database is closed by whoever opened it."""


def _key(key: StorageKey) -> str:
    return dialogue_key(key.bot_id, key.chat_id, key.user_id)
