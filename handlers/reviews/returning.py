"""«Вернуть»: why, in one line, then by when; the school may answer anew meanwhile, and then nothing is given back."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from aiogram import F, Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from bot.domain.calendar import WorkCalendar
from bot.domain.errors import DomainError
from bot.domain.ids import AssignmentId, DecisionId, ReplyId
from bot.domain.matters import MAX_REPLY_TEXT
from bot.domain.names import one_line
from bot.domain.network import Actor
from bot.domain.own_terms import TermNotReadError, TermPastError, proposed_return
from bot.domain.reviewing import AnswerMark
from bot.ports.storage import Storage
from bot.services.request_postponement import today_of
from bot.services.review_answers import (
    AnswerChangedError,
    DecidedAlreadyError,
    read_answer,
    return_answer,
    understand_return_term,
)
from bot.texts.catalogue import Markup, say
from bot.texts.times import day_within
from bot.texts.wording import shorten
from handlers.filters import IsCoordinator
from handlers.reviews.callbacks import Act, DecideAnswer, LeaveReturn, ReturnUntil, ReviewNext, ReviewOne, UndoReturn
from handlers.reviews.queue import REFUSALS, leave_questions, mark_of, refuse, show_answer
from handlers.reviews.screens import button, decider
from handlers.reviews.states import Returning
from handlers.showing import show, toast
from handlers.typed_terms import ask_again, typed_example, unread, with_day_off
from handlers.typing_line import IS_LINE, drop_by_cancel

_SHOWN_BACK = 300


def build_router() -> Router:
    router = Router(name="returning")
    router.message.filter(IsCoordinator())
    router.callback_query.filter(IsCoordinator())
    router.callback_query.register(on_return, DecideAnswer.filter(F.act == Act.RETURN))
    router.callback_query.register(on_until, ReturnUntil.filter())
    router.callback_query.register(on_leave, LeaveReturn.filter())
    drop_by_cancel(router, Returning, words="return-cancelled")
    router.message.register(on_reason, IS_LINE, StateFilter(Returning.typing_reason))
    router.message.register(on_day, IS_LINE, StateFilter(Returning.typing_day))
    router.message.register(on_no_text, ~F.text, StateFilter(Returning))
    return router


async def on_return(
    query: CallbackQuery,
    callback_data: DecideAnswer,
    actor: Actor,
    app_storage: Storage,
    now: datetime,
    reader: ZoneInfo,
    state: FSMContext,
) -> None:
    assignment_id = AssignmentId(callback_data.assignment)
    matter, mark = await read_answer(app_storage, actor=actor, assignment_id=assignment_id)
    if mark != mark_of(callback_data):
        await toast(query, "toast-review-changed", alert=True)
        await show_answer(query, app_storage, actor, now, reader, assignment_id)
        return
    await state.set_state(Returning.typing_reason)
    on = proposed_return(matter.due_on, today=today_of(matter, now), days=WorkCalendar())
    asked = {"assignment": assignment_id, "reply": mark.reply_id, "decision": mark.decision, "on": on.isoformat()}
    await state.set_data(asked)
    await toast(query)
    await show(query, say("return-ask", unit=matter.unit_title), _leave(assignment_id))


async def on_reason(message: Message, now: datetime, reader: ZoneInfo, state: FSMContext) -> None:
    asked = await state.get_data()
    reason, assignment_id = one_line(message.text or ""), AssignmentId(asked["assignment"])
    if not reason:
        await message.answer(say("return-empty"), reply_markup=_leave(assignment_id))
        return
    if len(reason) > MAX_REPLY_TEXT:
        await message.answer(say("return-too-long", length=len(reason), limit=MAX_REPLY_TEXT))
        return
    today = now.astimezone(reader).date()
    on = date.fromisoformat(asked["on"])
    await state.set_state(Returning.typing_day)
    await state.set_data({**asked, "reason": reason})
    await message.answer(
        say(
            "return-term",
            reason=shorten(reason, _SHOWN_BACK),
            day=day_within(on, today=today),
            example=typed_example(today, on),
        ),
        reply_markup=_until(assignment_id, on, today),
    )


async def on_day(
    message: Message,
    actor: Actor,
    app_storage: Storage,
    now: datetime,
    reader: ZoneInfo,
    state: FSMContext,
    source: str,
) -> None:
    asked = await state.get_data()
    assignment_id, words = AssignmentId(asked["assignment"]), one_line(message.text or "")
    today = now.astimezone(reader).date()
    try:
        on = await understand_return_term(
            app_storage, actor=actor, assignment_id=assignment_id, words=words, now=now
        )  # fmt: skip
    except (TermNotReadError, TermPastError) as refusal:
        keyboard = _until(assignment_id, date.fromisoformat(asked["on"]), today)
        await ask_again(message, refusal, words, today, keyboard, is_return=True)
        return
    try:
        returned = await _give_back(app_storage, actor, asked, on, source, now)
    except REFUSALS as refusal:
        await message.answer(_too_late(refusal), reply_markup=_look(assignment_id))
    else:
        await message.answer(_done(asked["reason"], on, today), reply_markup=_onwards(returned))
    await state.clear()  # last: what a crash interrupts is handled again, and must find the question


async def on_until(
    query: CallbackQuery,
    callback_data: ReturnUntil,
    actor: Actor,
    app_storage: Storage,
    now: datetime,
    reader: ZoneInfo,
    state: FSMContext,
    source: str,
) -> None:
    asked = await state.get_data()
    is_asked = await state.get_state() == Returning.typing_day.state
    if not is_asked or asked.get("assignment") != callback_data.assignment:
        await toast(query, "postpone-forgotten", alert=True)
        return
    on, today = callback_data.on, now.astimezone(reader).date()
    assignment_id = AssignmentId(callback_data.assignment)
    try:
        returned = await _give_back(app_storage, actor, asked, on, source, now)
    except REFUSALS as refusal:
        await refuse(query, app_storage, actor, now, reader, assignment_id, refusal)
    except TermPastError as refusal:  # the button was tapped days later
        key, values = unread(refusal, "", today, is_return=True)
        await toast(query, key, alert=True, **values)
        return
    else:
        await toast(query)
        await show(query, _done(asked["reason"], on, today), _onwards(returned))
    await state.clear()


async def on_leave(
    query: CallbackQuery,
    callback_data: LeaveReturn,
    actor: Actor,
    app_storage: Storage,
    now: datetime,
    reader: ZoneInfo,
    state: FSMContext,
) -> None:
    await leave_questions(state)
    await toast(query, "return-cancelled")
    await show_answer(query, app_storage, actor, now, reader, AssignmentId(callback_data.assignment))


async def on_no_text(message: Message, state: FSMContext) -> None:
    asked = await state.get_data()
    await message.answer(say("return-only-text"), reply_markup=_leave(AssignmentId(asked["assignment"])))


async def _give_back(
    storage: Storage, actor: Actor, asked: dict[str, object], on: date, source: str, now: datetime
) -> DecisionId:
    mark = AnswerMark(ReplyId(int(str(asked["reply"]))), DecisionId(int(str(asked["decision"]))))
    returned = await return_answer(
        storage,
        actor=actor,
        assignment_id=AssignmentId(int(str(asked["assignment"]))),
        mark=mark,
        reason=str(asked["reason"]),
        due_on=on,
        source=source,
        now=now,
    )
    return returned.decision_id


def _too_late(refusal: DomainError) -> Markup:
    if isinstance(refusal, DecidedAlreadyError):
        return say("return-decided", by=decider(refusal.decision.decided_by))
    return say("return-changed") if isinstance(refusal, AnswerChangedError) else say("toast-closed")


def _done(reason: str, on: date, today: date) -> Markup:
    return with_day_off(say("return-done", reason=shorten(reason, _SHOWN_BACK), day=day_within(on, today=today)), on)


def _until(assignment_id: AssignmentId, on: date, today: date) -> InlineKeyboardMarkup:
    data = ReturnUntil(assignment=assignment_id, day=on.toordinal())
    until = button("button-return-yes", data, day=day_within(on, today=today))
    return InlineKeyboardMarkup(inline_keyboard=[[until], *_leave(assignment_id).inline_keyboard])


def _leave(assignment_id: AssignmentId) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(inline_keyboard=[[button("button-cancel", LeaveReturn(assignment=assignment_id))]])


def _look(assignment_id: AssignmentId) -> InlineKeyboardMarkup:
    data = ReviewOne(assignment=assignment_id)
    return InlineKeyboardMarkup(inline_keyboard=[[button("button-review-decide", data)]])


def _onwards(returned: DecisionId) -> InlineKeyboardMarkup:
    undo = [button("button-review-undo-return", UndoReturn(decision=returned))]
    return InlineKeyboardMarkup(inline_keyboard=[[button("button-next", ReviewNext())], undo])
