from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.clock import MovableClock
from bot.config import Settings
from bot.reports.qr import qr_png
from storage.database import Database
from tests.driver import Telegram, telegram

OWNER = 900


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"owner_ids": frozenset({OWNER}), "operator_name": "Методический центр «Опора»"})


@pytest.fixture
async def tg(database: Database, clock: MovableClock, settings: Settings) -> AsyncIterator[Telegram]:
    async with telegram(database, clock, settings, qr_png=qr_png) as tg:
        yield tg


async def old_button(tg: Telegram, account: int, data: CallbackData) -> None:
    """A button of another time or of another person's chat, now in this chat: «старая кнопка»."""
    button = InlineKeyboardButton(text="старая кнопка", callback_data=data.pack())
    await tg.bot.send_message(account, "…", reply_markup=InlineKeyboardMarkup(inline_keyboard=[[button]]))
