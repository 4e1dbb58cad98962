"""The draft: its list, its rows, and the decisions of one tap."""

from __future__ import annotations

from collections.abc import Awaitable
from datetime import datetime
from zoneinfo import ZoneInfo

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from bot.domain.drafts import DocumentState, Draft
from bot.domain.ids import DocumentId, RowId
from bot.domain.network import Actor
from bot.ports.storage import Storage
from bot.services.edit_draft import (
    DraftChangedError,
    accept_doubtful,
    accept_row,
    decide_all_past,
    decide_row,
    discard_draft,
    take_proposal,
)
from bot.services.show_draft import list_documents, show_draft, show_row
from bot.texts.catalogue import Markup, plain, say
from bot.texts.wording import shorten
from handlers.documents import callbacks as to
from handlers.documents.draft_screens import Screen, draft_screen
from handlers.documents.row_screens import row_screen
from handlers.documents.states import TypingFact, TypingRow, TypingTerm
from handlers.documents.wording import button, draft_name, labelled
from handlers.filters import IsCoordinator
from handlers.rows import page_of, turning
from handlers.showing import NO_PREVIEW, show, toast

_SHELF = 6
OPEN_DRAFT = "draft"
"""Under this key the dialogue of a coordinator keeps which draft he has open, and what he last looked for in it."""


def build_router() -> Router:
    router = Router(name="documents drafts")
    router.message.filter(IsCoordinator())
    router.callback_query.filter(IsCoordinator())
    router.message.register(on_drafts, Command("drafts"))
    router.message.register(on_documents, Command("documents"))
    router.callback_query.register(on_shelf, to.ShowShelf.filter())
    router.callback_query.register(on_draft, to.ShowDraft.filter())
    router.callback_query.register(on_row, to.ShowRow.filter())
    router.callback_query.register(on_decide, to.DecideRow.filter())
    router.callback_query.register(on_decide_all, to.DecideAllPast.filter())
    router.callback_query.register(on_confirm, to.ConfirmTerm.filter())
    router.callback_query.register(on_confirm_all, to.ConfirmAll.filter())
    router.callback_query.register(on_proposal, to.TakeProposal.filter())
    router.callback_query.register(on_discard, to.DiscardDraft.filter())
    return router


async def on_drafts(message: Message, state: FSMContext, actor: Actor, app_storage: Storage, now: datetime) -> None:
    await state.clear()
    text, keyboard = await _shelf(app_storage, actor, to.ShowShelf(shelf=to.Shelf.DRAFTS), now)
    await message.answer(text, reply_markup=keyboard, link_preview_options=NO_PREVIEW)


async def on_documents(message: Message, state: FSMContext, actor: Actor, app_storage: Storage, now: datetime) -> None:
    await state.clear()
    text, keyboard = await _shelf(app_storage, actor, to.ShowShelf(shelf=to.Shelf.PLANNED), now)
    await message.answer(text, reply_markup=keyboard, link_preview_options=NO_PREVIEW)


async def on_shelf(
    query: CallbackQuery, callback_data: to.ShowShelf, actor: Actor, app_storage: Storage, now: datetime
) -> None:
    await toast(query)
    await show(query, *await _shelf(app_storage, actor, callback_data, now))


async def on_draft(
    query: CallbackQuery,
    callback_data: to.ShowDraft,
    actor: Actor,
    app_storage: Storage,
    now: datetime,
    state: FSMContext,
) -> None:
    await leave_typing(state)
    screen = await draft_at(app_storage, actor, callback_data, now)
    await remember_draft(state, DocumentId(callback_data.document))
    await toast(query)
    await show(query, *screen)


async def on_row(
    query: CallbackQuery,
    callback_data: to.ShowRow,
    actor: Actor,
    app_storage: Storage,
    now: datetime,
    state: FSMContext,
) -> None:
    await leave_typing(state)
    await show_row_again(query, app_storage, actor, RowId(callback_data.row), now, is_current=True)


async def on_decide(
    query: CallbackQuery, callback_data: to.DecideRow, actor: Actor, app_storage: Storage, now: datetime
) -> None:
    row_id = RowId(callback_data.row)
    is_current = await made(
        decide_row(
            app_storage,
            actor=actor,
            row_id=row_id,
            version=callback_data.version,
            decision=callback_data.decision,
        )
    )
    await show_row_again(query, app_storage, actor, row_id, now, is_current=is_current)


async def on_decide_all(
    query: CallbackQuery, callback_data: to.DecideAllPast, actor: Actor, app_storage: Storage, now: datetime
) -> None:
    document_id = DocumentId(callback_data.document)
    is_current = await made(
        decide_all_past(
            app_storage,
            actor=actor,
            document_id=document_id,
            version=callback_data.version,
            decision=callback_data.decision,
            now=now,
        )
    )
    screen = await draft_at(app_storage, actor, to.ShowDraft(document=document_id), now)
    await tell_edit(query, is_current=is_current)
    await show(query, *screen)


async def on_confirm(
    query: CallbackQuery, callback_data: to.ConfirmTerm, actor: Actor, app_storage: Storage, now: datetime
) -> None:
    row_id = RowId(callback_data.row)
    is_current = await made(
        accept_row(app_storage, actor=actor, row_id=row_id, version=callback_data.version)
    )  # fmt: skip
    await show_row_again(query, app_storage, actor, row_id, now, is_current=is_current)


async def on_confirm_all(
    query: CallbackQuery, callback_data: to.ConfirmAll, actor: Actor, app_storage: Storage, now: datetime
) -> None:
    document_id, version = DocumentId(callback_data.document), callback_data.version
    is_current = await made(
        accept_doubtful(app_storage, actor=actor, document_id=document_id, version=version, now=now)
    )  # fmt: skip
    screen = await draft_at(app_storage, actor, to.ShowDraft(document=document_id), now)
    await tell_edit(query, is_current=is_current)
    await show(query, *screen)


