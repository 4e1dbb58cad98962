"""/parked: the owner sees what could not be handled and has it handled again; nobody else does."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.clock import MovableClock
from bot.config import Settings
from bot.domain.errors import NotAllowedError
from bot.ports.inbox import Received
from bot.services.handle_parked import retry_parked
from storage.database import Database
from tests.acting import actor_of
from tests.driver import Telegram, telegram
from tests.factories import SmallNetwork, account_of


@pytest.fixture
def woken() -> list[bool]:
    return []


@pytest.fixture
async def tg(
    database: Database, clock: MovableClock, network: SmallNetwork, woken: list[bool]
) -> AsyncIterator[Telegram]:
    settings = Settings(_env_file=None, owner_ids=frozenset({account_of(network.regional)}))  # type: ignore[call-arg]  # as elsewhere
    async with telegram(database, clock, settings, wake_backlog=lambda: woken.append(True)) as made:
        yield made


async def park(database: Database, clock: MovableClock, update_id: int) -> None:
    async with database.write() as tx:
        await tx.inbox.add([Received(update_id, 1, {"message": {"text": "секрет"}})], now=clock.now())
        await tx.inbox.park(update_id, "KeyError: 'x'", attempts=3, now=clock.now())


async def test_a_coordinator_is_told_whose_command_it_is(tg: Telegram, network: SmallNetwork) -> None:
    assert "команда владельца бота" in (await tg.chat_of(network.municipal).says("/parked"))["text"]
    assert "команда для координаторов" in (await tg.chat_of(network.teacher_1).says("/board"))["text"]


async def test_the_owner_sees_errors_and_no_words_of_others(
    tg: Telegram, database: Database, clock: MovableClock, network: SmallNetwork
) -> None:
    owner = tg.chat(account_of(network.regional))
    await owner.says("/parked")
    assert "всё обработано" in owner.last["text"]
    await park(database, clock, 77)
    await owner.says("/parked")
    assert "№ 77" in owner.last["text"]
    assert "KeyError" in owner.last["text"]
    assert "секрет" not in owner.last["text"]


async def test_they_wait_again_when_the_owner_says_so(
    tg: Telegram, database: Database, clock: MovableClock, network: SmallNetwork, woken: list[bool]
) -> None:
    await park(database, clock, 77)
    owner = tg.chat(account_of(network.regional))
    await owner.says("/parked")
    await owner.presses("🔁 Обработать ещё раз")
    async with database.read() as tx:
        assert [received.update_id for received in await tx.inbox.waiting(10)] == [77]
    assert woken == [True]
    assert "всё обработано" in owner.last["text"]


async def test_forgetting_removes_what_was_written(
    tg: Telegram, database: Database, clock: MovableClock, network: SmallNetwork
) -> None:
    await park(database, clock, 77)
    owner = tg.chat(account_of(network.regional))
    await owner.says("/parked")
    await owner.presses("🗑 Забыть")
    async with database.read() as tx:
        assert (await tx.inbox.parked(), await tx.inbox.waiting(10)) == (0, ())


async def test_nobody_else_may(database: Database, clock: MovableClock, network: SmallNetwork) -> None:
    actor = await actor_of(database, network.coordinator_1)
    with pytest.raises(NotAllowedError):
        await retry_parked(database, actor=actor, now=clock.now())
