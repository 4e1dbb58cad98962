"""How a row is reminded of, what its answer asks for, and for whom of a section it is."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.domain.ids import LadderId, RowId
from bot.domain.matters import AnswerForm
from bot.domain.network import Actor
from bot.ports.storage import Storage
from bot.services.edit_draft import DraftChangedError
from bot.services.edit_ladders import list_ladders
from bot.services.show_draft import show_row
from bot.services.treat_rows import (
    NoCohortError,
    RowScope,
    address_cohort,
    choose_acceptance,
    choose_form,
    choose_ladder,
    choose_obligation,
    share_audience,
)
from handlers.documents import row_callbacks as about
from handlers.documents.drafts import made, show_row_again
from handlers.documents.row_screens import form_screen, ladder_screen
from handlers.filters import IsCoordinator
from handlers.showing import show, toast


def build_router() -> Router:
    router = Router(name="documents row treatment")
    router.callback_query.filter(IsCoordinator())
    router.callback_query.register(on_ladder, about.ShowLadder.filter())
    router.callback_query.register(on_choose_ladder, about.ChooseLadder.filter())
    router.callback_query.register(on_obligation, about.ChooseObligation.filter())
    router.callback_query.register(on_form, about.ShowForm.filter())
    router.callback_query.register(on_choose_form, about.ChooseForm.filter())
    router.callback_query.register(on_choose_acceptance, about.ChooseAcceptance.filter())
    router.callback_query.register(on_share, about.ShareAudience.filter())
    return router


async def on_ladder(
    query: CallbackQuery, callback_data: about.ShowLadder, actor: Actor, app_storage: Storage, now: datetime
) -> None:
    view = await show_row(app_storage, actor=actor, row_id=RowId(callback_data.row), now=now)
    await toast(query)
    await show(query, *ladder_screen(view, await list_ladders(app_storage, actor=actor)))


async def on_choose_ladder(
    query: CallbackQuery, callback_data: about.ChooseLadder, actor: Actor, app_storage: Storage, now: datetime
) -> None:
    tap, row_id = callback_data, RowId(callback_data.row)
    try:
        changed = await choose_ladder(
            app_storage,
            actor=actor,
            row_id=row_id,
            version=tap.version,
            ladder=tap.ladder,
            scope=tap.scope,
            own=LadderId(tap.own) if tap.own else None,
        )
    except DraftChangedError:
        await toast(query, "toast-draft-changed", alert=True)
    else:
        await _tell(query, tap.scope, changed)
    view = await show_row(app_storage, actor=actor, row_id=row_id, now=now)
    await show(query, *ladder_screen(view, await list_ladders(app_storage, actor=actor)))


async def on_obligation(
    query: CallbackQuery, callback_data: about.ChooseObligation, actor: Actor, app_storage: Storage, now: datetime
) -> None:
    row_id = RowId(callback_data.row)
    is_current = await made(
        choose_obligation(
            app_storage,
            actor=actor,
            row_id=row_id,
            version=callback_data.version,
            is_obligatory=callback_data.is_obligatory,
            scope=RowScope.ROW,
        )
    )
    await toast(query, None if is_current else "toast-draft-changed", alert=not is_current)
    view = await show_row(app_storage, actor=actor, row_id=row_id, now=now)
    await show(query, *ladder_screen(view, await list_ladders(app_storage, actor=actor)))


async def on_form(
    query: CallbackQuery, callback_data: about.ShowForm, actor: Actor, app_storage: Storage, now: datetime
) -> None:
    view = await show_row(app_storage, actor=actor, row_id=RowId(callback_data.row), now=now)
    await toast(query)
    await show(query, *form_screen(view))


async def on_choose_form(
    query: CallbackQuery, callback_data: about.ChooseForm, actor: Actor, app_storage: Storage, now: datetime
) -> None:
    tap, row_id = callback_data, RowId(callback_data.row)
    form = AnswerForm(tap.form) if tap.form in set(AnswerForm) else None
    try:
        changed = await choose_form(
            app_storage, actor=actor, row_id=row_id, version=tap.version, form=form, scope=tap.scope
        )
    except DraftChangedError:
        await toast(query, "toast-draft-changed", alert=True)
    else:
        await _tell(query, tap.scope, changed)
    view = await show_row(app_storage, actor=actor, row_id=row_id, now=now)
    await show(query, *form_screen(view))


async def on_choose_acceptance(
    query: CallbackQuery, callback_data: about.ChooseAcceptance, actor: Actor, app_storage: Storage, now: datetime
) -> None:
    tap, row_id = callback_data, RowId(callback_data.row)
    try:
        changed = await choose_acceptance(
            app_storage, actor=actor, row_id=row_id, version=tap.version, is_needed=tap.is_needed, scope=tap.scope
        )
    except DraftChangedError:
        await toast(query, "toast-draft-changed", alert=True)
    else:
        await _tell(query, tap.scope, changed)
    view = await show_row(app_storage, actor=actor, row_id=row_id, now=now)
    await show(query, *form_screen(view))


async def on_share(
    query: CallbackQuery, callback_data: about.ShareAudience, actor: Actor, app_storage: Storage, now: datetime
) -> None:
    row_id, version = RowId(callback_data.row), callback_data.version
    if not callback_data.is_cohort:
        change = share_audience(app_storage, actor=actor, row_id=row_id, version=version)
        await show_row_again(query, app_storage, actor, row_id, now, is_current=await made(change))
        return
    try:
        is_current = await made(address_cohort(app_storage, actor=actor, row_id=row_id, version=version))
    except NoCohortError:
        await toast(query, "toast-no-cohort", alert=True)
        return
    await show_row_again(query, app_storage, actor, row_id, now, is_current=is_current)


async def _tell(query: CallbackQuery, scope: RowScope, changed: int) -> None:
    if scope is RowScope.ROW:
        await toast(query)
    else:
        await toast(query, "toast-shared", n=changed)
