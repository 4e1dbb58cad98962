"""Fixtures of the whole suite: a migrated database of its own for each test, and a clock that stands still."""

from __future__ import annotations

import asyncio
import gc
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import event

from bot.clock import MovableClock
from bot.config import Settings
from bot.telegram.deferred_models import import_aiogram
from storage.database import Database
from storage.migrating import migrate
from tests.calendar_days import MONDAY
from tests.factories import NetworkFactory, SmallNetwork, build_small_network
from tests.log_witness import WITNESS, LogWitness, listen

import_aiogram()  # as the program does: the two seconds are each worker's

CHROMIUM = Path("/usr/bin/chromium")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(autouse=True)
def log_witness() -> Iterator[LogWitness]:
    """What this test made the program log. Somebody's name or a token in it fails the test."""
    WITNESS.forget()
    yield WITNESS
    assert WITNESS.betrayals == [], "a log may hold internal ids only"


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(MONDAY, is_frozen=True)


@pytest.fixture(scope="session")
def _plain_settings() -> Settings:
    return Settings(_env_file=None)  # type: ignore[call-arg]  # pydantic-settings takes it beside the fields


@pytest.fixture
def settings(_plain_settings: Settings) -> Settings:
    """The defaults, whatever stands in the environment's .env file."""
    return _plain_settings.model_copy()


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("schema") / "empty.sqlite3"
    asyncio.run(migrate(f"sqlite+aiosqlite:///{file}", now=MONDAY))
    return file


@pytest.fixture
def database_file(migrated_file: Path, tmp_path: Path) -> Path:
    """A freshly migrated database file; copied, because migrating for each test would take the suite's time."""
    file = tmp_path / "vestovoy.sqlite3"
    shutil.copy(migrated_file, file)
    return file


class _MovableDatabase(Database):
    """Opens the file that it is moved to. SQLAlchemy keeps compiled statements with the engine: to compile them anew
    for every test took a sixth of the suite's time."""

    def __init__(self) -> None:
        super().__init__("sqlite+aiosqlite:///no-test-has-moved-it")
        for engine in (self._writer, self._reader):
            event.listen(engine.sync_engine, "do_connect", self._name_file)

    def move_to(self, file: Path) -> None:
        self._file = file

    def _name_file(self, _dialect: object, _record: object, arguments: list[str], _options: object) -> None:
        arguments[0] = str(self._file)


@pytest.fixture(scope="session")
def _movable_database() -> _MovableDatabase:
    return _MovableDatabase()


@pytest.fixture
async def database(_movable_database: _MovableDatabase, database_file: Path) -> AsyncIterator[Database]:
    _movable_database.move_to(database_file)
    yield _movable_database
    await _movable_database.close()


@pytest.fixture
def factory(database_file: Path) -> NetworkFactory:
    return NetworkFactory(database_file)


@pytest.fixture
def network(factory: NetworkFactory) -> SmallNetwork:
    return build_small_network(factory)


@pytest.fixture(scope="session")
def _playwright() -> Any:
    if not CHROMIUM.exists():
        pytest.skip(f"no Chromium at {CHROMIUM}")
    return pytest.importorskip("playwright.async_api", reason="the browser tests need playwright")


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser(_playwright: Any) -> AsyncIterator[Any]:
    """Chromium, started once for all tests: a start takes longer than a test. Each test opens a context of its own."""
    async with _playwright.async_playwright() as driver:
        browser = await driver.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        await browser.close()


def pytest_configure() -> None:
    listen()


def pytest_collection_finish() -> None:
    """aiogram's models are never garbage, and a full collection over them takes a tenth of a second: as at a start."""
    gc.collect()
    gc.freeze()
