"""The one line of text: what the problem is, why he does not come, or what «Выполнено» asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from aiogram import Bot, F, Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from bot.config import Settings
from bot.domain.errors import DomainError
from bot.domain.ids import AssignmentId
from bot.domain.matters import Answer, AnswerForm, Matter
from bot.domain.names import one_line
from bot.domain.network import Actor
from bot.ports.storage import Storage
from bot.services.accept_reply import (
    AcceptedReply,
    AlreadyAnsweredError,
    FormNotFilledError,
    GivenReply,
    ReplyTooLongError,
    accept_reply,
    find_own_matter,
)
from bot.texts.catalogue import Markup, plain, say
from bot.texts.wording import short_name, shorten
from handlers.answers.callbacks import AnswerMatter, CancelLine
from handlers.answers.card import matter_card
from handlers.answers.states import AnswerLine, Postponing
from handlers.answers.tap import Tap
from handlers.filters import IsRegistered
from handlers.showing import edit, show, toast
from handlers.threads.albums import follow_album
from handlers.threads.content import said_in
from handlers.threads.screens import file_title, told, whole_keyboard
from handlers.typing_line import IS_LINE, drop_by_cancel

_SHOWN_BACK = 300
_QUESTIONS = {one.state for one in (AnswerLine.typing, Postponing.typing_day, Postponing.typing_reason)}


def build_router() -> Router:
    router = Router(name="answer line")
    router.message.filter(IsRegistered())
    router.callback_query.filter(IsRegistered())
    router.callback_query.register(on_cancel_button, CancelLine.filter())
    drop_by_cancel(router, AnswerLine.typing, words="line-cancelled")
    router.message.register(on_line, IS_LINE, StateFilter(AnswerLine.typing))
    router.message.register(on_file, ~F.text, StateFilter(AnswerLine.typing))
    return router


async def ask_line(
    query: CallbackQuery,
    state: FSMContext,
    reply: GivenReply,
    card: Markup,
    *,
    listed: bool,
    form: AnswerForm | None = None,
) -> None:
    """Asks under the card, in the same message; ``on_line`` takes what comes next. ``form``: of «Выполнено»."""
    await await_line(query, state, reply, listed=listed)
    if reply.answer is Answer.DONE and form is not None:
        await show(query, Markup(f"{card}\n\n{say(f'line-done-{form.value}')}"), _later(reply, listed))
        return
    assert reply.answer is not None, "await_line has seen to it"
    await show(query, Markup(f"{card}\n\n{say(f'line-{reply.answer.value}')}"), _cancel(reply.assignment_id, listed))


async def await_line(query: CallbackQuery, state: FSMContext, reply: GivenReply, *, listed: bool) -> None:
    """From now on ``on_line`` takes what comes next; the caller asks for it in the message of ``query``."""
    assert reply.answer is not None, "a line belongs to an answer"
    await state.set_state(AnswerLine.typing)
    await state.set_data(
        {
            "assignment": reply.assignment_id,
            "version": reply.version,
            "answer": reply.answer.value,
            "is_change": reply.is_change,
            "listed": listed,
            "message": query.message.message_id if query.message else None,
        }
    )


async def leave_line(state: FSMContext) -> None:
    """Who answers by a button has dropped the question: what he writes next must not be taken for its answer."""
    if await state.get_state() in _QUESTIONS:
        await state.clear()


async def leave_line_about(state: FSMContext, assignment_id: AssignmentId) -> None:
    """Who goes back to the card has dropped its question; that of another matter, which he only reads, stands."""
    if (await state.get_data()).get("assignment") == assignment_id:
        await leave_line(state)


async def on_line(
    message: Message,
    actor: Actor,
    app_storage: Storage,
    now: datetime,
    reader: ZoneInfo,
    settings: Settings,
    state: FSMContext,
    source: str,
    bot: Bot,
) -> None:
    asked = await state.get_data()
    reply = _reply(asked, message.text)
    if not one_line(message.text or ""):
        await message.answer(say("line-empty"), reply_markup=_cancel(reply.assignment_id, asked["listed"]))
        return
    await _take(message, reply, actor, app_storage, now, reader, settings, state, source, bot)


async def on_file(
    message: Message,
    actor: Actor,
    app_storage: Storage,
    now: datetime,
    reader: ZoneInfo,
    settings: Settings,
    state: FSMContext,
    source: str,
    bot: Bot,
) -> None:
    """A photo or a voice tells what the problem is as well as words do; elsewhere a line is a line."""
    asked = await state.get_data()
    said = said_in(message)
    if Answer(asked["answer"]) is not Answer.PROBLEM or said is None or said.file is None:
        await on_no_text(message, state)
        return
    text = said.text or plain("thread-file", what=file_title(said.file))
    reply = replace(_reply(asked, text), file=said.file)
    await _take(message, reply, actor, app_storage, now, reader, settings, state, source, bot)


async def _take(
    message: Message,
    reply: GivenReply,
    actor: Actor,
    storage: Storage,
    now: datetime,
    reader: ZoneInfo,
    settings: Settings,
    state: FSMContext,
    source: str,
    bot: Bot,
) -> None:
    asked = await state.get_data()
    try:
        owners = settings.owner_ids
        accepted = await accept_reply(storage, actor=actor, reply=reply, source=source, now=now, owner_accounts=owners)
    except ReplyTooLongError as refusal:
        await message.answer(say("line-too-long", length=refusal.length, limit=refusal.limit))
        return
    except FormNotFilledError as refusal:
        form = refusal.matter.asks or AnswerForm.TEXT
        await message.answer(say(f"line-wrong-{form.value}"), reply_markup=_later(reply, asked["listed"]))
        return
    except AlreadyAnsweredError as refusal:
        await state.clear()
        await message.answer(_already_answered(refusal.matter))
        return
    except DomainError:
        await state.clear()  # the question is over; the words are chosen by handlers.errors
        raise
    await _say_taken(message, accepted, asked["answer"], reader, now)
    await _show_answer(bot, message, accepted.matter, reader, now, asked)
    await state.clear()  # last: what a crash interrupts is handled again, and must find the question
    if accepted.problem is not None:
        await follow_album(message, state, thread_id=accepted.problem.thread.id)


async def _say_taken(message: Message, accepted: AcceptedReply, answer: str, reader: ZoneInfo, now: datetime) -> None:
    taken = shorten(accepted.matter.assignment.comment or "", _SHOWN_BACK)
    text = say(f"line-taken-{answer}", text=taken)
    if accepted.problem is None:
        await message.answer(text)
        return
    text = Markup(f"{text}\n{told(accepted.problem, reader=reader, now=now)}")
    await message.answer(text, reply_markup=whole_keyboard(accepted.problem))


async def on_no_text(message: Message, state: FSMContext) -> None:
    asked = await state.get_data()
    keyboard = _cancel(AssignmentId(asked["assignment"]), asked["listed"])
    await message.answer(say("line-only-text"), reply_markup=keyboard)


async def on_cancel_button(
    query: CallbackQuery,
    callback_data: CancelLine,
    actor: Actor,
    app_storage: Storage,
    now: datetime,
    reader: ZoneInfo,
    state: FSMContext,
) -> None:
    await leave_line(state)
    await toast(query, "line-cancelled")
    tap = Tap(query, actor, reader, now, listed=callback_data.listed)
    assignment_id = AssignmentId(callback_data.assignment)
    await tap.show(await find_own_matter(app_storage, actor=actor, assignment_id=assignment_id))


def _reply(asked: Mapping[str, Any], text: str | None) -> GivenReply:
    return GivenReply(
        AssignmentId(asked["assignment"]),
        Answer(asked["answer"]),
        text,
        version=asked["version"],
        is_change=asked["is_change"],
    )


async def _show_answer(
    bot: Bot,
    message: Message,
    matter: Matter,
    reader: ZoneInfo,
    now: datetime,
    asked: dict[str, object],
) -> None:
    """The card he was asked under shows the answer; when it is gone, what was said to him already is enough."""
    if not isinstance(asked["message"], int):
        return
    today = now.astimezone(reader).date()
    card = matter_card(matter, reader=reader, today=today, now=now, listed=bool(asked["listed"]))
    await edit(bot, message.chat.id, asked["message"], card.text, card.keyboard)


def _already_answered(matter: Matter) -> Markup:
    assert matter.assignment.answer is not None, "that is what the refusal says"
    return say(
        "toast-answered",
        answer=plain(f"answer-{matter.assignment.answer.value}"),
        name=short_name(matter.answered_by_name or ""),
    )


def _later(reply: GivenReply, listed: bool) -> InlineKeyboardMarkup:
    """Nobody is kept by a form: «Позже» leaves the matter in progress."""
    later = AnswerMatter(
        assignment=reply.assignment_id,
        version=reply.version or 0,
        answer=Answer.IN_PROGRESS,
        is_change=reply.is_change,
        listed=listed,
    )
    button = InlineKeyboardButton(text=plain("button-line-later"), callback_data=later.pack())
    return InlineKeyboardMarkup(inline_keyboard=[[button], *_cancel(reply.assignment_id, listed).inline_keyboard])


def _cancel(assignment_id: AssignmentId, listed: bool) -> InlineKeyboardMarkup:
    data = CancelLine(assignment=assignment_id, listed=listed).pack()
    return InlineKeyboardMarkup(
        inline_keyboard=[[InlineKeyboardButton(text=plain("button-cancel"), callback_data=data)]]
    )
