"""A planned activity gets dates that its document left open: an event, a new term, a schedule, a pace."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from aiogram import F, Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from bot.domain.errors import DomainError, NotFoundError, OutdatedError
from bot.domain.ids import ActivityId
from bot.domain.matters import ActivityState
from bot.domain.network import Actor
from bot.domain.terms.model import Term
from bot.ports.storage import Storage
from bot.services.move_occurrence import PastDateError
from bot.services.name_dates import EventHourError, NoDatesError
from bot.services.show_plan import NotOneDateError, show_activity
from bot.services.start_dates import (
    ActivityChangedError,
    asked_of,
    correct_event,
    preview_correction,
    preview_start,
    start_dates,
)
from handlers.documents import callbacks as to
from handlers.documents import term_callbacks as on
from handlers.documents.date_screens import (
    ask_screen,
    correction_screen,
    due_words,
    refusal,
    start_screen,
    words_of_day,
)
from handlers.documents.draft_screens import Screen
from handlers.documents.plan_screens import activity_screen
from handlers.documents.states import TypingTerm
from handlers.documents.wording import button
from handlers.filters import IsCoordinator
from handlers.showing import NO_PREVIEW, show, toast
from handlers.typing_line import IS_LINE

_REFUSED = (NotOneDateError, EventHourError, NoDatesError, PastDateError)


def build_router() -> Router:
    router = Router(name="documents activity dates")
    router.message.filter(IsCoordinator())
    router.callback_query.filter(IsCoordinator())
    router.callback_query.register(on_ask, on.AskDates.filter())
    router.callback_query.register(on_add, to.AddDate.filter())
    router.callback_query.register(on_day, on.PickDay.filter(F.activity))
    router.callback_query.register(on_accept, on.AcceptDates.filter())
    router.message.register(on_words, IS_LINE, StateFilter(TypingTerm.of_activity_dates))
    return router


async def on_ask(
    query: CallbackQuery, callback_data: on.AskDates, actor: Actor, app_storage: Storage, state: FSMContext
) -> None:
    activity_id = ActivityId(callback_data.activity)
    await _ask(query, app_storage, actor, activity_id, state, is_correction=callback_data.is_correction)


async def on_add(
    query: CallbackQuery, callback_data: to.AddDate, actor: Actor, app_storage: Storage, state: FSMContext
) -> None:
    """A button of older messages."""
    await _ask(query, app_storage, actor, ActivityId(callback_data.activity), state, is_correction=False)


async def on_words(message: Message, actor: Actor, app_storage: Storage, now: datetime, state: FSMContext) -> None:
    text, keyboard = await _understood(app_storage, actor, message.text or "", now, state)
    await message.answer(text, reply_markup=keyboard, link_preview_options=NO_PREVIEW)


async def on_day(
    query: CallbackQuery,
    callback_data: on.PickDay,
    actor: Actor,
    app_storage: Storage,
    now: datetime,
    state: FSMContext,
) -> None:
    asked = await state.get_data()
    is_open = await state.get_state() == TypingTerm.of_activity_dates.state
    if not is_open or asked.get("activity") != callback_data.activity:
        await toast(query, "toast-words-forgotten", alert=True)
        return
    view = await show_activity(app_storage, actor=actor, activity_id=ActivityId(callback_data.activity))
    words = words_of_day(callback_data.days_ago, ZoneInfo(view.opened.activity.timezone), now)
    screen = await _understood(app_storage, actor, words, now, state)
    await toast(query)
    await show(query, *screen)


async def on_accept(
    query: CallbackQuery,
    callback_data: on.AcceptDates,
    actor: Actor,
    app_storage: Storage,
    now: datetime,
    state: FSMContext,
) -> None:
    asked = await state.get_data()
    if asked.get("activity") != callback_data.activity or "read_at" not in asked:
        await toast(query, "toast-words-forgotten", alert=True)
    else:
        act = _correct if asked["is_correction"] else _start
        try:
            await act(query, app_storage, actor, callback_data, asked, now)
        except ActivityChangedError:
            screen = await _preview(app_storage, actor, asked, now, is_changed=True)
            await toast(query, "toast-activity-changed", alert=True)
            await show(query, *screen)
            return
        except PastDateError:
            await toast(query, "toast-date-past", alert=True)
            return
        except DomainError:
            await state.clear()
            raise
    view = await show_activity(app_storage, actor=actor, activity_id=ActivityId(callback_data.activity))
    await show(query, *activity_screen(view, page=1, now=now))
    await state.clear()  # last: what a crash interrupts is handled again, and must find the words


async def _start(
    query: CallbackQuery, storage: Storage, actor: Actor, tap: on.AcceptDates, asked: dict[str, str], now: datetime
) -> None:
    started = await start_dates(
        storage,
        actor=actor,
        activity_id=ActivityId(tap.activity),
        version=tap.version,
        words=asked["words"],
        read_at=datetime.fromisoformat(asked["read_at"]),
        now=now,
    )
    if started.is_repeat:
        await toast(query, "toast-dates-known")
    else:
        await toast(query, "toast-dates-opened", n=len(started.dates))


async def _correct(
    query: CallbackQuery, storage: Storage, actor: Actor, tap: on.AcceptDates, asked: dict[str, str], now: datetime
) -> None:
    due = await correct_event(
        storage,
        actor=actor,
        activity_id=ActivityId(tap.activity),
        version=tap.version,
        words=asked["words"],
        read_at=datetime.fromisoformat(asked["read_at"]),
        now=now,
    )
    await toast(query, "toast-event-corrected", date=due_words(due, now.astimezone(ZoneInfo(due.timezone)).date()))


async def _ask(
    query: CallbackQuery,
    storage: Storage,
    actor: Actor,
    activity_id: ActivityId,
    state: FSMContext,
    *,
    is_correction: bool,
) -> None:
    opened = (await show_activity(storage, actor=actor, activity_id=activity_id)).opened
    activity = opened.activity
    if activity.state is not ActivityState.ACTIVE:
        raise OutdatedError(f"activity {activity_id} is {activity.state}")
    await state.set_state(TypingTerm.of_activity_dates)
    await state.set_data({"activity": activity_id, "is_correction": is_correction})
    pick, cancel = on.PickDay(days_ago=0, activity=activity_id), to.ShowActivity(activity=activity_id)
    term, asked = Term.from_json(activity.term), asked_of(opened)
    await toast(query)
    await show(query, *ask_screen(activity.title, activity.phrase, term, asked, pick=pick, cancel=cancel))


async def _understood(storage: Storage, actor: Actor, words: str, now: datetime, state: FSMContext) -> Screen:
    """The preview of what was typed, which then waits for «Верно»; or the question again."""
    asked = {**await state.get_data(), "words": words, "read_at": now.isoformat()}
    activity_id = ActivityId(int(asked["activity"]))
    try:
        screen = await _preview(storage, actor, asked, now)
    except _REFUSED as error:
        opened = (await show_activity(storage, actor=actor, activity_id=activity_id)).opened
        cancel = [[button("button-cancel", to.ShowActivity(activity=activity_id))]]
        text = refusal(error, words, Term.from_json(opened.activity.term), asked_of(opened))
        return text, InlineKeyboardMarkup(inline_keyboard=cancel)
    except (NotFoundError, OutdatedError):
        await state.clear()
        raise
    await state.set_data(asked)
    return screen


async def _preview(
    storage: Storage, actor: Actor, asked: dict[str, str], now: datetime, *, is_changed: bool = False
) -> Screen:
    activity_id = ActivityId(int(asked["activity"]))
    words, read_at = asked["words"], datetime.fromisoformat(asked["read_at"])
    if asked["is_correction"]:
        correction = await preview_correction(
            storage, actor=actor, activity_id=activity_id, words=words, read_at=read_at, now=now
        )
        return correction_screen(correction, now=now, is_changed=is_changed)
    start = await preview_start(storage, actor=actor, activity_id=activity_id, words=words, read_at=read_at, now=now)
    return start_screen(start, now=now, is_changed=is_changed)
