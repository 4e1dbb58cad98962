"""The first word of an answer that takes a while: said once, however often its update is handled."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.ports.storage import Storage


async def begin_answer(storage: Storage, update_id: int, say: Callable[[], Awaitable[int]]) -> int:
    """The message that becomes the answer: the one that an earlier attempt has begun, else what ``say`` sends now.

    Only a kill between the sending and the note of it leaves a message that nobody finds again; noted before it was
    sent it could not be, for its number is the messenger's.
    """
    async with storage.read() as tx:
        begun = await tx.inbox.begun_answer(update_id)
    if begun is not None:
        return begun
    message_id = await say()
    async with storage.write() as tx:
        await tx.inbox.note_begun_answer(update_id, message_id)
    return message_id
