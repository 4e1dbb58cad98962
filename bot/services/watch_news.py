"""Whoever moves or calls off what others were told of watches how they hear of it."""

from __future__ import annotations

from datetime import datetime

from bot.domain.broadcasts import BroadcastKind, NewBroadcast
from bot.domain.drafts import Draft
from bot.domain.ids import PersonId
from bot.domain.matters import Activity
from bot.ports.storage import Stores


async def watch_news(tx: Stores, kind: BroadcastKind, about: Activity, *, by: PersonId, now: datetime) -> None:
    """Of one date, or of several of its series in one act; inside the caller's transaction.

    The planner writes the messages, and tells of all dates of one document or series together: so what it writes from
    ``now`` on of any of them is watched.
    """
    document = about.document_id
    series = about.series_id if document is None else None
    alone = about.id if document is None and series is None else None
    new = NewBroadcast(
        kind, about.title, by, about.unit_id, activity_id=alone, series_id=series, document_id=document
    )  # fmt: skip
    await tx.broadcasts.begin(new, now=now)


async def watch_news_of_plan(tx: Stores, kind: BroadcastKind, plan: Draft, *, by: PersonId, now: datetime) -> None:
    """The same of a whole document."""
    await tx.broadcasts.begin(NewBroadcast(kind, plan.title, by, plan.unit_id, document_id=plan.id), now=now)
