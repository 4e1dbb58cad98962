"""«Вопросы»: the list, one thread whole, and its files."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from aiogram import Bot, Router
from aiogram.exceptions import TelegramBadRequest
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.domain.ids import ThreadId, ThreadMessageId
from bot.domain.network import Actor
from bot.domain.threads import FileKind
from bot.ports.storage import Storage
from bot.services.show_threads import find_file, list_threads, show_thread
from bot.texts.catalogue import say
from handlers.filters import IsRegistered
from handlers.showing import show, toast
from handlers.threads.callbacks import ShowFile, ShowThread, ThreadList
from handlers.threads.screens import list_screen, message_line, thread_screen

_CAPTION = 700  # of the 1,024 that the messenger takes


def build_router() -> Router:
    router = Router(name="questions")
    router.message.filter(IsRegistered())
    router.callback_query.filter(IsRegistered())
    router.message.register(on_questions, Command("questions"))
    router.callback_query.register(on_list, ThreadList.filter())
    router.callback_query.register(on_thread, ShowThread.filter())
    router.callback_query.register(on_file, ShowFile.filter())
    return router


async def on_questions(
    message: Message, state: FSMContext, actor: Actor, app_storage: Storage, reader: ZoneInfo
) -> None:
    await state.clear()
    text, keyboard = list_screen(await list_threads(app_storage, actor=actor), reader=reader)
    await message.answer(text, reply_markup=keyboard)


async def on_list(
    query: CallbackQuery, callback_data: ThreadList, actor: Actor, app_storage: Storage, reader: ZoneInfo
) -> None:
    page = await list_threads(app_storage, actor=actor, page=callback_data.page, is_closed=callback_data.is_closed)
    await toast(query)
    await show(query, *list_screen(page, reader=reader))


async def on_thread(
    query: CallbackQuery,
    callback_data: ShowThread,
    actor: Actor,
    app_storage: Storage,
    reader: ZoneInfo,
    now: datetime,
) -> None:
    view = await show_thread(app_storage, actor=actor, thread_id=ThreadId(callback_data.thread))
    await toast(query)
    today = now.astimezone(reader).date()
    screen = thread_screen(view, actor.person.id, reader=reader, today=today, page=callback_data.page)
    await show(query, *screen)


async def on_file(
    query: CallbackQuery, callback_data: ShowFile, actor: Actor, app_storage: Storage, reader: ZoneInfo, bot: Bot
) -> None:
    """Sent as what it was, with who wrote it and his words, by the messenger's own id: nothing is downloaded."""
    message_id = ThreadMessageId(callback_data.message)
    message = await find_file(app_storage, actor=actor, message_id=message_id)
    assert message.said.file is not None, "that is what was looked for"
    await toast(query)
    caption = message_line(message, actor.person.id, reader, limit=_CAPTION)
    chat, file = query.from_user.id, message.said.file
    try:
        if file.kind is FileKind.ROUND:  # the one kind that takes no caption
            await bot.send_video_note(chat, file.file_id)
            return
        await _senders(bot)[file.kind](chat, file.file_id, caption=caption)
    except TelegramBadRequest:
        await bot.send_message(chat, say("thread-file-lost"))


def _senders(bot: Bot) -> dict[FileKind, Callable[..., Awaitable[Any]]]:
    return {
        FileKind.PHOTO: bot.send_photo,
        FileKind.DOCUMENT: bot.send_document,
        FileKind.VOICE: bot.send_voice,
        FileKind.VIDEO: bot.send_video,
        FileKind.AUDIO: bot.send_audio,
        FileKind.ANIMATION: bot.send_animation,
    }
