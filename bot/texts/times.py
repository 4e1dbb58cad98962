"""Instants and days in Russian words, in the reader's own zone and, where it differs, in Moscow's or the document's."""

from __future__ import annotations

from datetime import date, datetime
from html import escape
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime

from bot.texts.catalogue import Markup

_MOSCOW = ZoneInfo("Europe/Moscow")


def day(on: date, *, today: date | None = None) -> str:
    """«15 ноября», with the weekday, and with the year when it is not the one of ``today``."""
    with_year = today is None or on.year != today.year
    return format_date(on, "EEEE, d MMMM y 'г.'" if with_year else "EEEE, d MMMM", locale="ru")


def day_within(on: date, *, today: date) -> str:
    """«17 сентября (чт)»: for a sentence that bends the day, «перенесено на …», where «на среда» would be wrong."""
    words = format_date(on, "d MMMM" if on.year == today.year else "d MMMM y 'г.'", locale="ru")
    return f"{words} ({format_date(on, 'ccc', locale='ru')})"


def until_day(on: date, *, today: date) -> str:
    """«до 17 сентября»: an example of what may be typed, so it must be a day that will be taken."""
    return f"до {format_date(on, 'd MMMM' if on.year == today.year else 'd MMMM y', locale='ru')}"


def short_day(on: date) -> str:
    """«15.11.2026», for lists and buttons."""
    return format(on, "%d.%m.%Y")


def stamp(at: datetime, zone: ZoneInfo) -> str:
    """«7 сент., 12:05» on the clocks of ``zone``: when something was done, not when it is due."""
    return format_datetime(at.astimezone(zone), "d MMM, HH:mm", locale="ru")


def clock(at: datetime, zone: ZoneInfo) -> str:
    """«18:00» on the clocks of ``zone``."""
    return format(at.astimezone(zone), "%H:%M")


def zone_label(zone: ZoneInfo, at: datetime) -> str:
    """«МСК», «МСК+6»: how far the zone is from Moscow at that instant."""
    delta = at.astimezone(zone).utcoffset()
    moscow = at.astimezone(_MOSCOW).utcoffset()
    assert delta is not None, "an aware datetime has an offset"
    assert moscow is not None, "an aware datetime has an offset"
    minutes = int((delta - moscow).total_seconds() // 60)
    if minutes == 0:
        return "МСК"
    sign = "+" if minutes > 0 else "−"
    hours, rest = divmod(abs(minutes), 60)
    return f"МСК{sign}{hours}" + (f":{rest:02}" if rest else "")


def moment(at: datetime, *, reader: ZoneInfo, today: date) -> Markup:
    """A named hour: «четверг, 12 декабря, 21:00 (у вас) · 15:00 МСК», or the one time where both agree.

    It is wrapped in Telegram's date_time entity, whose fallback is this very text (Bot API 9.5).
    """
    local = at.astimezone(reader)
    words = f"{day(local.date(), today=today)}, {clock(at, reader)}"
    moscow = at.astimezone(_MOSCOW)
    if moscow.utcoffset() == local.utcoffset():
        words += " МСК"
    else:
        other_day = "" if moscow.date() == local.date() else f" {moscow:%d.%m}"
        words += f" (у вас) · {moscow:%H:%M} МСК{other_day}"
    return timed(words, at)


def deadline(at: datetime, *, on: date, has_time: bool, zone: ZoneInfo, reader: ZoneInfo, today: date) -> Markup:
    """«до четверга …»: a whole day in the term's own ``zone``, or an hour in the reader's and Moscow's.

    A day named without an hour is that day on the calendar of the term. A reader whose clock differs by so much that
    it ends for him on another hour is told when: «15 ноября (до 18:00 у вас)».
    """
    if has_time:
        return moment(at, reader=reader, today=today)
    words = day(on, today=today)
    if at.astimezone(reader).utcoffset() != at.astimezone(zone).utcoffset():
        local = at.astimezone(reader)
        other_day = "" if local.date() == on else f" {local:%d.%m}"
        words += f" (до {local:%H:%M}{other_day} у вас)"
    return timed(words, at)


def timed(words: str, at: datetime) -> Markup:
    """``words`` as a date_time entity without a format: shown as they are, and a tap tells the reader's own time."""
    return Markup(f'<tg-time unix="{int(at.timestamp())}">{escape(words, quote=False)}</tg-time>')
