"""«Откуда это»: the facts of a document, their corrections in words, and the papers it mentions."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from bot.domain.documents import DocumentFact
from bot.domain.errors import DomainError
from bot.domain.ids import DocumentId
from bot.domain.network import Actor
from bot.ports.storage import Storage
from bot.services.correct_facts import FactNotUnderstoodError, correct_fact, show_facts
from bot.services.edit_draft import DraftChangedError
from bot.texts.catalogue import Markup, plain, say
from handlers.documents import facts_callbacks as about
from handlers.documents.drafts import leave_typing
from handlers.documents.facts_screens import fact_name, facts_screen, mentions_screen
from handlers.documents.states import TypingFact
from handlers.documents.wording import button
from handlers.filters import IsCoordinator
from handlers.showing import NO_PREVIEW, show, toast
from handlers.typing_line import IS_LINE, drop_by_cancel


def build_router() -> Router:
    router = Router(name="documents facts")
    router.message.filter(IsCoordinator())
    router.callback_query.filter(IsCoordinator())
    router.callback_query.register(on_facts, about.ShowFacts.filter())
    router.callback_query.register(on_correct, about.CorrectFact.filter())
    router.callback_query.register(on_mentions, about.ShowMentions.filter())
    drop_by_cancel(router, TypingFact, words="ask-cancelled")
    router.message.register(on_words, IS_LINE, StateFilter(TypingFact.words))
    return router


async def on_facts(
    query: CallbackQuery, callback_data: about.ShowFacts, actor: Actor, app_storage: Storage, state: FSMContext
) -> None:
    await leave_typing(state)
    view = await show_facts(app_storage, actor=actor, document_id=DocumentId(callback_data.document))
    await toast(query)
    await show(query, *facts_screen(view))


async def on_mentions(
    query: CallbackQuery, callback_data: about.ShowMentions, actor: Actor, app_storage: Storage
) -> None:
    view = await show_facts(app_storage, actor=actor, document_id=DocumentId(callback_data.document))
    await toast(query)
    await show(query, *mentions_screen(view, page=callback_data.page))


async def on_correct(
    query: CallbackQuery, callback_data: about.CorrectFact, actor: Actor, app_storage: Storage, state: FSMContext
) -> None:
    document_id, fact = DocumentId(callback_data.document), callback_data.fact
    await show_facts(app_storage, actor=actor, document_id=document_id)  # refuses what is not the actor's
    await state.set_state(TypingFact.words)
    await state.set_data({"document": document_id, "version": callback_data.version, "fact": fact.value})
    await toast(query)
    asked = Markup(f"{say('fact-ask', name=fact_name(fact))}\n{say('fact-ask-hint', fact=fact.value)}")
    await show(query, asked, _cancel(document_id))


async def on_words(message: Message, actor: Actor, app_storage: Storage, now: datetime, state: FSMContext) -> None:
    asked = await state.get_data()
    document_id, fact = DocumentId(asked["document"]), DocumentFact(asked["fact"])
    is_current = True
    try:
        await correct_fact(
            app_storage,
            actor=actor,
            document_id=document_id,
            version=int(asked["version"]),
            fact=fact,
            words=message.text or "",
            now=now,
        )
    except FactNotUnderstoodError:
        refused = Markup(plain("fact-not-understood", fact=fact.value))
        await message.answer(refused, reply_markup=_cancel(document_id))
        return
    except DraftChangedError:
        is_current = False
    except DomainError:
        await state.clear()  # planned or discarded meanwhile: the question is over
        raise
    text, keyboard = facts_screen(await show_facts(app_storage, actor=actor, document_id=document_id))
    text = text if is_current else Markup(f"{say('draft-changed')}\n\n{text}")
    await message.answer(text, reply_markup=keyboard, link_preview_options=NO_PREVIEW)
    await state.clear()


def _cancel(document: int) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(inline_keyboard=[[button("button-cancel", about.ShowFacts(document=document))]])
