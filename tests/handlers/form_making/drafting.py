"""A form that is being made in chat, and how it stands in the database."""

from __future__ import annotations

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from sqlalchemy import select

from bot.domain.forms import Question
from bot.domain.ids import FormId
from bot.services.edit_form import show_made_form
from storage.database import Database
from storage.task_tables import forms
from tests.acting import actor_of
from tests.driver import Chat, Message, Telegram
from tests.factories import SmallNetwork


async def begun(tg: Telegram, network: SmallNetwork, title: str = "Мониторинг") -> Chat:
    chat = tg.chat_of(network.municipal)
    await chat.says("/forms")
    await chat.presses("➕ Новая форма")
    await chat.says(title)
    return chat


async def only_form(database: Database) -> FormId:
    async with database.read() as tx:
        return FormId((await tx._connection.execute(select(forms.c.id))).scalar_one())


async def forged(tg: Telegram, chat: Chat, data: str) -> Message:
    """A button that this chat was not shown."""
    button = InlineKeyboardButton(text="?", callback_data=data)
    await tg.bot.send_message(chat.id, "?", reply_markup=InlineKeyboardMarkup(inline_keyboard=[[button]]))
    return await chat.presses(data=data)


async def drafted(database: Database, network: SmallNetwork) -> tuple[Question, ...]:
    actor = await actor_of(database, network.municipal)
    return (await show_made_form(database, actor=actor, form_id=await only_form(database))).draft.questions


async def asked(database: Database, form_id: FormId) -> tuple[int, tuple[Question, ...]]:
    async with database.read() as tx:
        form = await tx.forms.form(form_id)
    assert form is not None
    return form.version.number, form.version.questions
