"""What no other router knew: never silence, never a crash."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiogram import F, Router
from aiogram.filters import Command, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.domain.network import Actor
from bot.texts.catalogue import plain, say
from handlers.commands import COMMANDS, Audience
from handlers.filters import IsRegistered


def build_router() -> Router:
    router = Router(name="fallback")
    router.callback_query.register(on_unknown_button)
    router.message.register(on_cancel, Command("cancel"), ~StateFilter(None), IsRegistered())
    router.message.register(on_nothing_to_cancel, Command("cancel"), IsRegistered())
    for audience in (Audience.COORDINATOR, Audience.OWNER):
        names = [one.name for one in COMMANDS if one.audience is audience]
        router.message.register(_refusal(audience), Command(*names), IsRegistered())
    router.message.register(on_no_answer, ~F.text.startswith("/"), ~StateFilter(None), IsRegistered())
    router.message.register(on_unknown_message)
    return router


async def on_unknown_button(query: CallbackQuery) -> None:
    await query.answer(plain("fallback-button"), show_alert=True)


async def on_cancel(message: Message, state: FSMContext) -> None:
    """Of a dialogue that has no words of its own for it."""
    await state.clear()
    await message.answer(say("fallback-left"))


async def on_nothing_to_cancel(message: Message) -> None:
    await message.answer(say("fallback-cancel"))


def _refusal(audience: Audience) -> Callable[[Message], Awaitable[None]]:
    """Those whom a command is for never come here: their own routers know it."""

    async def on_command_of_others(message: Message) -> None:
        await message.answer(say(f"fallback-{audience.name.lower()}s-only"))

    return on_command_of_others


async def on_no_answer(message: Message) -> None:
    """A sticker where words are awaited: the question stands, and he is told that it does."""
    await message.answer(say("fallback-waiting"))


async def on_unknown_message(message: Message, actor: Actor | None) -> None:
    await message.answer(say("fallback-stranger" if actor is None else "fallback-message"))
