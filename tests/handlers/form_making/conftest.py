"""The chat of the tests of making forms: files are read in this process, the template is the real one."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.clock import MovableClock
from bot.config import Settings
from bot.documents.errors import DocumentError
from bot.documents.form_table import read_form_table
from bot.domain.form_rows import FormTable
from bot.ports.documents import Unreadable
from bot.reports.form_template_xlsx import form_template_xlsx
from storage.database import Database
from tests.driver import Telegram, telegram


@pytest.fixture
async def tg(database: Database, clock: MovableClock, settings: Settings) -> AsyncIterator[Telegram]:
    async with telegram(database, clock, settings, read_form=read_here, form_template=template) as tg:
        yield tg


async def read_here(data: bytes, file_name: str) -> FormTable | Unreadable:
    try:
        return read_form_table(data, file_name)
    except DocumentError as error:
        return Unreadable(error.code, error.facts)


async def template() -> bytes:
    return form_template_xlsx()
