"""Who joined after an activity was opened owes its later dates too."""

from __future__ import annotations

from datetime import datetime

from bot.ports.storage import Storage


async def assign_newcomers(storage: Storage, *, now: datetime, joined_since: datetime | None = None) -> int:
    """Assigns the dates that are still ahead to schools and people who joined since; returns how many.

    With ``joined_since`` nothing is looked through unless somebody was added from then on, so it may run every
    minute; a full pass also finds who came back. Dates already past are nobody's debt who was not there.
    """
    async with storage.read() as tx:
        if joined_since is not None and not await tx.matters.has_newcomers(joined_since):
            return 0
        activities = await tx.matters.with_dates_after(now)
    assigned = 0
    for activity_id, audience in activities:
        async with storage.write() as tx:  # one for each: a large network must not hold the only writer for seconds
            assigned += await tx.matters.assign(activity_id, audience, since=now, now=now)
    return assigned
