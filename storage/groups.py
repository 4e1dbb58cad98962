"""Transactions that share one COMMIT: it costs SQLite as much as all the statements of a tap, and a disk far more.

Each is a savepoint of the same transaction, but for the first, which has nobody to spare when it fails. Nobody waits
for company: the group is as large as the queue for the writer that there is anyway.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import suppress

from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.util.concurrency import greenlet_spawn

from storage.bounds import commit, in_words_of_sqlalchemy
from storage.dialect import sqlite_connection
from storage.sqlite_driver import Connection

MOST = 16  # transactions: the first of them waits for the last, a few milliseconds
_BEGIN, _KEEP, _UNDO = "SAVEPOINT one", "RELEASE one", "ROLLBACK TO one"


class Group:
    """Those whose part is done, and who wait for the COMMIT."""

    def __init__(self) -> None:
        self.size = 0
        self._waiting: list[asyncio.Future[None]] = []
        self._is_over = False
        self._failure: Exception | None = None

    def end(self, failure: Exception | None) -> None:
        """It is stored, or, with ``failure``, nothing of it is."""
        self._is_over, self._failure = True, failure
        for one in self._waiting:
            if not one.done():
                one.set_result(None)

    async def stored(self) -> None:
        """Raises what the COMMIT did. A cancelled task learns of it as well, and is cancelled then."""
        cancelled: asyncio.CancelledError | None = None
        while not self._is_over:
            waiting = asyncio.get_running_loop().create_future()
            self._waiting.append(waiting)
            try:
                await waiting
            except asyncio.CancelledError as error:
                cancelled = error
        if self._failure is not None:
            raise self._failure
        if cancelled is not None:
            raise cancelled


class Groups:
    """Of one writer's connection, one after the other. ``on_commit`` is told of each COMMIT."""

    def __init__(self, on_commit: Callable[[AsyncConnection], None]) -> None:
        self._on_commit = on_commit
        self._open: Group | None = None  # its parts stand on the connection, not committed yet
        self.coming = 0  # who would take part and are on their way to the connection

    @property
    def is_deserted(self) -> bool:
        """A group was left open for somebody who does not come after all."""
        return self._open is not None and not self.coming

    @property
    def is_open(self) -> bool:
        return self._open is not None

    def leave_open(self) -> Group | None:
        """For the next, whose part is done. None where nobody comes, or enough have: then it is to be committed now."""
        if not self.coming or (self._open is not None and self._open.size + 1 >= MOST):
            return None
        if self._open is None:
            self._open = Group()
        self._open.size += 1
        return self._open

    async def commit(self, connection: AsyncConnection) -> None:
        """What stands on the connection, for all who wait for it, to its end. Raises DBAPIError."""
        failure: Exception | None = None
        try:
            await commit(connection)  # whoever is cancelled meanwhile, it is stored
        except Exception as error:
            failure = error
            raise
        finally:
            self.end(failure)
        self._on_commit(connection)

    async def commit_others(self, connection: AsyncConnection) -> None:
        """On behalf of those who wait, by somebody who is not one of them: a failure is told to them alone."""
        if self._open is not None:
            with suppress(DBAPIError):
                await self.commit(connection)

    def end(self, failure: Exception | None) -> None:
        group, self._open = self._open, None
        if group is not None:
            group.end(failure)


async def begin_part(connection: AsyncConnection) -> None:
    """Of a transaction that others have begun. Raises DBAPIError, and ConnectionError where that one is lost."""
    await _run(connection, _BEGIN)


async def keep_part(connection: AsyncConnection) -> None:
    """Raises as ``begin_part``."""
    await _run(connection, _KEEP)


async def undo_part(connection: AsyncConnection) -> None:
    """Raises as ``begin_part``: then the parts of the others are undone too. SQLite does that by itself on a full
    disk."""
    await _run(connection, _UNDO, _KEEP)


async def _run(connection: AsyncConnection, *steps: str) -> None:
    raw = sqlite_connection(connection)
    if raw is None:
        raise ConnectionError("the writer's connection was given up with all that was written on it")
    try:
        for step in steps:
            if not raw.step_at_hand(step):
                await greenlet_spawn(Connection.step_on_thread, raw, step)
    except sqlite3.Error as error:
        raise in_words_of_sqlalchemy(error, steps[0]) from error
