"""Who joined after an activity was opened owes its later dates too."""

from __future__ import annotations

from datetime import datetime

from bot.ports.storage import Storage


async def assign_newcomers(storage: Storage, *, now: datetime) -> int:
    """Assigns the dates that are still ahead to schools and people who joined since; returns how many.

    Run by the daily job and after a registration. Dates already past are nobody's debt who was not there.
    """
    async with storage.write() as tx:
        assigned = 0
        for activity_id, audience in await tx.matters.with_dates_after(now):
            assigned += await tx.matters.assign(activity_id, audience, since=now, now=now)
        return assigned
