"""Several photos sent at once come as several messages: those after the first go where the first went."""

from __future__ import annotations

from aiogram.filters import Filter
from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from bot.domain.ids import ThreadId

_ALBUM = "album"
_THREAD = "thread"
_IS_ANSWER = "is_answer"


class FollowsAlbum(Filter):
    """Another part of the album whose first one was taken."""

    async def __call__(self, message: Message, state: FSMContext) -> bool:
        return message.media_group_id is not None and (await state.get_data()).get(_ALBUM) == message.media_group_id


async def follow_album(message: Message, state: FSMContext, *, thread_id: ThreadId | None) -> None:
    """Remembers where the first of an album went; without a thread it waits to be addressed. No dialogue is open."""
    if message.media_group_id is not None:
        await state.set_data({_ALBUM: message.media_group_id, _THREAD: thread_id})


async def remember_album(message: Message, state: FSMContext) -> None:
    """The same beside whatever the dialogue is about: what is left of the album is not its next answer."""
    if message.media_group_id is not None:
        await state.update_data({_ALBUM: message.media_group_id, _IS_ANSWER: True})


async def was_answer(state: FSMContext) -> bool:
    """Whether the first of the album answered a question: nothing is done with the others."""
    return bool((await state.get_data()).get(_IS_ANSWER))


async def thread_of_album(state: FSMContext) -> ThreadId | None:
    """Where the first of the album went."""
    thread_id = (await state.get_data()).get(_THREAD)
    return None if thread_id is None else ThreadId(thread_id)
