"""Moves old notices and acts out of the database, so that it does not grow without end."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime

from bot.ports.archive import Archived, OldRows
from bot.ports.storage import Storage

_ROWS = 1_000  # in one transaction: some milliseconds of the write lock


async def archive_old(storage: Storage, keep: Callable[[OldRows], Awaitable[None]], *, before: datetime) -> int:
    """Hands what was over ``before`` then to ``keep``, and deletes it once that has stored it; returns how many rows.

    A crash in between leaves rows in both places; kept again they are the same. What was told in the message of
    another notice goes before that one.
    """
    moved = 0
    for of in Archived:
        while found := await _pass(storage, keep, of, before):
            moved += found
    return moved


async def _pass(storage: Storage, keep: Callable[[OldRows], Awaitable[None]], of: Archived, before: datetime) -> int:
    moved, last = 0, 0
    while True:
        async with storage.read() as tx:
            old = await tx.archive.old(of, before=before, after=last, limit=_ROWS)
        if old.rows:
            await keep(old)
            async with storage.write() as tx:
                await tx.archive.forget(old)
        moved += len(old.rows)
        if old.last is None:
            return moved
        last = old.last
