"""Events with seats in the chat, for tests: announced, opened and answered."""

from __future__ import annotations

from bot.clock import MovableClock
from bot.domain.calendar import WorkCalendar
from bot.domain.events import EventDetails
from bot.domain.ids import OccurrenceId, PersonId
from handlers.notices.composing import Composer
from storage.database import Database
from tests.driver import Chat, Message, labels
from tests.factories import SmallNetwork
from tests.opening import open_event

FOUR = ["✅ Приду", "❌ Не смогу", "🤔 Под вопросом", "👥 Вместо меня придёт …"]


async def announced(database: Database, network: SmallNetwork, details: EventDetails) -> OccurrenceId:
    return (await open_event(database, network, details=details)).occurrence_ids[0]


async def opened_card(chat: Chat) -> Message:
    mine = await chat.says("/my")
    return await chat.presses(labels(mine)[0], on=mine)


async def opened_seats(chat: Chat) -> Message:
    listed = await chat.says("/webinars")
    event = next(label for label in labels(listed) if "Семинар" in label)
    await chat.presses(event, on=listed)
    return await chat.presses("🪑 Места и резерв")


async def said(database: Database, clock: MovableClock) -> dict[PersonId, str]:
    """What goes out now, by reader; composing as the sender does it."""
    async with database.write() as tx:
        claim = await tx.notices.claim(100, now=clock.now(), days=WorkCalendar())
    composed = await Composer(database, clock, without_personal_data=False)(claim.to_send)
    found = {due.notice.person_id: composed[due.notice.id] for due in claim.to_send}
    return {person: message.text for person, message in found.items() if message is not None}


async def opened_card_of_answered(chat: Chat) -> Message:
    await chat.says("/my")
    mine = await chat.presses("✅ Отвеченные")
    return await chat.presses(labels(mine)[0], on=mine)
