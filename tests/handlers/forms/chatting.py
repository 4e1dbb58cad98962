"""What the tests of forms do in the chat: the way to a form, things that the driver cannot send, notices delivered."""

from __future__ import annotations

from itertools import count
from typing import Any

from bot.clock import MovableClock
from bot.domain.calendar import WorkCalendar
from bot.domain.ids import AssignmentId, PersonId
from handlers.answers.callbacks import MyPage, ShowMatter, Tab
from handlers.notices.composing import Composer
from storage.database import Database
from tests.driver import Chat, Message, Telegram
from tests.factories import account_of

_UPDATES = count(900_000_000)


async def card_of(tg: Telegram, person: PersonId, assignment: AssignmentId, *, tab: Tab = Tab.OPEN) -> Chat:
    """The chat of somebody who has opened the card of this matter out of /my."""
    chat = tg.chat_of(person)
    await chat.says("/my")
    if tab is Tab.ANSWERED:
        await chat.presses(data=MyPage(tab=tab).pack())
    await chat.presses(data=ShowMatter(assignment=assignment, listed=True).pack())
    return chat


async def sends(tg: Telegram, chat: Chat, *, times: int = 1, **content: Any) -> Message:
    """A message of a kind that the sandbox's people cannot send: a photo, a voice, a file of any size.

    ``times``: the same update is handled so often.
    """
    person = {"id": chat.id, "is_bot": False, "first_name": "Анна"}
    message = {
        "message_id": next(_UPDATES) % 1000 + 5000,
        "date": 1,
        "chat": {"id": chat.id, "type": "private", "first_name": "Анна"},
        "from": person,
        **content,
    }
    update_id = next(_UPDATES)
    for _ in range(times):
        await tg.dispatcher.feed_raw_update(tg.bot, {"update_id": update_id, "message": message})
    return chat.last


async def deliver(tg: Telegram, database: Database, clock: MovableClock) -> None:
    """What is due goes out, composed as the sender does it."""
    async with database.write() as tx:
        claim = await tx.notices.claim(100, now=clock.now(), days=WorkCalendar())
    composed = await Composer(database, clock, without_personal_data=False)(claim.to_send)
    for due in claim.to_send:
        message = composed[due.notice.id]
        if message is not None:
            tg.chat_of(due.notice.person_id)
            account = account_of(due.notice.person_id)
            await tg.bot.send_message(account, message.text, reply_markup=message.keyboard)  # type: ignore[arg-type]  # the sender hands over the same plain object
