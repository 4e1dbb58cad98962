"""When a selection takes no more applications, those who decide are told so, once, with the way to decide."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.clock import MovableClock
from bot.domain.network import UnitKind
from bot.domain.selection import Selection
from bot.services.change_bounds import prolong_selection
from bot.services.quota_parts import quota_parts
from storage.database import Database
from tests.acting import actor_of
from tests.calendar_days import MONDAY
from tests.driver import Chat, Telegram, labels
from tests.factories import NetworkFactory, SmallNetwork
from tests.handlers.forms.chatting import deliver
from tests.selections import announced, applied, asked

OVER = "Приём заявок закончен"
AFTER = datetime(2026, 10, 1, 9, tzinfo=UTC)


def told(chat: Chat) -> list[str]:
    return [message["text"] for message in chat.messages if OVER in message["text"]]


async def test_the_end_is_told_with_the_numbers_and_a_way_to_decide(
    tg: Telegram, database: Database, network: SmallNetwork, clock: MovableClock
) -> None:
    selection = await announced(database, network, Selection(places=5))
    await applied(database, await asked(database, selection, person=network.teacher_1), network.teacher_1, "Котова")
    chat = tg.chat_of(network.regional)
    await deliver(tg, database, clock)
    assert told(chat) == [], "it is taken still"
    clock.move_to(AFTER)
    await deliver(tg, database, clock)
    (text,) = told(chat)
    assert "Заявок: 1, мест: 5. Ждут вашего решения: 1" in text.replace("<b>", "").replace("</b>", "")
    assert labels(chat.last) == ["📋 Разобрать заявки"]
    await chat.presses("📋 Разобрать заявки")


async def test_who_has_prolonged_it_hears_at_the_new_end_alone(
    tg: Telegram, database: Database, network: SmallNetwork, clock: MovableClock
) -> None:
    selection = await announced(database, network, Selection(places=5))
    actor = await actor_of(database, network.regional)
    await prolong_selection(database, actor=actor, occurrence_id=selection, words="до 15 октября", now=MONDAY)
    chat = tg.chat_of(network.regional)
    clock.move_to(AFTER)
    await deliver(tg, database, clock)
    assert told(chat) == []
    clock.move_to(datetime(2026, 10, 16, 9, tzinfo=UTC))
    await deliver(tg, database, clock)
    assert len(told(chat)) == 1


async def test_quotas_are_asked_of_municipalities_with_schools(
    database: Database, network: SmallNetwork, factory: NetworkFactory
) -> None:
    empty = factory.unit("г. Пустой", UnitKind.MUNICIPALITY, network.vladimir)
    async with database.read() as tx:
        parts = await quota_parts(tx, f"/{network.vladimir}/")
    assert {part.id for part in parts} == {network.suzdal, network.murom}
    assert empty not in {part.id for part in parts}
