"""«На проверку»: answers one by one, the next one by itself, or a page at once."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, InlineKeyboardMarkup

from bot.domain.errors import DomainError
from bot.domain.ids import AssignmentId, DecisionId, OccurrenceId, ReplyId
from bot.domain.network import Actor
from bot.domain.reviewing import AnswerMark
from bot.ports.storage import Storage
from bot.services.accept_reply import MatterClosedError
from bot.services.review_answers import (
    AnswerChangedError,
    DecidedAlreadyError,
    Reviewed,
    accept_answer,
    accept_shown,
    is_not_ours,
    list_queue,
    next_in_queue,
    read_answer,
    show_reviewed,
)
from bot.texts.catalogue import Markup, say
from handlers.filters import IsCoordinator
from handlers.reviews.callbacks import (
    AcceptShown,
    Act,
    DecideAnswer,
    ReviewList,
    ReviewNext,
    ReviewOne,
    UndoAcceptance,
)
from handlers.reviews.screens import answer_screen, button, decided_screen, decider, list_screen, undo_button
from handlers.reviews.states import GivingTerm, Granting, Returning
from handlers.showing import show, toast

REFUSALS = (AnswerChangedError, DecidedAlreadyError, MatterClosedError)


def build_router() -> Router:
    router = Router(name="review queue")
    router.callback_query.filter(IsCoordinator())
    router.callback_query.register(on_list, ReviewList.filter())
    router.callback_query.register(on_next, ReviewNext.filter())
    router.callback_query.register(on_one, ReviewOne.filter())
    router.callback_query.register(on_accept, DecideAnswer.filter(F.act == Act.ACCEPT))
    router.callback_query.register(on_accept_shown, AcceptShown.filter())
    return router


async def on_list(
    query: CallbackQuery,
    callback_data: ReviewList,
    actor: Actor,
    app_storage: Storage,
    now: datetime,
    reader: ZoneInfo,
    state: FSMContext,
) -> None:
    await leave_questions(state)
    await toast(query)
    await show_list(query, app_storage, actor, now, reader, callback_data)


async def on_next(
    query: CallbackQuery,
    callback_data: ReviewNext,
    actor: Actor,
    app_storage: Storage,
    now: datetime,
    reader: ZoneInfo,
) -> None:
    await toast(query)
    occurrence = callback_data.occurrence
    after = ReplyId(callback_data.after) if callback_data.after else None
    one = await next_in_queue(app_storage, actor=actor, after=after, occurrence_id=_of(occurrence))
    if one is None:
        await show_list(query, app_storage, actor, now, reader, ReviewList(occurrence=occurrence))
        return
    today = now.astimezone(reader).date()
    await show(query, *answer_screen(one, reader=reader, today=today, occurrence=occurrence))


async def on_one(
    query: CallbackQuery,
    callback_data: ReviewOne,
    actor: Actor,
    app_storage: Storage,
    now: datetime,
    reader: ZoneInfo,
    state: FSMContext,
) -> None:
    await leave_questions(state)
    await toast(query)
    assignment_id = AssignmentId(callback_data.assignment)
    occurrence, page = callback_data.occurrence, callback_data.page
    await show_answer(query, app_storage, actor, now, reader, assignment_id, occurrence, page=page)


async def on_accept(
    query: CallbackQuery,
    callback_data: DecideAnswer,
    actor: Actor,
    app_storage: Storage,
    now: datetime,
    reader: ZoneInfo,
    source: str,
) -> None:
    tap = callback_data
    try:
        reviewed = await accept_answer(
            app_storage,
            actor=actor,
            assignment_id=AssignmentId(tap.assignment),
            mark=mark_of(tap),
            source=source,
            now=now,
        )
    except REFUSALS as refusal:
        await refuse(query, app_storage, actor, now, reader, AssignmentId(tap.assignment), refusal)
        return
    await toast(query, "toast-review-confirmed" if is_not_ours(reviewed.matter) else "toast-review-accepted")
    await _show_next(query, app_storage, actor, now, reader, tap, reviewed)


async def on_accept_shown(
    query: CallbackQuery,
    callback_data: AcceptShown,
    actor: Actor,
    app_storage: Storage,
    now: datetime,
    reader: ZoneInfo,
    source: str,
) -> None:
    taken = await accept_shown(
        app_storage,
        actor=actor,
        first=ReplyId(callback_data.first),
        last=ReplyId(callback_data.last),
        occurrence_id=_of(callback_data.occurrence),
        source=source,
        now=now,
    )
    await toast(query, "toast-review-all", alert=taken == 0, n=taken)
    await show_list(query, app_storage, actor, now, reader, ReviewList(occurrence=callback_data.occurrence))


async def show_list(
    query: CallbackQuery, storage: Storage, actor: Actor, now: datetime, reader: ZoneInfo, at: ReviewList
) -> None:
    """A page of what waits, in place of the message."""
    page = await list_queue(storage, actor=actor, page=at.page, occurrence_id=_of(at.occurrence))
    await show(query, *list_screen(page, reader=reader, today=now.astimezone(reader).date()))


async def show_answer(
    query: CallbackQuery,
    storage: Storage,
    actor: Actor,
    now: datetime,
    reader: ZoneInfo,
    assignment_id: AssignmentId,
    occurrence: int = 0,
    *,
    page: int = 0,
) -> None:
    """One answer as it is now, whether or not it still waits."""
    one = await show_reviewed(storage, actor=actor, assignment_id=assignment_id)
    today = now.astimezone(reader).date()
    await show(query, *answer_screen(one, reader=reader, today=today, occurrence=occurrence, page=page))


async def show_decided(
    query: CallbackQuery,
    storage: Storage,
    actor: Actor,
    now: datetime,
    reader: ZoneInfo,
    refusal: DecidedAlreadyError,
) -> None:
    """Who decided otherwise, or before, and what."""
    matter, _ = await read_answer(storage, actor=actor, assignment_id=refusal.decision.assignment_id)
    today = now.astimezone(reader).date()
    await show(query, *decided_screen(matter, refusal.decision, reader=reader, today=today))


async def refuse(
    query: CallbackQuery,
    storage: Storage,
    actor: Actor,
    now: datetime,
    reader: ZoneInfo,
    assignment_id: AssignmentId,
    refusal: DomainError,
) -> None:
    """Says why nothing was decided, and shows who did, or the answer as it is now."""
    if isinstance(refusal, DecidedAlreadyError):
        await toast(query, "toast-review-decided", alert=True, by=decider(refusal.decision.decided_by))
        await show_decided(query, storage, actor, now, reader, refusal)
        return
    await toast(
        query, "toast-review-changed" if isinstance(refusal, AnswerChangedError) else "toast-closed", alert=True
    )
    await show_answer(query, storage, actor, now, reader, assignment_id)


_QUESTIONS = tuple(group.__name__ for group in (Returning, Granting, GivingTerm))


async def leave_questions(state: FSMContext) -> None:
    """Who has gone elsewhere by a button has dropped the question."""
    if (await state.get_state() or "").split(":")[0] in _QUESTIONS:
        await state.clear()


def mark_of(tap: DecideAnswer) -> AnswerMark:
    return AnswerMark(ReplyId(tap.reply), DecisionId(tap.decision))


async def _show_next(
    query: CallbackQuery,
    storage: Storage,
    actor: Actor,
    now: datetime,
    reader: ZoneInfo,
    tap: DecideAnswer,
    reviewed: Reviewed,
) -> None:
    today = now.astimezone(reader).date()
    undo = UndoAcceptance(decision=reviewed.decision_id, occurrence=tap.occurrence)
    unit = reviewed.matter.unit_title
    one = None
    if tap.listed:
        one = await next_in_queue(
            storage, actor=actor, after=ReplyId(tap.reply), occurrence_id=_of(tap.occurrence)
        )  # fmt: skip
    if one is not None:
        screen = answer_screen(
            one, reader=reader, today=today, occurrence=tap.occurrence, undo=undo, undone_unit=unit
        )  # fmt: skip
        await show(query, *screen)
        return
    matter = reviewed.matter
    words = say("review-confirmed" if is_not_ours(matter) else "review-taken")
    text = Markup(f"{say('matter-task', title=matter.title[:200])}\n{say('matter-unit', unit=unit)}\n\n{words}")
    rows = [[undo_button(undo, unit)], [button("button-review-list", ReviewList(occurrence=tap.occurrence))]]
    await show(query, text, InlineKeyboardMarkup(inline_keyboard=rows))


def _of(occurrence: int) -> OccurrenceId | None:
    return OccurrenceId(occurrence) if occurrence else None
