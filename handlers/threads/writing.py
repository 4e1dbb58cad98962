"""Writing in a thread: by «Ответить», or by the messenger's own reply to its message; and closing it with a word."""

from __future__ import annotations

from typing import Any

from aiogram import F, Router
from aiogram.filters import Filter, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from bot.config import Settings
from bot.domain.errors import DomainError
from bot.domain.ids import ThreadId
from bot.domain.network import Actor
from bot.domain.threads import Said, Side, ThreadClosedError
from bot.ports.storage import Storage
from bot.services.address_words import keep_words
from bot.services.close_thread import close_thread
from bot.services.show_threads import find_thread, thread_of_message
from bot.services.tell_thread import Written
from bot.services.write_in_thread import write_in_thread
from bot.texts.catalogue import Markup, say
from handlers.filters import IsRegistered
from handlers.scene import Scene, SceneMiddleware
from handlers.showing import show, toast
from handlers.threads.addressing import addressing_screen
from handlers.threads.albums import follow_album
from handlers.threads.callbacks import CloseThread, CloseWithoutWords, LeaveThread, ShowThread, WriteThread
from handlers.threads.content import said_in
from handlers.threads.screens import button, opposite, sent, when, whole_keyboard
from handlers.threads.states import Talking
from handlers.typing_line import drop_by_cancel


class RepliesToThread(Filter):
    """Gives ``thread_id``: of the notice replied to, or of the buttons under the message."""

    async def __call__(
        self, message: Message, app_storage: Storage, actor: Actor | None = None
    ) -> bool | dict[str, Any]:
        replied = message.reply_to_message
        if actor is None or replied is None or replied.from_user is None or not replied.from_user.is_bot:
            return False
        found = await thread_of_message(app_storage, actor=actor, message_id=replied.message_id)
        found = found or _of_buttons(replied)
        return False if found is None else {"thread_id": found}


def build_router() -> Router:
    router = Router(name="writing in threads")
    router.message.filter(IsRegistered())
    router.callback_query.filter(IsRegistered())
    for observer in (router.message, router.callback_query):
        observer.middleware(SceneMiddleware())
    router.callback_query.register(on_write, WriteThread.filter())
    router.callback_query.register(on_close, CloseThread.filter())
    router.callback_query.register(on_close_now, CloseWithoutWords.filter())
    router.callback_query.register(on_leave, LeaveThread.filter())
    drop_by_cancel(router, Talking, words="thread-left")
    is_content = ~F.text.startswith("/")
    router.message.register(on_reply, is_content, StateFilter(None, Talking.writing), RepliesToThread())
    router.message.register(on_message, is_content, StateFilter(Talking.writing))
    router.message.register(on_word, is_content, StateFilter(Talking.closing))
    return router


async def on_write(query: CallbackQuery, callback_data: WriteThread, scene: Scene) -> None:
    """The question comes below: what is to be answered stays in sight."""
    view = await find_thread(scene.storage, actor=scene.actor, thread_id=ThreadId(callback_data.thread))
    await toast(query)
    await scene.state.set_state(Talking.writing)
    await scene.state.set_data({"thread": view.thread.id, "is_reopening": callback_data.is_reopening})
    asked = say("thread-ask") if view.side is Side.BELOW else say("thread-ask-above", who=opposite(view))
    await _ask(query, asked, [[button("button-cancel", LeaveThread(thread=view.thread.id))]])


async def on_close(query: CallbackQuery, callback_data: CloseThread, scene: Scene) -> None:
    view = await find_thread(scene.storage, actor=scene.actor, thread_id=ThreadId(callback_data.thread))
    if view.thread.is_closed:
        await toast(query, "toast-thread-closed", alert=True)
        return
    await toast(query)
    await scene.state.set_state(Talking.closing)
    await scene.state.set_data({"thread": view.thread.id})
    now = button("button-thread-close-now", CloseWithoutWords(thread=view.thread.id))
    await _ask(query, say("thread-ask-close"), [[now], [button("button-cancel", LeaveThread(thread=view.thread.id))]])


async def on_close_now(
    query: CallbackQuery, callback_data: CloseWithoutWords, scene: Scene, settings: Settings, source: str
) -> None:
    await _leave(scene.state)
    closed = await close_thread(
        scene.storage,
        actor=scene.actor,
        thread_id=ThreadId(callback_data.thread),
        word=None,
        source=source,
        owner_accounts=settings.owner_ids,
        now=scene.now,
    )
    await toast(query, "toast-thread-closed" if closed.is_repeat else None)
    await show(query, await _closed(scene, closed), whole_keyboard(closed))


