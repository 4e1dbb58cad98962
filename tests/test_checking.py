"""``python -m bot check`` and ``backup``/``restore``: what is wrong is named, and nothing is changed by looking."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.backing_up import BackupError, run_backup, run_restore
from bot.checking import Finding, Verdict, is_in_order, run_check
from bot.clock import MovableClock, SystemClock
from bot.config import Settings
from bot.sandbox.server import Sandbox
from storage.instance_lock import only_instance
from tests.calendar_days import MONDAY
from tests.running import settings_for

COMPLETE: dict[str, Any] = {"owner_ids": frozenset({1}), "operator_contact": "+7 495 000-00-00"}


async def checked(sandbox: Sandbox, file: Path, **settings: Any) -> dict[str, Finding]:
    wanted = settings_for(sandbox, file, **{**COMPLETE, **settings})
    findings = await asyncio.to_thread(run_check, wanted, now=SystemClock().now())
    return {finding.subject: finding for finding in findings}


@pytest.fixture
async def telegram(clock: MovableClock) -> Any:
    sandbox = Sandbox(clock)
    await sandbox.start()
    yield sandbox
    await sandbox.stop()


async def test_a_sound_bot_is_in_order(telegram: Sandbox, database_file: Path) -> None:
    run_backup(f"sqlite+aiosqlite:///{database_file}", target=None, now=SystemClock().now())
    found = await checked(telegram, database_file)
    assert is_in_order(list(found.values()))
    assert {finding.verdict for finding in found.values()} == {Verdict.GOOD}
    assert "@" in found["token"].words


async def test_each_thing_wrong_is_named_with_what_to_do(telegram: Sandbox, database_file: Path) -> None:
    with closing(sqlite3.connect(database_file)) as connection, connection:
        connection.execute(
            "INSERT INTO inbox (update_id, payload, state, attempts, received_at)"
            " VALUES (1, '{}', 'parked', 3, '2026-09-07 00:00:00.000000')"
        )
        connection.execute("UPDATE alembic_version SET version_num = '0001'")
    found = await checked(telegram, database_file, owner_ids=frozenset(), webhook_url="https://example.org/hook")
    assert "WEBHOOK_SECRET" in found["settings"].words
    assert "1" in found["inbox"].words
    assert "0001" in found["schema"].words
    assert "backup" in found["backup"].words
    assert found["updates"].verdict is Verdict.DOUBTFUL
    assert not is_in_order(list(found.values()))


@pytest.mark.parametrize(
    ("settings", "subject", "words"),
    [
        ({"bot_token": ""}, "token", "BOT_TOKEN не задан"),
        ({"bot_token": "1:wrong"}, "token", "не принимает"),
        ({"telegram_api_url": "http://127.0.0.1:9"}, "telegram", "не отвечает"),
    ],
)
async def test_telegram_that_does_not_answer_is_bad(
    telegram: Sandbox,
    database_file: Path,
    settings: dict[str, Any],
    subject: str,
    words: str,
) -> None:
    found = await checked(telegram, database_file, **settings)
    assert found[subject].verdict is Verdict.BAD
    assert words in found[subject].words
    assert all("wrong" not in finding.words for finding in found.values()), "the token is never printed"


async def test_a_clock_that_went_astray_is_bad(
    telegram: Sandbox, database_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.checking._CLOCK_MAY_DIFFER", timedelta(seconds=-1))
    found = await checked(telegram, database_file)
    assert "расходятся" in found["clock"].words


async def test_a_file_that_is_no_database_is_bad(telegram: Sandbox, tmp_path: Path) -> None:
    file = tmp_path / "vestovoy.sqlite3"
    file.write_bytes(b"no database " * 100)
    found = await checked(telegram, file)
    assert found["database"].verdict is Verdict.BAD


def test_a_copy_and_back_as_the_owner_does_it(database_file: Path, tmp_path: Path) -> None:
    url, copy = f"sqlite+aiosqlite:///{database_file}", tmp_path / "copy.sqlite3"
    assert str(copy) in run_backup(url, target=copy, now=MONDAY)
    with pytest.raises(BackupError, match="уже есть"):
        run_backup(url, target=copy, now=MONDAY)
    with only_instance(url), pytest.raises(BackupError, match="Остановите его"):
        run_restore(url, copy=copy, now=MONDAY)
    assert "восстановлена" in run_restore(url, copy=copy, now=MONDAY)
    with pytest.raises(BackupError, match="такого файла нет"):
        run_restore(url, copy=tmp_path / "no.sqlite3", now=MONDAY)


@pytest.mark.parametrize("url", ["postgresql+asyncpg://localhost/vestovoy", "sqlite+aiosqlite:///nowhere/v.sqlite3"])
def test_what_cannot_be_copied_is_said(url: str) -> None:
    with pytest.raises(BackupError):
        run_backup(url, target=None, now=MONDAY)


def test_settings_without_a_database_are_checked_without_making_one(tmp_path: Path) -> None:
    file = tmp_path / "new" / "vestovoy.sqlite3"
    settings = Settings(_env_file=None, database_url=f"sqlite+aiosqlite:///{file}")  # type: ignore[call-arg]  # as in demo
    found = {finding.subject: finding for finding in run_check(settings, now=MONDAY)}
    assert found["database"].verdict is Verdict.DOUBTFUL
    assert not file.parent.exists()
