"""From a date to an answer through the local Telegram: the whole bot, and a clock that is moved."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.clock import MovableClock
from bot.domain.network import Reach
from storage.database import Database
from tests.calendar_days import MONDAY
from tests.factories import SmallNetwork, account_of
from tests.opening import open_task, open_webinar
from tests.running import Running, everybody, running


@pytest.fixture
async def live(database_file: Path, clock: MovableClock, network: SmallNetwork) -> AsyncIterator[Running]:
    async with running(database_file, clock) as live:
        live.meet(*everybody(network))
        yield live


async def press(live: Running, chat: int, label: str) -> None:
    pressing = asyncio.create_task(live.sandbox.press(chat, label))
    while not pressing.done():
        await asyncio.sleep(0)
        await live.app.drain()
    await pressing


async def test_a_task_is_announced_reminded_answered_and_then_left_alone(
    live: Running, clock: MovableClock, database: Database, network: SmallNetwork
) -> None:
    await open_task(database, network, network.suzdal)
    await live.app.tick()
    assert live.headings(network.coordinator_1) == ["🆕 Новое дело"]
    assert live.told(network.teacher_1) == [], "a school's matter is not a teacher's"
    clock.move_to(datetime(2026, 9, 11, 6, 0, tzinfo=UTC))
    await live.app.tick()
    assert live.headings(network.coordinator_1)[1:] == ["⏰ Через 3 дня срок"]
    await press(live, account_of(network.coordinator_1), "✅ Выполнено")
    clock.move_to(datetime(2026, 9, 14, 6, 0, tzinfo=UTC))
    await live.app.tick()
    assert live.headings(network.coordinator_2)[1:] == ["⏰ Через 3 дня срок", "⏰ Срок сегодня"]
    assert len(live.told(network.coordinator_1)) == 2, "who has answered is not reminded"


async def test_the_silent_are_named_to_the_one_above_in_one_message(
    live: Running, clock: MovableClock, database: Database, network: SmallNetwork
) -> None:
    await open_task(database, network, network.suzdal)
    await live.app.tick()
    await press(live, account_of(network.coordinator_1), "✅ Выполнено")
    clock.move_to(datetime(2026, 9, 15, 6, 0, tzinfo=UTC))
    await live.app.tick()
    summary = live.told(network.municipal)[-1]["text"]
    assert "Не ответила 1 из 2 школ: Школа № 2 г. Суздаля" in summary
    assert "Школа № 1" not in summary


async def test_no_summary_comes_when_all_answered_between_planning_and_nine_o_clock(
    live: Running, clock: MovableClock, database: Database, network: SmallNetwork
) -> None:
    await open_task(database, network, network.school_1)
    await live.app.tick()
    clock.move_to(datetime(2026, 9, 15, 3, 0, tzinfo=UTC))
    await live.app.tick()
    await press(live, account_of(network.coordinator_1), "✅ Выполнено")
    clock.move_to(datetime(2026, 9, 15, 6, 0, tzinfo=UTC))
    await live.app.tick()
    assert live.told(network.municipal) == []


async def test_the_link_of_a_webinar_comes_to_who_has_not_declined(
    live: Running, clock: MovableClock, database: Database, network: SmallNetwork
) -> None:
    await open_webinar(database, network)
    await live.app.tick()
    await press(live, account_of(network.teacher_1), "✅ Приду")
    await press(live, account_of(network.teacher_2), "❌ Не смогу")
    await press(live, account_of(network.teacher_2), "🤒 Болезнь")
    clock.move_to(MONDAY + timedelta(days=3) - timedelta(minutes=15))
    await live.app.tick()
    assert live.headings(network.teacher_1)[-1] == "▶️ Начинаем через 15 минут"
    assert "example.org" in live.told(network.teacher_1)[-1]["text"]
    assert not any("Начинаем" in heading for heading in live.headings(network.teacher_2))


async def test_a_blocked_bot_is_noticed_and_the_school_is_looked_after_from_above(
    live: Running, clock: MovableClock, database: Database, network: SmallNetwork
) -> None:
    await open_task(database, network, network.school_1)
    live.sandbox.block(account_of(network.coordinator_1))
    await live.app.tick()
    async with database.read() as tx:
        person = await tx.people.get(network.coordinator_1)
    assert person is not None
    assert person.reach is Reach.BLOCKED
    assert live.told(network.coordinator_1) == []


async def test_after_an_outage_nothing_stale_is_sent(
    live: Running, clock: MovableClock, database: Database, network: SmallNetwork, database_file: Path
) -> None:
    await open_task(database, network, network.school_1)
    await live.app.scheduler.run_all_now()
    clock.move_to(datetime(2026, 9, 20, 9, 0, tzinfo=UTC))
    await live.app.tick()
    assert live.told(network.coordinator_1) == []
    with sqlite3.connect(database_file) as connection:
        states = connection.execute("SELECT state, count(*) FROM notices WHERE kind != 'overdue' GROUP BY state")
        assert states.fetchall() == [("expired", 3)]


async def test_the_next_event_is_found_until_there_is_none(
    live: Running, clock: MovableClock, database: Database, network: SmallNetwork
) -> None:
    await open_task(database, network, network.school_1)
    await live.app.tick()
    events = []
    while (due_at := await live.app.next_due_at()) is not None:
        clock.move_to(due_at)
        await live.app.tick()
        events.append(f"{due_at:%d.%m %H:%M}")
    assert events == ["11.09 06:00", "14.09 06:00", "15.09 06:00", "17.09 06:00"]
    assert len(live.told(network.coordinator_1)) == 3
    assert len(live.told(network.municipal)) == 2


async def test_a_flood_wait_of_telegram_loses_nobody(live: Running, database: Database, network: SmallNetwork) -> None:
    await open_task(database, network)
    live.sandbox.add_fault(method="sendMessage", retry_after=1, count=1)
    await live.app.tick()
    for coordinator in (network.coordinator_1, network.coordinator_2, network.coordinator_3):
        assert live.headings(coordinator) == ["🆕 Новое дело"]


@pytest.mark.parametrize(
    ("drop", "expected", "reason"),
    [("before", 1, "it had not arrived: once"), ("after", 2, "it had arrived: twice is better than never")],
)
async def test_a_broken_connection_costs_a_second_message_at_most(
    live: Running, clock: MovableClock, database: Database, network: SmallNetwork, drop: str, expected: int, reason: str
) -> None:
    await open_task(database, network, network.school_1)
    live.sandbox.add_fault(method="sendMessage", drop=drop, count=1)
    await live.app.tick()
    clock.advance(timedelta(minutes=1))
    await live.app.tick()
    clock.advance(timedelta(minutes=10))
    await live.app.tick()
    assert len(live.told(network.coordinator_1)) == expected, reason


@pytest.mark.parametrize("status", [500, 502])
async def test_a_fallen_server_is_tried_again(
    live: Running, clock: MovableClock, database: Database, network: SmallNetwork, status: int
) -> None:
    await open_task(database, network, network.school_1)
    live.sandbox.add_fault(method="sendMessage", error_code=status, count=2)
    for _ in range(3):
        await live.app.tick()
        clock.advance(timedelta(minutes=1))
    assert live.headings(network.coordinator_1) == ["🆕 Новое дело"]
