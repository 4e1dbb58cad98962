"""The stores of one transaction, built on its connection."""

from __future__ import annotations

from functools import cached_property

from sqlalchemy.ext.asyncio import AsyncConnection

from storage.dialogues import DialogueStore


class Transaction:
    """Implements ``bot.ports.storage.Stores``; each store is made when first asked for."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    @cached_property
    def dialogues(self) -> DialogueStore:
        return DialogueStore(self._connection)
