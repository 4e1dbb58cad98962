"""What the disk and other programs do to the database: nothing is lost, the owner hears of it once, the bot goes on."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.clock import MovableClock
from storage.database import Database
from tests.factories import SmallNetwork
from tests.faults.conftest import Stage
from tests.opening import open_task

NEW, REMINDER = "🆕 Новое дело", "⏰ Через 3 дня срок"
LONG = "Прочитайте это. " * 200  # more than the free space of a page


@asynccontextmanager
async def _full_disk(stage: Stage) -> AsyncIterator[None]:
    """SQLite says what it says on a full disk: the file may grow by no page."""
    await _on_writer(stage, "PRAGMA max_page_count=1")  # it takes the present size
    yield
    await _on_writer(stage, "PRAGMA max_page_count=1073741823")


@asynccontextmanager
async def _locked_file(stage: Stage) -> AsyncIterator[None]:
    """As when somebody has opened it in another program and begun to change it."""
    with closing(sqlite3.connect(stage.file, isolation_level=None)) as other_program:
        await stage.until(lambda: _taken(other_program))
        yield


@asynccontextmanager
async def _read_only_file(stage: Stage) -> AsyncIterator[None]:
    """The same refusal as of a file without rights, which root, who runs tests in a container, has all the same."""
    await _on_writer(stage, "PRAGMA query_only=ON")
    yield
    await _on_writer(stage, "PRAGMA query_only=OFF")


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        pytest.param(_full_disk, "⛔ На диске сервера кончилось место", id="a full disk"),
        pytest.param(_locked_file, "⛔ Базу данных держит другая программа", id="a locked database"),
        pytest.param(_read_only_file, "⛔ База данных доступна только для чтения", id="a read-only database"),
    ],
)
async def test_the_database_cannot_be_written(
    stage: Stage,
    database: Database,
    network: SmallNetwork,
    monkeypatch: pytest.MonkeyPatch,
    fault: Any,
    words: str,
) -> None:
    """Telegram keeps what cannot be stored, the notices stay due: afterwards each comes, and comes once."""
    await open_task(database, network, network.school_1)
    await stage.later(1)
    await stage.until(lambda: stage.headings(network.coordinator_1) == [NEW])
    await stage.until(lambda: not stage.rows("SELECT 1 FROM notices WHERE state = 'sending'"))
    async with fault(stage):
        stage.clock.move_to(datetime(2026, 9, 11, 6, 0, tzinfo=UTC))  # before they write: Telegram keeps it for a day
        for _ in range(8):
            stage.writes(network.teacher_1, LONG)
        stage.writes(network.teacher_2)
        await stage.until(stage.told_owner)
        for _ in range(3):
            await stage.live.app.scheduler.run_all_now()
        assert stage.told_owner() == [words]
        assert "database" in (await stage.live.app.monitoring.health()).troubles, "a monitor hears of it as well"
    await stage.until(lambda: stage.answers(network.teacher_2))
    await stage.until(lambda: len(stage.headings(network.coordinator_1)) > 1)
    await stage.until(lambda: not stage.rows("SELECT 1 FROM inbox WHERE state = 'waiting'"))
    assert stage.headings(network.coordinator_1) == [NEW, REMINDER]
    assert stage.answers(network.teacher_2) == 1
    assert stage.rows("SELECT state, count(*) FROM inbox GROUP BY 1") == [("handled", 9)], "none lost, none set aside"
    assert stage.told_owner() == [words], "not before it has been well for a while"
    monkeypatch.setattr("storage.database._CALM", 0.0)
    await stage.until(lambda: len(stage.told_owner()) > 1, each_time=stage.live.app._expire)
    assert stage.told_owner() == [words, "✅ База данных снова работает"]
    assert "database" not in (await stage.live.app.monitoring.health()).troubles
    assert stage.said() == {"the database cannot be used for now, nothing is lost": 1}


async def test_the_nightly_copy_cannot_be_made(stage: Stage, clock: MovableClock) -> None:
    """A disk that is full, or a folder without rights: it is tried again at every beat, the owner hears of it once."""
    clock.advance(timedelta(days=1))
    folder = stage.file.parent / "backups"
    shutil.rmtree(folder)
    folder.touch()  # no folder can be made there; rights would not hold root, who runs tests in a container
    for _ in range(3):
        assert await stage.live.app._back_up() == 0
    await stage.until(stage.told_owner)
    assert stage.told_owner() == ["⚠️ Ночная копия базы не получилась"]
    assert stage.said() == {"the nightly copy could not be made": 3}
    folder.unlink()
    assert await stage.live.app._back_up() == 1
    await stage.until(lambda: len(stage.told_owner()) > 1)
    assert stage.told_owner()[1:] == ["✅ Ночная копия базы сделана"]


async def test_the_disk_gets_short_of_room(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Told while there is still time to do something about it, once, and not again at the bound itself."""
    for free in (900, 499, 450, 510, 599, 601, 505):
        monkeypatch.setattr("bot.app.free_bytes", lambda _, free=free: free * 1024 * 1024)
        await stage.live.app._look_for_room()
    await stage.until(lambda: len(stage.told_owner()) > 1)
    assert sorted(stage.told_owner()) == [
        "⚠️ На диске сервера осталось 499 МБ",
        "✅ На диске сервера снова достаточно места",
    ]
    assert stage.said() == {"little room is left on the disk": 1}


async def _on_writer(stage: Stage, pragma: str) -> None:
    """On the driver's own connection: SQLAlchemy would begin a transaction first, which the fault refuses."""
    connections = stage.live.app.storage._writing
    connection = await connections.take()
    try:
        raw: Any = await connection.get_raw_connection()
        raw.driver_connection.execute(pragma)
    finally:
        await connections.give_back(connection)


def _taken(other_program: sqlite3.Connection) -> bool:
    try:
        other_program.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError:
        return False
    return True
