"""«Строки вне плана»: rows that a plan left out get their term and join it."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from bot.domain.errors import DomainError
from bot.domain.ids import ActivityId, DocumentId, RowId
from bot.domain.network import Actor
from bot.ports.storage import Storage
from bot.services.edit_draft import TermNotUnderstoodError
from bot.services.plan_document import NobodyAnswersError
from bot.services.plan_row import (
    RowReading,
    StillPastError,
    plan_row,
    preview_row,
    show_left_row,
    show_left_rows,
)
from bot.services.show_plan import show_activity
from bot.texts.catalogue import say
from bot.texts.wording import shorten
from handlers.documents import term_callbacks as on
from handlers.documents.drafts import leave_typing
from handlers.documents.left_screens import left_preview_screen, left_row_screen, left_rows_screen
from handlers.documents.plan_screens import activity_screen
from handlers.documents.states import TypingTerm
from handlers.documents.terms import not_understood
from handlers.documents.wording import button
from handlers.filters import IsCoordinator
from handlers.showing import NO_PREVIEW, show, toast
from handlers.typing_line import IS_LINE


def build_router() -> Router:
    router = Router(name="documents left rows")
    router.message.filter(IsCoordinator())
    router.callback_query.filter(IsCoordinator())
    router.callback_query.register(on_list, on.ShowLeft.filter())
    router.callback_query.register(on_row, on.ShowLeftRow.filter())
    router.callback_query.register(on_preview, on.PreviewLeftRow.filter())
    router.callback_query.register(on_fix, on.FixLeftRow.filter())
    router.callback_query.register(on_plan, on.PlanLeftRow.filter())
    router.message.register(on_words, IS_LINE, StateFilter(TypingTerm.of_left_row))
    return router


async def on_list(
    query: CallbackQuery, callback_data: on.ShowLeft, actor: Actor, app_storage: Storage, now: datetime
) -> None:
    document_id = DocumentId(callback_data.document)
    left = await show_left_rows(app_storage, actor=actor, document_id=document_id, now=now)
    await toast(query)
    await show(query, *left_rows_screen(left, page=callback_data.page, now=now))


async def on_row(
    query: CallbackQuery,
    callback_data: on.ShowLeftRow,
    actor: Actor,
    app_storage: Storage,
    now: datetime,
    state: FSMContext,
) -> None:
    await leave_typing(state)
    left = await show_left_row(app_storage, actor=actor, row_id=RowId(callback_data.row), now=now)
    if left.activity_id is not None:
        await toast(query, "toast-left-planned-before")
        await _show_activity(query, app_storage, actor, left.activity_id, now)
        return
    await toast(query)
    await show(query, *left_row_screen(left, now=now))


async def on_preview(
    query: CallbackQuery, callback_data: on.PreviewLeftRow, actor: Actor, app_storage: Storage, now: datetime
) -> None:
    row_id, reading = RowId(callback_data.row), callback_data.reading
    try:
        preview = await preview_row(app_storage, actor=actor, row_id=row_id, reading=reading, read_at=now, now=now)
    except StillPastError:
        await toast(query, "toast-left-past", alert=True)
        return
    await toast(query)
    await show(query, *left_preview_screen(preview, reading, now=now))


async def on_fix(
    query: CallbackQuery,
    callback_data: on.FixLeftRow,
    actor: Actor,
    app_storage: Storage,
    now: datetime,
    state: FSMContext,
) -> None:
    left = await show_left_row(app_storage, actor=actor, row_id=RowId(callback_data.row), now=now)
    row = left.judged.row
    await state.set_state(TypingTerm.of_left_row)
    await state.set_data({"row": row.id})
    text = say("ask-term", number=row.number, title=shorten(row.title, 200), phrase=shorten(row.phrase or "–", 200))
    await toast(query)
    await show(query, text, _cancel(row.id))


async def on_words(message: Message, actor: Actor, app_storage: Storage, now: datetime, state: FSMContext) -> None:
    row_id = RowId((await state.get_data())["row"])
    words = " ".join((message.text or "").split())
    try:
        preview = await preview_row(
            app_storage, actor=actor, row_id=row_id, reading=RowReading.TYPED, words=words, read_at=now, now=now
        )
    except TermNotUnderstoodError as refusal:
        await message.answer(not_understood(refusal.term, words), reply_markup=_cancel(row_id))
        return
    except StillPastError:
        await message.answer(say("ask-dates-past", phrase=shorten(words, 200)), reply_markup=_cancel(row_id))
        return
    except DomainError:
        await state.clear()  # planned or called off meanwhile: the question is over
        raise
    await state.update_data(words=words, read_at=now.isoformat())
    text, keyboard = left_preview_screen(preview, RowReading.TYPED, now=now)
    await message.answer(text, reply_markup=keyboard, link_preview_options=NO_PREVIEW)


async def on_plan(
    query: CallbackQuery,
    callback_data: on.PlanLeftRow,
    actor: Actor,
    app_storage: Storage,
    now: datetime,
    state: FSMContext,
) -> None:
    row_id, reading = RowId(callback_data.row), callback_data.reading
    words, read_at = None, now
    if reading is RowReading.TYPED:
        asked = await state.get_data()
        if asked.get("row") != row_id or "read_at" not in asked:
            await toast(query, "toast-words-forgotten", alert=True)
            return
        words, read_at = str(asked["words"]), datetime.fromisoformat(asked["read_at"])
    try:
        planned = await plan_row(
            app_storage, actor=actor, row_id=row_id, reading=reading, words=words, read_at=read_at, now=now
        )
    except NobodyAnswersError as refusal:
        await toast(query, "toast-nobody-answers", alert=True, numbers=", ".join(refusal.numbers))
        return
    except StillPastError:
        await toast(query, "toast-left-past", alert=True)
        return
    await toast(query, "toast-left-planned-before" if planned.is_repeat else "toast-left-planned")
    await _show_activity(query, app_storage, actor, planned.activity_id, now)
    await leave_typing(state)  # last: what a crash interrupts is handled again, and must find the words


async def _show_activity(
    query: CallbackQuery, storage: Storage, actor: Actor, activity_id: ActivityId, now: datetime
) -> None:
    view = await show_activity(storage, actor=actor, activity_id=activity_id)
    await show(query, *activity_screen(view, page=1, now=now))


def _cancel(row: int) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(inline_keyboard=[[button("button-cancel", on.ShowLeftRow(row=row))]])
