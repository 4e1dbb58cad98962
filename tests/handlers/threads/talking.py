"""What the tests of threads do in the chat: files that the sandbox's people cannot send, notices that arrive."""

from __future__ import annotations

import sqlite3
from itertools import count
from pathlib import Path
from typing import Any

from bot.clock import MovableClock
from bot.domain.calendar import WorkCalendar
from bot.domain.delivery import NoticeState
from bot.ports.notices import Settlement
from handlers.answers.callbacks import ShowMatter
from handlers.notices.composing import Composer
from storage.database import Database
from tests.driver import Chat, Message, Telegram, labels
from tests.factories import SmallNetwork, account_of
from tests.opening import assignment, open_task

PHOTO = [{"file_id": "photo-1", "file_unique_id": "p1", "width": 9, "height": 9, "file_size": 10}]
VOICE = {"file_id": "voice-1", "file_unique_id": "v1", "duration": 3}
_UPDATES = count(900_000_000)


async def sends(tg: Telegram, chat: Chat, *, times: int = 1, **content: Any) -> Message:
    """A message of a kind that the sandbox's people cannot send. ``times``: the same update is handled so often."""
    await tg.settle()
    update_id = next(_UPDATES)
    person = {"id": chat.id, "is_bot": False, "first_name": "Анна"}
    here = {"id": chat.id, "type": "private", "first_name": "Анна"}
    message = {"message_id": update_id % 1000 + 5000, "date": 1, "chat": here, "from": person, **content}
    for _ in range(times):
        await tg.dispatcher.feed_raw_update(tg.bot, {"update_id": update_id, "message": message})
    return chat.last


async def deliver(tg: Telegram, database: Database, clock: MovableClock) -> int:
    """What is due goes out as the sender does it; returns how many messages that were."""
    await tg.settle()
    async with database.write() as tx:
        claim = await tx.notices.claim(100, now=clock.now(), days=WorkCalendar())
    composed = await Composer(database, clock, without_personal_data=False)(claim.to_send)
    settlements = []
    for due in claim.to_send:
        message = composed[due.notice.id]
        if message is None:
            continue
        tg.chat_of(due.notice.person_id)
        account = account_of(due.notice.person_id)
        sent = await tg.bot.send_message(account, message.text, reply_markup=message.keyboard)  # type: ignore[arg-type]  # the sender hands over the same plain object
        settlements.append(
            Settlement(
                due.notice.id, NoticeState.SENT, 1, due.notice.due_at, account=account, message_id=sent.message_id
            )
        )
    async with database.write() as tx:
        await tx.notices.settle(settlements, now=clock.now())
    return len(settlements)


async def problem(tg: Telegram, database: Database, network: SmallNetwork, words: str = "Нет света") -> Chat:
    """School № 1 has a problem with a task, and says so; returns the chat of its coordinator."""
    owed = await assignment(database, await open_task(database, network), school=network.school_1)
    chat = tg.chat_of(network.coordinator_1)
    await chat.says("/my")
    await chat.presses(data=ShowMatter(assignment=owed, listed=True).pack())
    await chat.presses("⚠️ Есть проблема")
    await chat.says(words)
    return chat


async def about(chat: Chat, words: str, choice: str) -> Message:
    """Writes outside a dialogue, and says what it is about."""
    asked = await chat.says(words)
    return await chat.presses(next(label for label in labels(asked) if choice in label))


async def forged(tg: Telegram, chat: Chat, data: str) -> Message:
    """Presses a button that was never shown to him."""
    keyboard = {"inline_keyboard": [[{"text": "…", "callback_data": data}]]}
    await tg.bot.send_message(chat.id, "…", reply_markup=keyboard)  # type: ignore[arg-type]  # the plain object that the messenger takes
    return await chat.presses(data=data)


def message_with(chat: Chat, label: str) -> dict[str, object]:
    """The latest message with that button."""
    return next(message for message in reversed(chat.messages) if label in labels(message))


def texts(file: Path) -> list[str | None]:
    return column(file, "SELECT text FROM thread_messages ORDER BY id")


def column(file: Path, query: str) -> list[str | None]:
    with sqlite3.connect(file) as connection:
        return [row[0] for row in connection.execute(query)]


def change(file: Path, statement: str) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute(statement)
