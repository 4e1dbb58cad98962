"""What stands in the way of a start is said in Russian, with what to do about it."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from aiogram import Bot
from pydantic import SecretStr

from bot.clock import MovableClock
from bot.config import ListenError, Settings
from bot.logs import _mask
from bot.sandbox.server import Sandbox
from bot.starting import StartError, _ensure_complete, _run, _said, read_settings
from bot.telegram.updates import WebhookRefusedError
from bot.texts.catalogue import plain
from storage.errors import DatabaseUnusableError
from storage.instance_lock import only_instance
from tests.plain_session import session_to

TOKEN = "123456789:AAEhBOweik6ad9r_QXMENQjcrGbqCr4K-bc"


def settings(**values: Any) -> Settings:
    return Settings(**{"_env_file": None, "bot_token": SecretStr(TOKEN), **values})


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"bot_token": SecretStr("")}, "@BotFather"),
        ({"bot_token": SecretStr("")}, "make demo"),
        ({"bot_token": SecretStr("мой токен")}, "записан неверно"),
        ({"webhook_url": "https://example.org/hook"}, "WEBHOOK_SECRET"),
    ],
)
def test_a_missing_setting_is_named(values: dict[str, Any], words: str) -> None:
    with pytest.raises(StartError, match=words):
        _ensure_complete(settings(**values))


def test_a_wrong_setting_is_named_without_its_value(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SEND_RATE", "5000")
    with pytest.raises(StartError, match="SEND_RATE") as caught:
        read_settings()
    assert "5000" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("SEND_RATE", "0", "нужно число больше 0"),
        ("SEND_RATE", "много", "нужно число"),
        ("PAID_BROADCAST", "может быть", "нужно true или false"),
        ("LOG_LEVEL", "ТИХО", "нужно одно из"),
        ("TIMEZONE", "Москва", "TIMEZONE записана неверно"),
        ("TIMEZONE", "Europe", "TIMEZONE записана неверно"),
        ("OWNER_IDS", "@olga", "OWNER_IDS записана неверно: нужны номера"),
        ("DATABASE_URL", "data/vestovoy.sqlite3", "DATABASE_URL записана неверно"),
        ("DATABASE_URL", "sqlite+aiosqlite://data/vestovoy.sqlite3", "DATABASE_URL записана неверно"),
        ("DATABASE_URL", "mysql://server/vestovoy", "DATABASE_URL записана неверно"),
        ("TELEGRAM_API_URL", "api.telegram.org", "TELEGRAM_API_URL записана неверно"),
        ("WEBHOOK_URL", "bot.example.org/hook", "WEBHOOK_URL записана неверно"),
        ("WEBHOOK_SECRET", "слово и дело", "WEBHOOK_SECRET записана неверно: нужны латинские"),
    ],
)
def test_a_wrong_setting_is_explained_in_russian(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, value: str, words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(name, value)
    with pytest.raises(StartError, match=words):
        read_settings()


def test_a_file_of_settings_in_another_encoding_is_explained(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An older Notepad saves so."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_bytes("OPERATOR_NAME=Методический центр\r\n".encode("cp1251"))
    with pytest.raises(StartError, match="UTF-8"):
        read_settings()


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ListenError("METRICS_LISTEN", "127.0.0.1:9100"), "METRICS_LISTEN: адрес 127.0.0.1:9100 занят"),
        (ListenError("WEBHOOK_LISTEN", "0.0.0.0:80"), "WEBHOOK_LISTEN: адрес 0.0.0.0:80 .* меньше 1024"),
        (WebhookRefusedError("An HTTPS URL must be provided"), "HTTPS URL must be provided.*https://"),
        (ModuleNotFoundError(name="asyncpg"), "pip install asyncpg"),
    ],
)
def test_what_ends_the_start_is_said_and_not_shown_as_a_trace(error: Exception, words: str) -> None:
    assert re.search(words, _said(error) or "")


def test_a_mistake_of_the_program_keeps_its_trace() -> None:
    assert _said(ModuleNotFoundError(name="bot.app")) is None
    assert _said(KeyError("x")) is None


async def test_a_token_that_telegram_refuses_ends_the_start(tmp_path: Path) -> None:
    sandbox = Sandbox(MovableClock())
    await sandbox.start()
    try:
        refused = settings(
            telegram_api_url=sandbox.url, database_url=f"sqlite+aiosqlite:///{tmp_path / 'new' / 'bot.sqlite3'}"
        )
        with pytest.raises(StartError, match="не принимает токен"):
            await _run(refused)
    finally:
        await sandbox.stop()


async def test_a_bot_whose_updates_go_elsewhere_does_not_start_and_names_the_way_out(tmp_path: Path) -> None:
    sandbox = Sandbox(MovableClock())
    await sandbox.start()
    try:
        url = f"sqlite+aiosqlite:///{tmp_path / 'bot.sqlite3'}"
        mine = settings(bot_token=sandbox.bot_token, telegram_api_url=sandbox.url, database_url=url)
        async with Bot(sandbox.bot_token, session=session_to(sandbox)).context() as bot:
            await bot.set_webhook("https://other.example.net/hook")
        with pytest.raises(StartError, match=r"other\.example\.net.*--take-over"):
            await _run(mine)
    finally:
        await sandbox.stop()


async def test_a_newer_database_is_left_alone(database_file: Path) -> None:
    with sqlite3.connect(database_file) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StartError, match="9999"):
        await _run(settings(database_url=f"sqlite+aiosqlite:///{database_file}"))


async def test_a_second_bot_on_a_database_does_not_start(database_file: Path) -> None:
    url = f"sqlite+aiosqlite:///{database_file}"
    with only_instance(url), pytest.raises(StartError, match=r"другой бот \(процесс \d+\)"):
        await _run(settings(database_url=url))


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("database is locked", "Закройте её"),
        ("file is not a database", "python -m bot restore"),
        ("database disk image is malformed", "python -m bot restore"),
        ("unable to open database file", "unable to open"),
    ],
)
def test_a_database_that_does_not_open_is_told_with_what_to_do(reason: str, words: str) -> None:
    error = DatabaseUnusableError(Path("v.sqlite3"), reason)
    assert words in plain("start-database-unusable", place="v.sqlite3", kind=error.kind, reason=reason)
    assert words in plain("backup-failed", file="v.sqlite3", kind=error.kind, reason=reason)


async def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("это не база данных, а письмо" * 100, encoding="utf-8")
    with pytest.raises(StartError, match=r"letter\.txt"):
        await _run(settings(database_url=f"sqlite+aiosqlite:///{file}"))


@pytest.mark.parametrize(
    "line", [f"Cannot connect to https://api.telegram.org/bot{TOKEN}/getMe", TOKEN, f"token={TOKEN}!"]
)
def test_the_token_is_taken_out_of_the_log(line: str) -> None:
    assert TOKEN not in _mask(line, "")
    assert "short:secret" not in _mask("a short:secret of the sandbox", "short:secret")
