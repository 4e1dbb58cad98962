"""``python -m bot check`` and ``backup``/``restore``: what is wrong is named, and nothing is changed by looking."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from contextlib import closing, nullcontext
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.backing_up import BackupError, run_backup, run_restore
from bot.checking import Finding, Verdict, _updates, is_in_order, run_check
from bot.cli import app
from bot.clock import MovableClock, SystemClock
from bot.config import Settings
from bot.sandbox.server import Sandbox
from storage.instance_lock import only_instance
from storage.soundness import look_inside
from tests.calendar_days import MONDAY
from tests.running import settings_for

COMPLETE: dict[str, Any] = {"owner_ids": frozenset({1}), "operator_contact": "+7 495 000-00-00"}


async def checked(sandbox: Sandbox, file: Path, **settings: Any) -> dict[str, Finding]:
    wanted = settings_for(sandbox, file, **{**COMPLETE, **settings})
    findings = await asyncio.to_thread(run_check, wanted, clock=SystemClock())
    return {finding.subject: finding for finding in findings}


@pytest.fixture
async def telegram(clock: MovableClock) -> Any:
    sandbox = Sandbox(clock)
    await sandbox.start()
    sandbox.start_bot(sandbox.add_person("Ольга", id=1))
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


async def test_the_clock_is_looked_at_when_telegram_answers_however_long_the_database_was_read(
    telegram: Sandbox, database_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A gigabyte is read for longer than a clock may go wrong."""
    wanted = settings_for(telegram, database_file, **COMPLETE)
    clock = MovableClock(SystemClock().now() - timedelta(minutes=2))  # right once the database is read

    def slowly(file: Path) -> Any:
        clock.advance(timedelta(minutes=2))
        return look_inside(file)

    monkeypatch.setattr("bot.checking.look_inside", slowly)
    findings = await asyncio.to_thread(run_check, wanted, clock=clock)
    assert {finding.subject: finding.verdict for finding in findings}["clock"] is Verdict.GOOD


def spoiled(file: Path) -> None:
    file.write_bytes(b"no database " * 100)


def closed(file: Path) -> None:
    file.chmod(0o444)


def newer(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")


@pytest.mark.parametrize(
    ("become", "subject", "words"),
    [
        (spoiled, "database", "python -m bot restore {copy}"),
        (Path.unlink, "database", "python -m bot restore {copy}"),
        (closed, "database", "доступна только для чтения"),
        (newer, "schema", "Обновите программу"),
    ],
    ids=["spoiled", "gone while copies lie there", "closed", "newer"],
)
async def test_a_database_that_no_bot_can_use_is_bad_and_the_way_out_is_named(
    telegram: Sandbox, database_file: Path, monkeypatch: pytest.MonkeyPatch, become: Any, subject: str, words: str
) -> None:
    run_backup(f"sqlite+aiosqlite:///{database_file}", target=None, now=MONDAY)
    (copy,) = (database_file.parent / "backups").iterdir()
    become(database_file)
    # The tests may be run by root, who may do everything: what the file says is what counts here.
    monkeypatch.setattr("bot.checking.os.access", lambda file, _: bool(Path(file).stat().st_mode & 0o200))
    found = await checked(telegram, database_file)
    assert found[subject].verdict is Verdict.BAD
    assert words.format(copy=copy) in found[subject].words


async def test_a_database_that_another_program_holds_is_not_called_broken(
    telegram: Sandbox, database_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.soundness.sqlite3.connect", partial(sqlite3.connect, timeout=0))
    with closing(sqlite3.connect(database_file)) as other:
        other.execute("PRAGMA journal_mode=DELETE")
        other.execute("BEGIN EXCLUSIVE")
        found = await checked(telegram, database_file)
    assert "держит другая программа" in found["database"].words


async def test_a_folder_that_cannot_be_made_is_bad(
    telegram: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.checking.os.access", lambda *_: False)
    found = await checked(telegram, tmp_path / "new" / "vestovoy.sqlite3")
    assert found["database"].verdict is Verdict.BAD


async def test_an_owner_whom_the_bot_cannot_write_to_is_named(telegram: Sandbox, database_file: Path) -> None:
    found = await checked(telegram, database_file, owner_ids=frozenset({1, 77}))
    assert "77" in found["owners"].words


OURS, THEIRS = "https://bot.example.org/hook", "https://other.example.net/secret"


@pytest.mark.parametrize(
    ("at_telegram", "ours", "is_running", "verdict", "words"),
    [
        ({"url": THEIRS}, None, False, Verdict.BAD, "other.example.net"),
        ({"url": THEIRS}, OURS, False, Verdict.BAD, "--take-over"),
        ({"url": THEIRS, "pending_update_count": 2, "last_error_date": MONDAY.timestamp()}, None, False,
         Verdict.DOUBTFUL, "заберёт их сам"),
        ({"url": THEIRS, "pending_update_count": 2, "last_error_date": MONDAY.timestamp() - 7200}, None, False,
         Verdict.BAD, "--take-over"),
        ({"url": ""}, OURS, False, Verdict.DOUBTFUL, "запишет его при запуске"),
        ({"url": ""}, OURS, True, Verdict.BAD, "снят другой программой"),
        ({"url": OURS}, OURS, True, Verdict.GOOD, "webhook"),
        ({"url": OURS, "pending_update_count": 2, "last_error_date": MONDAY.timestamp() - 60,
          "last_error_message": "Connection refused"}, OURS, True, Verdict.BAD, "Connection refused"),
        ({"url": OURS, "pending_update_count": 2, "last_error_date": MONDAY.timestamp() - 7200,
          "last_error_message": "Connection refused"}, OURS, True, Verdict.GOOD, "webhook"),
    ],
)  # fmt: skip
def test_whose_webhook_stands_at_telegram_is_told_as_the_start_will_see_it(
    database_file: Path, at_telegram: dict[str, Any], ours: str | None, is_running: bool, verdict: Verdict, words: str
) -> None:
    url = f"sqlite+aiosqlite:///{database_file}"
    wanted = Settings(_env_file=None, database_url=url, webhook_url=ours)  # type: ignore[call-arg]  # as in demo
    with only_instance(url) if is_running else nullcontext():
        found = _updates(at_telegram, wanted, MONDAY)
    assert found.verdict is verdict
    assert words in found.words
    assert "secret" not in found.words, "only the machine is named: a path may be a password"


def test_a_monitor_reads_of_wrong_settings_as_of_everything_else(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SEND_RATE", "много")
    answer = CliRunner().invoke(app, ["check", "--json"])
    assert answer.exit_code == 1
    assert json.loads(answer.stdout)["subject"] == "settings"


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
    found = {finding.subject: finding for finding in run_check(settings, clock=MovableClock(MONDAY))}
    assert found["database"].verdict is Verdict.DOUBTFUL
    assert not file.parent.exists()
