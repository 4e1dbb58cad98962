"""«Места и срок» of a selection that runs: shown, and written anew."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from aiogram import F, Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from bot.domain.ids import OccurrenceId
from bot.domain.matters import OccurrenceState
from bot.domain.selection import BadPlacesError, BadQuotasError
from bot.domain.selection_drafts import SelectionPart
from bot.services.change_bounds import Bounds, change_bounds, prolong_selection, show_bounds
from bot.services.move_occurrence import DateClosedError
from bot.texts.catalogue import Markup, say
from bot.texts.times import day_within
from bot.texts.wording import shorten
from handlers.filters import IsCoordinator
from handlers.people.buttons import button, keyboard
from handlers.scene import Scene, SceneMiddleware
from handlers.selections.callbacks import EditBound, ShowBounds, ShowSelection
from handlers.selections.making_screens import example_of
from handlers.selections.states import ChangingBounds
from handlers.selections.wording import quotas_words
from handlers.showing import NO_PREVIEW, show, toast
from handlers.typed_terms import UNREADABLE, unread
from handlers.typing_line import IS_LINE, drop_by_cancel

_TITLE = 100
_SHOWN_BACK = 60


def build_router() -> Router:
    router = Router(name="bounds of a selection")
    for observer in (router.message, router.callback_query):
        observer.filter(IsCoordinator())
        observer.middleware(SceneMiddleware())
    router.callback_query.register(on_show, ShowBounds.filter())
    router.callback_query.register(on_edit, EditBound.filter(F.part != SelectionPart.QUOTAS))
    drop_by_cancel(router, ChangingBounds.typing, words="bounds-left")
    router.message.register(on_typed, IS_LINE, StateFilter(ChangingBounds.typing))
    router.message.register(on_no_text, ~F.text, StateFilter(ChangingBounds.typing))
    return router


async def on_show(query: CallbackQuery, callback_data: ShowBounds, scene: Scene) -> None:
    await scene.state.clear()
    occurrence_id = OccurrenceId(callback_data.occurrence)
    bounds = await show_bounds(scene.storage, actor=scene.actor, occurrence_id=occurrence_id)
    await toast(query)
    await show(query, *_screen(bounds, scene))


async def on_edit(query: CallbackQuery, callback_data: EditBound, scene: Scene) -> None:
    occurrence_id, part = OccurrenceId(callback_data.occurrence), callback_data.part
    await show_bounds(scene.storage, actor=scene.actor, occurrence_id=occurrence_id)  # refuses who may not
    await scene.state.set_state(ChangingBounds.typing)
    await scene.state.set_data({"occurrence": occurrence_id, "part": part.value})
    await toast(query)
    back = button("button-back", ShowBounds(occurrence=occurrence_id))
    await show(query, _question(part), keyboard([back]))


async def on_typed(message: Message, scene: Scene) -> None:
    asked = await scene.state.get_data()
    occurrence_id, words = OccurrenceId(asked["occurrence"]), message.text or ""
    part = SelectionPart(asked["part"])
    try:
        bounds = await _changed(scene, occurrence_id, part, words)
    except UNREADABLE as refusal:
        key, values = unread(refusal, words, scene.today)
        await message.answer(say(key, **values))
        return
    except DateClosedError:
        await scene.state.clear()
        await message.answer(say("selection-called-off"))
        return
    except BadPlacesError:
        await message.answer(say("selection-bad-places"))
        return
    except BadQuotasError as refusal:
        known = await show_bounds(scene.storage, actor=scene.actor, occurrence_id=occurrence_id)
        line, example = shorten(refusal.line, _SHOWN_BACK), f"\n{example_of(known.parts)}"
        await message.answer(say("selection-bad-quotas", fault=refusal.fault.value, line=line, example=example))
        return
    await scene.state.clear()
    text, buttons = _screen(bounds, scene)
    await message.answer(text, reply_markup=buttons, link_preview_options=NO_PREVIEW)


async def on_no_text(message: Message) -> None:
    await message.answer(say("selection-only-text"))


async def _changed(scene: Scene, occurrence_id: OccurrenceId, part: SelectionPart, words: str) -> Bounds:
    if part is SelectionPart.UNTIL:
        return await prolong_selection(
            scene.storage, actor=scene.actor, occurrence_id=occurrence_id, words=words, now=scene.now
        )
    return await change_bounds(
        scene.storage, actor=scene.actor, occurrence_id=occurrence_id, part=part, words=words, now=scene.now
    )


def _screen(bounds: Bounds, scene: Scene) -> tuple[Markup, InlineKeyboardMarkup]:
    line = bounds.line
    selection, occurrence = line.selection, line.occurrence_id
    until = line.due_at.astimezone(ZoneInfo(line.timezone)).date()
    text = say(
        "bounds",
        title=shorten(line.title, _TITLE),
        until=day_within(until, today=scene.today),
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
    longer = [button("button-selection-longer", EditBound(occurrence=occurrence, part=SelectionPart.UNTIL))]
    is_open = line.state is OccurrenceState.OPEN
    return text, keyboard(
        row, longer if is_open else [], [button("button-selection-back", ShowSelection(occurrence=occurrence))]
    )


def _question(part: SelectionPart) -> Markup:
    return say("selection-ask-longer" if part is SelectionPart.UNTIL else f"selection-ask-{part.value}")
