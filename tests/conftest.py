"""Fixtures of the whole suite: a migrated database of its own for each test, and a clock that stands still."""

from __future__ import annotations

import asyncio
import gc
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.clock import MovableClock
from bot.config import Settings
from storage.database import Database
from storage.migrating import migrate
from tests.calendar_days import MONDAY
from tests.factories import NetworkFactory, SmallNetwork, build_small_network


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(MONDAY, is_frozen=True)


@pytest.fixture
def settings() -> Settings:
    """The defaults, whatever stands in the environment's .env file."""
    return Settings(_env_file=None)  # type: ignore[call-arg]  # pydantic-settings takes it beside the fields


@pytest.fixture(scope="session")
def _migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("schema") / "empty.sqlite3"
    asyncio.run(migrate(f"sqlite+aiosqlite:///{file}", now=MONDAY))
    return file


@pytest.fixture
def database_file(_migrated_file: Path, tmp_path: Path) -> Path:
    """A freshly migrated database file; copied, because migrating for each test would take the suite's time."""
    file = tmp_path / "vestovoy.sqlite3"
    shutil.copy(_migrated_file, file)
    return file


@pytest.fixture
async def database(database_file: Path) -> AsyncIterator[Database]:
    database = Database(f"sqlite+aiosqlite:///{database_file}")
    yield database
    await database.close()


@pytest.fixture
def factory(database_file: Path) -> NetworkFactory:
    return NetworkFactory(database_file)


@pytest.fixture
def network(factory: NetworkFactory) -> SmallNetwork:
    return build_small_network(factory)


def pytest_collection_finish() -> None:
    """aiogram's models are never garbage, and a full collection over them takes a tenth of a second: as at a start."""
    gc.collect()
    gc.freeze()
