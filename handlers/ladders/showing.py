"""/ladders: those that are ready and the coordinators' own, and what each would send."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.domain.foretelling import foretell
from bot.domain.ids import LadderId
from bot.domain.network import Actor
from bot.ports.storage import Storage
from bot.services.edit_ladders import copy_ladder, list_ladders, show_ladder
from bot.services.show_draft import work_calendar
from bot.texts.catalogue import plain
from handlers.filters import IsCoordinator
from handlers.ladders import callbacks as to
from handlers.ladders.screens import (
    due_in,
    foretold_screen,
    ladder_of_own,
    list_screen,
    own_screen,
    preset_screen,
    preset_title,
)
from handlers.showing import show, toast


def build_router() -> Router:
    router = Router(name="ladders showing")
    router.message.filter(IsCoordinator())
    router.callback_query.filter(IsCoordinator())
    router.message.register(on_ladders, Command("ladders"))
    router.callback_query.register(on_list, to.ListLadders.filter())
    router.callback_query.register(on_preset, to.ShowPreset.filter())
    router.callback_query.register(on_copy, to.CopyPreset.filter())
    router.callback_query.register(on_own, to.ShowOwn.filter())
    router.callback_query.register(on_foretell, to.Foretell.filter())
    return router


async def on_ladders(message: Message, actor: Actor, app_storage: Storage, state: FSMContext) -> None:
    await state.clear()
    text, buttons = list_screen(await list_ladders(app_storage, actor=actor))
    await message.answer(text, reply_markup=buttons)


async def on_list(query: CallbackQuery, actor: Actor, app_storage: Storage, state: FSMContext) -> None:
    await toast(query)
    await state.clear()
    await show(query, *list_screen(await list_ladders(app_storage, actor=actor)))


async def on_preset(query: CallbackQuery, callback_data: to.ShowPreset) -> None:
    await toast(query)
    await show(query, *preset_screen(callback_data.name))


async def on_copy(
    query: CallbackQuery,
    callback_data: to.CopyPreset,
    actor: Actor,
    app_storage: Storage,
    source: str,
    now: datetime,
) -> None:
    """The copy has the name of what it was made from until it is renamed."""
    name = callback_data.name
    title = plain("ladder-copied", title=preset_title(name))
    ladder_id = await copy_ladder(app_storage, actor=actor, name=name, title=title, source=source, now=now)
    await toast(query, "ladder-copied-toast")
    await show(query, *own_screen(await show_ladder(app_storage, actor=actor, ladder_id=ladder_id)))


async def on_own(
    query: CallbackQuery, callback_data: to.ShowOwn, actor: Actor, app_storage: Storage, state: FSMContext
) -> None:
    shown = await show_ladder(app_storage, actor=actor, ladder_id=LadderId(callback_data.ladder))
    await toast(query)
    await state.clear()
    await show(query, *own_screen(shown))


async def on_foretell(
    query: CallbackQuery,
    callback_data: to.Foretell,
    actor: Actor,
    app_storage: Storage,
    now: datetime,
    reader: ZoneInfo,
) -> None:
    own = None
    if callback_data.ladder:
        own = (await show_ladder(app_storage, actor=actor, ladder_id=LadderId(callback_data.ladder))).own
    title, ladder = ladder_of_own(own, callback_data.name)
    today = now.astimezone(reader).date()
    due_on = due_in(callback_data.days, today)
    found = foretell(ladder, due_on, reader, now=now, days=work_calendar())
    await toast(query)
    await show(query, *foretold_screen(title, found, due_on, callback_data, zone=reader, today=today))
