"""A clock that is set: back by a day, forward by half a century, and back again in the middle of a ladder."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta, tzinfo
from types import SimpleNamespace

import pytest

from bot.clock import JumpDetector, MovableClock, SystemClock
from bot.scheduler import Job, Scheduler
from storage.database import Database
from tests.factories import SmallNetwork
from tests.faults.conftest import OWNER, Stage
from tests.opening import open_task

DAY = timedelta(days=1)


class MachineClock:
    """The machine's own, which an administrator or a time server may set."""

    def __init__(self, set_to: datetime | None = None) -> None:
        self._offset = timedelta() if set_to is None else set_to - SystemClock().now()

    def now(self) -> datetime:
        return SystemClock().now() + self._offset

    def set_by(self, by: timedelta) -> None:
        self._offset += by


@pytest.mark.parametrize(
    ("began", "by", "reason"),
    [
        (None, -DAY, "the next beat would come a day later"),
        (datetime(1970, 1, 1, tzinfo=UTC), timedelta(days=365 * 56), "a small computer without a clock of its own"),
    ],
)
async def test_the_machines_clock_is_set(
    monkeypatch: pytest.MonkeyPatch, began: datetime | None, by: timedelta, reason: str
) -> None:
    """The jobs go on at once, each once; whoever asks is told by how much."""
    machine, ran, jumps = MachineClock(began), asyncio.Event(), list[timedelta]()

    def now(zone: tzinfo) -> datetime:
        return machine.now().astimezone(zone)

    async def run() -> int:
        ran.set()
        return 1

    monkeypatch.setattr("apscheduler.schedulers.base.datetime", SimpleNamespace(now=now))
    monkeypatch.setattr("bot.scheduler._LOOK_AT_CLOCK", 0.01)
    scheduler = Scheduler([Job("one", run, 3600)], machine=machine, on_jump=jumps.append)
    scheduler.start()
    try:
        machine.set_by(by)
        async with asyncio.timeout(20):
            await ran.wait()
            while not jumps:  # noqa: ASYNC110 - told right after the jobs were hurried
                await asyncio.sleep(0)
    finally:
        scheduler.stop()
    assert [round(jump / timedelta(hours=1)) for jump in jumps] == [round(by / timedelta(hours=1))], reason


def test_a_small_correction_is_no_jump_and_a_machine_that_slept_jumps_ahead() -> None:
    clock, steady = MovableClock(datetime(2026, 9, 7, tzinfo=UTC), is_frozen=True), [0.0]
    detector = JumpDetector(clock, lambda: steady[0])
    clock.advance(timedelta(seconds=5))
    steady[0] += 5
    assert detector.jump() == timedelta()
    clock.advance(timedelta(hours=8))
    steady[0] += 5
    assert detector.jump() == timedelta(hours=8, seconds=-5)


@pytest.mark.parametrize(
    ("by", "words"),
    [(-DAY, "🕰 Часы сервера переведены назад на 1440 мин"), (DAY, "🕰 Часы сервера ушли вперёд на 1440 мин")],
)
async def test_the_owner_hears_of_it(stage: Stage, by: timedelta, words: str) -> None:
    stage.live.app.scheduler._on_jump(by)
    await stage.until(stage.told_owner)
    assert stage.told_owner() == [words], OWNER


async def test_a_clock_set_back_and_forward_again_doubles_nothing(
    stage: Stage, database: Database, network: SmallNetwork
) -> None:
    await open_task(database, network, network.school_1)
    await stage.later(1)
    await stage.until(lambda: stage.headings(network.coordinator_1))
    stage.clock.move_to(datetime(2026, 9, 11, 6, 0, tzinfo=UTC))
    await stage.later(0)
    await stage.until(lambda: len(stage.headings(network.coordinator_1)) == 2)
    before = stage.headings(network.coordinator_1)
    stage.clock._start -= 2 * DAY
    await stage.later(0)
    stage.writes(network.teacher_1)
    await stage.until(lambda: stage.answers(network.teacher_1))
    assert stage.headings(network.coordinator_1) == before
    stage.clock.advance(2 * DAY)
    await stage.later(0)
    stage.clock.move_to(datetime(2026, 9, 14, 6, 0, tzinfo=UTC))
    await stage.later(0)
    await stage.until(lambda: len(stage.headings(network.coordinator_1)) > 2)
    assert stage.headings(network.coordinator_1) == [*before, "⏰ Срок сегодня"]
