"""Buttons of a matter: one tap records an answer, and the message changes to show it."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, InlineKeyboardButton

from bot.domain.errors import DomainError, OutdatedError
from bot.domain.events import SeatState
from bot.domain.ids import AssignmentId
from bot.domain.matters import Answer, Matter
from bot.domain.network import Actor
from bot.domain.selection import ApplicationsStandError, DecisionToldError, TooManyApplicationsError
from bot.ports.storage import Storage
from bot.services.accept_reply import (
    AcceptedReply,
    AlreadyAnsweredError,
    AnswerAcceptedError,
    EventBegunError,
    GivenReply,
    MatterClosedError,
    ReasonNeededError,
    accept_reply,
    check_reply,
    find_own_matter,
)
from bot.services.keep_seats import NoSeatsError
from bot.services.show_series import next_to_answer
from bot.texts.answers import answer_words
from bot.texts.catalogue import Markup, plain, say
from bot.texts.times import stamp
from bot.texts.wording import short_name
from handlers.answers.callbacks import AnswerMatter, ChangeAnswer, GiveReason, Reason, ShowMatter
from handlers.answers.card import reason_keyboard
from handlers.answers.line import ask_line, await_line, leave_line, leave_line_about
from handlers.answers.tap import Said, Tap
from handlers.filters import IsRegistered
from handlers.people.buttons import named
from handlers.showing import show, toast

_REFUSALS = (
    OutdatedError,
    MatterClosedError,
    AlreadyAnsweredError,
    NoSeatsError,
    ReasonNeededError,
    ApplicationsStandError,
)


def build_router() -> Router:
    router = Router(name="answering")
    router.callback_query.filter(IsRegistered())
    router.callback_query.register(on_answer, AnswerMatter.filter())
    router.callback_query.register(on_reason, GiveReason.filter())
    router.callback_query.register(on_change, ChangeAnswer.filter())
    router.callback_query.register(on_show, ShowMatter.filter())
    return router


async def on_answer(
    query: CallbackQuery,
    callback_data: AnswerMatter,
    actor: Actor,
    app_storage: Storage,
    now: datetime,
    reader: ZoneInfo,
    state: FSMContext,
    source: str,
) -> None:
    tap = Tap(query, actor, reader, now, listed=callback_data.listed)
    reply = GivenReply(
        AssignmentId(callback_data.assignment),
        callback_data.answer,
        version=callback_data.version,
        is_change=callback_data.is_change,
    )
    if callback_data.answer not in (Answer.PROBLEM, Answer.NOT_COMING, Answer.DONE, Answer.NOT_OURS):
        await leave_line(state)
        await give(tap, app_storage, reply, source)
        return
    try:
        matter = await check_reply(app_storage, actor=actor, reply=reply, now=now)
    except _REFUSALS as refusal:
        await refuse(tap, app_storage, reply.assignment_id, refusal)
        return
    if callback_data.answer is Answer.DONE and matter.form is not None:
        await toast(query, "toast-form-needed", alert=True)
        await tap.show(matter)
        return
    if callback_data.answer is Answer.DONE and matter.asks is None:
        await leave_line(state)
        await give(tap, app_storage, reply, source)
        return
    await toast(query)
    if callback_data.answer is Answer.NOT_COMING:
        await _ask_reason(tap, state, reply, matter)
    else:
        await ask_line(query, state, reply, tap.card(matter).text, listed=tap.listed, form=matter.asks)


async def _ask_reason(tap: Tap, state: FSMContext, reply: GivenReply, matter: Matter) -> None:
    await await_line(tap.query, state, reply, listed=tap.listed)  # a reason typed beside the buttons counts as well
    keyboard = reason_keyboard(matter, is_change=reply.is_change, listed=tap.listed)
    is_needed = matter.event is not None and matter.event.needs_reason
    question = say("reason-ask-needed" if is_needed else "reason-ask")
    await show(tap.query, Markup(f"{tap.card(matter).text}\n\n{question}"), keyboard)


async def on_reason(
    query: CallbackQuery,
    callback_data: GiveReason,
    actor: Actor,
    app_storage: Storage,
    now: datetime,
    reader: ZoneInfo,
    state: FSMContext,
    source: str,
) -> None:
    tap = Tap(query, actor, reader, now, listed=callback_data.listed)
    is_typed = callback_data.reason is Reason.OTHER
    has_no_text = callback_data.reason in (Reason.OTHER, Reason.NONE)
    reply = GivenReply(
        AssignmentId(callback_data.assignment),
        Answer.NOT_COMING,
        None if has_no_text else plain(f"reason-{callback_data.reason.value}"),
        version=callback_data.version,
        is_change=callback_data.is_change,
    )
    if not is_typed:
        await leave_line(state)
        await give(tap, app_storage, reply, source)
        return
    try:
        matter = await check_reply(app_storage, actor=actor, reply=reply, now=now)
    except _REFUSALS as refusal:
        await refuse(tap, app_storage, reply.assignment_id, refusal)
        return
    await toast(query)
    await ask_line(query, state, reply, tap.card(matter).text, listed=tap.listed)


async def on_change(
    query: CallbackQuery,
    callback_data: ChangeAnswer,
    actor: Actor,
    app_storage: Storage,
    now: datetime,
    reader: ZoneInfo,
) -> None:
    tap = Tap(query, actor, reader, now, listed=callback_data.listed)
    matter = await find_own_matter(app_storage, actor=actor, assignment_id=AssignmentId(callback_data.assignment))
    if not matter.takes_answers(tap.today, reader):
        await toast(query, "toast-closed", alert=True)
    elif matter.has_begun(now):
        await toast(query, "toast-begun", alert=True)
    else:
        await toast(query)
    await tap.show(matter, is_changing=True)


async def on_show(
    query: CallbackQuery,
    callback_data: ShowMatter,
    actor: Actor,
    app_storage: Storage,
    now: datetime,
    reader: ZoneInfo,
    state: FSMContext,
) -> None:
    tap = Tap(query, actor, reader, now, listed=callback_data.listed)
    matter = await find_own_matter(app_storage, actor=actor, assignment_id=AssignmentId(callback_data.assignment))
    await leave_line_about(state, matter.assignment.id)
    await toast(query)
    await tap.show(matter, is_full=callback_data.is_full)


async def give(tap: Tap, storage: Storage, reply: GivenReply, source: str, *, taken: str | None = None) -> None:
    """Stores the answer, says in a toast what it came to (``taken``: in these words), and shows the card as it is."""
    try:
        accepted = await accept_reply(storage, actor=tap.actor, reply=reply, source=source, now=tap.now)
    except _REFUSALS as refusal:
        await refuse(tap, storage, reply.assignment_id, refusal)
        return
    following = await _next_of_series(tap, storage, accepted.matter)
    await tap.say_and_show(_taken(reply, accepted, taken), accepted.matter, following=following)


def _taken(reply: GivenReply, accepted: AcceptedReply, taken: str | None) -> Said:
    assert reply.answer is not None, "a button gives an answer"
    seat = accepted.matter.seat
    if accepted.is_repeat:
        return Said("toast-same")
    if reply.answer is Answer.COMING and seat is not None:
        is_main = seat.state is SeatState.MAIN
        return Said("toast-seat" if is_main else "toast-reserve", {"place": seat.place or 0}, is_alert=not is_main)
    if reply.answer is Answer.MAYBE and accepted.matter.quota is not None:
        return Said("toast-maybe-freed")
    return Said(taken or f"toast-{reply.answer.value}")


async def _next_of_series(tap: Tap, storage: Storage, matter: Matter) -> InlineKeyboardButton | None:
    """Who answers a series one meeting after the other need not look for the next in /my."""
    if matter.series_id is None:
        return None
    visit = await next_to_answer(storage, actor=tap.actor, assignment_id=matter.assignment.id, now=tap.now)
    if visit is None:
        return None
    words = plain("button-series-next", when=stamp(visit.due_at, tap.reader))
    return named(words, ShowMatter(assignment=visit.assignment_id, listed=True))


async def refuse(tap: Tap, storage: Storage, assignment_id: AssignmentId, refusal: DomainError) -> None:
    """Says why nothing was recorded, and puts the matter as it is now in place of the old message."""
    if isinstance(refusal, AlreadyAnsweredError):
        given = refusal.matter
        assert given.assignment.answer is not None, "that is what the refusal says"
        answer, name = answer_words(given.assignment.answer, given.kind), short_name(given.answered_by_name or "")
        await toast(tap.query, "toast-answered", alert=True, answer=answer, name=name)
    else:
        await toast(tap.query, refusal_key(refusal), alert=True)
    matter = await find_own_matter(storage, actor=tap.actor, assignment_id=assignment_id)
    card = tap.card(matter)
    text = Markup(f"{say('matter-moved')}\n\n{card.text}") if isinstance(refusal, OutdatedError) else card.text
    await show(tap.query, text, card.keyboard)


def refusal_key(refusal: DomainError) -> str:
    """Why an answer was not taken, for a toast."""
    if isinstance(refusal, NoSeatsError) and refusal.full_part is not None:
        return f"toast-no-seats-{refusal.full_part.value}"
    kinds = {
        OutdatedError: "toast-moved",
        AnswerAcceptedError: "toast-answer-accepted",
        EventBegunError: "toast-begun",
        NoSeatsError: "toast-no-seats",
        ReasonNeededError: "toast-needs-reason",
        ApplicationsStandError: "toast-applications-stand",
        TooManyApplicationsError: "toast-applications-enough",
        DecisionToldError: "toast-application-decided",
    }
    return next((key for kind, key in kinds.items() if isinstance(refusal, kind)), "toast-closed")
