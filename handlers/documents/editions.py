"""A newer edition of a planned document: compared in chat, corrected row by row, applied at once."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import BufferedInputFile, CallbackQuery

from bot.domain.drafts import DocumentState
from bot.domain.ids import ActivityId, DocumentId, RowId
from bot.domain.network import Actor
from bot.ports.storage import Storage
from bot.services.apply_edition import PlanChangedError, UnclearChangesError, apply_edition
from bot.services.compare_edition import (
    PlanGoneError,
    accept_change,
    compare_edition,
    differs_from_plan,
    drop_activity,
    fetch_file,
    leave_unclear,
    preview_edition,
    recheck_plan,
    stand_alone,
)
from bot.services.edit_draft import DraftChangedError
from bot.services.plan_document import NobodyAnswersError
from bot.services.show_draft import show_draft
from bot.texts.catalogue import plain
from bot.texts.wording import shorten
from handlers.documents import callbacks as to
from handlers.documents import edition_callbacks as about
from handlers.documents.draft_screens import Screen, draft_screen
from handlers.documents.drafts import leave_typing, made, tell_edit
from handlers.documents.edition_screens import (
    applied_screen,
    edition_screen,
    gone_screen,
    planned_before_screen,
    preview_screen,
    question_screen,
)
from handlers.filters import IsCoordinator
from handlers.showing import show, toast


def build_router() -> Router:
    router = Router(name="documents editions")
    router.callback_query.filter(IsCoordinator())
    router.callback_query.register(on_edition, about.ShowEdition.filter())
    router.callback_query.register(on_alone, about.StandAlone.filter())
    router.callback_query.register(on_toggle, about.ToggleChange.filter())
    router.callback_query.register(on_leave_unclear, about.LeaveUnclear.filter())
    router.callback_query.register(on_preview, about.PreviewEdition.filter())
    router.callback_query.register(on_apply, about.ApplyEdition.filter())
    router.callback_query.register(on_recheck, about.RecheckPlan.filter())
    router.callback_query.register(on_file, about.SendFile.filter())
    return router


async def import_screen(storage: Storage, *, actor: Actor, document_id: DocumentId, now: datetime) -> Screen | None:
    """What is shown of a file that a plan has to do with; None of an ordinary draft."""
    draft = (await show_draft(storage, actor=actor, document_id=document_id, now=now)).draft
    if draft.state is not DocumentState.DRAFT:
        differs = await differs_from_plan(storage, actor=actor, document_id=document_id, now=now)
        return planned_before_screen(document_id, differs=differs)
    if draft.compared_with is None:
        return None
    try:
        view = await compare_edition(storage, actor=actor, document_id=document_id, now=now)
    except PlanGoneError:
        return gone_screen(draft)
    return edition_screen(view, page=1, now=now) if view.is_recheck else question_screen(view)


async def on_edition(
    query: CallbackQuery,
    callback_data: about.ShowEdition,
    actor: Actor,
    app_storage: Storage,
    now: datetime,
    state: FSMContext,
) -> None:
    await leave_typing(state)
    screen = await _screen(app_storage, actor, callback_data.document, now, page=callback_data.page)
    await toast(query)
    await show(query, *screen)


async def on_alone(
    query: CallbackQuery, callback_data: about.StandAlone, actor: Actor, app_storage: Storage, now: datetime
) -> None:
    document_id = DocumentId(callback_data.document)
    is_current = await made(
        stand_alone(app_storage, actor=actor, document_id=document_id, version=callback_data.version)
    )
    await tell_edit(query, is_current=is_current)
    if not is_current:
        await show(query, *await _screen(app_storage, actor, document_id, now))
        return
    view = await show_draft(app_storage, actor=actor, document_id=document_id, now=now)
    await show(query, *draft_screen(view, at=to.ShowDraft(document=document_id), now=now))


async def on_toggle(
    query: CallbackQuery, callback_data: about.ToggleChange, actor: Actor, app_storage: Storage, now: datetime
) -> None:
    tap, document_id = callback_data, DocumentId(callback_data.document)
    if tap.row:
        change = accept_change(
            app_storage,
            actor=actor,
            document_id=document_id,
            row_id=RowId(tap.row),
            version=tap.version,
            is_accepted=tap.is_on,
        )
    else:
        change = drop_activity(
            app_storage,
            actor=actor,
            document_id=document_id,
            activity_id=ActivityId(tap.activity),
            version=tap.version,
            is_dropped=tap.is_on,
        )
    is_current = await made(change)
    screen = await _screen(app_storage, actor, document_id, now, page=tap.page)
    await tell_edit(query, is_current=is_current)
    await show(query, *screen)


async def on_leave_unclear(
    query: CallbackQuery, callback_data: about.LeaveUnclear, actor: Actor, app_storage: Storage, now: datetime
) -> None:
    document_id, version = DocumentId(callback_data.document), callback_data.version
    is_current = await made(
        leave_unclear(app_storage, actor=actor, document_id=document_id, version=version, now=now)
    )  # fmt: skip
    screen = await _screen(app_storage, actor, document_id, now)
    await tell_edit(query, is_current=is_current)
    await show(query, *screen)


async def on_preview(
    query: CallbackQuery, callback_data: about.PreviewEdition, actor: Actor, app_storage: Storage, now: datetime
) -> None:
    document_id = DocumentId(callback_data.document)
    try:
        effects = await preview_edition(app_storage, actor=actor, document_id=document_id, now=now)
    except PlanGoneError:
        await toast(query)
        await show(query, *await _screen(app_storage, actor, document_id, now))
        return
    await toast(query)
    await show(query, *preview_screen(effects))


async def on_apply(
    query: CallbackQuery, callback_data: about.ApplyEdition, actor: Actor, app_storage: Storage, now: datetime
) -> None:
    tap, document_id = callback_data, DocumentId(callback_data.document)
    try:
        done = await apply_edition(
            app_storage, actor=actor, document_id=document_id, version=tap.version, plan_mark=tap.mark, now=now
        )
    except NobodyAnswersError as refusal:
        numbers = shorten(", ".join(refusal.numbers), 100)
        await toast(query, "toast-nobody-answers", alert=True, numbers=numbers)
        return
    except (DraftChangedError, PlanChangedError, PlanGoneError, UnclearChangesError):
        screen = await _screen(app_storage, actor, document_id, now)
        await toast(query, "toast-edition-compare-again", alert=True)
        await show(query, *screen)
        return
    await toast(query, "toast-edition-applied" if done.effects else "toast-edition-applied-before")
    await show(query, *applied_screen(done.plan_id, done.effects))


async def on_recheck(
    query: CallbackQuery, callback_data: about.RecheckPlan, actor: Actor, app_storage: Storage, now: datetime
) -> None:
    document_id = DocumentId(callback_data.document)
    edition_id = await recheck_plan(app_storage, actor=actor, document_id=document_id, now=now)
    if edition_id is None:
        await toast(query, "toast-edition-as-planned", alert=True)
        return
    await toast(query)
    await show(query, *await _screen(app_storage, actor, edition_id, now))


async def on_file(query: CallbackQuery, callback_data: about.SendFile, actor: Actor, app_storage: Storage) -> None:
    file = await fetch_file(app_storage, actor=actor, document_id=DocumentId(callback_data.document))
    if file is None:
        await toast(query, "toast-no-file", alert=True)
        return
    await toast(query)
    assert query.bot is not None, "a query of a dispatcher carries its bot"
    name = file.name or plain("file-unnamed")
    await query.bot.send_document(query.from_user.id, BufferedInputFile(file.content, name))


async def _screen(storage: Storage, actor: Actor, document: int, now: datetime, *, page: int = 1) -> Screen:
    document_id = DocumentId(document)
    try:
        view = await compare_edition(storage, actor=actor, document_id=document_id, now=now)
    except PlanGoneError:
        return gone_screen((await show_draft(storage, actor=actor, document_id=document_id, now=now)).draft)
    return edition_screen(view, page=page, now=now)
