"""SQLite's log is written back beside those who write, so that no commit waits for the disk in its place."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.ports.dialogues import Dialogue
from storage import write_ahead
from storage.database import Database
from tests.calendar_days import MONDAY


async def put(database: Database, keys: range) -> None:
    """A commit each."""
    for key in keys:
        async with database.write() as tx:
            await tx.dialogues.put(str(key), Dialogue("talking"), now=MONDAY)


def in_the_file(file: Path) -> int:
    """The dialogues that stand in the file itself, as somebody sees it who knows of no log."""
    with closing(sqlite3.connect(f"file:{file}?mode=ro&immutable=1", uri=True)) as connection:
        return int(connection.execute("SELECT count(*) FROM dialogues").fetchone()[0])


async def test_no_commit_writes_the_log_back(database: Database, database_file: Path) -> None:
    await put(database, range(50))
    await database._log.at_rest()
    assert in_the_file(database_file) == 0
    assert database_file.with_name(database_file.name + "-wal").stat().st_size > 50 * 4096


async def test_after_many_commits_the_log_is_written_back(
    database: Database, database_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(write_ahead, "_ENOUGH", 10 * write_ahead._PER_COMMIT)
    await put(database, range(20))
    await database._log.at_rest()
    assert in_the_file(database_file) >= 9


async def test_after_many_rows_of_one_commit_too(
    database: Database, database_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(write_ahead, "_ENOUGH", 2 * write_ahead._PER_COMMIT)
    async with database.write() as tx:
        for key in range(2 * write_ahead._PER_COMMIT):
            await tx.dialogues.put(str(key), Dialogue("talking"), now=MONDAY)
    await database._log.at_rest()
    assert in_the_file(database_file) == 2 * write_ahead._PER_COMMIT


async def test_a_long_work_waits_for_a_long_log_and_the_next_write_begins_it_anew(
    database: Database, database_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(write_ahead, "_ENOUGH", 10 * write_ahead._PER_COMMIT)
    monkeypatch.setattr(write_ahead, "_LONG", 20)
    log = database_file.with_name(database_file.name + "-wal")
    await put(database, range(30))
    await database._log.at_rest()
    await database.caught_up()
    assert in_the_file(database_file) == 30, "all of it, not what was there when it was begun"
    was = log.stat().st_size
    await put(database, range(30, 35))
    assert log.stat().st_size == was, "written from its beginning again"


async def test_a_short_log_is_not_waited_for(database: Database, database_file: Path) -> None:
    await put(database, range(5))
    await database.caught_up()
    assert in_the_file(database_file) == 0


async def test_a_reader_holds_up_neither_the_log_nor_a_long_work(
    database: Database, database_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(write_ahead, "_ENOUGH", 1)
    monkeypatch.setattr(write_ahead, "_LONG", 1)
    await put(database, range(5))
    with closing(sqlite3.connect(database_file, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        assert reader.execute("SELECT count(*) FROM dialogues").fetchone() == (5,)
        await put(database, range(5, 10))
        await database.caught_up()
        assert reader.execute("SELECT count(*) FROM dialogues").fetchone() == (5,), "and it sees what it saw"


async def test_a_long_log_is_written_back_though_the_connection_that_made_it_is_closed(
    database: Database, database_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after a fault, when the next one has not been opened yet."""
    monkeypatch.setattr(write_ahead, "_LONG", 0)
    with closing(sqlite3.connect(database_file)) as reader:  # not the last to close: the log stays
        reader.execute("SELECT count(*) FROM dialogues").fetchone()
        await put(database, range(5))
        await database._writing.close()
        await database._writer.dispose()
        await database.caught_up()
        assert in_the_file(database_file) == 5


@pytest.mark.parametrize(
    ("of", "name", "error"),
    [
        (Path, "resolve", OSError("the directory is out of reach")),
        (asyncio, "to_thread", RuntimeError("cannot schedule new futures after shutdown")),
    ],
)
async def test_a_log_that_cannot_be_written_back_now_breaks_nobody_who_waits_for_it(
    database: Database, of: object, name: str, error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(of, name, fail)
    monkeypatch.setattr(write_ahead, "_ENOUGH", 1)
    await put(database, range(1))
    await database._log.at_rest()


async def test_whatever_breaks_the_writing_back_all_connections_are_closed(
    database: Database, database_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(write_ahead, "_write_back", fail)
    monkeypatch.setattr(write_ahead, "_ENOUGH", 1)
    await put(database, range(1))
    with pytest.raises(ZeroDivisionError):
        await database.close()
    assert not database_file.with_name(database_file.name + "-wal").exists(), "the last to close takes it away"


def test_a_file_that_was_taken_away_is_not_made_anew(tmp_path: Path) -> None:
    assert write_ahead._write_back(str(tmp_path / "file.sqlite3"), outlives_power=False) == 0
    assert list(tmp_path.iterdir()) == []
