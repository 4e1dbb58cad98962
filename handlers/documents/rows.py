"""Many rows at once: accepting the understood, finding one among two hundred, skipping what is listed."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.domain.drafts import DocumentState, RowDecision
from bot.domain.errors import NotFoundError
from bot.domain.ids import DocumentId
from bot.domain.network import Actor
from bot.ports.storage import Storage
from bot.services.edit_draft import DraftChangedError, accept_clear, decide_rows
from bot.services.plan_document import preview_plan
from bot.services.show_draft import DraftView, list_documents, show_draft, show_row
from handlers.documents import callbacks as to
from handlers.documents import row_callbacks as about
from handlers.documents.draft_screens import ROWS, draft_screen, listed_rows
from handlers.documents.drafts import OPEN_DRAFT, draft_at, made, remember_draft, show_row_again, tell_edit
from handlers.documents.plan import preview_screen
from handlers.documents.row_lists import choose_rows_screen, found_screen, matching, pages_screen
from handlers.documents.row_screens import row_screen
from handlers.filters import IsCoordinator
from handlers.showing import NO_PREVIEW, show, toast
from handlers.typing_line import IS_LINE


def build_router() -> Router:
    router = Router(name="documents rows")
    router.callback_query.filter(IsCoordinator())
    router.callback_query.register(on_accept_clear, about.AcceptClear.filter())
    router.callback_query.register(on_next_question, about.NextQuestion.filter())
    router.callback_query.register(on_choose_page, about.ChoosePage.filter())
    router.callback_query.register(on_choose_rows, about.ChooseRows.filter())
    router.callback_query.register(on_decide_shown, about.DecideShown.filter())
    router.callback_query.register(on_found, about.ShowFound.filter())
    return router


def build_search_router() -> Router:
    """Asked after everything that knows what to do with a text: what is left is looked for in the open draft."""
    router = Router(name="documents rows search")
    router.message.register(on_words, IS_LINE, StateFilter(None), IsCoordinator())
    return router


async def on_accept_clear(
    query: CallbackQuery, callback_data: about.AcceptClear, actor: Actor, app_storage: Storage, now: datetime
) -> None:
    document_id, version = DocumentId(callback_data.document), callback_data.version
    try:
        accepted = await accept_clear(app_storage, actor=actor, document_id=document_id, version=version, now=now)
    except DraftChangedError:
        await toast(query, "toast-draft-changed", alert=True)
    else:
        await toast(query, "toast-accepted", n=accepted)
    if callback_data.is_preview:
        preview = await preview_plan(app_storage, actor=actor, document_id=document_id, now=now)
        await show(query, *preview_screen(preview, now=now))
    else:
        await show(query, *await draft_at(app_storage, actor, to.ShowDraft(document=document_id), now))


async def on_next_question(
    query: CallbackQuery, callback_data: about.NextQuestion, actor: Actor, app_storage: Storage, now: datetime
) -> None:
    document_id = DocumentId(callback_data.document)
    view = await show_draft(app_storage, actor=actor, document_id=document_id, now=now)
    doubtful = [judged.row for judged in view.judgement.rows if judged.is_doubtful]
    if not doubtful:
        await toast(query, "toast-no-questions")
        await show(query, *draft_screen(view, at=to.ShowDraft(document=document_id), now=now))
        return
    row = next((row for row in doubtful if row.position > callback_data.after), doubtful[0])
    await show_row_again(query, app_storage, actor, row.id, now, is_current=True)


async def on_choose_page(
    query: CallbackQuery, callback_data: about.ChoosePage, actor: Actor, app_storage: Storage, now: datetime
) -> None:
    view = await _view(app_storage, actor, callback_data.document, now)
    at = to.ShowDraft(document=view.draft.id, only=callback_data.only, section=callback_data.section)
    await toast(query)
    await show(query, *pages_screen(at, -(-len(listed_rows(view.judgement, at)) // ROWS)))


async def on_choose_rows(
    query: CallbackQuery,
    callback_data: about.ChooseRows,
    actor: Actor,
    app_storage: Storage,
    now: datetime,
    state: FSMContext,
) -> None:
    view = await _view(app_storage, actor, callback_data.document, now)
    await remember_draft(state, view.draft.id)
    await toast(query)
    await show(query, *choose_rows_screen(view, page=callback_data.page))


async def on_decide_shown(
    query: CallbackQuery, callback_data: about.DecideShown, actor: Actor, app_storage: Storage, now: datetime
) -> None:
    tap = callback_data
    view = await _view(app_storage, actor, tap.document, now)
    at = to.ShowDraft(document=tap.document, only=tap.only, section=tap.section)
    change = decide_rows(
        app_storage,
        actor=actor,
        document_id=view.draft.id,
        version=tap.version,
        row_ids=[judged.row.id for judged in listed_rows(view.judgement, at)],
        decision=RowDecision.SKIP if tap.is_skip else RowDecision.TAKE,
    )
    await tell_edit(query, is_current=await made(change))
    kept = at if tap.section else to.ShowDraft(document=tap.document)
    await show(query, *await draft_at(app_storage, actor, kept, now))


async def on_words(message: Message, actor: Actor, app_storage: Storage, now: datetime, state: FSMContext) -> None:
    """«строка 57», «57» or words of a row; without an open draft only what is found in the latest one is shown."""
    words = " ".join((message.text or "").split())[:100]
    open_draft = (await state.get_data()).get(OPEN_DRAFT)
    view = await _searched(app_storage, actor, open_draft, now)
    found = matching(view.judgement, words) if view else ()
    if view is None or not (found or open_draft):
        raise SkipHandler
    await state.set_data({OPEN_DRAFT: view.draft.id, "words": words})
    if len(found) == 1:
        row = await show_row(app_storage, actor=actor, row_id=found[0].row.id, now=now)
        text, keyboard = row_screen(row, now=now)
    else:
        text, keyboard = found_screen(view, found, words, page=1, now=now)
    await message.answer(text, reply_markup=keyboard, link_preview_options=NO_PREVIEW)


async def on_found(
    query: CallbackQuery,
    callback_data: about.ShowFound,
    actor: Actor,
    app_storage: Storage,
    now: datetime,
    state: FSMContext,
) -> None:
    view = await _view(app_storage, actor, callback_data.document, now)
    asked = await state.get_data()
    await toast(query)
    if asked.get(OPEN_DRAFT) != view.draft.id or "words" not in asked:
        await show(query, *draft_screen(view, at=to.ShowDraft(document=view.draft.id), now=now))
        return
    words = str(asked["words"])
    found = matching(view.judgement, words)
    await show(query, *found_screen(view, found, words, page=callback_data.page, now=now))


async def _searched(storage: Storage, actor: Actor, open_draft: int | None, now: datetime) -> DraftView | None:
    """The draft that he has open, else the latest one of his; None where there is none."""
    if open_draft is None:
        latest = await list_documents(storage, actor=actor, states=[DocumentState.DRAFT], limit=1, offset=0)
        open_draft = latest.documents[0].draft.id if latest.documents else None
    if open_draft is None:
        return None
    try:
        view = await _view(storage, actor, open_draft, now)
    except NotFoundError:
        return None
    return view if view.draft.state is DocumentState.DRAFT else None


async def _view(storage: Storage, actor: Actor, document: int, now: datetime) -> DraftView:
    return await show_draft(storage, actor=actor, document_id=DocumentId(document), now=now)
