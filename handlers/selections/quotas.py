"""The quotas of a selection that is being made, municipality by municipality: a page of buttons, a number by a tap."""

from __future__ import annotations

from dataclasses import replace

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message

from bot.domain.errors import NotFoundError, OutdatedError
from bot.domain.ids import SelectionDraftId, UnitId
from bot.domain.network import Unit
from bot.domain.selection import MOST_PLACES, BadPlacesError
from bot.domain.selection_drafts import (
    SelectionDraft,
    SelectionPart,
    read_places,
    with_quota,
)
from bot.services.make_selection import DraftView, change_selection_draft, selection_draft
from bot.texts.catalogue import plain, say
from bot.texts.wording import shorten
from handlers.filters import IsCoordinator
from handlers.people.buttons import button, keyboard, named
from handlers.rows import in_rows, pager
from handlers.selections.callbacks import NO_QUOTA, LeaveQuotas, ListQuotas, SetQuota, ShowQuota
from handlers.selections.making import next_screen
from handlers.selections.making_screens import Screen
from handlers.selections.states import MakingSelection
from handlers.showing import show, toast
from handlers.typing_line import IS_LINE
from handlers.webinars.scene import Scene, SceneMiddleware

_PAGE = 8
_TITLE = 28  # with its quota behind it, on a phone
_FIGURES = range(11)


def build_router() -> Router:
    router = Router(name="selection quotas")
    router.message.filter(IsCoordinator())
    router.callback_query.filter(IsCoordinator())
    router.message.middleware(SceneMiddleware())
    router.callback_query.middleware(SceneMiddleware())
    router.callback_query.register(on_list, ListQuotas.filter())
    router.callback_query.register(on_one, ShowQuota.filter())
    router.callback_query.register(on_set, SetQuota.filter())
    router.callback_query.register(on_done, LeaveQuotas.filter())
    router.message.register(on_number, IS_LINE, StateFilter(MakingSelection.quota))
    return router


async def on_list(query: CallbackQuery, callback_data: ListQuotas, scene: Scene) -> None:
    view = await selection_draft(scene.storage, actor=scene.actor, draft_id=SelectionDraftId(callback_data.draft))
    await toast(query)
    await show(query, *await _list(scene, view, callback_data.page))


async def on_one(query: CallbackQuery, callback_data: ShowQuota, scene: Scene) -> None:
    view = await selection_draft(scene.storage, actor=scene.actor, draft_id=SelectionDraftId(callback_data.draft))
    await toast(query)
    await show(query, *await _one(scene, view, UnitId(callback_data.unit), callback_data.page))


async def on_set(query: CallbackQuery, callback_data: SetQuota, scene: Scene) -> None:
    tap, draft_id, unit_id = callback_data, SelectionDraftId(callback_data.draft), UnitId(callback_data.unit)
    quota = None if tap.number == NO_QUOTA else tap.number
    try:
        view = await _changed(scene, draft_id, unit_id, quota, tap.version)
    except OutdatedError:
        await toast(query, "toast-selection-changed", alert=True)
        view = await selection_draft(scene.storage, actor=scene.actor, draft_id=draft_id)
    else:
        await toast(query)
    screen = await (_one(scene, view, unit_id, tap.page) if tap.stays else _list(scene, view, tap.page))
    await show(query, *screen)


async def on_number(message: Message, scene: Scene) -> None:
    """What was typed at one municipality."""
    asked = await scene.state.get_data()
    draft_id, unit_id = SelectionDraftId(asked["draft"]), UnitId(asked["unit"])
    view = await selection_draft(scene.storage, actor=scene.actor, draft_id=draft_id)
    try:
        quota = read_places(message.text or "", least=0)
    except BadPlacesError:
        await message.answer(say("quota-bad", most=MOST_PLACES))
        return
    view = await _changed(scene, draft_id, unit_id, quota, view.stored.version)
    text, buttons = await _list(scene, view, int(asked["page"]))
    await message.answer(text, reply_markup=buttons)


