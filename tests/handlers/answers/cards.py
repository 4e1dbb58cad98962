"""Cards of matters in a chat, and what of their answers was stored."""

from __future__ import annotations

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from sqlalchemy import select

from bot.domain.ids import OccurrenceId
from bot.domain.matters import Answer
from storage.database import Database
from storage.tables import replies
from tests.driver import Chat, Message, Telegram, labels
from tests.factories import SmallNetwork
from tests.opening import assignment, matter

TASK_BUTTONS = ["✅ Выполнено", "⏳ В работе", "⚠️ Есть проблема", "Другой ответ…"]


async def opened_card(chat: Chat, number: int = 1) -> Message:
    """The card of a matter, opened from /my."""
    mine = await chat.says("/my")
    return await chat.presses(labels(mine)[number - 1], on=mine)


def as_it_looks(chat: Chat, message: Message) -> Message:
    return next(m for m in chat.messages if m["message_id"] == message["message_id"])


async def pressed_by(tg: Telegram, somebody: Chat, card: Message) -> str:
    """What somebody else is told who got hold of the first button of this card."""
    button = card["reply_markup"]["inline_keyboard"][0][0]
    copy = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(**button)]])
    await tg.bot.send_message(somebody.id, "Переслано", reply_markup=copy)
    await somebody.presses(button["text"])
    return str(somebody.toast["text"])


async def answers(database: Database) -> list[str | None]:
    async with database.read() as tx:
        found = await tx._connection.execute(select(replies.c.answer).order_by(replies.c.id))
        return list(found.scalars())


async def stored(database: Database, occurrence: OccurrenceId, network: SmallNetwork) -> Answer | None:
    owed = await assignment(database, occurrence, school=network.school_1)
    return (await matter(database, owed)).assignment.answer
