"""«Места и квоты» of a selection that runs: shown, and written anew."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.filters import Command, StateFilter
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from bot.domain.ids import OccurrenceId
from bot.domain.selection import BadPlacesError, BadQuotasError
from bot.domain.selection_drafts import SelectionPart
from bot.services.change_bounds import Bounds, change_bounds, show_bounds
from bot.texts.catalogue import Markup, say
from bot.texts.wording import shorten
from handlers.filters import IsCoordinator
from handlers.people.buttons import button, keyboard
from handlers.selections.callbacks import EditBound, ShowBounds, ShowSelection
from handlers.selections.making_screens import example_of
from handlers.selections.states import ChangingBounds
from handlers.selections.wording import quotas_words
from handlers.showing import NO_PREVIEW, show, toast
from handlers.webinars.scene import Scene, SceneMiddleware

_TITLE = 100
_SHOWN_BACK = 60


def build_router() -> Router:
    router = Router(name="bounds of a selection")
    for observer in (router.message, router.callback_query):
        observer.filter(IsCoordinator())
        observer.middleware(SceneMiddleware())
    router.callback_query.register(on_show, ShowBounds.filter())
    router.callback_query.register(on_edit, EditBound.filter())
    router.message.register(on_cancel, Command("cancel"), StateFilter(ChangingBounds.typing))
    router.message.register(on_typed, F.text & ~F.text.startswith("/"), StateFilter(ChangingBounds.typing))
    router.message.register(on_no_text, ~F.text, StateFilter(ChangingBounds.typing))
    return router


async def on_show(query: CallbackQuery, callback_data: ShowBounds, scene: Scene) -> None:
    await scene.state.clear()
    occurrence_id = OccurrenceId(callback_data.occurrence)
    bounds = await show_bounds(scene.storage, actor=scene.actor, occurrence_id=occurrence_id)
    await toast(query)
    await show(query, *_screen(bounds))


async def on_edit(query: CallbackQuery, callback_data: EditBound, scene: Scene) -> None:
    occurrence_id, part = OccurrenceId(callback_data.occurrence), callback_data.part
    bounds = await show_bounds(scene.storage, actor=scene.actor, occurrence_id=occurrence_id)
    await scene.state.set_state(ChangingBounds.typing)
    await scene.state.set_data({"occurrence": occurrence_id, "part": part.value})
    await toast(query)
    back = button("button-back", ShowBounds(occurrence=occurrence_id))
    await show(query, _question(bounds, part), keyboard([back]))


async def on_typed(message: Message, scene: Scene) -> None:
    asked = await scene.state.get_data()
    occurrence_id, words = OccurrenceId(asked["occurrence"]), message.text or ""
    part = SelectionPart(asked["part"])
    try:
        bounds = await change_bounds(
            scene.storage, actor=scene.actor, occurrence_id=occurrence_id, part=part, words=words, now=scene.now
        )
    except BadPlacesError:
        await message.answer(say("selection-bad-places"))
        return
    except BadQuotasError as refusal:
        known = await show_bounds(scene.storage, actor=scene.actor, occurrence_id=occurrence_id)
        line, example = shorten(refusal.line, _SHOWN_BACK), f"\n{example_of(known.parts)}"
        await message.answer(say("selection-bad-quotas", fault=refusal.fault.value, line=line, example=example))
        return
    await scene.state.clear()
    text, buttons = _screen(bounds)
    await message.answer(text, reply_markup=buttons, link_preview_options=NO_PREVIEW)


async def on_no_text(message: Message) -> None:
    await message.answer(say("selection-only-text"))


async def on_cancel(message: Message, scene: Scene) -> None:
    await scene.state.clear()
    await message.answer(say("bounds-left"))


def _screen(bounds: Bounds) -> tuple[Markup, InlineKeyboardMarkup]:
    selection, occurrence = bounds.line.selection, bounds.line.occurrence_id
    text = say(
        "bounds",
        title=shorten(bounds.line.title, _TITLE),
        places=selection.places,
        reserve=selection.reserve,
        quotas=quotas_words(selection, bounds.parts),
    )
    parts = (SelectionPart.PLACES, SelectionPart.QUOTAS, SelectionPart.RESERVE)
    row = [
        button(f"button-selection-{part.value}", EditBound(occurrence=occurrence, part=part))
        for part in parts
        if part is not SelectionPart.QUOTAS or len(bounds.parts) > 1
    ]
    return text, keyboard(row, [button("button-selection-back", ShowSelection(occurrence=occurrence))])


def _question(bounds: Bounds, part: SelectionPart) -> Markup:
    if part is SelectionPart.QUOTAS:
        return say("selection-ask-quotas", example=example_of(bounds.parts))
    return say(f"selection-ask-{part.value}")
