"""The process is killed in the middle of a broadcast, again and again: nobody is forgotten, few hear twice.

Real processes and a real SIGKILL; what arrived is counted at the local Telegram. Those that are killed are forked from
one that has the program in memory; the last one starts and ends as at its owner's.
"""

from __future__ import annotations

import asyncio
import json
import os
import sqlite3
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.clock import MovableClock, SystemClock
from bot.domain.matters import AnsweredBy, Audience
from bot.domain.network import Role
from bot.sandbox.server import Sandbox
from tests.end_to_end.bot_process import BotProcess
from tests.factories import NetworkFactory, account_of

ROOT = Path(__file__).resolve().parents[2]
PEOPLE = 120
KILLED_AFTER = (30, 90)  # messages of the broadcast that have arrived
RATE = 100
IN_FLIGHT = 15  # at this rate
OWNER = 1  # nobody of the audience


async def test_kills_lose_no_notice_and_no_message_of_a_person(
    database_file: Path, factory: NetworkFactory, tmp_path: Path
) -> None:
    """Everybody is sent something and everybody writes, at once."""
    sandbox = Sandbox(MovableClock())
    await sandbox.start()
    killed = BotProcess(
        api_url=sandbox.url,
        token=sandbox.bot_token,
        database=database_file,
        clock=None,
        owner=OWNER,
        log=tmp_path / "log",
        rate=RATE,
    )
    process = None
    try:
        accounts = _plan_broadcast(database_file, factory)
        _let_everybody_write(sandbox, accounts)
        for arrived in KILLED_AFTER:
            killed.start()
            await _until(sandbox, arrived)
            killed.kill()
        process = await _start(sandbox, database_file)
        await _until_settled(database_file)
        process.terminate()
        assert await asyncio.wait_for(process.wait(), 25) == 0, "asked to stop, it stops in order"
        told, answered = _told(sandbox), _answered(sandbox)
    finally:
        killed.kill()
        if process is not None and process.returncode is None:  # what failed leaves nothing running
            process.kill()
            await process.wait()
        await sandbox.stop()
    with sqlite3.connect(database_file) as connection:
        states = connection.execute("SELECT state, count(*) FROM notices GROUP BY state").fetchall()
        doubted = {account_of(p) for (p,) in connection.execute("SELECT person_id FROM notices WHERE was_in_doubt")}
        inbox = connection.execute("SELECT state, count(*) FROM inbox GROUP BY state").fetchall()
    assert states == [("sent", PEOPLE)]
    assert inbox == [("handled", PEOPLE)]
    assert set(told) == set(accounts), "nobody is forgotten"
    assert set(answered) == set(accounts), "nobody is left without an answer"
    assert {account for account, count in told.items() if count > 1} <= doubted, "whoever heard twice is named"
    assert sum(count - 1 for count in told.values()) <= len(KILLED_AFTER) * IN_FLIGHT


def _plan_broadcast(file: Path, factory: NetworkFactory) -> list[int]:
    """Messages that pass quiet hours, so that the test runs at any time of the day."""
    now = SystemClock().now()
    school = factory.unit("Школа № 1")
    people = [factory.person(f"Участник {number}", school) for number in range(PEOPLE)]
    audience = json.dumps(Audience((school,), AnsweredBy.PERSON, (Role.TEACHER,)).to_json())
    with sqlite3.connect(file) as connection:
        connection.execute(
            "INSERT INTO activities (kind, unit_id, title, responsible, result, phrase, term, audience, timezone,"
            " state, link, created_by, created_at) VALUES"
            " ('webinar', ?, 'Вебинар', '', '', '', '{}', ?, 'Europe/Moscow', 'active', NULL, ?, ?)",
            (school, audience, people[0], _stored(now)),
        )
        due_at = now + timedelta(minutes=10)
        connection.execute(
            "INSERT INTO occurrences (activity_id, key, version, due_at, due_on, has_time, timezone, state,"
            " needs_planning, created_at) VALUES (1, 'one', 1, ?, ?, 1, 'Europe/Moscow', 'open', 0, ?)",
            (_stored(due_at), f"{due_at:%Y-%m-%d}", _stored(now)),
        )
        connection.executemany(
            "INSERT INTO assignments (id, occurrence_id, unit_id, person_id, answer, created_at)"
            " VALUES (?, 1, ?, ?, 'coming', ?)",  # the step with the link is for those who come
            [(person, school, person, _stored(now)) for person in people],
        )
        connection.executemany(
            "INSERT INTO notices (key, person_id, kind, state, due_at, expires_at, occurrence_id, occurrence_version,"
            " assignment_id, attempts, created_at) VALUES (?, ?, 'starts_soon', 'planned', ?, ?, 1, 1, ?, 0, ?)",
            [(f"n{p}", p, _stored(now), _stored(now + timedelta(hours=1)), p, _stored(now)) for p in people],
        )
    return [account_of(person) for person in people]


async def _start(sandbox: Sandbox, file: Path) -> asyncio.subprocess.Process:
    environment = {
        **os.environ,
        "BOT_TOKEN": sandbox.bot_token,
        "TELEGRAM_API_URL": sandbox.url,
        "DATABASE_URL": f"sqlite+aiosqlite:///{file}",
        "SEND_RATE": str(RATE),
        "LOG_LEVEL": "ERROR",
    }
    return await asyncio.create_subprocess_exec(sys.executable, "-m", "bot", "run", cwd=ROOT, env=environment)


def _let_everybody_write(sandbox: Sandbox, accounts: list[int]) -> None:
    for account in accounts:
        sandbox.add_person("Участник", id=account)
        sandbox.start_bot(account)
    sandbox.world.bots[sandbox.bot_token].queue.clear()  # they pressed Start long ago
    for account in accounts:
        sandbox.person_writes(account, "/help")


def _told(sandbox: Sandbox) -> Counter[int]:
    """How often the broadcast reached each account."""
    calls = [call["parameters"] for call in sandbox.calls("sendMessage")]
    return Counter(int(call["chat_id"]) for call in calls if "Начинаем" in call["text"])


def _answered(sandbox: Sandbox) -> Counter[int]:
    calls = [call["parameters"] for call in sandbox.calls("sendMessage")]
    return Counter(int(call["chat_id"]) for call in calls if "Начинаем" not in call["text"])


async def _until(sandbox: Sandbox, arrived: int) -> None:
    """Only what is new is looked at: a reading of the whole log each time would hold the server that the bot calls."""
    seen = last = 0
    async with asyncio.timeout(120):
        while seen < arrived:
            await asyncio.sleep(0.01)
            for call in sandbox.world.calls.find("sendMessage", after=last):
                seen += "Начинаем" in call.parameters["text"]
                last = call.id


async def _until_settled(file: Path) -> None:
    question = (
        "SELECT (SELECT count(*) FROM notices WHERE state != 'sent')"
        " + (SELECT count(*) FROM inbox WHERE state = 'waiting')"
    )
    async with asyncio.timeout(120):
        while True:
            with sqlite3.connect(file) as connection:
                if connection.execute(question).fetchone() == (0,):
                    return
            await asyncio.sleep(0.1)


def _stored(instant: datetime) -> str:
    return instant.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
