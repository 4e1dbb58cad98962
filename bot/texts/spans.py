"""From when to when, in words for papers: on one clock, which is named."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date

from bot.texts.times import clock, zone_label


def paper_span(begins_at: datetime, ends_at: datetime | None, zone: ZoneInfo, *, with_hours: bool = True) -> str:
    """«12 декабря 2026 г., 15:00–16:30 МСК», «19–20 декабря 2026 г.»: of several days only the days."""
    first = begins_at.astimezone(zone).date()
    last = first if ends_at is None else ends_at.astimezone(zone).date()
    whole = format_date(last, "d MMMM y 'г.'", locale="ru")
    if first == last:
        if not with_hours:
            return whole
        until = "" if ends_at is None else f"–{clock(ends_at, zone)}"
        return f"{whole}, {clock(begins_at, zone)}{until} {zone_label(zone, begins_at)}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{whole}"
    pattern = "d MMMM" if first.year == last.year else "d MMMM y 'г.'"
    return f"{format_date(first, pattern, locale='ru')} – {whole}"
