"""«Продлить до …»: a later last day in one tap or in words; everybody who was told hears of it."""

from __future__ import annotations

from datetime import date

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message

from bot.domain.ids import OccurrenceId
from bot.domain.names import one_line
from bot.domain.own_terms import TermNoLaterError, TermPastError
from bot.services.move_occurrence import DateClosedError
from bot.services.prolong_call import Prolonging, offer_longer, prolong_call, understand_longer
from bot.texts.catalogue import say
from bot.texts.times import day, day_within
from bot.texts.wording import shorten
from handlers.calls.callbacks import AskLonger, ProlongCall, ShowCall
from handlers.calls.reading_screens import Screen
from handlers.calls.states import Prolonging as Asked
from handlers.filters import IsCoordinator
from handlers.people.buttons import button, keyboard
from handlers.rows import Row
from handlers.scene import Scene, SceneMiddleware
from handlers.showing import show, toast
from handlers.typed_terms import UNREADABLE, ask_again, typed_example
from handlers.typing_line import IS_LINE, drop_by_cancel

_TITLE = 100


def build_router() -> Router:
    router = Router(name="prolonging calls")
    for observer in (router.message, router.callback_query):
        observer.filter(IsCoordinator())
        observer.middleware(SceneMiddleware())
    router.callback_query.register(on_ask, AskLonger.filter())
    router.callback_query.register(on_tapped, ProlongCall.filter())
    drop_by_cancel(router, Asked.day, words="call-longer-cancelled")
    router.message.register(on_typed, IS_LINE, StateFilter(Asked.day))
    return router


async def on_ask(query: CallbackQuery, callback_data: AskLonger, scene: Scene) -> None:
    occurrence_id = OccurrenceId(callback_data.occurrence)
    try:
        found = await offer_longer(scene.storage, actor=scene.actor, occurrence_id=occurrence_id, now=scene.now)
    except DateClosedError:
        await toast(query, "toast-call-ended", alert=True)
        return
    await scene.state.set_state(Asked.day)
    await scene.state.set_data({"occurrence": occurrence_id})
    await toast(query)
    await show(query, *_asked(found, scene.today))


async def on_tapped(query: CallbackQuery, callback_data: ProlongCall, scene: Scene) -> None:
    occurrence_id, until = OccurrenceId(callback_data.occurrence), callback_data.on
    try:
        await prolong_call(scene.storage, actor=scene.actor, occurrence_id=occurrence_id, until=until, now=scene.now)
    except DateClosedError:
        await toast(query, "toast-call-ended", alert=True)
    except (TermPastError, TermNoLaterError):  # the button was tapped days later
        await toast(query, "toast-postpone-day-gone", alert=True)
    else:
        await toast(query)
        await show(query, *_done(occurrence_id, until, scene))
        if await scene.state.get_state() == Asked.day.state:
            await scene.state.clear()


async def on_typed(message: Message, scene: Scene) -> None:
    occurrence_id = OccurrenceId((await scene.state.get_data())["occurrence"])
    words, back = one_line(message.text or ""), keyboard(_back(occurrence_id))
    try:
        until = await understand_longer(
            scene.storage, actor=scene.actor, occurrence_id=occurrence_id, words=words, now=scene.now
        )
        await prolong_call(scene.storage, actor=scene.actor, occurrence_id=occurrence_id, until=until, now=scene.now)
    except UNREADABLE as refusal:
        await ask_again(message, refusal, words, scene.today, back)
        return
    except DateClosedError:
        await message.answer(say("toast-call-ended"), reply_markup=back)
    else:
        text, buttons = _done(occurrence_id, until, scene)
        await message.answer(text, reply_markup=buttons)
    await scene.state.clear()  # last: what a crash interrupts is handled again, and must find the question


def _asked(found: Prolonging, today: date) -> Screen:
    call = found.call
    days = [
        [button("button-postpone-day", ProlongCall(occurrence=call.occurrence_id, day=on.toordinal()), day=words)]
        for on, words in ((on, day(on, today=today)) for on in found.days)
    ]
    text = say(
        "call-longer-ask",
        title=shorten(call.title, _TITLE),
        until=day_within(found.until, today=today),
        example=typed_example(today, found.until),
    )
    return text, keyboard(*days, _back(call.occurrence_id))


def _done(occurrence_id: OccurrenceId, until: date, scene: Scene) -> Screen:
    return say("call-longer-done", day=day_within(until, today=scene.today)), keyboard(_back(occurrence_id))


def _back(occurrence_id: OccurrenceId) -> Row:
    return [button("button-call-back", ShowCall(occurrence=occurrence_id))]
