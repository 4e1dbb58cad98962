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
    return await _assign(storage, now, is_changed=True)


async def assign_the_changed(storage: Storage, *, now: datetime, as_of: int | None) -> tuple[int, int]:
    """A full pass, if anything in the network has changed since the act ``as_of``; returns how many, and the next one.

    Every change of units, members, tags and programmes is an act on record, so that in an hour without any there is
    nothing to look through; but audiences that go by answers elsewhere are. None: nothing was looked through yet.
    """
    async with storage.read() as tx:
        last = await tx.audit.last()
    return await _assign(storage, now, is_changed=last != as_of), last


async def _assign(storage: Storage, now: datetime, *, is_changed: bool) -> int:
    async with storage.read() as tx:
        activities = await tx.matters.with_dates_after(now, by_answers_only=not is_changed)
    assigned = 0
    for activity_id, audience in activities:
        async with storage.read() as tx:  # nearly always there is nobody, and then no other write has to wait
            if await tx.matters.is_assigned(activity_id, audience, since=now):
                continue
        async with storage.write() as tx:  # one for each: a large network must not hold the only writer for seconds
            assigned += await tx.matters.assign(activity_id, audience, since=now, now=now)
    return assigned