async def on_leave(query: CallbackQuery, scene: Scene) -> None:
    await _leave(scene.state)
    await toast(query)
    await show(query, say("thread-left"))


async def on_reply(message: Message, thread_id: ThreadId, scene: Scene, settings: Settings, source: str) -> None:
    await _write(message, thread_id, scene, settings, source)


async def on_message(message: Message, scene: Scene, settings: Settings, source: str) -> None:
    asked = await scene.state.get_data()
    thread_id, is_reopening = ThreadId(asked["thread"]), bool(asked["is_reopening"])
    await _write(message, thread_id, scene, settings, source, is_reopening=is_reopening)


async def on_word(message: Message, scene: Scene, settings: Settings, source: str) -> None:
    said = said_in(message)
    if said is None:
        await message.answer(say("thread-only"))
        return
    thread_id = ThreadId((await scene.state.get_data())["thread"])
    await scene.state.clear()
    closed = await close_thread(
        scene.storage,
        actor=scene.actor,
        thread_id=thread_id,
        word=said,
        source=source,
        owner_accounts=settings.owner_ids,
        now=scene.now,
    )
    await message.answer(await _closed(scene, closed), reply_markup=whole_keyboard(closed))


async def _write(
    message: Message, thread_id: ThreadId, scene: Scene, settings: Settings, source: str, *, is_reopening: bool = False
) -> None:
    said = said_in(message)
    if said is None:
        await message.answer(say("thread-only"))
        return
    try:
        written = await write_in_thread(
            scene.storage,
            actor=scene.actor,
            thread_id=thread_id,
            said=said,
            source=source,
            owner_accounts=settings.owner_ids,
            now=scene.now,
            is_reopening=is_reopening,
        )
    except ThreadClosedError:
        await scene.state.clear()
        await _ask_anew(message, thread_id, said, scene, settings, source)
        return
    except DomainError:
        await scene.state.clear()  # the words are chosen by handlers.errors
        raise
    view = await find_thread(scene.storage, actor=scene.actor, thread_id=written.thread.id)
    await message.answer(sent(written, view, reader=scene.reader, now=scene.now), reply_markup=whole_keyboard(written))
    await scene.state.clear()  # last: what a crash interrupts is handled again, and must find the dialogue
    await follow_album(message, scene.state, thread_id=written.thread.id)


async def _ask_anew(
    message: Message, thread_id: ThreadId, said: Said, scene: Scene, settings: Settings, source: str
) -> None:
    """The question was closed meanwhile; what he wrote is kept until he says where it goes."""
    addressing = await keep_words(
        scene.storage,
        actor=scene.actor,
        said=said,
        source=source,
        owner_accounts=settings.owner_ids,
        reader=scene.reader,
        now=scene.now,
        closed_id=thread_id,
    )
    view = await find_thread(scene.storage, actor=scene.actor, thread_id=thread_id)
    text, keyboard = addressing_screen(addressing, closed=view)
    await message.answer(text, reply_markup=keyboard)


async def _closed(scene: Scene, closed: Written) -> Markup:
    who = opposite(await find_thread(scene.storage, actor=scene.actor, thread_id=closed.thread.id))
    if closed.is_repeat or not closed.people:
        return say("thread-closed")
    if closed.at is None:
        return say("thread-is-closed", who=who)
    return say("thread-is-closed-held", who=who, when=when(closed.at, reader=scene.reader, now=scene.now))


async def _ask(query: CallbackQuery, text: Markup, rows: list[Any]) -> None:
    assert query.bot is not None, "a query of a dispatcher carries its bot"
    await query.bot.send_message(query.from_user.id, text, reply_markup=InlineKeyboardMarkup(inline_keyboard=rows))


async def _leave(state: FSMContext) -> None:
    """Only its own dialogue: he may be in another one meanwhile."""
    if await state.get_state() in (Talking.writing.state, Talking.closing.state):
        await state.clear()


def _of_buttons(replied: Message) -> ThreadId | None:
    rows = replied.reply_markup.inline_keyboard if replied.reply_markup else []
    for one in (one for row in rows for one in row):
        for kind in (WriteThread, CloseThread, ShowThread, LeaveThread):
            if (one.callback_data or "").startswith(f"{kind.__prefix__}:"):
                return ThreadId(kind.unpack(one.callback_data or "").thread)
    return None
