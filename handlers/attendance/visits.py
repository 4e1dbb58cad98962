"""Who was where: a person's own record, and for a coordinator the events and the people of his part of the network."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.domain.network import Actor
from bot.ports.storage import Storage
from bot.services.show_attendance import list_past_events, list_people_attendance, show_visits
from handlers.attendance import callbacks as to
from handlers.attendance.visit_screens import events_screen, records_screen, visits_screen
from handlers.filters import IsCoordinator, IsRegistered
from handlers.showing import show, toast


def build_router() -> Router:
    router = Router(name="visits")
    router.message.filter(IsRegistered())
    router.callback_query.filter(IsRegistered())
    router.message.register(on_attendance, Command("attendance"), IsCoordinator())
    router.callback_query.register(on_visits, to.ShowVisits.filter())
    router.callback_query.register(on_events, to.ShowEvents.filter(), IsCoordinator())
    router.callback_query.register(on_records, to.ShowRecords.filter(), IsCoordinator())
    return router


async def on_attendance(
    message: Message, actor: Actor, app_storage: Storage, reader: ZoneInfo, now: datetime, state: FSMContext
) -> None:
    await state.clear()
    text, buttons = events_screen(await list_past_events(app_storage, actor=actor, page=0, now=now), reader=reader)
    await message.answer(text, reply_markup=buttons)


async def on_events(
    query: CallbackQuery,
    callback_data: to.ShowEvents,
    actor: Actor,
    app_storage: Storage,
    reader: ZoneInfo,
    now: datetime,
) -> None:
    found = await list_past_events(app_storage, actor=actor, page=callback_data.page, now=now)
    await toast(query)
    await show(query, *events_screen(found, reader=reader))


async def on_records(
    query: CallbackQuery, callback_data: to.ShowRecords, actor: Actor, app_storage: Storage, now: datetime
) -> None:
    found = await list_people_attendance(app_storage, actor=actor, page=callback_data.page, now=now)
    await toast(query)
    await show(query, *records_screen(found))


async def on_visits(
    query: CallbackQuery,
    callback_data: to.ShowVisits,
    actor: Actor,
    app_storage: Storage,
    reader: ZoneInfo,
    now: datetime,
) -> None:
    found = await show_visits(app_storage, actor=actor, page=callback_data.page, now=now)
    await toast(query)
    await show(query, *visits_screen(found, reader=reader))
