"""The daily job that gives repeating activities their next dates."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain.judging import OPENED_AHEAD, dates_between
from bot.domain.matters import Activity
from bot.domain.terms.model import Term
from bot.ports.matters import NewOccurrence
from bot.ports.storage import Storage
from bot.services.show_draft import work_calendar


async def open_occurrences(storage: Storage, *, now: datetime) -> int:
    """Opens the dates up to ``OPENED_AHEAD`` from today and assigns them; returns how many were opened.

    It goes on from where it stopped, however long ago that was; a date is opened once, whatever runs twice. An
    activity that fails keeps no other from its dates: raises ExceptionGroup when all the others have theirs.
    """
    until = now.date() + OPENED_AHEAD
    async with storage.read() as tx:
        waiting = await tx.matters.still_repeating(before=until)
    opened, faults = 0, []
    for activity, opened_until in waiting:
        try:
            opened += await _open_dates(storage, activity, after=opened_until, until=until, now=now)
        except Exception as fault:  # noqa: BLE001 - all of them are raised together below
            faults.append(fault)
    if faults:
        raise ExceptionGroup("activities that got no dates", faults)
    return opened


async def _open_dates(storage: Storage, activity: Activity, *, after: date, until: date, now: datetime) -> int:
    found = dates_between(
        Term.from_json(activity.term),
        after=after,
        until=until,
        zone=ZoneInfo(activity.timezone),
        calendar=work_calendar(),
    )
    dates = [NewOccurrence(due.key, due.due_at, due.due_on, due.has_time, due.timezone) for due in found]
    async with storage.write() as tx:
        new = await tx.matters.add_occurrences(activity.id, dates, now=now)
        if dates:
            since = min(date.due_at for date in dates)
            await tx.matters.assign(activity.id, activity.audience, since=since, now=now)
        await tx.matters.opened_until(activity.id, until)
    return len(new)
