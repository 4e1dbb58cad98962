"""The chat of every test of handlers: the real dispatcher behind the local Telegram."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.clock import MovableClock
from bot.config import Settings
from storage.database import Database
from tests.driver import Telegram, telegram


@pytest.fixture
async def tg(database: Database, clock: MovableClock, settings: Settings) -> AsyncIterator[Telegram]:
    async with telegram(database, clock, settings) as tg:
        yield tg
