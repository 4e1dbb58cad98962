"""The daily job that gives repeating activities their next dates."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.judging import OPENED_AHEAD, dates_between
from bot.domain.terms.model import Term
from bot.ports.matters import NewOccurrence
from bot.ports.storage import Storage
from bot.services.show_draft import work_calendar


async def open_occurrences(storage: Storage, *, now: datetime) -> int:
    """Opens the dates up to ``OPENED_AHEAD`` from today and assigns them; returns how many were opened.

    It goes on from where it stopped, however long ago that was; a date is opened once, whatever runs twice.
    """
    opened = 0
    async with storage.write() as tx:
        until = now.date() + OPENED_AHEAD
        for activity, opened_until in await tx.matters.still_repeating(before=until):
            found = dates_between(
                Term.from_json(activity.term),
                after=opened_until,
                until=until,
                zone=ZoneInfo(activity.timezone),
                calendar=work_calendar(),
            )
            dates = [NewOccurrence(due.key, due.due_at, due.due_on, due.has_time, due.timezone) for due in found]
            if dates:
                new = await tx.matters.add_occurrences(activity.id, dates, now=now)
                since = min(date.due_at for date in dates)
                await tx.matters.assign(activity.id, activity.audience, since=since, now=now)
                opened += len(new)
            await tx.matters.opened_until(activity.id, until)
    return opened
