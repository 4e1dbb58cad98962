"""What every question that is answered by typing has in common: which messages are a line, and how it is dropped."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.filters import Command, StateFilter
from aiogram.filters.state import StateType
from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from bot.texts.catalogue import say

IS_LINE = F.text & ~F.text.startswith("/")
"""Words, and no command: those leave a dialogue."""


def drop_by_cancel(router: Router, *states: StateType, words: str) -> None:
    """/cancel in one of ``states`` ends the dialogue, and ``words`` (a key of the catalogue) say so."""

    async def on_cancel(message: Message, state: FSMContext) -> None:
        await state.clear()
        await message.answer(say(words))

    router.message.register(on_cancel, Command("cancel"), StateFilter(*states))
