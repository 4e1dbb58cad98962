"""A form is given to a row of a draft or to an activity: chosen among the published ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from aiogram import Router
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery

from bot.domain.ids import ActivityId, FormId, RowId
from bot.ports.form_drafts import FormLine
from bot.services.edit_draft import DraftChangedError
from bot.services.give_form import FormChoice, give_row_form, published_forms, show_form_choice
from bot.services.make_form import FormInUseError, attach_form
from bot.services.show_draft import RowView, show_row
from bot.services.treat_rows import RowScope
from bot.texts.catalogue import plain, say
from bot.texts.wording import shorten
from handlers.board.callbacks import BoardDate
from handlers.documents.callbacks import ShowActivity
from handlers.documents.row_callbacks import ShowForm
from handlers.filters import IsCoordinator
from handlers.form_making import callbacks as to
from handlers.form_making.screens import FORMS
from handlers.ladders.buttons import Row, Screen, button, keyboard, ticked
from handlers.rows import page_of, pager
from handlers.scene import Scene, SceneMiddleware
from handlers.showing import show, toast

_TITLE = 200


def build_router() -> Router:
    router = Router(name="giving forms")
    router.callback_query.filter(IsCoordinator())
    router.callback_query.middleware(SceneMiddleware())
    router.callback_query.register(on_row, to.RowForms.filter())
    router.callback_query.register(on_give_row, to.GiveRowForm.filter())
    router.callback_query.register(on_activity, to.ActivityForms.filter())
    router.callback_query.register(on_activity, to.BoardForms.filter())
    router.callback_query.register(on_give, to.GiveForm.filter())
    router.callback_query.register(on_give, to.BoardGiveForm.filter())
    return router


async def on_row(query: CallbackQuery, callback_data: to.RowForms, scene: Scene) -> None:
    await toast(query)
    await show(query, *await _row_screen(scene, callback_data.row, callback_data.page))


async def on_give_row(query: CallbackQuery, callback_data: to.GiveRowForm, scene: Scene) -> None:
    tap = callback_data
    try:
        changed = await give_row_form(
            scene.storage,
            actor=scene.actor,
            row_id=RowId(tap.row),
            version=tap.version,
            form_id=FormId(tap.form) if tap.form else None,
            scope=tap.scope,
        )
    except DraftChangedError:
        await toast(query, "toast-draft-changed", alert=True)
    else:
        await (toast(query) if tap.scope is RowScope.ROW else toast(query, "toast-shared", n=changed))
    await show(query, *await _row_screen(scene, tap.row, 1))


async def on_activity(query: CallbackQuery, callback_data: to.ActivityForms | to.BoardForms, scene: Scene) -> None:
    activity_id = ActivityId(callback_data.activity)
    choice = await show_form_choice(scene.storage, actor=scene.actor, activity_id=activity_id)
    await toast(query)
    await show(query, *_activity_screen(choice, _board_of(callback_data), callback_data.page))


async def on_give(query: CallbackQuery, callback_data: to.GiveForm | to.BoardGiveForm, scene: Scene) -> None:
    activity_id = ActivityId(callback_data.activity)
    form_id = FormId(callback_data.form) if callback_data.form else None
    try:
        await attach_form(scene.storage, actor=scene.actor, activity_id=activity_id, form_id=form_id, now=scene.now)
    except FormInUseError:
        await toast(query, "toast-form-in-use", alert=True)
    else:
        await toast(query, "toast-form-given" if form_id else "toast-form-taken-away")
    choice = await show_form_choice(scene.storage, actor=scene.actor, activity_id=activity_id)
    await show(query, *_activity_screen(choice, _board_of(callback_data), 1))


async def _row_screen(scene: Scene, row_id: int, page: int) -> Screen:
    view: RowView = await show_row(scene.storage, actor=scene.actor, row_id=RowId(row_id), now=scene.now)
    row, version = view.judged.row, view.draft.version
    usable = await published_forms(scene.storage, actor=scene.actor)

    def give(form: int, scope: RowScope = RowScope.ROW) -> to.GiveRowForm:
        return to.GiveRowForm(row=row.id, version=version, form=form, scope=scope)

    chosen = next((line for line in usable if line.id == row.form_id), None)
    scopes = [RowScope.SECTION, RowScope.DOCUMENT] if view.of_section > 1 else [RowScope.DOCUMENT]
    wider: list[Row] = [
        [button(f"button-scope-{scope.name.lower()}", give(chosen.id, scope), what=shorten(chosen.title, 20))]
        for scope in scopes
        if chosen is not None
    ]
    text = say("form-give-row", number=row.number, title=shorten(row.title, _TITLE), n=len(usable))
    return text, keyboard(
        *_forms(usable, row.form_id, give, page, lambda n: to.RowForms(row=row.id, page=n)),
        *wider,
        [button("button-form-of-document", to.FormOfDocument(row=row.id))],
        [button("button-to-forms", to.ListForms())],
        [button("button-back", ShowForm(row=row.id))],
    )


def _activity_screen(choice: FormChoice, board: int, page: int) -> Screen:
    """``board``: the date whose board it was opened from; 0: the activity in its plan."""
    activity = choice.activity_id

    def give(form: int) -> CallbackData:
        if board:
            return to.BoardGiveForm(occurrence=board, activity=activity, form=form)
        return to.GiveForm(activity=activity, form=form)

    def turn(number: int) -> CallbackData:
        if board:
            return to.BoardForms(occurrence=board, activity=activity, page=number)
        return to.ActivityForms(activity=activity, page=number)

    back = BoardDate(occurrence=board) if board else ShowActivity(activity=activity)
    text = say(
        "form-give-begun" if choice.is_begun else "form-give",
        title=choice.title or plain("form-none"),
        n=len(choice.usable),
    )
    return text, keyboard(
        *([] if choice.is_begun else _forms(choice.usable, choice.form_id, give, page, turn)),
        [button("button-to-forms", to.ListForms())],
        [button("button-back", back)],
    )


def _board_of(tap: to.ActivityForms | to.BoardForms | to.GiveForm | to.BoardGiveForm) -> int:
    return tap.occurrence if isinstance(tap, to.BoardForms | to.BoardGiveForm) else 0


def _forms(
    usable: Sequence[FormLine],
    chosen: FormId | None,
    give: Callable[[int], CallbackData],
    page: int,
    turn: Callable[[int], CallbackData],
) -> list[Row]:
    """No form, or one of those on the page."""
    page, pages = page_of(page, len(usable), FORMS)
    shown = usable[(page - 1) * FORMS : page * FORMS]
    return [
        [ticked(plain("form-none"), give(0), is_now=chosen is None)],
        *([ticked(line.title, give(line.id), is_now=line.id == chosen)] for line in shown),
        pager(page, pages, turn, first=1),
    ]
