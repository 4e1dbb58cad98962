"""Two bots on one token: whoever was there first stays, wherever that can be known."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.clock import MovableClock
from bot.telegram.intake import Intake
from bot.telegram.updates import AnotherInstanceError
from tests.calendar_days import MONDAY
from tests.telegram.recording import untold_silence
from tests.virtual_time import run_in_virtual_time

LONG_POLL = 30.0
A_WHILE = 120.0


class OneAtATime:
    """Telegram with one poll a bot: the later sends the earlier away. Of two refusals that follow each other within
    three seconds the second is held back for three, as in ``fail_query_conflict`` of tdlib/telegram-bot-api."""

    def __init__(self) -> None:
        self._waiting: asyncio.Future[None] | None = None
        self._refuses_at_once_from = 0.0

    async def fetch(self, offset: int | None, *, timeout: float = LONG_POLL) -> list[dict[str, Any]]:  # noqa: ASYNC109 - the port's
        loop = asyncio.get_running_loop()
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(None)
        mine = self._waiting = loop.create_future()
        await asyncio.wait([mine], timeout=timeout)
        if not mine.done():
            mine.cancel()
            return []
        if loop.time() < self._refuses_at_once_from:
            await asyncio.sleep(3.0)
        else:
            self._refuses_at_once_from = loop.time() + 3.0
        raise AnotherInstanceError("409 Conflict")


async def who_stay(newcomer_after: float) -> list[str]:
    """Those of the two that still serve after a while; who does not has gone because of the other."""
    telegram, clock = OneAtATime(), MovableClock(MONDAY)
    nothing: Any = None  # no update comes, so nothing is stored or handled

    def serve(name: str) -> asyncio.Task[None]:
        intake = Intake(nothing, clock, telegram, nothing, untold_silence(nothing, clock))
        return asyncio.create_task(intake.run(asyncio.Event()), name=name)

    first = serve("first")
    await asyncio.sleep(newcomer_after)
    ended, serving = await asyncio.wait([first, serve("newcomer")], timeout=A_WHILE)
    assert all(isinstance(task.exception(), AnotherInstanceError) for task in ended)
    for task in serving:
        task.cancel()
    return [task.get_name() for task in serving]


@pytest.mark.parametrize(
    ("newcomer_after", "reason"),
    [
        (4.0, "the first poll of the first was short, and nobody disturbed it"),
        (29.0, "it is in its second, which the newcomer ends"),
        (300.0, "it has served for minutes"),
    ],
)
def test_who_was_there_first_stays(newcomer_after: float, reason: str) -> None:
    assert run_in_virtual_time(who_stay(newcomer_after)) == ["first"], reason


def test_of_two_that_start_in_the_same_moment_one_goes() -> None:
    """Each sees the same, so which of them it is tells nothing; that it ends with words is what matters."""
    assert len(run_in_virtual_time(who_stay(1.0))) == 1
