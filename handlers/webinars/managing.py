"""/webinars: who comes, another time, or none at all."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from aiogram import F, Router
from aiogram.filters import Command, StateFilter
from aiogram.types import CallbackQuery, Message

from bot.domain.errors import OutdatedError
from bot.domain.event_drafts import EventDate
from bot.domain.event_times import read_event_dates
from bot.domain.ids import OccurrenceId
from bot.domain.matters import OccurrenceState
from bot.domain.webinars import BadWebinarError, WebinarProblem
from bot.ports.webinars import WebinarSummary
from bot.services.cancel_occurrence import cancel_occurrence
from bot.services.move_occurrence import DateClosedError, PastDateError, move_occurrence
from bot.services.move_series import MovedDates, count_following, move_with_following
from bot.services.show_webinars import list_invited, list_webinars, show_webinar
from bot.texts.catalogue import Markup, say
from bot.texts.times import moment, short_day, zone_label
from bot.texts.wording import shorten
from handlers.filters import IsCoordinator
from handlers.scene import Scene, SceneMiddleware
from handlers.showing import NO_PREVIEW, show, toast
from handlers.typing_line import IS_LINE, drop_by_cancel
from handlers.webinars.callbacks import (
    CancelWebinar,
    MoveFollowing,
    MoveWebinar,
    NamesPage,
    ShowWebinar,
    WebinarsPage,
)
from handlers.webinars.lists import back_keyboard, list_screen, names_screen, sure_keyboard, webinar_screen
from handlers.webinars.states import EditWebinar

REFUSALS = (DateClosedError, OutdatedError)
_TITLE = 200
_DATES = 20


def build_router() -> Router:
    router = Router(name="managing webinars")
    for observer in (router.message, router.callback_query):
        observer.filter(IsCoordinator())
        observer.middleware(SceneMiddleware())
    router.message.register(on_webinars, Command("webinars"))
    drop_by_cancel(router, EditWebinar, words="webinar-edit-dropped")
    router.message.register(on_when, IS_LINE, StateFilter(EditWebinar.when, EditWebinar.is_sure))
    router.message.register(on_no_text, ~F.text, StateFilter(EditWebinar))
    router.callback_query.register(on_page, WebinarsPage.filter())
    router.callback_query.register(on_webinar, ShowWebinar.filter())
    router.callback_query.register(on_names, NamesPage.filter())
    router.callback_query.register(on_move_sure, MoveWebinar.filter(F.is_sure), StateFilter(EditWebinar.is_sure))
    router.callback_query.register(on_move_sure, MoveFollowing.filter(), StateFilter(EditWebinar.is_sure))
    router.callback_query.register(on_move, MoveWebinar.filter(~F.is_sure))
    router.callback_query.register(on_cancel_sure, CancelWebinar.filter(F.is_sure))
    router.callback_query.register(on_cancel_button, CancelWebinar.filter(~F.is_sure))
    return router


async def on_webinars(message: Message, scene: Scene) -> None:
    await scene.state.clear()
    found = await list_webinars(scene.storage, actor=scene.actor, page=1, now=scene.now)
    text, keyboard = list_screen(found, reader=scene.reader, today=scene.today)
    await message.answer(text, reply_markup=keyboard, link_preview_options=NO_PREVIEW)


async def on_page(query: CallbackQuery, callback_data: WebinarsPage, scene: Scene) -> None:
    await toast(query)
    found = await list_webinars(scene.storage, actor=scene.actor, page=callback_data.page, now=scene.now)
    await show(query, *list_screen(found, reader=scene.reader, today=scene.today))


async def on_webinar(query: CallbackQuery, callback_data: ShowWebinar, scene: Scene) -> None:
    """Also the way out of a question about it."""
    webinar = await shown_webinar(scene, callback_data.occurrence)
    await _leave(scene)
    await toast(query)
    await show(query, *webinar_screen(webinar, reader=scene.reader, today=scene.today))


async def on_names(query: CallbackQuery, callback_data: NamesPage, scene: Scene) -> None:
    found = await list_invited(
        scene.storage,
        actor=scene.actor,
        occurrence_id=OccurrenceId(callback_data.occurrence),
        answer=callback_data.answer,
        page=callback_data.page,
    )
    await toast(query)
    await show(query, *names_screen(found, callback_data.answer))


async def on_move(query: CallbackQuery, callback_data: MoveWebinar, scene: Scene) -> None:
    webinar = await current_webinar(query, scene, callback_data.occurrence, callback_data.version)
    if webinar is None:
        return
    await scene.state.set_data({"occurrence": webinar.occurrence_id, "version": webinar.version})
    await scene.state.set_state(EditWebinar.when)
    due = moment(webinar.due_at, reader=scene.reader, today=scene.today)
    zone = zone_label(ZoneInfo(webinar.timezone), webinar.due_at)
    text = say("webinar-move", title=shorten(webinar.title, _TITLE), due=due, zone=zone)
    await toast(query)
    await show(query, text, back_keyboard(webinar.occurrence_id))


async def on_when(message: Message, scene: Scene) -> None:
    asked = await scene.state.get_data()
    webinar = await shown_webinar(scene, asked["occurrence"])
    keyboard = back_keyboard(webinar.occurrence_id)
    zone = ZoneInfo(webinar.timezone)
    try:
        date = _one_date(message.text or "", webinar, scene)
    except BadWebinarError as refusal:
        await message.answer(say(f"webinar-wrong-{refusal.problem.value}"), reply_markup=keyboard)
        return
    await scene.state.set_data({**asked, "date": date.to_json()})
    await scene.state.set_state(EditWebinar.is_sure)
    again = "no" if date.at.astimezone(zone).date() == webinar.due_at.astimezone(zone).date() else "yes"
    due = moment(date.at, reader=scene.reader, today=scene.today)
    sure = MoveWebinar(occurrence=webinar.occurrence_id, version=asked["version"], is_sure=True)
    text = say("webinar-move-sure", title=shorten(webinar.title, _TITLE), due=due, again=again)
    following = await count_following(scene.storage, actor=scene.actor, occurrence_id=webinar.occurrence_id)
    await message.answer(text, reply_markup=sure_keyboard(webinar.occurrence_id, sure, following=following))


async def on_move_sure(query: CallbackQuery, callback_data: MoveWebinar | MoveFollowing, scene: Scene) -> None:
    asked = await scene.state.get_data()
    webinar = await shown_webinar(scene, callback_data.occurrence)
    if asked.get("occurrence") != webinar.occurrence_id or "date" not in asked:
        await _show_again(query, scene, webinar, "webinar-outdated")
        return
    date = EventDate.from_json(asked["date"])
    try:
        key, dates = await _move(scene, webinar, callback_data, date)
    except REFUSALS as refusal:
        await scene.state.clear()
        await _show_again(query, scene, await shown_webinar(scene, webinar.occurrence_id), key_of(refusal))
        return
    except PastDateError:
        await toast(query)
        words = say(f"webinar-wrong-{WebinarProblem.PAST.value}")
        await show(query, words, back_keyboard(webinar.occurrence_id))
        return
    await _show_again(query, scene, await shown_webinar(scene, webinar.occurrence_id), key, above=dates)
    await scene.state.clear()


async def _move(
    scene: Scene, webinar: WebinarSummary, button: MoveWebinar | MoveFollowing, date: EventDate
) -> tuple[str, Markup | None]:
    """The key of what is said of it; and of several, where each of them stands now."""
    if isinstance(button, MoveFollowing):
        several = await move_with_following(
            scene.storage,
            actor=scene.actor,
            occurrence_id=webinar.occurrence_id,
            version=button.version,
            due_at=date.at,
            ends_at=date.ends_at,
            now=scene.now,
        )
        return ("webinar-unchanged", None) if several.is_repeat else ("webinar-moved-following", _stand(several, scene))
    one = await move_occurrence(
        scene.storage,
        actor=scene.actor,
        occurrence_id=webinar.occurrence_id,
        version=button.version,
        due_at=date.at,
        due_on=date.at.astimezone(ZoneInfo(webinar.timezone)).date(),
        has_time=True,
        now=scene.now,
        ends_at=date.ends_at,
    )
    return "webinar-unchanged" if one.is_repeat else "webinar-moved", None


def _stand(several: MovedDates, scene: Scene) -> Markup:
    lines = [moment(one.due_at, reader=scene.reader, today=scene.today) for one in several.dates[:_DATES]]
    rest = len(several.dates) - len(lines)
    return say("webinar-moved-dates", dates=Markup("\n".join(lines)), rest=rest)


def _one_date(text: str, webinar: WebinarSummary, scene: Scene) -> EventDate:
    """«14 декабря в 15:00», «14 декабря с 15:00 до 16:30», or an hour alone for the day that stands."""
    zone = ZoneInfo(webinar.timezone)
    day = short_day(webinar.due_at.astimezone(zone).date())
    dates = read_event_dates(text, zone=zone, region=None, now=scene.now, days=day)
    if len(dates) != 1:
        raise BadWebinarError(WebinarProblem.NOT_UNDERSTOOD)
    return dates[0]


async def on_cancel_button(query: CallbackQuery, callback_data: CancelWebinar, scene: Scene) -> None:
    webinar = await current_webinar(query, scene, callback_data.occurrence, callback_data.version)
    if webinar is None:
        return
    sure = CancelWebinar(occurrence=webinar.occurrence_id, version=webinar.version, is_sure=True)
    await toast(query)
    text = say("webinar-cancel-sure", title=shorten(webinar.title, _TITLE))
    await show(query, text, sure_keyboard(webinar.occurrence_id, sure))


async def on_cancel_sure(query: CallbackQuery, callback_data: CancelWebinar, scene: Scene) -> None:
    occurrence_id = OccurrenceId(callback_data.occurrence)
    key = "toast-webinar-cancelled"
    try:
        await cancel_occurrence(
            scene.storage,
            actor=scene.actor,
            occurrence_id=occurrence_id,
            version=callback_data.version,
            now=scene.now,
        )
    except REFUSALS as refusal:
        key = key_of(refusal)
    await _show_again(query, scene, await shown_webinar(scene, occurrence_id), key)


async def on_no_text(message: Message) -> None:
    await message.answer(say("webinar-only-text"))


async def shown_webinar(scene: Scene, occurrence: int) -> WebinarSummary:
    return await show_webinar(scene.storage, actor=scene.actor, occurrence_id=OccurrenceId(occurrence), now=scene.now)


async def current_webinar(query: CallbackQuery, scene: Scene, occurrence: int, version: int) -> WebinarSummary | None:
    """The webinar, unless the button is older than it: then it is shown as it is now."""
    webinar = await shown_webinar(scene, occurrence)
    if webinar.state is OccurrenceState.OPEN and webinar.version == version:
        return webinar
    key = "webinar-closed" if webinar.state is not OccurrenceState.OPEN else "webinar-outdated"
    await _show_again(query, scene, webinar, key)
    return None


async def _show_again(
    query: CallbackQuery, scene: Scene, webinar: WebinarSummary, key: str, above: Markup | None = None
) -> None:
    await toast(query, key, alert=True)
    text, keyboard = webinar_screen(webinar, reader=scene.reader, today=scene.today)
    await show(query, text if above is None else Markup(f"{above}\n\n{text}"), keyboard)


async def _leave(scene: Scene) -> None:
    state = await scene.state.get_state()
    if state is not None and state.startswith("EditWebinar:"):
        await scene.state.clear()


def key_of(refusal: Exception) -> str:
    return "webinar-outdated" if isinstance(refusal, OutdatedError) else "webinar-closed"
