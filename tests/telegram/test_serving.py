"""Who takes this bot's updates already is left alone, as far as Telegram lets it be seen."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import SetWebhook
from pydantic import SecretStr

from bot.clock import MovableClock
from bot.config import Settings
from bot.telegram.serving import Serving
from bot.telegram.updates import AnotherInstanceError, ForeignWebhookError, UpdatesError, WebhookRefusedError
from tests.calendar_days import MONDAY

OURS, THEIRS = "https://bot.example.org/hook", "https://other.example.net/hook"


class KnownBot:
    """What Telegram says of the bot's webhook; keeps what it was asked to change."""

    def __init__(self, url: str = "", waiting: int = 0, failed_at: datetime | None = None) -> None:
        self._info = SimpleNamespace(url=url, pending_update_count=waiting, last_error_date=failed_at)
        self.changed: list[str] = []

    async def me(self) -> Any:
        return SimpleNamespace(username="vestovoy_bot")

    async def get_webhook_info(self) -> Any:
        return self._info

    async def delete_webhook(self) -> None:
        self.changed.append("deleted")

    async def set_webhook(self, url: str, **_: Any) -> None:
        self.changed.append(url)


class Poll:
    """The intake, as far as it is asked: what one short poll meets."""

    def __init__(self, fault: UpdatesError | None) -> None:
        self._fault = fault

    async def ensure_alone(self) -> None:
        if self._fault is not None:
            raise self._fault


async def introduced(bot: KnownBot, own: str | None, fault: UpdatesError | None = None, **options: bool) -> list[str]:
    """What the start changed at Telegram."""
    settings = Settings(
        _env_file=None,  # type: ignore[call-arg]  # pydantic-settings takes it beside the fields
        webhook_url=own,
        webhook_secret=None if own is None else SecretStr("s3cret"),
    )
    serving = Serving(bot, settings, MovableClock(MONDAY), Poll(fault), [])  # type: ignore[arg-type]  # as far as asked
    await serving.introduce(asyncio.Event(), {}, **options)
    return bot.changed


@pytest.mark.parametrize(
    ("bot", "own", "fault", "changed", "reason"),
    [
        (KnownBot(), None, None, ["deleted"], "nobody has set one"),
        (KnownBot(OURS), OURS, None, [OURS], "our own, of the last run"),
        (KnownBot(), OURS, None, [OURS], "nobody polls"),
        (KnownBot(THEIRS, 3, MONDAY), None, None, ["deleted"], "nobody answers there, and updates wait"),
        (KnownBot(THEIRS, 3, MONDAY), OURS, None, [OURS], "the same for another webhook"),
        (KnownBot(), OURS, UpdatesError("502"), [OURS], "the line tells nothing of others"),
    ],
)
async def test_who_is_alone_starts(
    bot: KnownBot, own: str | None, fault: UpdatesError | None, changed: list[str], reason: str
) -> None:
    assert await introduced(bot, own, fault) == changed, reason


@pytest.mark.parametrize(
    ("bot", "own", "reason"),
    [
        (KnownBot(THEIRS), None, "to poll would take the updates away from who is there"),
        (KnownBot(THEIRS), OURS, "so would another webhook"),
        (KnownBot(THEIRS, 3), OURS, "they wait because there are many"),
        (KnownBot(THEIRS, 0, MONDAY), OURS, "it failed once and works again"),
        (KnownBot(THEIRS, 3, MONDAY - timedelta(hours=2)), OURS, "it failed long ago, and what waits has just come"),
    ],
)
async def test_a_webhook_of_another_program_is_left_alone_and_named(
    bot: KnownBot, own: str | None, reason: str
) -> None:
    with pytest.raises(ForeignWebhookError) as refusal:
        await introduced(bot, own)
    assert refusal.value.host == "other.example.net"
    assert bot.changed == [], reason


async def test_who_polls_already_is_left_alone() -> None:
    bot = KnownBot()
    with pytest.raises(AnotherInstanceError):
        await introduced(bot, OURS, AnotherInstanceError("409 Conflict"))
    assert bot.changed == []


async def test_the_bot_is_taken_over_on_demand() -> None:
    assert await introduced(KnownBot(THEIRS), None, takes_over=True) == ["deleted"]


class RefusingBot(KnownBot):
    async def set_webhook(self, url: str, **_: Any) -> None:
        raise TelegramBadRequest(SetWebhook(url=url), "Bad Request: bad webhook: An HTTPS URL must be provided")


async def test_an_address_that_telegram_refuses_ends_the_start_in_its_words() -> None:
    with pytest.raises(WebhookRefusedError, match="HTTPS URL must be provided"):
        await introduced(RefusingBot(), OURS)
