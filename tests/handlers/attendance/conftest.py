"""A chat with what the composition root hands these handlers, and an event that is going on."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.clock import MovableClock
from bot.config import Settings
from bot.domain.events import EventDetails
from bot.domain.ids import OccurrenceId
from bot.reports.qr import qr_png
from storage.database import Database
from tests.calendar_days import MONDAY
from tests.driver import Telegram, telegram
from tests.factories import SmallNetwork
from tests.opening import open_event
from tests.reading_here import read_attendance_here

BEGINS = MONDAY + timedelta(days=3)
"""Thursday noon in Moscow; it lasts an hour."""


@pytest.fixture
async def tg(database: Database, clock: MovableClock, settings: Settings) -> AsyncIterator[Telegram]:
    async with telegram(database, clock, settings, qr_png=qr_png, read_attendance=read_attendance_here) as tg:
        yield tg


@pytest.fixture
async def event(database: Database, network: SmallNetwork, clock: MovableClock) -> OccurrenceId:
    """A webinar of the region's teachers with a code word; five minutes of it have passed."""
    opened = await open_event(database, network, dates=(BEGINS,), details=EventDetails(code_word="Берёза 42"))
    clock.move_to(BEGINS + timedelta(minutes=5))
    return opened.occurrence_id
