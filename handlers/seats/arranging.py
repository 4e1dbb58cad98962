"""The organiser's lists of seats: who is in which, moving between them, another number of seats."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from aiogram import F, Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from bot.domain.errors import NotFoundError
from bot.domain.event_fields import read_seats
from bot.domain.events import Seats, SeatState
from bot.domain.ids import AssignmentId, OccurrenceId
from bot.domain.network import Actor
from bot.domain.seats import BadSeatsError
from bot.domain.webinars import BadWebinarError
from bot.ports.storage import Storage
from bot.services.arrange_seats import (
    ChangedSeats,
    SeatsFullError,
    change_seats,
    give_seat,
    list_seats,
    seats_of,
    show_seated,
    take_seat,
)
from bot.services.move_occurrence import DateClosedError
from bot.texts.catalogue import Markup, plain, say
from handlers.answers.event_callbacks import ChangeSeats, ChooseInstead, MoveSeat, SeatsPage, ShowSeated, WeighSwap
from handlers.filters import IsCoordinator
from handlers.seats.screens import seated_screen, seats_screen, swap_screen
from handlers.showing import show, toast
from handlers.typing_line import IS_LINE, drop_by_cancel
from handlers.webinars.callbacks import ShowWebinar
from handlers.webinars.draft_card import seats_words

_WITHOUT_QUOTA = re.compile(r",? ?без (?:квот\w*|ограничен\w*)$", re.IGNORECASE)


class SeatsLine(StatesGroup):
    """The number of seats is awaited."""

    typing = State()


def build_router() -> Router:
    router = Router(name="arranging seats")
    router.message.filter(IsCoordinator())
    router.callback_query.filter(IsCoordinator())
    router.callback_query.register(on_page, SeatsPage.filter())
    router.callback_query.register(on_seated, ShowSeated.filter())
    router.callback_query.register(on_move, MoveSeat.filter())
    router.callback_query.register(on_choose_instead, ChooseInstead.filter())
    router.callback_query.register(on_weigh_swap, WeighSwap.filter())
    router.callback_query.register(on_change, ChangeSeats.filter())
    drop_by_cancel(router, SeatsLine.typing, words="line-cancelled")
    router.message.register(on_number, IS_LINE, StateFilter(SeatsLine.typing))
    router.message.register(on_no_text, ~F.text, StateFilter(SeatsLine.typing))
    return router


async def on_page(
    query: CallbackQuery,
    callback_data: SeatsPage,
    actor: Actor,
    app_storage: Storage,
    reader: ZoneInfo,
    state: FSMContext,
) -> None:
    """Also the way out of the question for a number."""
    if await state.get_state() == SeatsLine.typing.state:
        await state.clear()
    await toast(query)
    await _show_list(
        query, app_storage, actor, reader, callback_data.occurrence, callback_data.is_reserve, callback_data.page
    )


async def on_seated(
    query: CallbackQuery,
    callback_data: ShowSeated,
    actor: Actor,
    app_storage: Storage,
    now: datetime,
    reader: ZoneInfo,
) -> None:
    seated = await show_seated(app_storage, actor=actor, assignment_id=AssignmentId(callback_data.assignment))
    if seated.matter.seat is None:
        await toast(query, "toast-seats-gone", alert=True)
        await _show_list(query, app_storage, actor, reader, seated.matter.assignment.occurrence_id, False, 1)
        return
    await toast(query)
    today = now.astimezone(reader).date()
    await show(query, *seated_screen(seated.matter, seated.full_name, reader=reader, today=today))


async def on_move(
    query: CallbackQuery,
    callback_data: MoveSeat,
    actor: Actor,
    app_storage: Storage,
    now: datetime,
    reader: ZoneInfo,
) -> None:
    assignment_id = AssignmentId(callback_data.assignment)
    other = callback_data.instead_of
    try:
        if callback_data.is_up:
            instead_of = None if other is None else AssignmentId(other)
            matter = await give_seat(
                app_storage, actor=actor, assignment_id=assignment_id, instead_of=instead_of, now=now
            )
        else:
            matter = await take_seat(app_storage, actor=actor, assignment_id=assignment_id, now=now)
    except SeatsFullError:
        await toast(query)
        await _choose_instead(query, app_storage, actor, reader, assignment_id, page=1)
        return
    except (NotFoundError, DateClosedError) as refusal:
        key = "toast-closed" if isinstance(refusal, DateClosedError) else "toast-seats-gone"
        await toast(query, key, alert=True)
        return
    await toast(query, "toast-seat-up" if callback_data.is_up else "toast-seat-down")
    await _show_list(query, app_storage, actor, reader, matter.assignment.occurrence_id, not callback_data.is_up, 1)


async def on_weigh_swap(
    query: CallbackQuery, callback_data: WeighSwap, actor: Actor, app_storage: Storage, reader: ZoneInfo
) -> None:
    """Before a seat that somebody has is taken from him."""
    await toast(query)
    assignment_id = AssignmentId(callback_data.assignment)
    up = await show_seated(app_storage, actor=actor, assignment_id=assignment_id)
    down = await show_seated(app_storage, actor=actor, assignment_id=AssignmentId(callback_data.instead_of))
    date_id = up.matter.assignment.occurrence_id
    found = await list_seats(app_storage, actor=actor, occurrence_id=date_id, state=SeatState.MAIN, page=1)
    if up.matter.seat is None or down.matter.seat is None or not down.matter.seat.is_held:
        await show(query, *seats_screen(found, reader=reader))  # somebody was quicker
        return
    await show(query, *swap_screen(found, up, down))


async def on_choose_instead(
    query: CallbackQuery, callback_data: ChooseInstead, actor: Actor, app_storage: Storage, reader: ZoneInfo
) -> None:
    await toast(query)
    assignment_id = AssignmentId(callback_data.assignment)
    await _choose_instead(query, app_storage, actor, reader, assignment_id, page=callback_data.page)


async def on_change(
    query: CallbackQuery,
    callback_data: ChangeSeats,
    actor: Actor,
    app_storage: Storage,
    state: FSMContext,
) -> None:
    """Another number; the first one, where seats were not counted."""
    occurrence_id = OccurrenceId(callback_data.occurrence)
    seats = await seats_of(app_storage, actor=actor, occurrence_id=occurrence_id)
    await state.set_state(SeatsLine.typing)
    await state.set_data({"occurrence": occurrence_id})
    await toast(query)
    asked = say("seats-ask-first") if seats is None else say("seats-ask", known=seats_words(seats))
    await show(query, Markup(f"{asked}\n\n{say('seats-ask-how')}"), _back(occurrence_id, seats))


async def on_number(message: Message, actor: Actor, app_storage: Storage, now: datetime, state: FSMContext) -> None:
    occurrence_id = OccurrenceId((await state.get_data())["occurrence"])
    known = await seats_of(app_storage, actor=actor, occurrence_id=occurrence_id)
    try:
        wanted = _typed(message.text or "", known)
        changed = await change_seats(app_storage, actor=actor, occurrence_id=occurrence_id, seats=wanted, now=now)
    except (BadWebinarError, BadSeatsError):
        await message.answer(say("seats-ask-wrong"), reply_markup=_back(occurrence_id, known))
        return
    except DateClosedError:
        await state.clear()
        await message.answer(say("seats-closed"))
        return
    text = _changed(changed)
    await message.answer(text, reply_markup=_back(occurrence_id, changed.seats))
    await state.clear()  # last: what a crash interrupts is handled again, and must find the question


def _typed(text: str, known: Seats | None) -> Seats:
    """«20», «20+5», «20, резерв 5, от школы 2»; a quota that stands stays until «без квоты». Raises BadWebinarError."""
    words = " ".join(text.split())
    seats = read_seats(_WITHOUT_QUOTA.sub("", words))
    is_kept = seats.per is None and not _WITHOUT_QUOTA.search(words)
    return replace(seats, per=known.per, each=known.each) if known and is_kept else seats


async def on_no_text(message: Message, state: FSMContext) -> None:
    asked = await state.get_data()
    await message.answer(say("seats-ask-wrong"), reply_markup=_back(OccurrenceId(asked["occurrence"]), None))


async def _show_list(
    query: CallbackQuery,
    storage: Storage,
    actor: Actor,
    reader: ZoneInfo,
    occurrence: int,
    is_reserve: bool,
    page: int,
) -> None:
    found = await list_seats(
        storage,
        actor=actor,
        occurrence_id=OccurrenceId(occurrence),
        state=SeatState.RESERVE if is_reserve else SeatState.MAIN,
        page=page,
    )
    await show(query, *seats_screen(found, reader=reader))


async def _choose_instead(
    query: CallbackQuery, storage: Storage, actor: Actor, reader: ZoneInfo, assignment_id: AssignmentId, *, page: int
) -> None:
    seated = await show_seated(storage, actor=actor, assignment_id=assignment_id)
    found = await list_seats(
        storage,
        actor=actor,
        occurrence_id=seated.matter.assignment.occurrence_id,
        state=SeatState.MAIN,
        page=page,
    )
    await show(query, *seats_screen(found, reader=reader, instead_for=assignment_id))


def _changed(changed: ChangedSeats) -> Markup:
    known = seats_words(changed.seats)
    text = say("seats-changed", known=known, moved=changed.moved_up)
    if changed.is_repeat:  # a crash before the answer brings the same words again
        text = say("seats-same", known=known)
    return Markup(f"{text}\n{say('seats-over', n=changed.over)}") if changed.over else text


def _back(occurrence_id: OccurrenceId, seats: Seats | None) -> InlineKeyboardMarkup:
    """To the lists, or to the event where there are none."""
    to = ShowWebinar(occurrence=occurrence_id) if seats is None else SeatsPage(occurrence=occurrence_id)
    return InlineKeyboardMarkup(
        inline_keyboard=[[InlineKeyboardButton(text=plain("button-back"), callback_data=to.pack())]]
    )
