"""Fixtures of the whole suite: a migrated database of its own for each test, and a clock that stands still.

A plugin, not a conftest: of several processes of pytest that share the tests the first only hands them out, and what is
imported here takes seconds. ``tests/conftest.py`` brings it to the others.
"""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from bot.clock import MovableClock
from bot.config import Settings
from bot.telegram.deferred_models import import_aiogram
from storage.database import Database
from storage.migrating import migrate
from tests.calendar_days import MONDAY
from tests.factories import NetworkFactory, SmallNetwork, build_small_network
from tests.log_witness import WITNESS, LogWitness, listen
from tests.movable_database import MovableDatabase

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


@pytest.fixture(scope="session")
def _peopled(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[NetworkFactory, SmallNetwork]:
    """A factory whose file holds the small network, to be copied: written down for each test it took a fiftieth of the
    suite's time."""
    factory = NetworkFactory(Path(shutil.copy(migrated_file, tmp_path_factory.mktemp("peopled"))))
    return factory, build_small_network(factory)


@pytest.fixture
def database_file(
    request: pytest.FixtureRequest, migrated_file: Path, _peopled: tuple[NetworkFactory, SmallNetwork], tmp_path: Path
) -> Path:
    """A migrated database file of the test's own, with the small network where the test asks for it; copied, because
    migrating for each test would take the suite's time."""
    file = tmp_path / "vestovoy.sqlite3"
    shutil.copy(_peopled[0].file if "network" in request.fixturenames else migrated_file, file)
    return file


@pytest.fixture(scope="session")
def _movable_database() -> MovableDatabase:
    return MovableDatabase()


@pytest.fixture
async def database(_movable_database: MovableDatabase, database_file: Path) -> AsyncIterator[Database]:
    _movable_database.move_to(database_file)
    yield _movable_database
    await _movable_database.close()


@pytest.fixture
def factory(database_file: Path) -> NetworkFactory:
    return NetworkFactory(database_file)


@pytest.fixture
def network(factory: NetworkFactory, _peopled: tuple[NetworkFactory, SmallNetwork]) -> SmallNetwork:
    """It stands in ``database_file``."""
    template, network = _peopled
    factory.adopt(template)
    return network


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


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    call: pytest.CallInfo[None],
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Before ``log_witness`` is asked: the processes that a test has started write where pytest catches it."""
    report = yield
    if call.when == "call":
        WITNESS.hear(report.sections)
    return report
