"""Transactions that share a COMMIT: each is stored or undone by itself, and none ends before it is stored."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from storage.database import Database
from storage.dialect import sqlite_connection
from storage.groups import MOST
from storage.sqlite_driver import Connection
from storage.transaction import Transaction
from tests.storage.test_bounds import THREADS, WAYS, Write, keys, leave_dangling, prepared, usually, written

Deed = Callable[[Transaction], Awaitable[object]]


@pytest.fixture
def commits(monkeypatch: pytest.MonkeyPatch) -> list[Connection]:
    done: list[Connection] = []
    commit = Connection._end

    def noted(connection: Connection, deed: Callable[[], None]) -> None:
        if deed.__name__ == "commit":
            done.append(connection)
        commit(connection, deed)

    monkeypatch.setattr(Connection, "_end", noted)
    return done


async def write(database: Database, deed: Deed) -> None:
    async with database.write_together() as tx:
        await deed(tx)


def putting(key: str) -> Deed:
    return lambda tx: prepared(tx, key)


async def all_at_once(database: Database, *deeds: Deed) -> list[BaseException | None]:
    return await asyncio.gather(*(write(database, deed) for deed in deeds), return_exceptions=True)


async def test_those_who_come_together_are_stored_by_one_commit(
    database: Database, database_file: Path, commits: list[Connection]
) -> None:
    async def write_and_look(key: str) -> list[str]:
        await write(database, putting(key))
        return keys(database_file)

    seen = await asyncio.gather(*(write_and_look(key) for key in "abc"))
    assert seen == [["a", "b", "c"]] * 3
    assert len(commits) == 1


async def test_who_is_alone_waits_for_nobody(
    database: Database, database_file: Path, commits: list[Connection]
) -> None:
    for count, key in enumerate("abc", start=1):
        await write(database, putting(key))
        assert len(commits) == count
    assert keys(database_file) == ["a", "b", "c"]


async def test_an_endless_queue_is_stored_in_parts(
    database: Database, database_file: Path, commits: list[Connection]
) -> None:
    """Otherwise the first of them would wait for as long as somebody comes."""
    await all_at_once(database, *(putting(str(n)) for n in range(2 * MOST + 1)))
    assert len(keys(database_file)) == 2 * MOST + 1
    assert len(commits) == 3


@pytest.mark.parametrize("failing", [0, 1, 2], ids=["the first", "one between", "the last"])
@WAYS
@THREADS
async def test_one_that_fails_is_undone_alone(
    database: Database,
    database_file: Path,
    ways: tuple[Write, ...],
    short: float,
    failing: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("storage.sqlite_driver._SHORT", short)

    async def fail(tx: Transaction) -> None:
        await written(tx, ways)
        raise RuntimeError("half-way")

    deeds = [putting("a"), putting("b")]
    deeds.insert(failing, fail)
    outcomes = await all_at_once(database, *deeds)
    assert [type(outcome) for outcome in outcomes].index(RuntimeError) == failing
    assert outcomes.count(None) == 2
    assert keys(database_file) == ["a", "b"]


@pytest.mark.parametrize("way", [prepared, usually])
@THREADS
async def test_where_the_commit_is_refused_each_of_them_hears_of_it(
    database: Database, database_file: Path, way: Write, short: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.sqlite_driver._SHORT", short)
    outcomes = await all_at_once(database, putting("a"), lambda tx: leave_dangling(tx, way), putting("b"))
    assert [type(outcome) for outcome in outcomes] == [IntegrityError] * 3
    assert keys(database_file) == []
    assert await all_at_once(database, putting("a"), putting("b")) == [None, None]
    assert keys(database_file) == ["a", "b"]


@THREADS
async def test_what_the_database_itself_undoes_it_undoes_of_all(
    database: Database, database_file: Path, short: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a full disk: the others are told, and are not taken for stored."""
    monkeypatch.setattr("storage.sqlite_driver._SHORT", short)
    clash = text("INSERT OR ROLLBACK INTO dialogues (key, data, changed_at) VALUES ('a', '{}', '2026')")
    outcomes = await all_at_once(
        database, putting("a"), lambda tx: tx._connection.execute(clash), putting("later"), putting("last")
    )
    assert [type(outcome) for outcome in outcomes] == [IntegrityError, IntegrityError, type(None), type(None)]
    assert keys(database_file) == ["last", "later"]


async def test_who_writes_alone_stores_those_before_him_first(
    database: Database, database_file: Path, commits: list[Connection]
) -> None:
    """A long work must hold up nobody whose part is done."""

    async def write_alone() -> None:
        async with database.write() as tx:
            assert keys(database_file) == ["a"]
            await prepared(tx, "b")

    await asyncio.gather(write(database, putting("a")), write_alone(), write(database, putting("c")))
    assert keys(database_file) == ["a", "b", "c"]
    assert len(commits) == 3


class Held:
    """A deed that is under way until it is let go."""

    def __init__(self, key: str) -> None:
        self._key = key
        self.entered, self.let_go = asyncio.Event(), asyncio.Event()

    async def __call__(self, tx: Transaction) -> None:
        await prepared(tx, self._key)
        self.entered.set()
        await self.let_go.wait()


async def test_who_is_cancelled_while_he_waits_for_the_others_is_stored_with_them(
    database: Database, database_file: Path
) -> None:
    hold = Held("b")
    first, second = (asyncio.create_task(write(database, deed)) for deed in (putting("a"), hold))
    await hold.entered.wait()
    assert not first.done()
    first.cancel()
    await asyncio.sleep(0)
    assert not first.done()
    hold.let_go.set()
    await second
    with pytest.raises(asyncio.CancelledError):
        await first
    assert keys(database_file) == ["a", "b"]


async def test_nobody_waits_for_one_who_is_cancelled_on_his_way(database: Database, database_file: Path) -> None:
    hold = Held("a")
    first = asyncio.create_task(write(database, hold))
    await hold.entered.wait()
    second = asyncio.create_task(write(database, putting("b")))
    for _ in range(3):
        await asyncio.sleep(0)
    hold.let_go.set()
    await asyncio.sleep(0)  # the first has ended, and left the COMMIT to the second, who has not begun
    assert not first.done()
    second.cancel()
    async with asyncio.timeout(5):
        await first
    with pytest.raises(asyncio.CancelledError):
        await second
    assert keys(database_file) == ["a"]


async def test_nobody_waits_for_one_who_is_cancelled_while_he_ends(database: Database, database_file: Path) -> None:
    """Where a statement was left behind on the thread, the end of his part has to wait for it there."""
    hold, is_over = Held("b"), threading.Event()

    async def leave_something_behind(tx: Transaction) -> None:
        await hold(tx)
        raw = sqlite_connection(tx._connection)
        assert raw is not None
        raw._under_way = raw._worker.submit(is_over.wait)

    first, second = (asyncio.create_task(write(database, deed)) for deed in (putting("a"), leave_something_behind))
    try:
        await hold.entered.wait()
        hold.let_go.set()
        for _ in range(3):
            await asyncio.sleep(0)
        second.cancel()
        await asyncio.wait({first, second}, timeout=5)
        assert first.done()
    finally:
        is_over.set()
        database._groups.end(None)  # whoever waits cannot be cancelled: he would hold up the end of the test
    assert second.cancelled()
    assert keys(database_file) == ["a"]
