"""A problem that was told to the coordinator above."""

from __future__ import annotations

import pytest

from bot.clock import MovableClock
from storage.database import Database
from tests.driver import Chat, Telegram
from tests.factories import SmallNetwork
from tests.handlers.threads.talking import (
    deliver,
    problem,
)


@pytest.fixture
async def asked(tg: Telegram, database: Database, network: SmallNetwork, clock: MovableClock) -> tuple[Chat, Chat]:
    """School № 1 has said what its problem is, and the coordinator above it has read it: their chats."""
    below = await problem(tg, database, network)
    assert await deliver(tg, database, clock) == 1
    return below, tg.chat_of(network.municipal)
