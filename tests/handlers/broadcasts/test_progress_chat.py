"""The message in which a sender watches his broadcast: one, edited, with the buttons that its state allows."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select, update

from bot.domain.broadcasts import Broadcast, BroadcastKind, Flight
from bot.domain.ids import BroadcastId, PersonId, UnitId
from bot.services.nudge_silent import nudge_silent
from bot.services.steer_broadcast import Progress
from handlers.broadcasts.progress import show_progress
from handlers.broadcasts.screens import progress_screen
from storage.broadcast_tables import broadcasts
from storage.database import Database
from storage.tables import notices
from tests.acting import actor_of
from tests.calendar_days import MONDAY
from tests.driver import Telegram, labels
from tests.factories import SmallNetwork
from tests.opening import open_task


@pytest.fixture(autouse=True)
def few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.services.show_progress.LEAST_SHOWN", 3)


async def _nudge(database: Database, network: SmallNetwork) -> None:
    occurrence_id = await open_task(database, network)
    actor = await actor_of(database, network.regional)
    await nudge_silent(database, actor=actor, occurrence_id=occurrence_id, unit_id=None, version=1, now=MONDAY)


async def _one_leaves(database: Database) -> None:
    async with database.write() as tx:
        one = select(func.min(notices.c.id)).where(notices.c.state == "planned").scalar_subquery()
        await tx._connection.execute(update(notices).where(notices.c.id == one).values(state="sent"))


async def test_one_message_follows_it_to_its_end(database: Database, network: SmallNetwork, tg: Telegram) -> None:
    await _nudge(database, network)
    chat = tg.chat_of(network.regional)
    assert await show_progress(database, tg.bot, now=MONDAY) == 1
    assert "ушло 0 из 3" in chat.last["text"]
    assert await show_progress(database, tg.bot, now=MONDAY) == 0, "nothing has changed"

    await _one_leaves(database)
    await show_progress(database, tg.bot, now=MONDAY)
    assert "▰▰▰▱▱▱▱▱▱▱ ушло 1 из 3" in chat.last["text"]

    paused = await chat.presses("⏸ Пауза")
    assert "на паузе" in paused["text"]
    assert labels(paused) == ["▶️ Продолжить", "⏹ Остановить совсем"]
    going = await chat.presses("▶️ Продолжить")
    assert labels(going) == ["⏸ Пауза"]
    await chat.presses("⏸ Пауза")
    over = await chat.presses("⏹ Остановить совсем")
    assert "закончена" in over["text"]
    assert labels(over) == []
    assert len(chat.messages) == 1

    await show_progress(database, tg.bot, now=MONDAY)
    assert await show_progress(database, tg.bot, now=MONDAY) == 0, "it is watched no more"
    assert len(chat.messages) == 1


async def test_who_deletes_the_message_is_not_written_to_again(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    await _nudge(database, network)
    chat = tg.chat_of(network.regional)
    await show_progress(database, tg.bot, now=MONDAY)
    await tg.bot.delete_message(chat.id, chat.last["message_id"])

    await _one_leaves(database)
    assert await show_progress(database, tg.bot, now=MONDAY) == 0
    await _one_leaves(database)
    assert await show_progress(database, tg.bot, now=MONDAY) == 0
    assert chat.messages == []


async def test_who_deletes_the_message_of_a_paused_one_is_sent_another(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    """Else nothing could let it go on."""
    await _nudge(database, network)
    chat = tg.chat_of(network.regional)
    await show_progress(database, tg.bot, now=MONDAY)
    await chat.presses("⏸ Пауза")
    await tg.bot.delete_message(chat.id, chat.last["message_id"])

    await show_progress(database, tg.bot, now=MONDAY)
    assert await show_progress(database, tg.bot, now=MONDAY) == 1
    assert labels(chat.last) == ["▶️ Продолжить", "⏹ Остановить совсем"]


async def test_the_message_that_a_kill_kept_from_being_stored_steers_as_well(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    await _nudge(database, network)
    chat = tg.chat_of(network.regional)
    await show_progress(database, tg.bot, now=MONDAY)
    older = chat.last
    async with database.write() as tx:  # as if the program had died before it stored the message
        await tx._connection.execute(update(broadcasts).values(message_id=None, shown=None))
    await show_progress(database, tg.bot, now=MONDAY)
    assert len(chat.messages) == 2

    await chat.presses("⏸ Пауза", on=older)
    await show_progress(database, tg.bot, now=MONDAY)
    assert all("на паузе" in message["text"] for message in chat.messages)


async def test_what_the_line_refuses_comes_the_next_time(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    await _nudge(database, network)
    chat = tg.chat_of(network.regional)
    tg.sandbox.add_fault(method="sendMessage", error_code=502, count=1)
    assert await show_progress(database, tg.bot, now=MONDAY) == 0
    assert await show_progress(database, tg.bot, now=MONDAY) == 1
    assert len(chat.messages) == 1


@pytest.mark.parametrize(
    ("kind", "flight", "said", "buttons"),
    [
        (BroadcastKind.PLAN, Flight(0, 300, None, True, later=300), "позже уйдёт ещё 300", ["⏸ Пауза"]),
        (BroadcastKind.EVENT, Flight(120, 300, None, True, failed=4), "Не дошло: 4", ["⏸ Пауза"]),
        (BroadcastKind.CALL, Flight(120, 300, MONDAY, True), "⏸ Рассылка на паузе", ["▶️ Продолжить"]),
        (BroadcastKind.EVENT, Flight(300, 300, MONDAY, True), "⏸ Рассылка на паузе", ["▶️ Продолжить"]),
        (BroadcastKind.DECISIONS, Flight(300, 300, None, True), "✅ Рассылка закончена", []),
        (BroadcastKind.MOVED, Flight(120, 300, None, True), "о переносе «Форма»", []),
        (BroadcastKind.CALLED_OFF, Flight(300, 300, None, True), "об отмене «Форма»", []),
        (BroadcastKind.ENDED, Flight(120, 300, None, True), "о завершении «Форма»", []),
        (BroadcastKind.CHANGED, Flight(120, 300, None, True), "об изменениях в плане «Форма»", []),
    ],
)
def test_each_state_says_what_can_be_done(kind: BroadcastKind, flight: Flight, said: str, buttons: list[str]) -> None:
    text, keyboard = progress_screen(Progress(Broadcast(BroadcastId(1), kind, "Форма", PersonId(1), UnitId(1)), flight))
    assert said in text
    assert "«Форма»" in text
    assert [button.text for row in keyboard.inline_keyboard for button in row] == buttons
