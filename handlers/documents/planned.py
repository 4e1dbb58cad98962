"""What was planned: a document's activities, their dates, and moving or cancelling one of them."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from bot.domain.drafts import PlannedDate
from bot.domain.errors import DomainError, OutdatedError
from bot.domain.ids import ActivityId, DocumentId, OccurrenceId
from bot.domain.network import Actor
from bot.ports.storage import Storage
from bot.services.ask_acceptance import ask_acceptance
from bot.services.cancel_occurrence import cancel_occurrence
from bot.services.edit_draft import TermNotUnderstoodError
from bot.services.move_occurrence import DateClosedError, PastDateError, move_occurrence
from bot.services.show_plan import (
    NotOneDateError,
    show_activity,
    show_date,
    show_plan,
    understand_date,
)
from bot.texts.catalogue import Markup, say
from bot.texts.times import short_day
from bot.texts.wording import shorten
from handlers.documents import callbacks as to
from handlers.documents.date_screens import due_words
from handlers.documents.drafts import leave_typing
from handlers.documents.plan_screens import activity_screen, date_screen, plan_screen
from handlers.documents.states import TypingTerm
from handlers.documents.telling import date_warnings
from handlers.documents.terms import not_understood
from handlers.documents.wording import button, date_words
from handlers.filters import IsCoordinator
from handlers.showing import NO_PREVIEW, show, toast
from handlers.typing_line import IS_LINE


def build_router() -> Router:
    router = Router(name="documents planned")
    router.message.filter(IsCoordinator())
    router.callback_query.filter(IsCoordinator())
    router.callback_query.register(on_plan, to.ShowPlan.filter())
    router.callback_query.register(on_activity, to.ShowActivity.filter())
    router.callback_query.register(on_acceptance, to.AskAcceptance.filter())
    router.callback_query.register(on_date, to.ShowDate.filter())
    router.callback_query.register(on_move, to.MoveDate.filter())
    router.callback_query.register(on_accept, to.AcceptDate.filter())
    router.callback_query.register(on_cancel, to.CancelDate.filter())
    router.message.register(on_words, IS_LINE, StateFilter(TypingTerm.of_date))
    return router


async def on_plan(query: CallbackQuery, callback_data: to.ShowPlan, actor: Actor, app_storage: Storage) -> None:
    view = await show_plan(app_storage, actor=actor, document_id=DocumentId(callback_data.document))
    await toast(query)
    await show(query, *plan_screen(view, page=callback_data.page))


async def on_activity(
    query: CallbackQuery,
    callback_data: to.ShowActivity,
    actor: Actor,
    app_storage: Storage,
    now: datetime,
    state: FSMContext,
) -> None:
    await leave_typing(state)
    view = await show_activity(app_storage, actor=actor, activity_id=ActivityId(callback_data.activity))
    await toast(query)
    await show(query, *activity_screen(view, page=callback_data.page, now=now))


async def on_acceptance(
    query: CallbackQuery, callback_data: to.AskAcceptance, actor: Actor, app_storage: Storage, now: datetime
) -> None:
    activity_id, is_needed = ActivityId(callback_data.activity), callback_data.is_needed
    await ask_acceptance(app_storage, actor=actor, activity_id=activity_id, is_needed=is_needed, now=now)
    await toast(query, "toast-acceptance-on" if is_needed else "toast-acceptance-off")
    view = await show_activity(app_storage, actor=actor, activity_id=activity_id)
    await show(query, *activity_screen(view, page=1, now=now))


async def on_date(
    query: CallbackQuery,
    callback_data: to.ShowDate,
    actor: Actor,
    app_storage: Storage,
    state: FSMContext,
) -> None:
    await leave_typing(state)
    await toast(query)
    await _show_date(query, app_storage, actor, callback_data.occurrence)


async def on_move(
    query: CallbackQuery,
    callback_data: to.MoveDate,
    actor: Actor,
    app_storage: Storage,
    state: FSMContext,
) -> None:
    facts = await show_date(app_storage, actor=actor, occurrence_id=OccurrenceId(callback_data.occurrence))
    asked = {"activity": facts.activity.id, "occurrence": facts.occurrence.id, "version": facts.occurrence.version}
    await _ask(query, state, facts.activity.title, {**asked, "zone": facts.occurrence.timezone})


async def on_words(message: Message, actor: Actor, app_storage: Storage, now: datetime, state: FSMContext) -> None:
    asked = await state.get_data()
    phrase = " ".join((message.text or "").split())
    try:
        found = understand_date(phrase, zone=asked["zone"], now=now)
    except TermNotUnderstoodError as refusal:
        await message.answer(not_understood(refusal.term, phrase), reply_markup=_cancel(asked))
        return
    except (NotOneDateError, PastDateError) as refusal:
        key = "date-past" if isinstance(refusal, PastDateError) else "date-not-one"
        await message.answer(say(key, phrase=shorten(phrase, 200)), reply_markup=_cancel(asked))
        return
    await state.update_data(phrase=phrase)
    rows = [[button("button-right", to.AcceptDate(activity=asked["activity"]))], _cancel(asked).inline_keyboard[0]]
    facts = await show_date(app_storage, actor=actor, occurrence_id=OccurrenceId(int(asked["occurrence"])))
    text = _understood_date(found, facts.told, now.astimezone(ZoneInfo(found.timezone)).date())
    await message.answer(text, reply_markup=InlineKeyboardMarkup(inline_keyboard=rows), link_preview_options=NO_PREVIEW)


async def on_accept(
    query: CallbackQuery,
    callback_data: to.AcceptDate,
    actor: Actor,
    app_storage: Storage,
    now: datetime,
    state: FSMContext,
) -> None:
    asked = await state.get_data()
    if asked.get("activity") != callback_data.activity or "phrase" not in asked:
        raise OutdatedError("the words of this button were forgotten")
    try:
        found = understand_date(asked["phrase"], zone=asked["zone"], now=now)
    except PastDateError:
        await toast(query, "toast-date-past", alert=True)
        return
    try:
        await _move(query, app_storage, actor, asked["occurrence"], asked["version"], found, now)
    except DomainError:
        await state.clear()
        raise
    await state.clear()  # last: what a crash interrupts is handled again, and must find the words


async def on_cancel(
    query: CallbackQuery, callback_data: to.CancelDate, actor: Actor, app_storage: Storage, now: datetime
) -> None:
    occurrence_id = OccurrenceId(callback_data.occurrence)
    if not callback_data.is_sure:
        facts = await show_date(app_storage, actor=actor, occurrence_id=occurrence_id)
        yes = to.CancelDate(occurrence=occurrence_id, version=callback_data.version, is_sure=True)
        back = to.ShowDate(occurrence=occurrence_id)
        rows = [[button("button-cancel-date-yes", yes)], [button("button-back", back)]]
        await toast(query)
        due = short_day(facts.occurrence.due_on)
        text = say("cancel-date-ask", title=shorten(facts.activity.title, 300), date=due, told=facts.told)
        await show(query, text, InlineKeyboardMarkup(inline_keyboard=rows))
        return
    try:
        await cancel_occurrence(
            app_storage, actor=actor, occurrence_id=occurrence_id, version=callback_data.version, now=now
        )
        await toast(query, "toast-date-cancelled")
    except OutdatedError:
        await toast(query, "toast-date-changed", alert=True)
    except DateClosedError:
        await toast(query, "toast-date-closed", alert=True)
    await _show_date(query, app_storage, actor, occurrence_id)


async def _move(
    query: CallbackQuery,
    storage: Storage,
    actor: Actor,
    occurrence: int,
    version: int,
    found: PlannedDate,
    now: datetime,
) -> None:
    try:
        await move_occurrence(
            storage,
            actor=actor,
            occurrence_id=OccurrenceId(occurrence),
            version=version,
            due_at=found.due_at,
            due_on=found.due_on,
            has_time=found.has_time,
            now=now,
        )
        await toast(query, "toast-date-moved", date=date_words(found))
    except OutdatedError:
        await toast(query, "toast-date-changed", alert=True)
    except DateClosedError:
        await toast(query, "toast-date-closed", alert=True)
    await _show_date(query, storage, actor, occurrence)


async def _show_date(query: CallbackQuery, storage: Storage, actor: Actor, occurrence: int) -> None:
    facts = await show_date(storage, actor=actor, occurrence_id=OccurrenceId(occurrence))
    await show(query, *date_screen(facts))


async def _ask(query: CallbackQuery, state: FSMContext, title: str, asked: dict[str, int | str]) -> None:
    await state.set_state(TypingTerm.of_date)
    await state.set_data(dict(asked))
    await toast(query)
    await show(query, say("ask-date", title=shorten(title, 300)), _cancel(asked))


def _cancel(asked: dict[str, int | str]) -> InlineKeyboardMarkup:
    back = to.ShowDate(occurrence=int(asked["occurrence"]))
    return InlineKeyboardMarkup(inline_keyboard=[[button("button-cancel", back)]])


def _understood_date(found: PlannedDate, told: int, today: date) -> Markup:
    lines = [say("date-understood", date=due_words(found, today)), *date_warnings([found])]
    return Markup("\n".join([*lines, say("dates-move-told", told=told)]))
