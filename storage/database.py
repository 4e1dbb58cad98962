"""The one place where transactions are opened."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from storage.dialect import create_reader, create_writer
from storage.transaction import Transaction


class Database:
    """Implements ``bot.ports.storage.Storage``: one writer, several readers.

    ``write()`` commits when its block ends and rolls back on anything that leaves it, a cancelled task included;
    whatever the caller does not do inside the block did not happen. Never hold one open across a network call.
    """

    def __init__(self, url: str) -> None:
        self._writer = create_writer(url)
        self._reader = create_reader(url)

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Transaction]:
        async with _connection(self._writer) as connection:
            await connection.begin()
            try:
                yield Transaction(connection)
            except BaseException:  # CancelledError is no Exception, and it must roll back too
                await _to_its_end(connection.rollback())
                raise
            await _to_its_end(connection.commit())

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Transaction]:
        """A view of the last commit. It must be short: an open reader lets the write-ahead log grow without end."""
        async with _connection(self._reader) as connection:
            yield Transaction(connection)

    async def close(self) -> None:
        await self._reader.dispose()
        await self._writer.dispose()


@asynccontextmanager
async def _connection(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    connection = await engine.connect()
    try:
        yield connection
    finally:
        await _to_its_end(connection.close())


async def _to_its_end(step: Coroutine[Any, Any, None]) -> None:
    """Awaits a commit, a rollback or a close to its end even when the task is cancelled meanwhile, then passes the
    cancellation on: a half-done rollback would leave the only writer inside a transaction."""
    task = asyncio.ensure_future(step)
    cancelled: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.shield(task)
        except asyncio.CancelledError as error:
            if task.done():
                break
            cancelled = error
    task.result()
    if cancelled is not None:
        raise cancelled
