"""How people get to an event that is announced: another link, place or code, typed after a tap."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message

from bot.domain.event_fields import MAX_CODE, MAX_WORDS, short_words
from bot.domain.events import WayIn
from bot.domain.ids import OccurrenceId
from bot.domain.webinars import BadWebinarError, webinar_link
from bot.ports.webinars import WebinarSummary
from bot.services.change_way_in import change_way_in
from bot.texts.catalogue import Markup, plain, say
from bot.texts.wording import shorten
from handlers.filters import IsCoordinator
from handlers.people.buttons import button, keyboard
from handlers.scene import Scene, SceneMiddleware
from handlers.showing import NO_PREVIEW, show, toast
from handlers.typing_line import IS_LINE
from handlers.webinars.callbacks import ChangeLink, ChangeWayIn, DropWayIn, ShowWebinar
from handlers.webinars.lists import back_keyboard, webinar_screen
from handlers.webinars.managing import REFUSALS, current_webinar, key_of, shown_webinar
from handlers.webinars.states import EditWebinar

_TITLE = 200


def build_router() -> Router:
    router = Router(name="the way in")
    for observer in (router.message, router.callback_query):
        observer.filter(IsCoordinator())
        observer.middleware(SceneMiddleware())
    router.message.register(on_words, IS_LINE, StateFilter(EditWebinar.link))
    router.callback_query.register(on_way_in, ChangeLink.filter())
    router.callback_query.register(on_ask, ChangeWayIn.filter())
    router.callback_query.register(on_drop, DropWayIn.filter())
    return router


async def on_way_in(query: CallbackQuery, callback_data: ChangeLink, scene: Scene) -> None:
    """What stands now, with a button for each."""
    webinar = await current_webinar(query, scene, callback_data.occurrence, callback_data.version)
    if webinar is None:
        return
    lines = [say(f"way-in-{way.value}", words=_standing(webinar, way) or plain("way-in-none")) for way in WayIn]
    text = Markup("\n".join([say("way-in-title", title=shorten(webinar.title, _TITLE)), *lines]))
    ids = {"occurrence": webinar.occurrence_id, "version": webinar.version}
    rows = [[button(f"button-way-in-{way.value}", ChangeWayIn(way=way, **ids))] for way in WayIn]
    await toast(query)
    await show(query, text, keyboard(*rows, [button("button-back", ShowWebinar(occurrence=webinar.occurrence_id))]))


async def on_ask(query: CallbackQuery, callback_data: ChangeWayIn, scene: Scene) -> None:
    webinar = await current_webinar(query, scene, callback_data.occurrence, callback_data.version)
    if webinar is None:
        return
    way, ids = callback_data.way, {"occurrence": webinar.occurrence_id, "version": webinar.version}
    await scene.state.set_data({**ids, "way": way.value})
    await scene.state.set_state(EditWebinar.link)
    rows = [[button("button-cancel", ShowWebinar(occurrence=webinar.occurrence_id))]]
    if way is not WayIn.LINK and _standing(webinar, way):
        rows.insert(0, [button("button-way-in-drop", DropWayIn(way=way, **ids))])
    await toast(query)
    await show(query, say(f"way-in-ask-{way.value}", title=shorten(webinar.title, _TITLE)), keyboard(*rows))


async def on_words(message: Message, scene: Scene) -> None:
    asked = await scene.state.get_data()
    occurrence_id, way = OccurrenceId(asked["occurrence"]), WayIn(asked.get("way", WayIn.LINK))
    try:
        words = _checked(message.text or "", way)
    except BadWebinarError as refusal:
        said = say(f"webinar-wrong-{refusal.problem.value}")
        await message.answer(said, reply_markup=back_keyboard(occurrence_id))
        return
    said = await _changed(scene, occurrence_id, asked["version"], way, words)
    shown = await shown_webinar(scene, occurrence_id)
    text, buttons = webinar_screen(shown, reader=scene.reader, today=scene.today)
    await message.answer(Markup(f"{said}\n\n{text}"), reply_markup=buttons, link_preview_options=NO_PREVIEW)
    await scene.state.clear()


async def on_drop(query: CallbackQuery, callback_data: DropWayIn, scene: Scene) -> None:
    occurrence_id = OccurrenceId(callback_data.occurrence)
    said = await _changed(scene, occurrence_id, callback_data.version, callback_data.way, None)
    await scene.state.clear()
    await toast(query)
    shown = await shown_webinar(scene, occurrence_id)
    text, buttons = webinar_screen(shown, reader=scene.reader, today=scene.today)
    await show(query, Markup(f"{said}\n\n{text}"), buttons)


async def _changed(scene: Scene, occurrence_id: OccurrenceId, version: int, way: WayIn, words: str | None) -> Markup:
    """What is said of it."""
    try:
        told = await change_way_in(
            scene.storage,
            actor=scene.actor,
            occurrence_id=occurrence_id,
            version=version,
            way=way,
            words=words,
            now=scene.now,
        )
    except REFUSALS as refusal:
        return say(key_of(refusal))
    if told is None:  # a crash before the answer brings the same words again: how many are told is not known here
        return say("way-in-same")
    return say("way-in-changed", way=way.value, told=told)


def _checked(text: str, way: WayIn) -> str:
    """Raises BadWebinarError."""
    if way is WayIn.LINK:
        return webinar_link(text)
    return short_words(text, MAX_CODE if way is WayIn.CODE else MAX_WORDS)


def _standing(webinar: WebinarSummary, way: WayIn) -> str | None:
    return {WayIn.LINK: webinar.link, WayIn.PLACE: webinar.place, WayIn.CODE: webinar.access_code}[way]
