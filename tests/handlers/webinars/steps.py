"""What the tests of making an event do again and again."""

from __future__ import annotations

from sqlalchemy import func, select

from bot.domain.ids import PersonId
from bot.domain.matters import Activity
from storage.database import Database
from storage.rows import activity_from
from storage.tables import activities, assignments
from tests.driver import Chat, Message, labels


async def count(database: Database) -> int:
    async with database.read() as tx:
        return int((await tx._connection.execute(select(func.count()).select_from(activities))).scalar_one())


async def announced(database: Database) -> list[Activity]:
    async with database.read() as tx:
        rows = await tx._connection.execute(select(activities).order_by(activities.c.id))
        return [activity_from(row) for row in rows]


async def invited(database: Database) -> set[PersonId]:
    async with database.read() as tx:
        found = await tx._connection.execute(select(assignments.c.person_id))
        return {PersonId(i) for i in found.scalars()}


def as_it_is(chat: Chat, message: Message) -> Message:
    """A message of some time ago, as it looks now."""
    return next(one for one in chat.messages if one["message_id"] == message["message_id"])


async def at_the_card(chat: Chat, when: str = "10 сентября в 15:00") -> Message:
    await chat.says("/webinar")
    await chat.says("Одарённые <дети> & мы 🙂")
    await chat.says(when)
    await chat.says("https://example.org/w")
    return await chat.presses("Пропустить")


async def filled(chat: Chat, field: str, *words: str) -> Message:
    """Opens a field from the card, types, and is back at the card."""
    await chat.presses(next(label for label in labels(chat.last) if label.endswith(field)))
    for one in words:
        await chat.says(one)
    return chat.last
