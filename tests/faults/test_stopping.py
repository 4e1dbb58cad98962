"""SIGTERM: what is in flight is finished, what hangs is given up, the rest waits for the next start.

That the process ends with 0 is shown with a real signal in ``tests/end_to_end/test_kill.py``.
"""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.clock import MovableClock
from storage.database import Database
from tests.factories import SmallNetwork
from tests.faults.conftest import Stage, serving, staged
from tests.log_witness import LogWitness
from tests.opening import open_task

NEW = "🆕 Новое дело"
UNDER_WAY = "SELECT 1 FROM notices WHERE state = 'sending'"


async def test_a_request_under_way_is_finished_and_its_outcome_stored(
    swift: None, database_file: Path, clock: MovableClock, network: SmallNetwork, database: Database,
    log_witness: LogWitness,
) -> None:  # fmt: skip
    async with staged(database_file, clock, network, log_witness) as stage:
        async with serving(stage):
            await _in_flight(stage, database, network, seconds=0.3)
        assert stage.headings(network.coordinator_1) == [NEW]
        assert stage.rows("SELECT DISTINCT state FROM notices WHERE attempts > 0") == [("sent",)]
        assert stage.said() == {}


async def test_a_request_that_hangs_is_given_up_and_repeated_at_the_next_start(
    swift: None, database_file: Path, clock: MovableClock, network: SmallNetwork, database: Database,
    log_witness: LogWitness, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr("bot.app._GRACE", 0.1)
    async with staged(database_file, clock, network, log_witness) as stage:
        async with serving(stage):
            await _in_flight(stage, database, network, seconds=60)
        assert stage.said() == {"stopped in the middle of its work": 1}
        assert stage.rows(UNDER_WAY)
    async with staged(database_file, clock, network, log_witness) as stage, serving(stage):
        await stage.later(1)
        await stage.until(lambda: stage.headings(network.coordinator_1))
        assert stage.headings(network.coordinator_1) == [NEW]
        assert stage.rows("SELECT count(*) FROM notices WHERE was_in_doubt") == [(1,)]


async def test_a_bot_that_waits_for_a_silent_telegram_stops_at_once(
    swift: None, database_file: Path, clock: MovableClock, network: SmallNetwork, log_witness: LogWitness
) -> None:
    async with staged(database_file, clock, network, log_witness) as stage:
        stage.sandbox.add_fault(method="getMe", delay=3600)
        task = asyncio.create_task(stage.live.app.run(stage.stop))
        await stage.until(lambda: not stage.sandbox.world.faults.as_json())
        stage.stop.set()
        async with asyncio.timeout(5):
            await task


async def _in_flight(stage: Stage, database: Database, network: SmallNetwork, *, seconds: float) -> None:
    stage.sandbox.add_fault(method="sendMessage", delay=seconds)
    await open_task(database, network, network.school_1)
    await stage.live.app.scheduler.run_all_now()
    stage.live.app.sender.wake()
    await stage.until(lambda: not stage.sandbox.world.faults.as_json())
