"""How a matter stands in a calendar: an event with its hours, a task (or a call) as the day it is due on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.events import end_of
from bot.domain.ladder import DueMoment
from bot.domain.matters import ActivityKind, Answer, Matter, OccurrenceState


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """``key`` stays the same as long as the matter lives, ``version`` grows when it moves or is called off, and
    when the way in to an event changes.

    ``begins`` and ``ends`` are instants on the event's own clock, or the first day and the day after the last (of a
    task). ``is_off``: it is to leave the calendar. ``is_done``: it stays, as something that needs nothing more.
    """

    key: str
    version: int
    begins: datetime | date
    ends: datetime | date
    is_off: bool = False
    is_done: bool = False


def calendar_entry(matter: Matter, reader: ZoneInfo) -> CalendarEntry:
    """Off is what was called off, is owed by somebody else now, or was answered with «Не смогу».

    A deadline with an hour stands on the day that it falls on for the reader. The key names nobody.
    """
    occurrence_id, answer = matter.assignment.occurrence_id, matter.assignment.answer
    is_off = matter.state is OccurrenceState.CANCELLED or matter.is_withdrawn
    if matter.kind is ActivityKind.WEBINAR:
        zone = ZoneInfo(matter.timezone)
        begins_at = matter.due_at.astimezone(zone)
        ends_at = matter.ends_at if matter.ends_at and matter.ends_at > matter.due_at else None
        return CalendarEntry(
            key=f"event-{occurrence_id}",
            version=matter.version + (matter.event.edits if matter.event else 0),
            begins=begins_at,
            ends=end_of(matter.due_at, ends_at).astimezone(zone),
            is_off=is_off or answer is Answer.NOT_COMING,
        )
    day = DueMoment(matter.due_at, matter.due_on, matter.has_time).day_for(reader)
    return CalendarEntry(
        key=f"task-{occurrence_id}-{matter.assignment.unit_id}",  # a coordinator of two schools has two
        version=matter.version + matter.due_version,
        begins=day,
        ends=day + timedelta(days=1),
        is_off=is_off,
        is_done=answer is not None and answer.is_final,
    )
