"""An outage of the line, on a clock that jumps: counted once, tried at ease, and over soon after it is over."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Self
from zoneinfo import ZoneInfo

import pytest

from bot.domain.calendar import WorkCalendar
from bot.domain.delivery import Notice, NoticeKind, NoticeState, Outcome
from bot.domain.ids import NoticeId, PersonId
from bot.ports.messenger import Delivery, OutgoingMessage, unnoticed
from bot.ports.notices import Claim, DueNotice, Settlement
from bot.telegram.line import Line
from bot.telegram.sender import Sender
from tests.calendar_days import MONDAY
from tests.telegram.recording import untold_silence
from tests.virtual_time import run_in_virtual_time

RATE = 30
LATENCY = 0.05
MOSCOW = ZoneInfo("Europe/Moscow")
FAILED, DELIVERED = Outcome.TEMPORARY, Outcome.DELIVERED


def pauses_of(*requests: tuple[float, float, Outcome]) -> list[float]:
    """What the line asks for after each, given as (began, ended, outcome), the earliest end first."""

    async def scene() -> list[float]:
        line, asked, loop = Line(), [], asyncio.get_running_loop()
        for began_at, ended_at, outcome in requests:
            await asyncio.sleep(ended_at - loop.time())
            asked.append(line.note(outcome, began_at=began_at))
        return asked

    return run_in_virtual_time(scene())


@pytest.mark.parametrize(
    ("requests", "pauses", "reason"),
    [
        ([(0, 1, FAILED)] * 30, [0] * 5 + [1] + [0] * 24, "thirty together are one trouble"),
        ([(0, 1, FAILED)] * 5 + [(0, 1, DELIVERED)] + [(0, 1, FAILED)] * 5, [0] * 11, "somebody's own bad luck"),
        (
            [(0, 0, FAILED)] * 6 + [(1, 1, FAILED), (3, 3, FAILED), (7, 7, FAILED), (11, 11, FAILED)],
            [0] * 5 + [1, 2, 4, 4, 4],
            "tried at growing pauses, never longer than four seconds",
        ),
        (
            [(0, 0, FAILED)] * 6 + [(1, 1, DELIVERED)] + [(1, 2, FAILED)] * 6,
            [0] * 5 + [1, 0] + [0] * 5 + [1],
            "the next outage begins anew",
        ),
        ([(0, 0, FAILED)] * 6 + [(0, 40, FAILED)], [0] * 5 + [1, 0], "it had begun before the pause was known"),
        ([(0, 0, Outcome.UNKNOWN)] * 6, [0] * 5 + [1], "a cut connection is a failure as well"),
        ([(0, 0, Outcome.BLOCKED)] * 9, [0] * 9, "Telegram answers"),
    ],
)
def test_how_long_nobody_tries(requests: list[tuple[float, float, Outcome]], pauses: list[float], reason: str) -> None:
    assert pauses_of(*requests) == pauses, reason


class _LoopClock:
    def now(self) -> datetime:
        return MONDAY + timedelta(seconds=asyncio.get_running_loop().time())


class _KeptNotices:
    """Implements what the sender asks of ``bot.ports.notices.Notices``, and is its own transaction and storage."""

    def __init__(self, count: int) -> None:
        ids = range(1, count + 1)
        self._waiting = {NoticeId(number): _notice(number) for number in ids}
        self._claimed: dict[NoticeId, Notice] = {}
        self.notices = self

    def write(self) -> Self:
        return self

    read = write

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_fault: object) -> None:
        return None

    async def next_due_at(self) -> datetime | None:
        return min((notice.due_at for notice in self._waiting.values()), default=None)

    async def claim(self, limit: int, *, now: datetime, busy: Collection[PersonId] = (), **_: object) -> Claim:
        due = sorted(
            (one for one in self._waiting.values() if one.due_at <= now and one.person_id not in busy),
            key=lambda one: (one.due_at, one.id),
        )[:limit]
        for one in due:
            self._claimed[one.id] = self._waiting.pop(one.id)
        return Claim(tuple(DueNotice(one, int(one.person_id), MOSCOW) for one in due), looked_at=len(due))

    async def settle(self, settlements: Sequence[Settlement], *, now: datetime) -> None:
        for one in settlements:
            notice = self._claimed.pop(one.notice_id)
            if one.state is not NoticeState.SENT:
                self._waiting[notice.id] = notice._replace(due_at=one.due_at, attempts=one.attempts)


class _Network:
    """Implements ``Messenger``: between ``falls`` and ``back`` every request fails, after the time that it takes."""

    def __init__(self, *, falls: float, back: float) -> None:
        self._falls, self._back = falls, back
        self.tried_in_vain: list[float] = []
        self.arrived: list[float] = []
        self._arrival = asyncio.Condition()

    async def has_carried(self, count: int) -> None:
        async with self._arrival:
            await self._arrival.wait_for(lambda: len(self.arrived) >= count)

    async def deliver(
        self, account: int, message: OutgoingMessage, leaving: Callable[[], None] = unnoticed
    ) -> Delivery:
        await asyncio.sleep(LATENCY)
        leaving()
        now = asyncio.get_running_loop().time()
        if self._falls <= now < self._back:
            self.tried_in_vain.append(now)
            return Delivery(Outcome.TEMPORARY, error="no route to host")
        self.arrived.append(now)
        async with self._arrival:
            self._arrival.notify_all()
        return Delivery(Outcome.DELIVERED, message_id=len(self.arrived))


@pytest.mark.parametrize("outage", [3, 60, 3600])
def test_the_pace_is_back_within_seconds_however_long_the_line_was_down(outage: int) -> None:
    falls, count = 2.0, 300
    network = _Network(falls=falls, back=falls + outage)

    async def nobody(*_: object) -> None:
        raise AssertionError("nobody has gone")

    async def words(claimed: Sequence[DueNotice]) -> Mapping[NoticeId, OutgoingMessage | None]:
        return {due.notice.id: OutgoingMessage("x") for due in claimed}

    async def scene() -> None:
        stop = asyncio.Event()
        kept, clock = _KeptNotices(count), _LoopClock()
        sender = Sender(
            kept,  # type: ignore[arg-type]  # as far as the sender asks
            clock,
            network,
            words,
            days=WorkCalendar(),
            rate=RATE,
            on_unreachable=nobody,
            silence=untold_silence(kept, clock),  # type: ignore[arg-type]  # the same
        )
        running = asyncio.create_task(sender.run(stop))
        await network.has_carried(count)
        stop.set()
        await running

    run_in_virtual_time(scene())
    after = [at - falls - outage for at in network.arrived if at > falls]
    assert len(network.arrived) == count, "nobody is lost, nobody hears twice"
    assert after[0] <= 4 + 2 * LATENCY, "found out within one pause"
    assert sum(at - after[0] < 2 for at in after) > 1.8 * RATE, "then at the whole pace"
    assert after[-1] < after[0] + 1.1 * len(after) / RATE + 1, "to the last"
    assert len(network.tried_in_vain) <= 8 + 5 + outage / 4, "a try at a time"


def _notice(number: int) -> Notice:
    return Notice(
        NoticeId(number),
        f"n{number}",
        PersonId(number),
        NoticeKind.INFO,
        NoticeState.PLANNED,
        MONDAY,
        MONDAY + timedelta(days=1),
    )
