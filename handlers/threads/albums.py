"""Several photos sent at once come as several messages: those after the first go where the first went."""

from __future__ import annotations

from aiogram.filters import Filter
from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from bot.domain.ids import ThreadId

_ALBUM = "album"
_THREAD = "thread"


class FollowsAlbum(Filter):
    """Another part of the album whose first one was taken."""

    async def __call__(self, message: Message, state: FSMContext) -> bool:
        return message.media_group_id is not None and (await state.get_data()).get(_ALBUM) == message.media_group_id


async def follow_album(message: Message, state: FSMContext, *, thread_id: ThreadId | None) -> None:
    """Remembers where the first of an album went; without a thread it waits to be addressed. No dialogue is open."""
    if message.media_group_id is not None:
        await state.set_data({_ALBUM: message.media_group_id, _THREAD: thread_id})


async def thread_of_album(state: FSMContext) -> ThreadId | None:
    """Where the first of the album went."""
    thread_id = (await state.get_data()).get(_THREAD)
    return None if thread_id is None else ThreadId(thread_id)
