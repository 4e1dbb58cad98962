"""Calendar files (RFC 5545): one matter, or everything of one person.

A file that is taken again replaces what an earlier one put into the calendar: the UID stays, the SEQUENCE grows. Nobody
is named in it, neither who leads nor who comes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event

from bot.domain.calendar_entries import CalendarEntry, calendar_entry
from bot.domain.matters import ActivityKind, Matter
from bot.texts.catalogue import plain
from bot.texts.times import clock
from bot.texts.wording import shorten

_PRODUCT = "-//Vestovoy//Calendar 1.0//RU"
_ALARM_BEFORE = timedelta(minutes=15)
_TITLE, _TEXT = 200, 1000
_NOT_FOR_TEXT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")  # RFC 5545 knows no control characters in a text


def matter_ics(matter: Matter, *, installation: str, reader: ZoneInfo, now: datetime) -> bytes:
    """One matter; METHOD is CANCEL where it is to leave the calendar."""
    is_off = calendar_entry(matter, reader).is_off
    data: bytes = _calendar([matter], installation, reader, now, method="CANCEL" if is_off else "PUBLISH").to_ical()
    return data


def calendar_ics(matters: Sequence[Matter], *, installation: str, reader: ZoneInfo, now: datetime) -> bytes:
    """Everything of one person; what is to leave the calendar has the status CANCELLED."""
    calendar = _calendar(matters, installation, reader, now, method="PUBLISH")
    calendar.add("x-wr-calname", plain("calendar-name"))
    data: bytes = calendar.to_ical()
    return data


def _calendar(
    matters: Sequence[Matter], installation: str, reader: ZoneInfo, now: datetime, *, method: str
) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    for matter in matters:
        entry = calendar_entry(matter, reader)
        calendar.add_component(_event(matter, entry, installation, reader, now))
    days = [matter.due_on for matter in matters] or [now.date()]
    # The rules of the named zones, for readers that do not know them; only the years that the file speaks of.
    calendar.add_missing_timezones(
        first_date=min(days) - timedelta(days=366), last_date=max(days) + timedelta(days=366)
    )
    return calendar


def _event(matter: Matter, entry: CalendarEntry, installation: str, reader: ZoneInfo, now: datetime) -> Event:
    title = _clean(shorten(matter.title, _TITLE))
    is_event = matter.kind is ActivityKind.WEBINAR
    if entry.is_done:
        summary = plain("calendar-summary-done", title=title)
    else:
        summary = title if is_event else plain("calendar-summary-task", title=title)
    event = Event()
    event.add("uid", f"{entry.key}.{installation}@vestovoy")
    event.add("sequence", entry.version)
    event.add("dtstamp", now)
    event.add("last-modified", now)
    event.add("dtstart", entry.begins)
    event.add("dtend", entry.ends)
    event.add("summary", summary)
    event.add("status", "CANCELLED" if entry.is_off else "CONFIRMED")
    event.add("transp", "OPAQUE" if is_event and not entry.is_off else "TRANSPARENT")  # a deadline takes no time
    if entry.is_off:
        return event
    _describe(event, matter, reader)
    if is_event:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", plain("calendar-alarm", title=title))
        alarm.add("trigger", -_ALARM_BEFORE)
        event.add_component(alarm)
    return event


def _describe(event: Event, matter: Matter, reader: ZoneInfo) -> None:
    """Where it is and the way in (without a seat, where they are counted, there is none); of a task what is wanted."""
    details, lines = matter.event, []
    place = details.place if details else None
    link = matter.link if matter.gets_link else None
    if place or link:
        event.add("location", _clean(shorten(place or link or "", _TITLE)))
    if place:
        lines.append(plain("calendar-place", place=place))
    if link:
        event.add("url", link)
        lines.append(plain("calendar-link", link=link))
    if link and details and details.access_code:
        lines.append(plain("calendar-code", code=details.access_code))
    if matter.kind is ActivityKind.TASK and matter.has_time:
        lines.append(plain("calendar-hour", clock=clock(matter.due_at, reader)))
    if matter.result:
        lines.append(plain("calendar-result", result=shorten(matter.result, _TEXT)))
    if lines:
        event.add("description", _clean("\n".join(lines)))


def _clean(text: str) -> str:
    return _NOT_FOR_TEXT.sub(" ", text)
