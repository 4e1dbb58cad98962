"""The stores of one transaction, built on its connection."""

from __future__ import annotations

from functools import cached_property

from sqlalchemy.ext.asyncio import AsyncConnection

from storage.dialogues import DialogueStore
from storage.matters import MatterStore
from storage.replies import ReplyStore


class Transaction:
    """Implements ``bot.ports.storage.Stores``; each store is made when first asked for."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    @cached_property
    def dialogues(self) -> DialogueStore:
        return DialogueStore(self._connection)

    @cached_property
    def replies(self) -> ReplyStore:
        return ReplyStore(self._connection)

    @cached_property
    def matters(self) -> MatterStore:
        return MatterStore(self._connection)
