"""Who makes the load: people who tap, a coordinator who imports and exports, and notices that keep falling due."""

from __future__ import annotations

import asyncio
import itertools
import random
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from bot.clock import SystemClock
from bot.demo.roadmap import FILE_NAME, roadmap
from bot.domain.ids import UnitId
from bot.domain.network import Role
from bot.sandbox.calls import Call
from tests.benchmarks.population import accounts_of, count, populate, stored
from tests.crashes.telegram import Telegram
from tests.factories import NetworkFactory, account_of

_SLOWEST = 30.0  # seconds: a tap that has changed nothing by then is counted as unanswered
_PATIENCE = 60.0  # of the coordinator
_BETWEEN = 10.0  # seconds between a coordinator's turns


@dataclass(slots=True)
class Minute:
    """What happened since the last look. ``waits``: seconds from a tap to the changed message."""

    fell_due: int = 0
    sent: int = 0
    waits: list[float] = field(default_factory=list)
    unanswered: int = 0
    imports: int = 0
    exports: int = 0
    failed_turns: int = 0
    behind: int = 0  # notices that are due and not yet sent
    unwanted: int = 0  # put aside: their readers had said that they do not come
    lost: int = 0  # failed or expired


class Crowd:
    """``people`` who tap; the coordinator is one more. The sandbox's log is listened to for what the bot does."""

    def __init__(self, telegram: Telegram, file: Path, people: int, *, rate: float, taps: float, seed: int) -> None:
        self._telegram = telegram
        self._file = file
        self._people = accounts_of(people)
        self._rate = rate
        self._taps = taps
        self._chance = random.Random(seed)
        self._tapped: dict[int, float] = {}
        self._numbers = itertools.count(1)
        self._arrived = asyncio.Event()
        self._awaited = ""
        self._unwanted = 0
        self._lost = 0
        self._replies = 0  # that the bot wrote: they go out of the same allowance, before the notices
        self.coordinator = 0
        self.minute = Minute()
        telegram.log.listeners.append(self._heard)

    async def populate(self, *, lasts: timedelta) -> None:
        """Everybody is known, none has answered; the event comes after the end of all this."""
        now = SystemClock().now()
        await populate(self._file, len(self._people), now=now, due_in=lasts + timedelta(minutes=30))
        factory = NetworkFactory(self._file, now=now)
        coordinator = factory.person("Координатор", UnitId(1), Role.COORDINATOR)
        self.coordinator = account_of(coordinator)
        self._telegram.let_in([*self._people, self.coordinator])

    def take_minute(self) -> Minute:
        """What happened since the last one; those who wait too long are counted."""
        now = asyncio.get_running_loop().time()
        late = [account for account, at in self._tapped.items() if now - at > _SLOWEST]
        for account in late:
            del self._tapped[account]
        taken, self.minute = self.minute, Minute()
        taken.unanswered = len(late)
        waiting = "SELECT count(*) FROM notices WHERE state IN ('planned', 'in_doubt', 'sending') AND key LIKE 'soak:%'"
        taken.behind = count(self._file, waiting)
        lost = count(self._file, "SELECT count(*) FROM notices WHERE state IN ('failed', 'expired')")
        taken.lost, self._lost = lost - self._lost, lost
        cancelled = count(self._file, "SELECT count(*) FROM notices WHERE state = 'cancelled'")
        taken.unwanted, self._unwanted = cancelled - self._unwanted, cancelled
        return taken

    async def live(self) -> None:
        """Until cancelled."""
        await asyncio.gather(self._owe(), self._tap(), self._coordinate())

    async def _owe(self) -> None:
        """Each second as many notices fall due as the rate carries beside the replies: the sender never rests."""
        beat, owed = asyncio.get_running_loop().time(), 0.0
        while True:
            owed += max(0, self._rate - self._replies)
            self._replies = 0
            self._write_notices(int(owed))
            owed -= int(owed)
            beat += 1.0
            await asyncio.sleep(max(0.0, beat - asyncio.get_running_loop().time()))

    def _write_notices(self, many: int) -> None:
        self.minute.fell_due += many
        now = SystemClock().now()
        due, end = stored(now), stored(now + timedelta(hours=1))
        rows = []
        for number in itertools.islice(self._numbers, many):
            person = (number - 1) % len(self._people) + 1
            rows.append((f"soak:{number}", person, due, end, person, due))
        with closing(sqlite3.connect(self._file, timeout=30)) as connection, connection:
            connection.execute("PRAGMA synchronous=NORMAL")
            connection.executemany(
                "INSERT INTO notices (key, person_id, kind, state, due_at, expires_at, occurrence_id,"
                " occurrence_version, assignment_id, attempts, created_at, detail) VALUES"
                " (?, ?, 'starts_soon', 'planned', ?, ?, 1, 1, ?, 0, ?, '{\"only_word\": true}')",
                rows,
            )

    async def _tap(self) -> None:
        """At an even pace somebody who has a message presses a button of his last one."""
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(1 / self._taps)
            account = self._chance.choice(self._people)
            if account in self._tapped or not self._telegram.log.delivered[account]:
                continue
            self._tapped[account] = loop.time()
            self._telegram.press(account)

    async def _coordinate(self) -> None:
        document = roadmap(SystemClock().now().date())
        while True:
            try:
                async with asyncio.timeout(_PATIENCE):
                    self._telegram.send_document(self.coordinator, FILE_NAME, document)
                    await self._hear("sendMessage")
                    self.minute.imports += 1
                    self._telegram.write(self.coordinator, "/board")
                    await self._hear("sendMessage")
                    self._telegram.press(self.coordinator)
                    await self._hear("editMessageText")
                    self._telegram.press(self.coordinator, label="⬇️ Таблица .xlsx")
                    await self._hear("sendDocument")
                    self.minute.exports += 1
            except TimeoutError:
                self.minute.failed_turns += 1
            await asyncio.sleep(_BETWEEN)

    async def _hear(self, method: str) -> None:
        """Until the bot does so for the coordinator."""
        self._awaited = method
        self._arrived.clear()
        await self._arrived.wait()

    def _heard(self, call: Call) -> None:
        account = int(call.parameters.get("chat_id", 0))
        if account == self.coordinator:
            self._replies += call.method.startswith("send") and call.method != "sendChatAction"
            if call.method == self._awaited:
                self._arrived.set()
        elif call.method == "sendMessage":
            self.minute.sent += call.status == 200
        elif call.method == "editMessageText" and account in self._tapped:
            self.minute.waits.append(asyncio.get_running_loop().time() - self._tapped.pop(account))
