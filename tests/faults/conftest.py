"""The whole bot, running as it does at its owner's, with pauses so short that a fault of hours takes a moment."""

from __future__ import annotations

import asyncio
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from math import inf
from pathlib import Path
from typing import Any

import pytest

from bot.clock import MovableClock
from bot.domain.ids import PersonId
from bot.telegram.pacing import Pacer
from tests.factories import SmallNetwork, account_of
from tests.log_witness import LogWitness
from tests.running import Running, everybody, running

OWNER = 5001
PATIENCE = 60.0  # seconds, reached only by a test that fails


class Stage:
    """``live``: the bot under ``run`` and its Telegram; ``file``: its database, looked at with another hand."""

    def __init__(self, live: Running, clock: MovableClock, file: Path, witness: LogWitness) -> None:
        self.live = live
        self.sandbox = live.sandbox
        self.clock = clock
        self.file = file
        self.stop = asyncio.Event()
        self._witness = witness

    async def until(
        self, condition: Callable[[], object], *, each_time: Callable[[], Awaitable[object]] | None = None
    ) -> None:
        """Waits for it, as time goes on for the bot too: what waits for its next attempt is tried again.

        ``each_time``: a job of the bot's that is due every minute there, and before every look here.
        """
        try:
            async with asyncio.timeout(PATIENCE):
                while not condition():  # the outcome shows at Telegram and in the file
                    if each_time is not None:
                        await each_time()
                    await asyncio.sleep(0.01)
        except TimeoutError:
            pytest.fail(f"in vain; the log: {self._witness.lines[-20:]}; calls: {self.sandbox.calls()[-10:]}")

    async def later(self, minutes: float = 20) -> None:
        self.clock.advance(timedelta(minutes=minutes))
        await self.live.app.scheduler.run_all_now()
        self.live.app.sender.wake()

    def said(self, level: str = "warning") -> Counter[str]:
        """The lines of the log of this level and above, by their words."""
        above = ("warning", "error", "critical")
        levels = above[above.index(level) :]
        return Counter(line["event"] for line in self._witness.lines if line["level"] in levels)

    def told_owner(self) -> list[str]:
        return [m["text"].splitlines()[0] for m in self.sandbox.messages(OWNER) if m["from"]["is_bot"]]

    def whole(self, account: int) -> list[str]:
        return [m["text"] for m in self.sandbox.messages(account) if m["from"]["is_bot"]]

    def headings(self, person: PersonId) -> list[str]:
        return self.live.headings(person)

    def answers(self, person: PersonId) -> int:
        """How often his /help was answered."""
        return sum("Команды" in m["text"] or "/my" in m["text"] for m in self.live.told(person))

    def writes(self, person: PersonId, text: str = "/help") -> None:
        self.sandbox.person_writes(account_of(person), text)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        with sqlite3.connect(f"file:{self.file}?mode=ro", uri=True) as other_hand:
            return other_hand.execute(query).fetchall()

    @property
    def is_polled(self) -> bool:
        return self.sandbox.world.bots[self.sandbox.bot_token].queue.is_polled


@pytest.fixture
def swift(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every pause of the program a thousandth of what it is, and never less than a turn of the loop."""
    wait = Pacer.stop_for
    monkeypatch.setattr(Pacer, "stop_for", lambda self, seconds: wait(self, seconds / 1000))
    monkeypatch.setattr("bot.telegram.intake._PAUSES", (0.01, 0.01))
    monkeypatch.setattr("bot.telegram.serving._PAUSES", (0.01, 0.01))
    monkeypatch.setattr("bot.telegram.sender._IDLE", 0.02)
    monkeypatch.setattr("bot.telegram.errors._UNSAID_WAIT", 0.01)
    monkeypatch.setattr("storage.sqlite_driver._BUSY_MS", 20)
    # However slow the machine is, the database is not called well before the test says that the fault is over.
    monkeypatch.setattr("storage.database._CALM", inf)


@pytest.fixture
async def stage(
    swift: None, database_file: Path, clock: MovableClock, network: SmallNetwork, log_witness: LogWitness
) -> AsyncIterator[Stage]:
    async with staged(database_file, clock, network, log_witness) as stage, serving(stage):
        yield stage


@asynccontextmanager
async def staged(file: Path, clock: MovableClock, network: SmallNetwork, witness: LogWitness) -> AsyncIterator[Stage]:
    async with running(file, clock, owner_ids=str(OWNER)) as live:
        live.app.backlog._pauses = (0.01,)
        live.meet(*everybody(network))
        live.sandbox.add_person("Owner", id=OWNER)
        live.sandbox.start_bot(OWNER)
        live.sandbox.world.bots[live.sandbox.bot_token].queue.clear()
        yield Stage(live, clock, file, witness)


@asynccontextmanager
async def serving(stage: Stage) -> AsyncIterator[asyncio.Task[None]]:
    """The bot runs until the block is left, and then stops in order."""
    task = asyncio.create_task(stage.live.app.run(stage.stop))
    try:
        await stage.until(lambda: stage.is_polled or task.done())
        yield task
    finally:
        stage.stop.set()
        async with asyncio.timeout(PATIENCE):
            await task
