"""A request for another term: granted or refused in one tap, or another day in words; the first to decide counts."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from bot.config import Settings
from bot.domain.ids import AssignmentRequestId
from bot.domain.names import one_line
from bot.domain.network import Actor
from bot.domain.own_terms import TermNoLaterError, TermPastError
from bot.domain.reviewing import AssignmentRequestState
from bot.ports.storage import Storage
from bot.services.accept_reply import MatterClosedError
from bot.services.decide_postponement import (
    RequestView,
    decide_postponement,
    read_postponement,
    understand_granted,
)
from bot.texts.catalogue import Markup, say
from bot.texts.times import day_within
from handlers.answers.card import Card
from handlers.filters import IsCoordinator
from handlers.reviews.callbacks import DecidePostponement, OtherTerm, ShowPostponement
from handlers.reviews.queue import leave_questions
from handlers.reviews.screens import button, decider, postponement_card
from handlers.reviews.states import Granting
from handlers.showing import edit, show, toast
from handlers.typed_terms import UNREADABLE, ask_again, typed_example, with_day_off
from handlers.typing_line import IS_LINE, drop_by_cancel


def build_router() -> Router:
    router = Router(name="postponements")
    router.message.filter(IsCoordinator())
    router.callback_query.filter(IsCoordinator())
    router.callback_query.register(on_show, ShowPostponement.filter())
    router.callback_query.register(on_decide, DecidePostponement.filter())
    router.callback_query.register(on_other, OtherTerm.filter())
    drop_by_cancel(router, Granting, words="return-cancelled")
    router.message.register(on_day, IS_LINE, StateFilter(Granting.typing_day))
    return router


async def on_show(
    query: CallbackQuery,
    callback_data: ShowPostponement,
    actor: Actor,
    app_storage: Storage,
    settings: Settings,
    now: datetime,
    reader: ZoneInfo,
    state: FSMContext,
) -> None:
    await leave_questions(state)
    await toast(query)
    request_id = AssignmentRequestId(callback_data.request)
    view = await read_postponement(app_storage, actor=actor, request_id=request_id)
    await _show(query, view, settings, now, reader)


async def on_decide(
    query: CallbackQuery,
    callback_data: DecidePostponement,
    actor: Actor,
    app_storage: Storage,
    settings: Settings,
    now: datetime,
    reader: ZoneInfo,
) -> None:
    request_id = AssignmentRequestId(callback_data.request)
    try:
        view = await decide_postponement(
            app_storage, actor=actor, request_id=request_id, granted_on=callback_data.on, now=now
        )
    except (TermPastError, TermNoLaterError):
        await toast(query, "toast-postpone-day-gone", alert=True)
        return
    except MatterClosedError:
        await toast(query, "toast-postpone-closed", alert=True)
        return
    await _tell(query, view, settings)
    await _show(query, view, settings, now, reader)


async def on_other(
    query: CallbackQuery,
    callback_data: OtherTerm,
    actor: Actor,
    app_storage: Storage,
    settings: Settings,
    now: datetime,
    reader: ZoneInfo,
    state: FSMContext,
) -> None:
    request_id = AssignmentRequestId(callback_data.request)
    view = await read_postponement(app_storage, actor=actor, request_id=request_id)
    if view.request.state is not AssignmentRequestState.WAITING:
        await _tell(query, view, settings)
        await _show(query, view, settings, now, reader)
        return
    await state.set_state(Granting.typing_day)
    message_id = query.message.message_id if query.message is not None else None
    await state.set_data({"request": request_id, "message": message_id})
    await toast(query)
    today = now.astimezone(reader).date()
    card = _card(view, settings, now, reader)
    ask = say("postpone-other-ask", example=typed_example(today, view.matter.due_on))
    await show(query, Markup(f"{card.text}\n\n{ask}"), _cancel(request_id))


async def on_day(
    message: Message,
    actor: Actor,
    app_storage: Storage,
    settings: Settings,
    now: datetime,
    reader: ZoneInfo,
    state: FSMContext,
) -> None:
    asked = await state.get_data()
    request_id = AssignmentRequestId(asked["request"])
    words, today = one_line(message.text or ""), now.astimezone(reader).date()
    try:
        on = await understand_granted(app_storage, actor=actor, request_id=request_id, words=words, now=now)
        view = await decide_postponement(app_storage, actor=actor, request_id=request_id, granted_on=on, now=now)
    except UNREADABLE as refusal:
        await ask_again(message, refusal, words, today, _cancel(request_id))
        return
    except MatterClosedError:
        await message.answer(say("toast-postpone-closed"))
        await state.clear()
        return
    card = _card(view, settings, now, reader)
    if view.is_new:
        await message.answer(with_day_off(say("postpone-other-taken", day=day_within(on, today=today)), on))
        if message.bot is not None and asked.get("message"):  # the card that he was asked in place of
            await edit(message.bot, message.chat.id, asked["message"], card.text, card.keyboard)
    else:
        await message.answer(card.text, reply_markup=card.keyboard)
    await state.clear()  # last: what a crash interrupts is handled again, and must find the question


async def _tell(query: CallbackQuery, view: RequestView, settings: Settings) -> None:
    request = view.request
    if view.is_new:
        await toast(query, f"toast-postpone-{request.state.value}")
    elif request.state is AssignmentRequestState.WITHDRAWN:
        await toast(query, "toast-postpone-withdrawn", alert=True)
    else:
        by = decider(request.decided_by, without_personal_data=settings.without_personal_data)
        await toast(query, "toast-postpone-decided", alert=True, by=by)


async def _show(query: CallbackQuery, view: RequestView, settings: Settings, now: datetime, reader: ZoneInfo) -> None:
    card = _card(view, settings, now, reader)
    await show(query, card.text, card.keyboard)


def _card(view: RequestView, settings: Settings, now: datetime, reader: ZoneInfo) -> Card:
    return postponement_card(
        view.request,
        view.matter,
        reader=reader,
        today=now.astimezone(reader).date(),
        without_personal_data=settings.without_personal_data,
    )


def _cancel(request_id: AssignmentRequestId) -> InlineKeyboardMarkup:
    data = ShowPostponement(request=request_id)
    return InlineKeyboardMarkup(inline_keyboard=[[button("button-cancel", data)]])
