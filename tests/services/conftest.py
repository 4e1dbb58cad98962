"""The plan that the tests of several use cases begin with."""

from __future__ import annotations

import pytest

from bot.domain.ids import DocumentId
from storage.database import Database
from tests.factories import SmallNetwork
from tests.services.two_editions import planned, the_first


@pytest.fixture
async def plan(database: Database, network: SmallNetwork) -> DocumentId:
    """The first edition, planned and told to all three schools."""
    return await planned(database, network, the_first())
