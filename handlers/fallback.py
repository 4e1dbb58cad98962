"""What no other router knew: never silence, never a crash."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.domain.network import Actor
from bot.texts.catalogue import plain, say
from handlers.commands import COMMANDS, Audience
from handlers.filters import IsRegistered


def build_router() -> Router:
    router = Router(name="fallback")
    router.callback_query.register(on_unknown_button)
    router.message.register(on_nothing_to_cancel, Command("cancel"), IsRegistered())
    coordinators_only = [one.name for one in COMMANDS if one.audience is not Audience.PARTICIPANT]
    router.message.register(on_coordinators_command, Command(*coordinators_only), IsRegistered())
    router.message.register(on_unknown_message)
    return router


async def on_unknown_button(query: CallbackQuery) -> None:
    await query.answer(plain("fallback-button"), show_alert=True)


async def on_nothing_to_cancel(message: Message) -> None:
    await message.answer(say("fallback-cancel"))


async def on_coordinators_command(message: Message) -> None:
    """Coordinators never come here: their own routers know these commands."""
    await message.answer(say("fallback-coordinators-only"))


async def on_unknown_message(message: Message, actor: Actor | None) -> None:
    await message.answer(say("fallback-stranger" if actor is None else "fallback-message"))
