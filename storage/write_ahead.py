"""SQLite's write-ahead log, written back into the file beside those who write, never by one of them.

Left to itself SQLite does that inside somebody's COMMIT, every thousand pages: it waits for the disk there, and
whoever taps at that moment waits with it. The promise is the same: what is committed stands in the log.
"""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from storage.sqlite_driver import Connection

_ENOUGH = 8_000  # rows changed, until the log is written back: a few megabytes
_PER_COMMIT = 30  # as many more for each: it writes the pages that it touched anew, however few rows that were
_LONG = 16_000  # pages of 4 KB: a longer log is waited for, or one long work would make it as large as the file


class WriteAheadLog:
    """The log of the database that the writer's connection is open to. Asked by one event loop."""

    def __init__(self) -> None:
        self._under_way: asyncio.Task[None] | None = None
        self._writer: Connection | None = None
        self._commits = 0
        self._changes = 0  # of the writer's connection, at its last commit: it may be closed since
        self._written = 0  # of these, when the log was last written back
        self.pages = 0  # that it had then

    def note(self, writer: Connection) -> None:
        """After each commit. Begins to write back where that is due, and waits for nothing."""
        self._commits += 1
        if writer is not self._writer:
            self._writer, self._written = writer, 0
        self._changes = writer.changes
        is_due = self._changes - self._written + self._commits * _PER_COMMIT >= _ENOUGH
        if is_due and self._under_way is None:
            self._begin(writer)

    async def caught_up(self) -> None:
        """Waits until a log that has become long is written back, so that the next who writes begins it anew.

        Once only: who goes on reading what it holds must not hold up a long work for good.
        """
        if self._writer is None or self.pages < _LONG:
            return
        await self.at_rest()
        self._begin(self._writer)
        await self.at_rest()

    async def at_rest(self) -> None:
        """Waits until nothing is being written back. The last to close the database writes back the rest."""
        if self._under_way is not None:
            await asyncio.shield(self._under_way)

    def _begin(self, writer: Connection) -> None:
        self._commits, self._written = 0, self._changes
        self._under_way = asyncio.create_task(self._write_back(writer))

    async def _write_back(self, writer: Connection) -> None:
        try:
            with suppress(RuntimeError):  # the loop's threads are shut down: the last to close writes back the rest
                self.pages = await asyncio.to_thread(_write_back, writer.file, outlives_power=writer.outlives_power)
        finally:
            self._under_way = None


def _write_back(file: str, *, outlives_power: bool) -> int:
    """As much as no reader holds fast. Returns how many pages the log has. A full disk, a lock or a directory out of
    reach is met again by the next one who writes, and told of by him."""
    with suppress(sqlite3.Error, OSError):
        address = f"{Path(file).resolve().as_uri()}?mode=rw"  # a file that was taken away is not made anew
        with closing(sqlite3.connect(address, uri=True, isolation_level=None)) as connection:
            connection.execute(f"PRAGMA synchronous={'FULL' if outlives_power else 'NORMAL'}")
            return int(connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()[1])
    return 0
