"""A transaction is one, whether SQLite was asked through SQLAlchemy in it, past it, or both."""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import bindparam, event, insert, text
from sqlalchemy.exc import IntegrityError

from storage.database import Database
from storage.dialect import sqlite_connection
from storage.prepared import Prepared
from storage.program_tables import dialogues
from storage.transaction import Transaction
from tests.calendar_days import MONDAY

Write = Callable[[Transaction, str], Awaitable[Any]]
_ROW: dict[str, Any] = {"state": None, "data": {}, "changed_at": MONDAY}
_PUT = Prepared(lambda: insert(dialogues).values(key=bindparam("new_key"), **_ROW))
_DANGLING = "INSERT INTO accounts (messenger, external_id, person_id, linked_at) VALUES ('telegram', 1, 404, '2026')"


async def usually(tx: Transaction, key: str) -> None:
    await tx._connection.execute(insert(dialogues).values(key=key, **_ROW))


async def prepared(tx: Transaction, key: str) -> None:
    await _PUT.all(tx._connection, new_key=key)


WAYS = pytest.mark.parametrize(
    "ways",
    [
        pytest.param((usually, usually), id="through SQLAlchemy"),
        pytest.param((prepared, prepared), id="past it"),
        pytest.param((prepared, usually), id="past it, then through it"),
        pytest.param((usually, prepared), id="through it, then past it"),
    ],
)
THREADS = pytest.mark.parametrize("short", [0.002, 0.0], ids=["on the loop", "on the thread"])


@WAYS
@THREADS
async def test_all_of_a_transaction_is_stored_or_nothing(
    database: Database, database_file: Path, ways: tuple[Write, ...], short: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.sqlite_driver._SHORT", short)
    with pytest.raises(RuntimeError):  # noqa: PT012 - the block under test is the transaction
        async with database.write() as tx:
            await written(tx, ways)
            raise RuntimeError
    assert keys(database_file) == []

    async with database.write() as tx:
        await written(tx, ways)
        assert keys(database_file) == []
    assert keys(database_file) == ["0", "1"]


@WAYS
@THREADS
async def test_what_could_not_be_committed_is_not_in_the_next_transaction_either(
    database: Database, database_file: Path, ways: tuple[Write, ...], short: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite leaves a transaction open whose COMMIT it has refused, and SQLAlchemy an inactive one of its own."""
    monkeypatch.setattr("storage.sqlite_driver._SHORT", short)
    with pytest.raises(IntegrityError):  # noqa: PT012 - the block under test is the transaction
        async with database.write() as tx:
            await leave_dangling(tx, ways[0])
            await written(tx, ways)
    for place, way in enumerate((prepared, usually)):
        async with database.write() as tx:
            await way(tx, f"next {place}")
    assert keys(database_file) == ["next 0", "next 1"]


async def test_sqlalchemy_is_not_asked_to_begin_what_it_has_no_part_in(database: Database) -> None:
    begun: list[str] = []
    for engine in (database._writer, database._reader):
        event.listen(engine.sync_engine, "begin", lambda _: begun.append("begin"))
    async with database.write() as tx:
        await prepared(tx, "k")
    async with database.read() as tx:
        await tx.dialogues.get("k")
    assert begun == []


async def written(tx: Transaction, ways: tuple[Write, ...]) -> None:
    for place, way in enumerate(ways):
        await way(tx, str(place))


def keys(database_file: Path) -> list[str]:
    """As another program sees it."""
    with sqlite3.connect(database_file) as other_hand:
        return [key for (key,) in other_hand.execute("SELECT key FROM dialogues ORDER BY key")]


async def leave_dangling(tx: Transaction, way: Write) -> None:
    """Somebody's account without the person, which SQLite minds at the COMMIT; SQLAlchemy hears of it where it is the
    way anyhow."""
    if way is usually:
        await tx._connection.execute(text("PRAGMA defer_foreign_keys=ON"))
        await tx._connection.execute(text(_DANGLING))
        return
    raw = sqlite_connection(tx._connection)
    assert raw is not None
    raw._connection.execute("PRAGMA defer_foreign_keys=ON")
    raw._connection.execute(_DANGLING)
