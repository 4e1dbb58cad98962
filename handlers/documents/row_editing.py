"""One row: its texts written anew, joined with a neighbour, split, and put back as the document has it."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from bot.domain.errors import NotFoundError
from bot.domain.ids import RowId
from bot.domain.network import Actor
from bot.domain.rearranging import MAX_PARTS, MAX_TEXT
from bot.ports.storage import Storage
from bot.services.edit_draft import DraftChangedError
from bot.services.rearrange_rows import (
    EntangledRowError,
    RowText,
    WrongPartsError,
    WrongTextError,
    correct_text,
    join_rows,
    restore_row,
    show_neighbours,
    split_row,
    take_term_of_part,
)
from bot.services.show_draft import RowView, show_row
from bot.texts.catalogue import plain, say
from bot.texts.wording import shorten
from handlers.documents import callbacks as to
from handlers.documents import row_callbacks as about
from handlers.documents.drafts import leave_typing, made, show_row_again
from handlers.documents.row_screens import neighbours_screen, row_screen, texts_screen
from handlers.documents.states import TypingRow
from handlers.documents.wording import button
from handlers.filters import IsCoordinator
from handlers.showing import NO_PREVIEW, show, toast
from handlers.typing_line import IS_LINE, drop_by_cancel


def build_router() -> Router:
    router = Router(name="documents row editing")
    router.message.filter(IsCoordinator())
    router.callback_query.filter(IsCoordinator())
    router.callback_query.register(on_texts, about.CorrectRow.filter())
    router.callback_query.register(on_text, about.CorrectText.filter())
    router.callback_query.register(on_join, about.JoinRow.filter())
    router.callback_query.register(on_take_term, about.TakeTerm.filter())
    router.callback_query.register(on_split, about.SplitRow.filter())
    router.callback_query.register(on_restore, about.RestoreRow.filter())
    router.message.register(on_new_text, IS_LINE, StateFilter(TypingRow.text))
    router.message.register(on_parts, IS_LINE, StateFilter(TypingRow.parts))
    drop_by_cancel(router, TypingRow, words="toast-text-left")
    return router


async def on_texts(
    query: CallbackQuery,
    callback_data: about.CorrectRow,
    actor: Actor,
    app_storage: Storage,
    now: datetime,
    state: FSMContext,
) -> None:
    view = await show_row(app_storage, actor=actor, row_id=RowId(callback_data.row), now=now)
    await leave_typing(state)
    await toast(query)
    await show(query, *texts_screen(view))


async def on_text(
    query: CallbackQuery,
    callback_data: about.CorrectText,
    actor: Actor,
    app_storage: Storage,
    now: datetime,
    state: FSMContext,
) -> None:
    view = await show_row(app_storage, actor=actor, row_id=RowId(callback_data.row), now=now)
    row, what = view.judged.row, callback_data.text_of.value
    await state.set_state(TypingRow.text)
    await state.set_data({"row": row.id, "version": view.draft.version, "text_of": what})
    old = shorten(getattr(row, what) or plain("text-empty"), 2500)
    await toast(query)
    await show(query, say("ask-text", number=row.number, what=what, text=old), _leave(row.id))


async def on_new_text(message: Message, actor: Actor, app_storage: Storage, now: datetime, state: FSMContext) -> None:
    asked = await state.get_data()
    row_id = RowId(asked["row"])
    try:
        await correct_text(
            app_storage,
            actor=actor,
            row_id=row_id,
            version=asked["version"],
            text_of=RowText(asked["text_of"]),
            text=message.text or "",
        )
    except WrongTextError:
        await message.answer(say("text-wrong", limit=MAX_TEXT), reply_markup=_leave(row_id))
        return
    except DraftChangedError:
        await _ask_again(message, state, await show_row(app_storage, actor=actor, row_id=row_id, now=now))
        return
    except NotFoundError:
        await state.clear()  # the draft is gone, and the question with it
        raise
    await _answer_row(message, state, app_storage, actor, row_id, now)


async def on_join(
    query: CallbackQuery, callback_data: about.JoinRow, actor: Actor, app_storage: Storage, now: datetime
) -> None:
    row_id, other = RowId(callback_data.row), RowId(callback_data.other)
    if not other:
        found = await show_neighbours(app_storage, actor=actor, row_id=row_id)
        await toast(query)
        await show(query, *neighbours_screen(found))
        return
    try:
        change = join_rows(app_storage, actor=actor, row_id=row_id, other_id=other, version=callback_data.version)
        is_current = await made(change)
    except NotFoundError:
        found = await show_neighbours(app_storage, actor=actor, row_id=row_id)
        await toast(query, "toast-no-neighbour", alert=True)
        await show(query, *neighbours_screen(found))
        return
    await show_row_again(query, app_storage, actor, row_id, now, is_current=is_current, done="toast-joined")


async def on_take_term(
    query: CallbackQuery, callback_data: about.TakeTerm, actor: Actor, app_storage: Storage, now: datetime
) -> None:
    row_id, part_id, version = RowId(callback_data.row), RowId(callback_data.other), callback_data.version
    change = take_term_of_part(app_storage, actor=actor, row_id=row_id, part_id=part_id, version=version)
    await show_row_again(query, app_storage, actor, row_id, now, is_current=await made(change))


async def on_split(
    query: CallbackQuery,
    callback_data: about.SplitRow,
    actor: Actor,
    app_storage: Storage,
    now: datetime,
    state: FSMContext,
) -> None:
    row_id, version = RowId(callback_data.row), callback_data.version
    view = await show_row(app_storage, actor=actor, row_id=row_id, now=now)
    if not callback_data.is_proposed:
        await state.set_state(TypingRow.parts)
        await state.set_data({"row": row_id, "version": view.draft.version})
        row = view.judged.row
        await toast(query)
        await show(query, say("ask-parts", number=row.number, title=shorten(row.title, 2500)), _leave(row_id))
        return
    try:
        is_current = await made(split_row(app_storage, actor=actor, row_id=row_id, version=version, titles=None))
    except (EntangledRowError, WrongPartsError):
        await toast(query, "toast-entangled", alert=True)
        await show(query, *row_screen(view, now=now))
        return
    await show_row_again(query, app_storage, actor, row_id, now, is_current=is_current)


async def on_parts(message: Message, actor: Actor, app_storage: Storage, now: datetime, state: FSMContext) -> None:
    asked = await state.get_data()
    row_id = RowId(asked["row"])
    titles = [" ".join(line.split()) for line in (message.text or "").splitlines() if line.strip()]
    try:
        parts = await split_row(app_storage, actor=actor, row_id=row_id, version=asked["version"], titles=titles)
    except WrongPartsError:
        await message.answer(say("parts-wrong", limit=MAX_PARTS), reply_markup=_leave(row_id))
        return
    except EntangledRowError:
        await message.answer(say("toast-entangled"), reply_markup=_leave(row_id))
        await state.clear()
        return
    except DraftChangedError:
        await _ask_again(message, state, await show_row(app_storage, actor=actor, row_id=row_id, now=now))
        return
    except NotFoundError:
        await state.clear()  # the draft is gone, and the question with it
        raise
    await message.answer(say("toast-split", n=parts))
    await _answer_row(message, state, app_storage, actor, row_id, now)


async def on_restore(
    query: CallbackQuery, callback_data: about.RestoreRow, actor: Actor, app_storage: Storage, now: datetime
) -> None:
    row_id = RowId(callback_data.row)
    try:
        row_id = await restore_row(app_storage, actor=actor, row_id=row_id, version=callback_data.version)
    except DraftChangedError:
        await show_row_again(query, app_storage, actor, row_id, now, is_current=False)
        return
    await show_row_again(query, app_storage, actor, row_id, now, is_current=True, done="toast-restored")


async def _ask_again(message: Message, state: FSMContext, view: RowView) -> None:
    """Somebody edited the draft meanwhile: what he wrote stands in the chat, and counts once he sends it again."""
    await state.update_data(version=view.draft.version)
    await message.answer(say("draft-changed"), reply_markup=_leave(view.judged.row.id))


async def _answer_row(
    message: Message, state: FSMContext, storage: Storage, actor: Actor, row_id: RowId, now: datetime
) -> None:
    text, keyboard = row_screen(await show_row(storage, actor=actor, row_id=row_id, now=now), now=now)
    await message.answer(text, reply_markup=keyboard, link_preview_options=NO_PREVIEW)
    await state.clear()  # last: what a crash interrupts is handled again, and must find the question


def _leave(row_id: RowId) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(inline_keyboard=[[button("button-leave", to.ShowRow(row=row_id))]])
