"""«Исправить срок»: words are typed, shown as they were understood, and taken with «Верно»."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from bot.domain.errors import DomainError, NotFoundError
from bot.domain.ids import RowId
from bot.domain.network import Actor
from bot.domain.terms.model import Doubt, Term
from bot.ports.storage import Storage
from bot.services.edit_draft import DraftChangedError, TermNotUnderstoodError, set_term, understand_term
from bot.services.show_draft import show_row
from bot.texts.catalogue import Markup, plain, say
from bot.texts.wording import shorten
from handlers.documents import callbacks as to
from handlers.documents.row_screens import row_screen, typed_screen
from handlers.documents.states import TypingTerm
from handlers.documents.wording import button
from handlers.filters import IsCoordinator
from handlers.showing import NO_PREVIEW, show, toast
from handlers.typing_line import IS_LINE, drop_by_cancel


def build_router() -> Router:
    router = Router(name="documents terms")
    router.message.filter(IsCoordinator())
    router.callback_query.filter(IsCoordinator())
    router.callback_query.register(on_fix, to.FixTerm.filter())
    router.callback_query.register(on_accept, to.AcceptTerm.filter())
    drop_by_cancel(router, TypingTerm, words="ask-cancelled")
    router.message.register(on_words, IS_LINE, StateFilter(TypingTerm.of_row))
    return router


async def on_fix(
    query: CallbackQuery,
    callback_data: to.FixTerm,
    actor: Actor,
    app_storage: Storage,
    now: datetime,
    state: FSMContext,
) -> None:
    view = await show_row(app_storage, actor=actor, row_id=RowId(callback_data.row), now=now)
    await state.set_state(TypingTerm.of_row)
    await state.set_data({"row": callback_data.row})
    row = view.judged.row
    text = say("ask-term", number=row.number, title=shorten(row.title, 200), phrase=shorten(row.phrase or "–", 200))
    await toast(query)
    await show(query, text, _cancel(callback_data.row))


async def on_words(message: Message, actor: Actor, app_storage: Storage, now: datetime, state: FSMContext) -> None:
    row_id = RowId((await state.get_data())["row"])
    phrase = " ".join((message.text or "").split())
    try:
        typed = await understand_term(app_storage, actor=actor, row_id=row_id, phrase=phrase, now=now)
    except TermNotUnderstoodError as refusal:
        await message.answer(not_understood(refusal.term, phrase), reply_markup=_cancel(row_id))
        return
    except NotFoundError:
        await state.clear()  # the draft is gone, and the question with it; the words are chosen by handlers.errors
        raise
    await state.update_data(phrase=phrase)
    text, keyboard = typed_screen(typed, now=now)
    await message.answer(text, reply_markup=keyboard, link_preview_options=NO_PREVIEW)


async def on_accept(
    query: CallbackQuery,
    callback_data: to.AcceptTerm,
    actor: Actor,
    app_storage: Storage,
    now: datetime,
    state: FSMContext,
) -> None:
    row_id = RowId(callback_data.row)
    asked = await state.get_data()
    if asked.get("row") != callback_data.row or "phrase" not in asked:
        await toast(query, "toast-term-forgotten", alert=True)
    else:
        version, phrase = callback_data.version, str(asked["phrase"])
        try:
            await set_term(app_storage, actor=actor, row_id=row_id, version=version, phrase=phrase, now=now)
        except DraftChangedError:
            # His words are not lost: they are shown again over the draft as it is now.
            typed = await understand_term(app_storage, actor=actor, row_id=row_id, phrase=phrase, now=now)
            await toast(query, "toast-draft-changed", alert=True)
            await show(query, *typed_screen(typed, now=now, is_changed=True))
            return
        except DomainError:
            await state.clear()  # planned or discarded meanwhile: the question is over
            raise
        await toast(query, "toast-term-taken")
    view = await show_row(app_storage, actor=actor, row_id=row_id, now=now)
    await show(query, *row_screen(view, now=now))
    await state.clear()  # last: what a crash interrupts is handled again, and must find the words


def not_understood(term: Term, phrase: str) -> Markup:
    """Asks again, with examples; a day that does not exist is named as one."""
    doubt = Doubt.INVALID if term.is_invalid else next(iter(term.doubts), Doubt.NOT_UNDERSTOOD)
    if doubt is Doubt.NOT_UNDERSTOOD:  # that is all that is to be said; its words for a row offer to skip it
        return say("term-not-understood", phrase=shorten(phrase, 200))
    return say("term-doubted", phrase=shorten(phrase, 200), doubt=plain("doubt", doubt=doubt.value))


def _cancel(row: int) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(inline_keyboard=[[button("button-cancel", to.ShowRow(row=row))]])
