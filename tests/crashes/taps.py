"""The taps: everybody answers with one tap, and the program is struck down again and again while it takes them in."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from pathlib import Path

from tests.benchmarks.population import accounts_of, count
from tests.crashes.broadcast import environment_for, owe_everybody
from tests.crashes.plan import Plan, Promise, Report
from tests.crashes.suffering import suffer
from tests.crashes.telegram import Telegram
from tests.crashes.victim import Victim

_UNSENT = "SELECT count(*) FROM notices WHERE state != 'sent'"
_WAITING = "SELECT count(*) FROM inbox WHERE state = 'waiting'"
_AT_ONCE = 150  # taps that wait at Telegram: it keeps a tap for 150 seconds only
_LOOK = 0.2  # seconds
_QUICKLY = 1000.0  # messages a second, while everybody is given the button that he will tap


async def taps(plan: Plan, folder: Path) -> Report:
    """Counted at the sandbox: whose message does not show his answer; in the database: whose answer came in twice."""
    file, began, people = folder / "taps.sqlite3", time.monotonic(), accounts_of(plan.taps)
    await owe_everybody(file, plan.taps)
    telegram = Telegram(way=0)
    await telegram.start()
    telegram.let_in(people)
    victim = Victim(environment_for(plan, telegram, file))
    pressing: asyncio.Task[None] | None = None
    try:
        await _give_buttons(plan, telegram, file)
        asked = {account: telegram.message_of(account) for account in people}
        words = {account: message.body["text"] for account, message in asked.items()}
        telegram.slow_down(plan.way)
        victim.start()
        taps = pressing = asyncio.create_task(_press_all(telegram, people))

        def is_over() -> bool:
            return taps.done() and not telegram.waiting and not count(file, _WAITING)

        suffered = await suffer(
            plan, telegram, victim, plan.chance("taps"), method="editMessageText", work=plan.taps, is_over=is_over
        )
        while not is_over():
            victim.ensure_alive()
            await asyncio.sleep(_LOOK)
        await pressing
        code = await victim.stop()
    finally:
        if pressing is not None:
            pressing.cancel()
        victim.kill()
        await telegram.stop()
    shown = [account for account in people if telegram.text_of(account, asked[account].id) != words[account]]
    answered = count(file, "SELECT count(*) FROM assignments WHERE answer = 'coming'")
    twice = count(file, "SELECT count(*) FROM (SELECT 1 FROM replies GROUP BY assignment_id HAVING count(*) > 1)")
    parked = count(file, "SELECT count(*) FROM inbox WHERE state = 'parked'")
    edits = telegram.log.counts["editMessageText"]
    return Report(
        f"{plan.taps:,} taps",
        suffered,
        (
            f"messages changed {edits:,} times; toasts {telegram.log.counts['answerCallbackQuery']:,}",
            f"calls cut {telegram.calls_cut.total()}; updates set aside {parked}",
        ),
        (
            Promise("answers lost: the tapped message does not show it", plan.taps - len(shown), 0),
            Promise("answers lost: not in the database", plan.taps - answered, 0),
            Promise("answers applied twice", twice, 0),
            Promise("exit code after SIGTERM", abs(code), 0),
        ),
        time.monotonic() - began,
    )


async def _give_buttons(plan: Plan, telegram: Telegram, file: Path) -> None:
    victim = Victim(environment_for(replace(plan, rate=_QUICKLY), telegram, file))
    victim.start()
    try:
        while count(file, _UNSENT):
            victim.ensure_alive()
            await asyncio.sleep(_LOOK)
        await victim.stop()
    finally:
        victim.kill()


async def _press_all(telegram: Telegram, people: range) -> None:
    """As fast as they are taken, so that a crowd always waits and none waits for too long."""
    for account in people:
        while telegram.waiting >= _AT_ONCE:  # noqa: ASYNC110 - another process moves it on, no event of ours
            await asyncio.sleep(0.01)
        telegram.press(account)
