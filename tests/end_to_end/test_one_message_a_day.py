"""What one person is reminded of on one day is one message, and so is what is silent below another."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.clock import MovableClock
from storage.database import Database
from tests.factories import SmallNetwork, account_of
from tests.opening import open_task
from tests.running import Running, everybody, running

THREE_DAYS_BEFORE = datetime(2026, 9, 11, 6, 0, tzinfo=UTC)
THE_DAY = datetime(2026, 9, 14, 6, 0, tzinfo=UTC)
THE_DAY_AFTER = datetime(2026, 9, 15, 6, 0, tzinfo=UTC)
TITLES = ("Отчёт о наставниках", "План собраний", "Мониторинг сайта")


@pytest.fixture
async def live(
    database_file: Path, clock: MovableClock, database: Database, network: SmallNetwork
) -> AsyncIterator[Running]:
    async with running(database_file, clock) as live:
        live.meet(*everybody(network))
        for title in TITLES:
            await open_task(database, network, network.suzdal, title=title)
        await live.app.tick()
        yield live


async def press(live: Running, chat: int, label: str) -> None:
    pressing = asyncio.create_task(live.sandbox.press(chat, label))
    while not pressing.done():
        await asyncio.sleep(0)
        await live.app.drain()
    await pressing


def labels(message: dict[str, Any]) -> list[str]:
    return [button["text"] for row in message["reply_markup"]["inline_keyboard"] for button in row]


async def test_three_matters_are_one_reminder_and_what_is_answered_leaves_the_list(
    live: Running, clock: MovableClock, network: SmallNetwork
) -> None:
    before = len(live.told(network.coordinator_1))
    clock.move_to(THREE_DAYS_BEFORE)
    await live.app.tick()
    (reminder,) = live.told(network.coordinator_1)[before:]
    assert reminder["text"].splitlines()[0] == "⏰ Напоминаю: 3 дела, сначала срочные"
    assert labels(reminder) == [*TITLES, "📋 Все мои дела"]
    await press(live, account_of(network.coordinator_1), TITLES[1])
    await press(live, account_of(network.coordinator_1), "✅ Выполнено")
    clock.move_to(THE_DAY)
    await live.app.tick()
    today = live.told(network.coordinator_1)[-1]
    assert today["text"].splitlines()[0] == "⏰ Сегодня: 2 дела"
    assert TITLES[1] not in today["text"]


async def test_three_matters_of_two_schools_are_one_summary_that_is_turned_over_in_place(
    live: Running, clock: MovableClock, database: Database, network: SmallNetwork
) -> None:
    async with database.write() as tx:
        await tx.people.set_phone(network.coordinator_2, "+7 930 123-45-67")
    clock.move_to(THE_DAY_AFTER)
    await live.app.tick()
    (summary,) = live.told(network.municipal)
    assert summary["text"].count("Не ответили 2 из 2 школ: Школа № 1 г. Суздаля, Школа № 2 г. Суздаля") == 3
    municipal = account_of(network.municipal)
    await press(live, municipal, f"2 · {TITLES[0]}")
    (page,) = live.told(network.municipal)
    assert "Школа № 2 г. Суздаля – Лосев Иван Игоревич, +7 930 123-45-67" in page["text"]
    await press(live, municipal, "🔔 Напомнить им")
    assert "2" in live.told(network.municipal)[0]["text"], "how many would be reminded"
    assert len(live.told(network.municipal)) == 1, "all in the same message"
