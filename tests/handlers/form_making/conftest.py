"""The chat of the tests of making forms: files are read in this process, the template is the real one."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.clock import MovableClock
from bot.config import Settings
from bot.reports.form_template_xlsx import form_template_xlsx
from storage.database import Database
from tests.driver import Telegram, telegram
from tests.reading_here import read_form_here


@pytest.fixture
async def tg(database: Database, clock: MovableClock, settings: Settings) -> AsyncIterator[Telegram]:
    async with telegram(database, clock, settings, read_form=read_form_here, form_template=template) as tg:
        yield tg


async def template() -> bytes:
    return form_template_xlsx()
