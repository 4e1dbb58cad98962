"""The transaction helper and the opening of databases: what DESIGN promises of SQLite, read back by another hand."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from bot.ports.dialogues import Dialogue
from storage.bounds import to_its_end
from storage.database import Database
from storage.dialect import create_reader, create_writer
from storage.errors import DatabaseTooNewError, DatabaseUnusableError
from storage.migrating import known_revisions, migrate
from tests.calendar_days import MONDAY


async def _count_up(database: Database) -> None:
    async with database.write() as tx:
        before = (await tx.dialogues.get("counter")).data.get("n", 0)
        await tx.dialogues.put("counter", Dialogue("s", {"n": before + 1}), now=MONDAY)


async def test_concurrent_increments_all_count(database: Database) -> None:
    """Deferred transactions over a pool lose nearly all of them without an error; BEGIN IMMEDIATE loses none."""
    await asyncio.gather(*(_count_up(database) for _ in range(200)))
    async with database.read() as tx:
        assert (await tx.dialogues.get("counter")).data == {"n": 200}


async def test_what_was_not_committed_did_not_happen(database: Database, database_file: Path) -> None:
    with pytest.raises(RuntimeError, match="half-way"):  # noqa: PT012 - the block under test is the transaction
        async with database.write() as tx:
            await tx.dialogues.put("k", Dialogue("s"), now=MONDAY)
            raise RuntimeError("half-way")
    with sqlite3.connect(database_file) as other_hand:
        assert other_hand.execute("SELECT count(*) FROM dialogues").fetchone() == (0,)


async def test_a_cancelled_task_rolls_back_and_leaves_the_writer_free(database: Database) -> None:
    """CancelledError is no Exception: a helper that catches only Exception leaves the one writer in a transaction."""
    entered = asyncio.Event()

    async def write_and_wait() -> None:
        async with database.write() as tx:
            await tx.dialogues.put("k", Dialogue("s"), now=MONDAY)
            entered.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(write_and_wait())
    await entered.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with asyncio.timeout(5), database.write() as tx:
        assert await tx.dialogues.get("k") == Dialogue()


async def test_a_cancellation_during_the_commit_does_not_lose_it(
    database: Database, database_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once the commit began it is finished, and only then is the cancellation passed on."""
    monkeypatch.setattr("storage.sqlite_driver._SHORT", 0.0)  # all of it on the thread: at once nothing comes between
    at_commit = asyncio.Event()

    async def write() -> None:
        async with database.write() as tx:
            await tx.dialogues.put("k", Dialogue("s"), now=MONDAY)
            at_commit.set()

    task = asyncio.create_task(write())
    await at_commit.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    with sqlite3.connect(database_file) as other_hand:
        assert other_hand.execute("SELECT key FROM dialogues").fetchall() == [("k",)]


async def test_a_reader_cannot_write(database: Database) -> None:
    with pytest.raises(OperationalError, match="readonly"):
        async with database.read() as tx:
            await tx.dialogues.put("k", Dialogue("s"), now=MONDAY)


async def test_a_reader_sees_the_last_commit_while_a_writer_is_at_work(database: Database) -> None:
    async with database.write() as tx:
        await tx.dialogues.put("k", Dialogue("s"), now=MONDAY)
        async with database.read() as reader:
            assert await reader.dialogues.get("k") == Dialogue()


async def test_a_lock_of_another_program_is_waited_for_each_time(database: Database, database_file: Path) -> None:
    """Between two waits the writer takes a free lock at once, and asks nobody to wait."""

    async def write(state: str) -> None:
        async with database.write() as tx:
            await tx.dialogues.put("k", Dialogue(state), now=MONDAY)

    await write("opened")
    other = sqlite3.connect(database_file, isolation_level=None)
    for state in ("waited", "waited again"):
        other.execute("BEGIN IMMEDIATE")
        waiting = asyncio.create_task(write(state))
        await asyncio.wait({waiting}, timeout=0.02)
        assert not waiting.done()
        other.rollback()
        await waiting
        async with database.read() as tx:
            assert await tx.dialogues.get("k") == Dialogue(state)
        await write("free")
    other.close()


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 1),  # NORMAL
        ("foreign_keys", 1),
    ],
)
async def test_every_connection_is_opened_with_the_settings(database_file: Path, pragma: str, value: object) -> None:
    for create in (create_writer, create_reader):
        engine = create(f"sqlite+aiosqlite:///{database_file}")
        async with engine.connect() as connection:
            assert (await connection.execute(text(f"PRAGMA {pragma}"))).scalar() == value
        await engine.dispose()


async def test_the_sums_of_a_reader_go_to_a_file_once_they_are_large(database_file: Path) -> None:
    """In memory those over a million answers took ninety megabytes; only the small tables of the planning are kept."""
    kept = []
    for create in (create_reader, create_writer):
        engine = create(f"sqlite+aiosqlite:///{database_file}")
        async with engine.connect() as connection:
            kept.append((await connection.execute(text("PRAGMA temp_store"))).scalar())
        await engine.dispose()
    assert kept == [0, 2], "by default on the disk, and in memory"


async def test_a_writer_that_outlives_a_power_cut_waits_for_the_disk(database_file: Path) -> None:
    engine = create_writer(f"sqlite+aiosqlite:///{database_file}", outlives_power=True)
    async with engine.connect() as connection:
        assert (await connection.execute(text("PRAGMA synchronous"))).scalar() == 2  # FULL
    await engine.dispose()


async def test_a_new_database_is_created_with_its_folder(tmp_path: Path) -> None:
    file = tmp_path / "a" / "b" / "vestovoy.sqlite3"
    report = await migrate(f"sqlite+aiosqlite:///{file}", now=MONDAY)
    assert (report.before, report.backup) == (None, None)
    assert file.exists()


async def test_migrating_twice_changes_nothing(database_file: Path) -> None:
    again = await migrate(f"sqlite+aiosqlite:///{database_file}", now=MONDAY)
    assert (again.before, again.after, again.backup) == (known_revisions()[0], known_revisions()[0], None)


async def test_a_database_of_a_newer_program_is_refused_and_left_alone(database_file: Path) -> None:
    with sqlite3.connect(database_file) as other_hand:
        other_hand.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(DatabaseTooNewError) as refusal:
        await migrate(f"sqlite+aiosqlite:///{database_file}", now=MONDAY)
    assert refusal.value.revision == "9999"
    with sqlite3.connect(database_file) as other_hand:
        assert other_hand.execute("SELECT version_num FROM alembic_version").fetchone() == ("9999",)


async def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("Уважаемые коллеги! " * 100, encoding="utf-8")
    with pytest.raises(DatabaseUnusableError) as refusal:
        await migrate(f"sqlite+aiosqlite:///{file}", now=MONDAY)
    assert refusal.value.place == file


async def test_a_cancellation_at_the_end_of_a_step_is_passed_on() -> None:
    """Swallowed, it would leave a loop running that was told to stop."""
    ended = asyncio.get_running_loop().create_future()

    async def step() -> None:
        await ended

    waiting = asyncio.create_task(to_its_end(step()))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    ended.set_result(None)
    await asyncio.sleep(0)  # the step has ended; who waits for it has not heard yet
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
