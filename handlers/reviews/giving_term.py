"""«Дать другой срок»: a day in one tap or in words, for one school alone and without its asking."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from bot.domain.ids import AssignmentId
from bot.domain.names import one_line
from bot.domain.network import Actor
from bot.domain.own_terms import TermNoLaterError, TermPastError
from bot.ports.storage import Storage
from bot.services.accept_reply import MatterClosedError
from bot.services.give_term import TermChoice, choose_term, give_term, understand_term
from bot.texts.catalogue import Markup, say
from bot.texts.times import day, day_within
from bot.texts.wording import shorten
from handlers.answers.task_callbacks import ShowHistory
from handlers.filters import IsCoordinator
from handlers.reviews.callbacks import AskTerm, GiveTerm
from handlers.reviews.queue import leave_questions
from handlers.reviews.screens import button
from handlers.reviews.states import GivingTerm
from handlers.showing import show, toast
from handlers.typed_terms import UNREADABLE, ask_again, typed_example
from handlers.typing_line import IS_LINE, drop_by_cancel

_TITLE = 200


def build_router() -> Router:
    router = Router(name="giving another term")
    router.message.filter(IsCoordinator())
    router.callback_query.filter(IsCoordinator())
    router.callback_query.register(on_ask, AskTerm.filter())
    router.callback_query.register(on_given, GiveTerm.filter())
    drop_by_cancel(router, GivingTerm, words="return-cancelled")
    router.message.register(on_day, IS_LINE, StateFilter(GivingTerm.typing_day))
    return router


async def on_ask(
    query: CallbackQuery,
    callback_data: AskTerm,
    actor: Actor,
    app_storage: Storage,
    now: datetime,
    reader: ZoneInfo,
    state: FSMContext,
) -> None:
    assignment_id = AssignmentId(callback_data.assignment)
    try:
        choice = await choose_term(app_storage, actor=actor, assignment_id=assignment_id, now=now)
    except MatterClosedError:
        await toast(query, "give-term-closed", alert=True)
        return
    await state.set_state(GivingTerm.typing_day)
    await state.set_data({"assignment": assignment_id})
    await toast(query)
    await show(query, *_asked(choice, now.astimezone(reader).date()))


async def on_given(
    query: CallbackQuery,
    callback_data: GiveTerm,
    actor: Actor,
    app_storage: Storage,
    source: str,
    now: datetime,
    reader: ZoneInfo,
    state: FSMContext,
) -> None:
    assignment_id, on = AssignmentId(callback_data.assignment), callback_data.on
    try:
        await give_term(app_storage, actor=actor, assignment_id=assignment_id, due_on=on, source=source, now=now)
    except MatterClosedError:
        await toast(query, "give-term-closed", alert=True)
    except (TermPastError, TermNoLaterError):  # the button was tapped days later
        await toast(query, "toast-postpone-day-gone", alert=True)
    else:
        await toast(query)
        done = say("give-term-done", day=day_within(on, today=now.astimezone(reader).date()))
        await show(query, done, _back(assignment_id))
        await leave_questions(state)


async def on_day(
    message: Message,
    actor: Actor,
    app_storage: Storage,
    source: str,
    now: datetime,
    reader: ZoneInfo,
    state: FSMContext,
) -> None:
    assignment_id = AssignmentId((await state.get_data())["assignment"])
    words, today = one_line(message.text or ""), now.astimezone(reader).date()
    try:
        on = await understand_term(app_storage, actor=actor, assignment_id=assignment_id, words=words, now=now)
        await give_term(app_storage, actor=actor, assignment_id=assignment_id, due_on=on, source=source, now=now)
    except UNREADABLE as refusal:
        await ask_again(message, refusal, words, today, _back(assignment_id, "button-cancel"))
        return
    except MatterClosedError:
        await message.answer(say("give-term-closed"), reply_markup=_back(assignment_id))
    else:
        await message.answer(say("give-term-done", day=day_within(on, today=today)), reply_markup=_back(assignment_id))
    await state.clear()  # last: what a crash interrupts is handled again, and must find the question


def _asked(choice: TermChoice, today: date) -> tuple[Markup, InlineKeyboardMarkup]:
    matter = choice.matter
    text = say(
        "give-term-ask",
        title=shorten(matter.title, _TITLE),
        unit=matter.unit_title,
        due=day_within(matter.due_on, today=today),
        example=typed_example(today, matter.due_on),
    )
    days = [
        [button("button-postpone-day", GiveTerm(assignment=matter.assignment.id, day=on.toordinal()), day=words)]
        for on, words in ((on, day(on, today=today)) for on in choice.days)
    ]
    return text, InlineKeyboardMarkup(
        inline_keyboard=[*days, *_back(matter.assignment.id, "button-cancel").inline_keyboard]
    )


def _back(assignment_id: AssignmentId, key: str = "button-history") -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(inline_keyboard=[[button(key, ShowHistory(assignment=assignment_id))]])