async def on_done(query: CallbackQuery, callback_data: LeaveQuotas, scene: Scene) -> None:
    draft_id = SelectionDraftId(callback_data.draft)
    view = await selection_draft(scene.storage, actor=scene.actor, draft_id=draft_id)
    view = await change_selection_draft(
        scene.storage,
        actor=scene.actor,
        draft_id=draft_id,
        version=view.stored.version,
        change=lambda draft: replace(draft, asked=draft.asked | {SelectionPart.QUOTAS}),
        now=scene.now,
    )
    await toast(query)
    await show(query, *await next_screen(scene, view))


async def _changed(
    scene: Scene, draft_id: SelectionDraftId, unit_id: UnitId, quota: int | None, version: int
) -> DraftView:
    parts = (await selection_draft(scene.storage, actor=scene.actor, draft_id=draft_id)).parts
    _part(parts, unit_id)

    def change(draft: SelectionDraft) -> SelectionDraft:
        selection = with_quota(draft.selection, unit_id, quota, parts)
        return replace(draft, selection=selection, asked=draft.asked | {SelectionPart.QUOTAS})

    return await change_selection_draft(
        scene.storage, actor=scene.actor, draft_id=draft_id, version=version, change=change, now=scene.now
    )


async def _list(scene: Scene, view: DraftView, page: int) -> Screen:
    """What is typed at the list is read as ever: one number for all, or a line for each."""
    draft_id, selection = view.stored.id, view.draft.selection
    await scene.state.set_state(MakingSelection.part)
    await scene.state.set_data({"draft": draft_id, "part": SelectionPart.QUOTAS.value})
    pages = max(1, -(-len(view.parts) // _PAGE))
    page = min(max(page, 0), pages - 1)
    rows = [
        [
            named(
                plain("button-quota", title=shorten(part.title, _TITLE), quota=_quota(view, part.id)),
                ShowQuota(draft=draft_id, unit=part.id, page=page),
            )
        ]
        for part in view.parts[page * _PAGE : (page + 1) * _PAGE]
    ]
    turning = pager(page, pages, lambda n: ListQuotas(draft=draft_id, page=n))
    total = sum(selection.quota_of(part.id) or 0 for part in view.parts)
    text = say("quotas-list", places=selection.places, sum=total)
    return text, keyboard(*rows, turning, [button("button-quotas-done", LeaveQuotas(draft=draft_id))])


async def _one(scene: Scene, view: DraftView, unit_id: UnitId, page: int) -> Screen:
    part, known, draft_id = _part(view.parts, unit_id), _quota(view, unit_id), view.stored.id
    await scene.state.set_state(MakingSelection.quota)
    await scene.state.set_data({"draft": draft_id, "unit": unit_id, "page": page})

    def to(number: int, *, stays: bool = False) -> SetQuota:
        version = view.stored.version
        return SetQuota(draft=draft_id, version=version, unit=unit_id, number=number, page=page, stays=stays)

    by_one = [named("−1", to(known - 1, stays=True))] if known > 0 else []
    by_one += [named("+1", to(max(known, 0) + 1, stays=True))] if known < MOST_PLACES else []
    figures = in_rows((named(str(n), to(n)) for n in _FIGURES), 6)
    none = [button("button-quota-none", to(NO_QUOTA))] if known != NO_QUOTA else []
    back = [button("button-back", ListQuotas(draft=draft_id, page=page))]
    return say("quota-ask", title=part.title, quota=known), keyboard(*figures, by_one, none, back)


def _quota(view: DraftView, unit_id: UnitId) -> int:
    quota = view.draft.selection.quota_of(unit_id)
    return NO_QUOTA if quota is None else quota


def _part(parts: tuple[Unit, ...], unit_id: UnitId) -> Unit:
    """Raises NotFoundError for what is no municipality of this selection."""
    found = next((part for part in parts if part.id == unit_id), None)
    if found is None:
        raise NotFoundError(f"unit {unit_id} has no quota here")
    return found
