"""/parked: messages that could not be handled, for the owner."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from aiogram import Router
from aiogram.filters import Command
from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from bot.domain.network import Actor
from bot.ports.inbox import ParkedUpdate
from bot.ports.storage import Storage
from bot.services.handle_parked import forget_parked, list_parked, retry_parked
from bot.texts.catalogue import Markup, plain, say
from bot.texts.times import stamp
from bot.texts.wording import shorten
from handlers.filters import IsOwner
from handlers.showing import show, toast

_ERROR = 200

Screen = tuple[Markup, InlineKeyboardMarkup | None]


class ParkedAct(StrEnum):
    LIST = "l"
    RETRY = "r"
    FORGET = "f"


class ParkedButton(CallbackData, prefix="op"):
    act: ParkedAct


def build_router() -> Router:
    router = Router(name="parked")
    router.message.filter(IsOwner())
    router.callback_query.filter(IsOwner())
    router.message.register(on_parked, Command("parked"))
    router.callback_query.register(on_button, ParkedButton.filter())
    return router


async def on_parked(message: Message, actor: Actor, app_storage: Storage, state: FSMContext, reader: ZoneInfo) -> None:
    await state.clear()
    text, keyboard = await _screen(app_storage, actor, reader)
    await message.answer(text, reply_markup=keyboard)


async def on_button(
    query: CallbackQuery,
    callback_data: ParkedButton,
    actor: Actor,
    app_storage: Storage,
    now: datetime,
    reader: ZoneInfo,
    wake_backlog: Callable[[], None],
) -> None:
    match callback_data.act:
        case ParkedAct.RETRY:
            count = await retry_parked(app_storage, actor=actor, now=now)
            wake_backlog()
            await toast(query, "toast-parked-retried", n=count)
        case ParkedAct.FORGET:
            await toast(query, "toast-parked-forgotten", n=await forget_parked(app_storage, actor=actor, now=now))
        case ParkedAct.LIST:
            await toast(query)
    await show(query, *await _screen(app_storage, actor, reader))


def parked_keyboard() -> InlineKeyboardMarkup:
    """Under the message that tells the owner of one."""
    return InlineKeyboardMarkup(inline_keyboard=[[_button("button-parked-list", ParkedAct.LIST)]])


async def _screen(storage: Storage, actor: Actor, reader: ZoneInfo) -> Screen:
    latest, count = await list_parked(storage, actor=actor)
    if not count:
        return say("parked-none"), None
    parts = [say("parked-title", n=count), *(_line(one, reader) for one in latest), say("parked-hint")]
    rows = [[_button("button-parked-retry", ParkedAct.RETRY)], [_button("button-parked-forget", ParkedAct.FORGET)]]
    return Markup("\n\n".join(parts)), InlineKeyboardMarkup(inline_keyboard=rows)


def _line(one: ParkedUpdate, reader: ZoneInfo) -> Markup:
    """Never what was written: it belongs to somebody else."""
    at = stamp(one.received_at, reader)
    return say("parked-line", update=str(one.update_id), at=at, error=shorten(one.error, _ERROR))


def _button(key: str, act: ParkedAct) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=plain(key), callback_data=ParkedButton(act=act).pack())