async def on_proposal(
    query: CallbackQuery, callback_data: to.TakeProposal, actor: Actor, app_storage: Storage, now: datetime
) -> None:
    row_id = RowId(callback_data.row)
    is_current = await made(
        take_proposal(app_storage, actor=actor, row_id=row_id, version=callback_data.version, now=now)
    )
    await show_row_again(query, app_storage, actor, row_id, now, is_current=is_current)


async def on_discard(
    query: CallbackQuery, callback_data: to.DiscardDraft, actor: Actor, app_storage: Storage, now: datetime
) -> None:
    document_id = DocumentId(callback_data.document)
    if not callback_data.is_sure:
        view = await show_draft(app_storage, actor=actor, document_id=document_id, now=now)
        yes = to.DiscardDraft(document=document_id, is_sure=True)
        rows = [[button("button-discard-yes", yes)], [button("button-to-rows", to.ShowDraft(document=document_id))]]
        await toast(query)
        text = say("discard-ask", name=draft_name(view.draft), title=shorten(view.draft.title, 300))
        await show(query, text, InlineKeyboardMarkup(inline_keyboard=rows))
        return
    await discard_draft(app_storage, actor=actor, document_id=document_id, now=now)
    await toast(query, "toast-discarded")
    await show(query, *await _shelf(app_storage, actor, to.ShowShelf(shelf=to.Shelf.DRAFTS), now))


async def made(edit: Awaitable[object]) -> bool:
    """Makes an edit; False where somebody had edited the draft since the screen was shown, and nothing was done."""
    try:
        await edit
    except DraftChangedError:
        return False
    return True


async def tell_edit(query: CallbackQuery, *, is_current: bool) -> None:
    """Answers the tap; whoever came second is told why the screen looks different now."""
    if is_current:
        await toast(query)
    else:
        await toast(query, "toast-draft-changed", alert=True)


async def leave_typing(state: FSMContext) -> None:
    """A tap on a screen of documents ends the question for words that was asked there."""
    groups = (TypingTerm, TypingRow, TypingFact)
    if (await state.get_state() or "").startswith(tuple(f"{group.__name__}:" for group in groups)):
        await state.clear()


async def remember_draft(state: FSMContext, document_id: DocumentId) -> None:
    """From now on what he writes outside of any question is looked for in this draft."""
    if await state.get_state() is None:
        await state.set_data({OPEN_DRAFT: document_id})


async def show_row_again(
    query: CallbackQuery,
    storage: Storage,
    actor: Actor,
    row_id: RowId,
    now: datetime,
    *,
    is_current: bool,
    done: str | None = None,
) -> None:
    """The row after an edit; to whoever came second with the reason why it looks different. ``done``: the toast."""
    view = await show_row(storage, actor=actor, row_id=row_id, now=now)
    if is_current:
        await toast(query, done)
    else:
        await toast(query, "toast-draft-changed", alert=True)
    text, keyboard = row_screen(view, now=now)
    await show(query, text if is_current else Markup(f"{say('draft-changed')}\n\n{text}"), keyboard)


async def draft_at(storage: Storage, actor: Actor, at: to.ShowDraft, now: datetime) -> Screen:
    """The draft with the page and the rows that a button names."""
    view = await show_draft(storage, actor=actor, document_id=DocumentId(at.document), now=now)
    return draft_screen(view, at=at, now=now)


async def _shelf(storage: Storage, actor: Actor, at: to.ShowShelf, now: datetime) -> Screen:
    """A draft of an earlier day says how long it lies there, and can be deleted from here."""
    is_drafts = at.shelf is to.Shelf.DRAFTS
    state = DocumentState.DRAFT if is_drafts else DocumentState.PLANNED
    found = await list_documents(storage, actor=actor, states=[state], limit=_SHELF, offset=(at.page - 1) * _SHELF)
    page, pages = page_of(at.page, found.total, _SHELF)
    lines = [say("shelf-drafts" if is_drafts else "shelf-planned", n=found.total)]
    rows = []
    for place, summary in enumerate(found.documents, start=(page - 1) * _SHELF + 1):
        draft = summary.draft
        count = plain("n-rows", n=summary.rows) if is_drafts else plain("n-activities", n=summary.activities)
        title = shorten(draft.title, 100)
        is_plain = is_drafts and draft.planned_at is None  # how long it was a plan meanwhile is not known
        days = _days_old(draft, now) if is_plain else 0
        lines.append(say("shelf-line", place=place, name=draft_name(draft), title=title, count=count, days=days))
        data = to.ShowDraft(document=draft.id) if is_drafts else to.ShowPlan(document=draft.id)
        rows.append([labelled(f"{place}. {draft.title}", data)])
        if days or (is_drafts and not is_plain):
            rows.append([button("button-draft-delete", to.DiscardDraft(document=draft.id), place=place)])
    if not found.documents:
        lines = [say("shelf-no-drafts" if is_drafts else "shelf-no-planned")]
    rows += turning(page, pages, lambda n: to.ShowShelf(shelf=at.shelf, page=n), first=1)
    other = to.Shelf.PLANNED if is_drafts else to.Shelf.DRAFTS
    rows.append([button(f"button-shelf-{other.name.lower()}", to.ShowShelf(shelf=other))])
    return Markup("\n\n".join(lines)), InlineKeyboardMarkup(inline_keyboard=rows)


def _days_old(draft: Draft, now: datetime) -> int:
    """On the calendar of its place."""
    zone = ZoneInfo(draft.timezone)
    return (now.astimezone(zone).date() - draft.created_at.astimezone(zone).date()).days
