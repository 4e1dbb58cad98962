"""The broadcast: everybody is owed one message, and the program is struck down again and again while it sends."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from bot.clock import SystemClock
from tests.benchmarks.population import FIRST_ACCOUNT, accounts_of, count, make_due, populate, url_of
from tests.crashes.plan import Blow, Plan, Promise, Report
from tests.crashes.suffering import suffer
from tests.crashes.telegram import Telegram
from tests.crashes.victim import Victim

_UNFINISHED = "SELECT count(*) FROM notices WHERE state IN ('planned', 'sending', 'in_doubt')"
_LOOK = 0.2  # seconds


async def broadcast(plan: Plan, folder: Path) -> Report:
    """Counted at the sandbox: who was sent nothing, and how often somebody was sent it again."""
    file, began = folder / "broadcast.sqlite3", time.monotonic()
    await owe_everybody(file, plan.recipients)
    telegram = Telegram(way=plan.way)
    await telegram.start()
    people = accounts_of(plan.recipients)
    blocked = telegram.let_in(people, blocked_every=plan.blocked_every)
    victim = Victim(environment_for(plan, telegram, file))
    try:
        victim.start()
        suffered = await suffer(
            plan,
            telegram,
            victim,
            plan.chance("broadcast"),
            method="sendMessage",
            work=plan.recipients,
            in_flight=lambda: len(_sending(file) & telegram.log.fresh),
            is_over=lambda: not count(file, _UNFINISHED),
        )
        while count(file, _UNFINISHED):
            victim.ensure_alive()
            await asyncio.sleep(_LOOK)
        code = await victim.stop()
    finally:
        victim.kill()
        await telegram.stop()
    lost = set(people) - blocked - set(telegram.log.delivered)
    doubled = sum(times - 1 for times in telegram.log.delivered.values())
    cut = telegram.calls_cut["sendMessage"]
    allowed = {Blow.KILL: sum(suffered.in_flight), Blow.CUT_BEFORE: 0, Blow.CUT_AFTER: cut}[plan.blow]
    named = count(file, "SELECT count(*) FROM notices WHERE was_in_doubt")
    return Report(
        f"Broadcast to {plan.recipients:,}, {len(blocked)} of them have blocked the bot",
        suffered,
        (
            f"messages that arrived {sum(telegram.log.delivered.values()):,}; calls cut {cut}",
            f"in flight at a kill at most {max(suffered.in_flight, default=0)}; notices named in doubt {named}",
        ),
        (
            Promise("notices lost", len(lost), 0),
            Promise("doubled; limit: in flight at the kills, or cut after they took effect", doubled, allowed),
            Promise("notices without an outcome", count(file, _UNFINISHED), 0),
            Promise("exit code after SIGTERM", abs(code), 0),
        ),
        time.monotonic() - began,
    )


async def owe_everybody(file: Path, people: int) -> None:
    now = SystemClock().now()
    await populate(file, people, now=now, due_in=timedelta(minutes=55))
    make_due(file, people, now=now)


def environment_for(plan: Plan, telegram: Telegram, file: Path) -> dict[str, str]:
    return {
        "BOT_TOKEN": telegram.token,
        "TELEGRAM_API_URL": telegram.url,
        "DATABASE_URL": url_of(file),
        "SEND_RATE": str(plan.rate),
        "SQLITE_SYNCHRONOUS": "full" if plan.outlives_power else "normal",
        "BACKUP_KEEP_DAYS": "0",
        "LOG_LEVEL": "ERROR",
    }


def _sending(file: Path) -> set[int]:
    """The accounts of the notices that a dead process was carrying out."""
    with closing(sqlite3.connect(file)) as connection:
        rows = connection.execute("SELECT person_id FROM notices WHERE state = 'sending'").fetchall()
    return {FIRST_ACCOUNT + person - 1 for (person,) in rows}
