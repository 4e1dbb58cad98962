"""«Другой ответ…» and «Прошу перенести до …»: a day in one tap or in words, a line of reason, and it is sent."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from aiogram import F, Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from bot.domain.errors import DomainError
from bot.domain.ids import AssignmentId, AssignmentRequestId
from bot.domain.names import one_line
from bot.domain.network import Actor
from bot.domain.own_terms import TermNoLaterError, TermNotReadError, TermPastError
from bot.ports.storage import Storage
from bot.services.accept_reply import MatterClosedError, ReplyTooLongError, find_own_matter
from bot.services.request_postponement import (
    AskedAlreadyError,
    AskedPostponement,
    RequestDecidedError,
    ask_postponement,
    propose_terms,
    understand_wanted,
    withdraw_postponement,
)
from bot.texts.catalogue import Markup, plain, say
from bot.texts.times import day, day_within
from bot.texts.wording import shorten
from handlers.answers.callbacks import CancelLine
from handlers.answers.card import matter_card
from handlers.answers.line import leave_line
from handlers.answers.review_standing import other_answers_keyboard
from handlers.answers.states import Postponing
from handlers.answers.tap import Tap
from handlers.answers.task_callbacks import (
    AskPostponement,
    OtherAnswers,
    PickTerm,
    SendPostponement,
    WithdrawPostponement,
)
from handlers.filters import IsRegistered
from handlers.showing import edit, show, toast
from handlers.typed_terms import PHRASE, UNREADABLE, ask_again, typed_example, unread, with_day_off
from handlers.typing_line import IS_LINE, drop_by_cancel


def build_router() -> Router:
    router = Router(name="postponing")
    router.message.filter(IsRegistered())
    router.callback_query.filter(IsRegistered())
    router.callback_query.register(on_other, OtherAnswers.filter())
    router.callback_query.register(on_ask, AskPostponement.filter())
    router.callback_query.register(on_pick, PickTerm.filter())
    router.callback_query.register(on_send, SendPostponement.filter())
    router.callback_query.register(on_withdraw, WithdrawPostponement.filter())
    drop_by_cancel(router, Postponing, words="postpone-cancelled")
    router.message.register(on_day, IS_LINE, StateFilter(Postponing.typing_day))
    router.message.register(on_reason, IS_LINE, StateFilter(Postponing.typing_reason))
    router.message.register(on_no_text, ~F.text, StateFilter(Postponing))
    return router


async def on_other(
    query: CallbackQuery,
    callback_data: OtherAnswers,
    actor: Actor,
    app_storage: Storage,
    now: datetime,
    reader: ZoneInfo,
) -> None:
    tap = Tap(query, actor, reader, now, listed=callback_data.listed)
    matter = await find_own_matter(app_storage, actor=actor, assignment_id=AssignmentId(callback_data.assignment))
    if not matter.takes_answers(tap.today, reader):
        await toast(query, "toast-answer-accepted" if matter.is_accepted else "toast-closed", alert=True)
        await tap.show(matter)
        return
    await toast(query)
    await show(query, tap.card(matter).text, other_answers_keyboard(matter, listed=tap.listed))


async def on_ask(
    query: CallbackQuery,
    callback_data: AskPostponement,
    actor: Actor,
    app_storage: Storage,
    now: datetime,
    reader: ZoneInfo,
    state: FSMContext,
) -> None:
    tap = Tap(query, actor, reader, now, listed=callback_data.listed)
    assignment_id = AssignmentId(callback_data.assignment)
    try:
        proposal = await propose_terms(app_storage, actor=actor, assignment_id=assignment_id, now=now)
    except (MatterClosedError, AskedAlreadyError) as refusal:
        await _refuse(tap, app_storage, assignment_id, refusal, state)
        return
    await leave_line(state)
    await state.set_state(Postponing.typing_day)
    await state.set_data({"assignment": assignment_id, "listed": tap.listed, "message": _message_of(query)})
    await toast(query)
    example = typed_example(tap.today, proposal.matter.due_on)
    picks = [
        InlineKeyboardButton(
            text=plain("button-postpone-day", day=shorten(day(on, today=tap.today), 40)),
            callback_data=PickTerm(assignment=assignment_id, day=on.toordinal(), listed=tap.listed).pack(),
        )
        for on in proposal.dates
    ]
    keyboard = InlineKeyboardMarkup(inline_keyboard=[[pick] for pick in picks] + _cancel(assignment_id, tap.listed))
    await show(query, Markup(f"{tap.card(proposal.matter).text}\n\n{say('postpone-ask', example=example)}"), keyboard)


async def on_pick(
    query: CallbackQuery, callback_data: PickTerm, now: datetime, reader: ZoneInfo, state: FSMContext
) -> None:
    await toast(query)
    today = now.astimezone(reader).date()
    assignment_id = AssignmentId(callback_data.assignment)
    asked = {"assignment": assignment_id, "listed": callback_data.listed, "message": _message_of(query)}
    await show(query, *await _ask_reason(state, asked, callback_data.on, None, today))


async def on_day(
    message: Message, actor: Actor, app_storage: Storage, now: datetime, reader: ZoneInfo, state: FSMContext
) -> None:
    asked = await state.get_data()
    assignment_id, words = AssignmentId(asked["assignment"]), one_line(message.text or "")
    today = now.astimezone(reader).date()
    try:
        wanted = await understand_wanted(app_storage, actor=actor, assignment_id=assignment_id, words=words, now=now)
    except UNREADABLE as refusal:
        keyboard = InlineKeyboardMarkup(inline_keyboard=_cancel(assignment_id, asked["listed"]))
        await ask_again(message, refusal, words, today, keyboard)
        return
    except (MatterClosedError, AskedAlreadyError) as over:
        await state.clear()
        key, values = _over(over, today)
        await message.answer(say(key, **values))
        return
    except DomainError:
        await state.clear()  # the question is over; the words are chosen by handlers.errors
        raise
    text, keyboard = await _ask_reason(state, asked, wanted, words[:PHRASE], today)
    await message.answer(text, reply_markup=keyboard)


async def on_reason(
    message: Message,
    actor: Actor,
    app_storage: Storage,
    now: datetime,
    reader: ZoneInfo,
    state: FSMContext,
    source: str,
) -> None:
    asked = await state.get_data()
    today = now.astimezone(reader).date()
    try:
        sent = await ask_postponement(
            app_storage,
            actor=actor,
            assignment_id=AssignmentId(asked["assignment"]),
            wanted_on=date.fromisoformat(asked["on"]),
            phrase=asked["phrase"],
            reason=message.text,
            source=source,
            now=now,
        )
    except ReplyTooLongError as refusal:
        await message.answer(say("line-too-long", length=refusal.length, limit=refusal.limit))
        return
    except (MatterClosedError, AskedAlreadyError, *UNREADABLE) as over:
        await state.clear()
        key, values = _over(over, today)
        await message.answer(say(key, **values))
        return
    except DomainError:
        await state.clear()
        raise
    await message.answer(_sent(sent, today))
    if message.bot is not None and asked.get("message"):  # the card he was asked under; its old buttons would lie
        card = matter_card(sent.matter, reader=reader, today=today, now=now, listed=bool(asked["listed"]))
        await edit(message.bot, message.chat.id, asked["message"], card.text, card.keyboard)
    await state.clear()  # last: what a crash interrupts is handled again, and must find the question


async def on_send(
    query: CallbackQuery,
    callback_data: SendPostponement,
    actor: Actor,
    app_storage: Storage,
    now: datetime,
    reader: ZoneInfo,
    state: FSMContext,
    source: str,
) -> None:
    tap = Tap(query, actor, reader, now, listed=callback_data.listed)
    assignment_id = AssignmentId(callback_data.assignment)
    try:
        sent = await ask_postponement(
            app_storage,
            actor=actor,
            assignment_id=assignment_id,
            wanted_on=callback_data.on,
            phrase=None,
            reason=None,
            source=source,
            now=now,
        )
    except (MatterClosedError, AskedAlreadyError, *UNREADABLE) as refusal:
        await _refuse(tap, app_storage, assignment_id, refusal, state)
        return
    await leave_line(state)
    await toast(query)
    card = tap.card(sent.matter)
    await show(query, Markup(f"{card.text}\n\n{_sent(sent, tap.today)}"), card.keyboard)


async def on_withdraw(
    query: CallbackQuery,
    callback_data: WithdrawPostponement,
    actor: Actor,
    app_storage: Storage,
    now: datetime,
    reader: ZoneInfo,
) -> None:
    tap = Tap(query, actor, reader, now, listed=callback_data.listed)
    try:
        request_id = AssignmentRequestId(callback_data.request)
        matter = await withdraw_postponement(app_storage, actor=actor, request_id=request_id, now=now)
    except RequestDecidedError as decided:
        await toast(query, "postpone-decided", alert=True)
        matter = await find_own_matter(app_storage, actor=actor, assignment_id=decided.request.assignment_id)
    else:
        await toast(query, "postpone-withdrawn")
    await tap.show(matter)


async def on_no_text(message: Message, state: FSMContext) -> None:
    asked = await state.get_data()
    keyboard = InlineKeyboardMarkup(inline_keyboard=_cancel(AssignmentId(asked["assignment"]), asked["listed"]))
    await message.answer(say("line-only-text"), reply_markup=keyboard)


def _message_of(query: CallbackQuery) -> int | None:
    return query.message.message_id if query.message is not None else None


async def _ask_reason(
    state: FSMContext, asked: dict[str, Any], on: date, phrase: str | None, today: date
) -> tuple[Markup, InlineKeyboardMarkup]:
    """``asked``: about which matter, and under which message."""
    assignment_id, listed = AssignmentId(asked["assignment"]), bool(asked["listed"])
    await state.set_state(Postponing.typing_reason)
    await state.set_data({**asked, "on": on.isoformat(), "phrase": phrase})
    data = SendPostponement(assignment=assignment_id, day=on.toordinal(), listed=listed)
    send = InlineKeyboardButton(text=plain("button-postpone-send"), callback_data=data.pack())
    keyboard = InlineKeyboardMarkup(inline_keyboard=[[send], *_cancel(assignment_id, listed)])
    return with_day_off(say("postpone-reason", day=day_within(on, today=today)), on), keyboard


def _sent(sent: AskedPostponement, today: date) -> Markup:
    return say("postpone-sent", day=day_within(sent.request.wanted_on, today=today), deciders=sent.deciders)


def _over(refusal: DomainError, today: date) -> tuple[str, dict[str, str]]:
    if isinstance(refusal, AskedAlreadyError):
        return "postpone-waits", {"day": day_within(refusal.request.wanted_on, today=today)}
    if isinstance(refusal, TermPastError | TermNoLaterError | TermNotReadError):
        return unread(refusal, "", today)
    return "postpone-nothing", {}


async def _refuse(
    tap: Tap, storage: Storage, assignment_id: AssignmentId, refusal: DomainError, state: FSMContext
) -> None:
    await leave_line(state)
    key, values = _over(refusal, tap.today)
    await toast(tap.query, key, alert=True, **values)
    await tap.show(await find_own_matter(storage, actor=tap.actor, assignment_id=assignment_id))


def _cancel(assignment_id: AssignmentId, listed: bool) -> list[list[InlineKeyboardButton]]:
    data = CancelLine(assignment=assignment_id, listed=listed).pack()
    return [[InlineKeyboardButton(text=plain("button-cancel"), callback_data=data)]]
