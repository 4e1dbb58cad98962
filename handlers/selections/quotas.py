"""The quotas of a selection that is being made, municipality by municipality: a page of buttons, a number by a tap."""

from __future__ import annotations

from dataclasses import dataclass, replace

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery, Message

from bot.domain.errors import OutdatedError
from bot.domain.ids import SelectionDraftId, UnitId
from bot.domain.selection import MOST_PLACES, BadPlacesError
from bot.domain.selection_drafts import (
    SelectionDraft,
    SelectionPart,
    read_places,
    with_quota,
)
from bot.services.make_selection import DraftView, change_selection_draft, selection_draft
from bot.texts.catalogue import say
from handlers.filters import IsCoordinator
from handlers.people.buttons import button
from handlers.scene import Scene, SceneMiddleware
from handlers.selections.callbacks import NO_QUOTA, LeaveQuotas, ListQuotas, SetQuota, ShowQuota, StepQuota
from handlers.selections.making import next_screen
from handlers.selections.quota_screens import Screen, quota_part, quota_screen, quotas_screen, stepped
from handlers.selections.states import MakingSelection
from handlers.showing import show, toast
from handlers.typing_line import IS_LINE


def build_router() -> Router:
    router = Router(name="selection quotas")
    router.message.filter(IsCoordinator())
    router.callback_query.filter(IsCoordinator())
    router.message.middleware(SceneMiddleware())
    router.callback_query.middleware(SceneMiddleware())
    router.callback_query.register(on_list, ListQuotas.filter())
    router.callback_query.register(on_one, ShowQuota.filter())
    router.callback_query.register(on_set, SetQuota.filter())
    router.callback_query.register(on_step, StepQuota.filter())
    router.callback_query.register(on_done, LeaveQuotas.filter())
    router.message.register(on_number, IS_LINE, StateFilter(MakingSelection.quota))
    return router


@dataclass(frozen=True, slots=True)
class _Buttons:
    draft_id: SelectionDraftId
    version: int

    def listed(self, page: int) -> CallbackData:
        return ListQuotas(draft=self.draft_id, page=page)

    def one(self, unit_id: UnitId, page: int) -> CallbackData:
        return ShowQuota(draft=self.draft_id, unit=unit_id, page=page)

    def put(self, unit_id: UnitId, number: int, page: int) -> CallbackData:
        return SetQuota(draft=self.draft_id, version=self.version, unit=unit_id, number=number, page=page)

    def step(self, unit_id: UnitId, by: int, page: int) -> CallbackData:
        return StepQuota(draft=self.draft_id, unit=unit_id, by=by, page=page)


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
    await show(query, *await _list(scene, view, tap.page))


async def on_step(query: CallbackQuery, callback_data: StepQuota, scene: Scene) -> None:
    draft_id, unit_id = SelectionDraftId(callback_data.draft), UnitId(callback_data.unit)
    view = await selection_draft(scene.storage, actor=scene.actor, draft_id=draft_id)
    quota = stepped(view.draft.selection, unit_id, callback_data.by)
    view = await _changed(scene, draft_id, unit_id, quota, view.stored.version)
    await toast(query)
    await show(query, *await _one(scene, view, unit_id, callback_data.page))


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
    quota_part(parts, unit_id)

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
    done = button("button-quotas-done", LeaveQuotas(draft=draft_id))
    return quotas_screen(selection, view.parts, page, to=_Buttons(draft_id, view.stored.version), done=done)


async def _one(scene: Scene, view: DraftView, unit_id: UnitId, page: int) -> Screen:
    part, draft_id = quota_part(view.parts, unit_id), view.stored.id
    await scene.state.set_state(MakingSelection.quota)
    await scene.state.set_data({"draft": draft_id, "unit": unit_id, "page": page})
    return quota_screen(view.draft.selection, part, page, to=_Buttons(draft_id, view.stored.version))
