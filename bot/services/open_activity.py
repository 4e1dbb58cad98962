"""An activity begins: it gets its dates, and everyone of its audience owes an answer on each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.domain.broadcasts import BroadcastKind, NewBroadcast
from bot.domain.ids import ActivityId, OccurrenceId
from bot.domain.ladder import DueMoment
from bot.domain.matters import ActivityKind
from bot.ports.matters import NewActivity, NewOccurrence
from bot.ports.storage import Stores


async def open_activity(
    tx: Stores, activity: NewActivity, dates: Sequence[NewOccurrence], *, now: datetime
) -> ActivityId:
    """Opens it inside the caller's transaction; the caller has checked the rights and plans no notice itself.

    Dates already past are opened too: they are overdue from their first day.
    """
    activity_id = await tx.matters.add_activity(activity, now=now)
    if dates:
        await tx.matters.add_occurrences(activity_id, dates, now=now)
        since = min(date.due_at for date in dates)
        await tx.matters.assign(activity_id, activity.audience, since=since, now=now)
    return activity_id


async def open_single(tx: Stores, activity: NewActivity, due: DueMoment, *, now: datetime) -> OccurrenceId:
    """The same of what has one date and no other, and is announced to many; returns that date. ``due`` is on the clocks
    of the activity."""
    date = NewOccurrence(due.on.isoformat(), due.at, due.on, has_time=due.has_time, timezone=activity.timezone)
    activity_id = await open_activity(tx, activity, [date], now=now)
    await announce_activity(tx, activity_id, activity, now=now)
    opened = await tx.matters.opened(activity_id)
    assert opened is not None, "it was opened in this very transaction"
    return opened.occurrences[0].id


async def announce_activity(tx: Stores, activity_id: ActivityId, activity: NewActivity, *, now: datetime) -> None:
    """Who opened it watches how its announcement goes out, and may stop it on its way."""
    kind = BroadcastKind.EVENT if activity.kind is ActivityKind.WEBINAR else BroadcastKind(activity.kind.value)
    new = NewBroadcast(kind, activity.title, activity.created_by, activity.unit_id, activity_id=activity_id)
    await tx.broadcasts.begin(new, now=now)
