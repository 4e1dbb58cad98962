"""An event as its readers will see it, before anybody hears of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.calendar import WorkCalendar
from bot.domain.event_drafts import EventDate, EventDraft
from bot.domain.ids import ActivityId, AssignmentId, OccurrenceId, PersonId, SeriesId
from bot.domain.ladder import DueMoment, first_notice_at
from bot.domain.matters import ActivityKind, Assignment, Matter, OccurrenceState
from bot.domain.network import Actor, Unit
from bot.domain.quiet import Reader
from bot.domain.steps import WEBINAR_LADDER
from bot.ports.matters import AudienceSize
from bot.ports.storage import Storage
from bot.services.announce_event import ensure_ready
from bot.services.show_audience import addressing_unit


@dataclass(frozen=True, slots=True)
class EventPreview:
    """``matters``: one for each date; ``first_at``: when the first message comes to the readers of each zone.

    ``zones`` of the readers, those without a message in time too.
    """

    matters: tuple[Matter, ...]
    size: AudienceSize
    zones: tuple[str, ...]
    first_at: Mapping[str, datetime]


async def preview_event(storage: Storage, *, actor: Actor, draft: EventDraft, now: datetime) -> EventPreview:
    """What «Объявить» would send at this moment. Raises NotFoundError, UnfinishedError, BadWebinarError (gone by)."""
    ensure_ready(draft, now)
    async with storage.read() as tx:
        unit = await addressing_unit(tx, actor, draft.unit_id, draft.audience)
        zones = await tx.matters.zones_of([draft.audience])
        size = await tx.matters.audience_size([draft.audience])
    matters = tuple(
        _as_read(draft, unit, title, date) for title, date in zip(draft.event_titles, draft.dates, strict=True)
    )
    return EventPreview(matters, size, zones, _first_notices(draft, zones, now))


def _first_notices(draft: EventDraft, zones: tuple[str, ...], now: datetime) -> dict[str, datetime]:
    """By the very rule that the planner will follow, for readers with ordinary quiet hours."""
    dues = [DueMoment(date.at, date.on, has_time=True) for date in draft.dates]
    days, found = WorkCalendar(), {}
    for zone in zones:
        reader = Reader(ZoneInfo(zone))
        first = (first_notice_at(WEBINAR_LADDER, due, reader, now=now, days=days) for due in dues)
        if (at := min((at for at in first if at is not None), default=None)) is not None:
            found[zone] = at
    return found


def _as_read(draft: EventDraft, unit: Unit, title: str, date: EventDate) -> Matter:
    """The matter as its reader will get it: it has no ids yet, so its buttons must not be shown."""
    nobody = Assignment(AssignmentId(0), OccurrenceId(0), unit.id, PersonId(0))
    return Matter(
        assignment=nobody,
        activity_id=ActivityId(0),
        kind=ActivityKind.WEBINAR,
        title=title,
        responsible="",
        result="",
        phrase=date.phrase,
        link=draft.link,
        document=None,
        unit_title=unit.title,
        version=1,
        due_at=date.at,
        due_on=date.on,
        has_time=True,
        timezone=date.timezone,
        state=OccurrenceState.OPEN,
        event=draft.details,
        series_id=SeriesId(0) if draft.is_series else None,
        ends_at=date.ends_at,
    )
