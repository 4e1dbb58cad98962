"""The quotas of a selection that runs, municipality by municipality, by the buttons that making one has."""

from __future__ import annotations

from dataclasses import dataclass

from aiogram import F, Router
from aiogram.filters import StateFilter
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery, Message

from bot.domain.errors import OutdatedError
from bot.domain.ids import OccurrenceId, UnitId
from bot.domain.selection import MOST_PLACES, BadPlacesError, Selection
from bot.domain.selection_drafts import SelectionPart, read_places
from bot.services.change_bounds import Bounds, change_quota, show_bounds
from bot.texts.catalogue import say
from handlers.filters import IsCoordinator
from handlers.people.buttons import button
from handlers.scene import Scene, SceneMiddleware
from handlers.selections.callbacks import (
    NO_QUOTA,
    EditBound,
    ListRunningQuotas,
    SetRunningQuota,
    ShowBounds,
    ShowRunningQuota,
    StepRunningQuota,
)
from handlers.selections.quota_screens import Screen, quota_part, quota_screen, quotas_screen, shown_quota, stepped
from handlers.selections.states import ChangingBounds
from handlers.showing import show, toast
from handlers.typing_line import IS_LINE, drop_by_cancel


def build_router() -> Router:
    router = Router(name="quotas of a running selection")
    for observer in (router.message, router.callback_query):
        observer.filter(IsCoordinator())
        observer.middleware(SceneMiddleware())
    router.callback_query.register(on_edit, EditBound.filter(F.part == SelectionPart.QUOTAS))
    router.callback_query.register(on_list, ListRunningQuotas.filter())
    router.callback_query.register(on_one, ShowRunningQuota.filter())
    router.callback_query.register(on_set, SetRunningQuota.filter())
    router.callback_query.register(on_step, StepRunningQuota.filter())
    drop_by_cancel(router, ChangingBounds.quota, words="bounds-left")
    router.message.register(on_number, IS_LINE, StateFilter(ChangingBounds.quota))
    router.message.register(on_no_text, ~F.text, StateFilter(ChangingBounds.quota))
    return router


@dataclass(frozen=True, slots=True)
class _Buttons:
    """Each carries the quota that was seen: two coordinators notice each other."""

    occurrence_id: OccurrenceId
    selection: Selection

    def listed(self, page: int) -> CallbackData:
        return ListRunningQuotas(occurrence=self.occurrence_id, page=page)

    def one(self, unit_id: UnitId, page: int) -> CallbackData:
        return ShowRunningQuota(occurrence=self.occurrence_id, unit=unit_id, page=page)

    def put(self, unit_id: UnitId, number: int, page: int) -> CallbackData:
        seen = shown_quota(self.selection, unit_id)
        return SetRunningQuota(occurrence=self.occurrence_id, unit=unit_id, number=number, seen=seen, page=page)

    def step(self, unit_id: UnitId, by: int, page: int) -> CallbackData:
        return StepRunningQuota(occurrence=self.occurrence_id, unit=unit_id, by=by, page=page)


async def on_edit(query: CallbackQuery, callback_data: EditBound, scene: Scene) -> None:
    bounds = await _bounds(scene, callback_data.occurrence)
    await toast(query)
    await show(query, *await _list(scene, bounds, 0))


async def on_list(query: CallbackQuery, callback_data: ListRunningQuotas, scene: Scene) -> None:
    bounds = await _bounds(scene, callback_data.occurrence)
    await toast(query)
    await show(query, *await _list(scene, bounds, callback_data.page))


async def on_one(query: CallbackQuery, callback_data: ShowRunningQuota, scene: Scene) -> None:
    bounds = await _bounds(scene, callback_data.occurrence)
    await toast(query)
    await show(query, *await _one(scene, bounds, UnitId(callback_data.unit), callback_data.page))


async def on_set(query: CallbackQuery, callback_data: SetRunningQuota, scene: Scene) -> None:
    tap, unit_id = callback_data, UnitId(callback_data.unit)
    try:
        bounds = await _changed(scene, OccurrenceId(tap.occurrence), unit_id, tap.number, tap.seen)
    except OutdatedError:
        await toast(query, "toast-quota-changed", alert=True)
        bounds = await _bounds(scene, tap.occurrence)
    else:
        await toast(query)
    await show(query, *await _list(scene, bounds, tap.page))


async def on_step(query: CallbackQuery, callback_data: StepRunningQuota, scene: Scene) -> None:
    occurrence_id, unit_id = OccurrenceId(callback_data.occurrence), UnitId(callback_data.unit)
    selection = (await _bounds(scene, occurrence_id)).line.selection
    number, seen = stepped(selection, unit_id, callback_data.by), shown_quota(selection, unit_id)
    bounds = await _changed(scene, occurrence_id, unit_id, NO_QUOTA if number is None else number, seen)
    await toast(query)
    await show(query, *await _one(scene, bounds, unit_id, callback_data.page))


async def on_number(message: Message, scene: Scene) -> None:
    """What was typed at one municipality: his word, whatever stood there."""
    asked = await scene.state.get_data()
    occurrence_id, unit_id = OccurrenceId(asked["occurrence"]), UnitId(asked["unit"])
    try:
        quota = read_places(message.text or "", least=0)
    except BadPlacesError:
        await message.answer(say("quota-bad", most=MOST_PLACES))
        return
    seen = shown_quota((await _bounds(scene, occurrence_id)).line.selection, unit_id)
    bounds = await _changed(scene, occurrence_id, unit_id, quota, seen)
    text, buttons = await _list(scene, bounds, int(asked["page"]))
    await message.answer(text, reply_markup=buttons)


async def on_no_text(message: Message) -> None:
    await message.answer(say("selection-only-text"))


async def _bounds(scene: Scene, occurrence: int) -> Bounds:
    return await show_bounds(scene.storage, actor=scene.actor, occurrence_id=OccurrenceId(occurrence))


async def _changed(scene: Scene, occurrence_id: OccurrenceId, unit_id: UnitId, number: int, seen: int) -> Bounds:
    return await change_quota(
        scene.storage,
        actor=scene.actor,
        occurrence_id=occurrence_id,
        unit_id=unit_id,
        quota=None if number == NO_QUOTA else number,
        seen=None if seen == NO_QUOTA else seen,
        now=scene.now,
    )


async def _list(scene: Scene, bounds: Bounds, page: int) -> Screen:
    """What is typed at the list is read as ever: one number for all, or a line for each."""
    occurrence_id, selection = bounds.line.occurrence_id, bounds.line.selection
    await scene.state.set_state(ChangingBounds.typing)
    await scene.state.set_data({"occurrence": occurrence_id, "part": SelectionPart.QUOTAS.value})
    done = button("button-back", ShowBounds(occurrence=occurrence_id))
    return quotas_screen(selection, bounds.parts, page, to=_Buttons(occurrence_id, selection), done=done)


async def _one(scene: Scene, bounds: Bounds, unit_id: UnitId, page: int) -> Screen:
    occurrence_id, selection = bounds.line.occurrence_id, bounds.line.selection
    part = quota_part(bounds.parts, unit_id)
    await scene.state.set_state(ChangingBounds.quota)
    await scene.state.set_data({"occurrence": occurrence_id, "unit": unit_id, "page": page})
    return quota_screen(selection, part, page, to=_Buttons(occurrence_id, selection))
