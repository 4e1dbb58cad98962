"""How a transaction begins and ends.

On SQLite without SQLAlchemy, where nothing was asked through it: its way around BEGIN and COMMIT costs several times
what they do. Once it is asked for something within, it joins the transaction that it finds, and ends it.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Coroutine
from typing import Any

from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.util.concurrency import greenlet_spawn

from storage.dialect import sqlite_connection
from storage.sqlite_driver import Connection


async def begin(connection: AsyncConnection) -> None:
    """Takes the write lock, where the connection is one that writes. Raises DBAPIError."""
    raw = sqlite_connection(connection)
    if raw is None or _is_known(connection):
        await connection.begin()
        return
    try:
        has_begun = raw.begin_at_hand()
    except sqlite3.Error as error:
        raise in_words_of_sqlalchemy(error, "BEGIN") from error
    if not has_begun:
        await connection.begin()


async def commit(connection: AsyncConnection) -> None:
    """To its end even when the task is cancelled meanwhile. Raises DBAPIError, and then nothing is stored."""
    try:
        await _end(connection, Connection.commit, connection.commit)
    except DBAPIError:
        # SQLAlchemy keeps a transaction whose COMMIT was refused, as one no longer active, and would refuse whatever is
        # asked through it next: for good, because the writer's connection is kept.
        if connection.get_transaction() is not None:
            await to_its_end(connection.rollback())
        raise


async def roll_back(connection: AsyncConnection) -> None:
    """As ``commit``. Nothing happens where nothing was begun."""
    await _end(connection, Connection.rollback, connection.rollback)


async def to_its_end(step: Coroutine[Any, Any, None]) -> None:
    """Awaits a commit, a rollback or a close to its end even when the task is cancelled meanwhile, then passes the
    cancellation on: a half-done rollback would leave the only writer inside a transaction."""
    task = asyncio.ensure_future(step)
    cancelled: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.shield(task)
        except asyncio.CancelledError as error:
            if not task.cancelled():  # the caller is meant, also where the step has just ended
                cancelled = error
    task.result()
    if cancelled is not None:
        raise cancelled


def in_words_of_sqlalchemy(error: sqlite3.Error, words: str) -> DBAPIError:
    """What SQLAlchemy would have raised. The values are left out: they may be what somebody wrote."""
    said = DBAPIError.instance(words, (), error, sqlite3.Error, hide_parameters=True)
    assert isinstance(said, DBAPIError), "an error of the driver's own kind"
    return said


def _is_known(connection: AsyncConnection) -> bool:
    """Whether SQLAlchemy has a part in the transaction."""
    plain = connection.sync_connection  # past the wrapper, whose every attribute is a detour
    return plain is not None and plain.in_transaction()


async def _end(
    connection: AsyncConnection, deed: Callable[[Connection], None], step: Callable[[], Coroutine[Any, Any, None]]
) -> None:
    raw = sqlite_connection(connection)
    if raw is None:
        await to_its_end(step())
    elif _is_known(connection):
        # Where it ends at once no cancellation can come in between, and no task is needed.
        await (step() if raw.is_at_hand else to_its_end(step()))
    elif raw.is_at_hand:
        try:
            deed(raw)
        except sqlite3.Error as error:
            raise in_words_of_sqlalchemy(error, deed.__name__) from error
    else:
        await to_its_end(_on_thread(raw, deed))


async def _on_thread(raw: Connection, deed: Callable[[Connection], None]) -> None:
    try:
        await greenlet_spawn(deed, raw)
    except sqlite3.Error as error:
        raise in_words_of_sqlalchemy(error, deed.__name__) from error
