"""Days, periods and times of a term in Russian words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.domain.regions import time_adjective
from bot.domain.terms.model import Boundary, Precision, Term
from bot.domain.terms.rules.clock import ZONES_BY_MOSCOW_OFFSET

MONTHS = [
    "январь",
    "февраль",
    "март",
    "апрель",
    "май",
    "июнь",
    "июль",
    "август",
    "сентябрь",
    "октябрь",
    "ноябрь",
    "декабрь",
]
MONTHS_GENITIVE = [
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
]
_SHORT = ["янв", "фев", "мар", "апр", "мая", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"]
_WEEKDAYS = ["понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье"]
_ROMAN = ("I", "II", "III", "IV")
_MOSCOW_OFFSETS = {zone: offset for offset, zone in ZONES_BY_MOSCOW_OFFSET.items()}


@dataclass(frozen=True, slots=True)
class Style:
    is_full: bool
    today: date
    is_listed: bool = False
    """The term is one of several, so nothing is added after it."""

    def year(self, year: int) -> str:
        """The year after a day or a month: always in full, only another year in short."""
        if self.is_full:
            return f" {year} г."
        return "" if year == self.today.year else f" {year}"


def day_words(day: date, style: Style) -> str:
    """«15 ноября 2025 г.» or «15 ноя»."""
    month = (MONTHS_GENITIVE if style.is_full else _SHORT)[day.month - 1]
    return f"{day.day} {month}{style.year(day.year)}"


def dated_words(day: date, style: Style) -> str:
    """A day with its weekday in the full form."""
    return f"{day_words(day, style)}, {_WEEKDAYS[day.weekday()]}" if style.is_full else day_words(day, style)


def clock_words(clock: time) -> str:
    return f"{clock.hour}:{clock.minute:02}"


def zone_words(term: Term) -> str:
    """« (мск)», « (МСК+6)», or the adjective of a place for a zone that shares its distance; empty without a zone."""
    if term.tz is None:
        return ""
    offset = _MOSCOW_OFFSETS.get(term.tz)
    if offset is not None:
        return " (мск)" if offset == 0 else f" (МСК{offset:+d})"
    adjective = time_adjective(term.tz)
    return f" ({term.tz})" if adjective is None else f" по {adjective} времени"


def due_words(term: Term, style: Style) -> str:
    """A deadline: «до 15 ноября 2025 г., суббота», «до конца II квартала 2026 г.»."""
    if isinstance(term.end, datetime):
        day = day_words(term.end.date(), style)
        return f"до {clock_words(term.end.time())}{zone_words(term)} {day}"
    if not isinstance(term.end, date):
        return "до неизвестного дня"
    if not style.is_full or term.precision is Precision.DAY:
        return f"до {dated_words(term.end, style)}"
    return _edge_words(term.end, term.precision, style)


def period_words(term: Term, style: Style) -> str:
    """«с 19 по 20 декабря 2023 г.», «июль – сентябрь 2019 г.», «2024/25 учебный год»."""
    if isinstance(term.start, datetime) or isinstance(term.end, datetime):
        return _timed_period(term, style)
    if not isinstance(term.start, date) or not isinstance(term.end, date):
        return "не понято"
    if term.is_vague and (words := _vague_words(term.start, term.end, term.precision, style)):
        return words
    return stretch_words(term.start, term.end, term.precision, style)


def stretch_words(first: date, last: date, precision: Precision | None, style: Style) -> str:
    """A stretch of whole units named by them, else by its first and last days."""
    words = None
    if precision is Precision.YEAR:
        words = _years(first, last)
    elif precision is Precision.QUARTER:
        words = _quarters(first, last, style)
    elif precision is Precision.MONTH and first.day == 1 and _is_month_end(last):
        words = _months(first, last, style)
    return words or _days(first, last, style)


def since_words(term: Term, style: Style) -> str:
    """«с 1 сентября 2024 г.», «с октября 2025 г.», «с 2026 года»."""
    first = _as_day(term.start)
    return "не понято" if first is None else f"с {begin_words(first, term.precision, style)}"


def begin_words(first: date, precision: Precision | None, style: Style) -> str:
    """The beginning of a stretch, in the genitive case, in its own unit."""
    if precision is Precision.YEAR and (first.month, first.day) == (9, 1):
        return f"{_school(first.year)} учебного года"
    if precision is Precision.YEAR and (first.month, first.day) == (1, 1):
        return f"{first.year} года"
    if precision is Precision.QUARTER and first.day == 1 and first.month % 3 == 1:
        return f"{_ROMAN[first.month // 3]} квартала{style.year(first.year)}"
    if precision is Precision.MONTH and first.day == 1:
        return f"{MONTHS_GENITIVE[first.month - 1]}{style.year(first.year)}"
    return day_words(first, style)


def end_words(last: date, precision: Precision | None, style: Style) -> str:
    """The end of a stretch, in the nominative case, in its own unit."""
    following = last + timedelta(days=1)
    if precision is Precision.YEAR and (following.month, following.day) == (1, 1):
        return f"{last.year} год"
    if precision is Precision.QUARTER and following.day == 1 and last.month % 3 == 0:
        return f"{_ROMAN[last.month // 3 - 1]} квартал{style.year(last.year)}"
    if precision in {Precision.MONTH, Precision.QUARTER} and following.day == 1:
        return f"{MONTHS[last.month - 1]}{style.year(last.year)}"
    return day_words(last, style)


def _edge_words(end: date, precision: Precision | None, style: Style) -> str:
    if end.day == 1:
        return f"к началу {begin_words(end, precision, style)}"
    if precision is Precision.YEAR and (end.month, end.day) == (5, 31):
        return f"до конца {_school(end.year - 1)} учебного года"
    if precision is Precision.YEAR and (end.month, end.day) == (8, 31):
        return f"до начала {_school(end.year)} учебного года"
    if precision is Precision.YEAR:
        return f"до конца {end.year} года"
    if precision is Precision.QUARTER and (end.month, end.day) == (5, 31):
        return f"до конца II полугодия {_school(end.year - 1)} учебного года"
    if precision is Precision.QUARTER:
        return f"до конца {_ROMAN[end.month // 3 - 1]} квартала {end.year} г."
    return f"до конца {MONTHS_GENITIVE[end.month - 1]} {end.year} г."


def _timed_period(term: Term, style: Style) -> str:
    if not isinstance(term.start, datetime) or not isinstance(term.end, datetime):
        return "не понято"
    zone = zone_words(term)
    first, last = term.start, term.end
    start, end = clock_words(first.time()), clock_words(last.time())
    if first.date() == last.date():
        return f"{day_words(first.date(), style)} с {start} до {end}{zone}"
    return f"с {start} {day_words(first.date(), style)} до {end} {day_words(last.date(), style)}{zone}"


def _vague_words(first: date, last: date, precision: Precision | None, style: Style) -> str | None:
    month = f"{MONTHS_GENITIVE[first.month - 1]}{style.year(first.year)}"
    if precision is Precision.MONTH:
        if first.month == 9 and _is_month_end(last):
            return f"начало {_school(first.year)} учебного года"
        return f"конец {_school(first.year - 1)} учебного года" if first.month == 5 else None
    thirds = {(1, 10): "начало", (11, 20): "середина"}
    if (first.day, last.day) in thirds:
        return f"{thirds[first.day, last.day]} {month}"
    if first.day == 21 and _is_month_end(last) and first.month == last.month:
        return f"конец {month}"
    if first.weekday() == 0 and _is_month_end(last) and (last - first).days <= 6:
        return f"последняя неделя {month}"
    if first.weekday() == 0 and last - first == timedelta(days=6):
        return f"{(first.day - 1) // 7 + 1} неделя {month}"
    return None


def _years(first: date, last: date) -> str | None:
    if (first.month, first.day, last.month, last.day) == (9, 1, 5, 31) and last.year == first.year + 1:
        return f"{_school(first.year)} учебный год"
    if (first.month, first.day, last.month, last.day) != (1, 1, 12, 31):
        return None
    return f"{first.year} год" if first.year == last.year else f"{first.year}–{last.year} гг."


def _quarters(first: date, last: date, style: Style) -> str | None:
    school_halves = {(9, 1, 12, 31): ("I", first.year), (1, 1, 5, 31): ("II", first.year - 1)}
    if half := school_halves.get((first.month, first.day, last.month, last.day)):
        return f"{half[0]} полугодие {_school(half[1])} учебного года"
    if first.day != 1 or first.month % 3 != 1 or last.month % 3 or not _is_month_end(last):
        return None
    start, end = _ROMAN[first.month // 3], _ROMAN[last.month // 3 - 1]
    if first.year != last.year:
        return f"{start} квартал{style.year(first.year)} – {end} квартал{style.year(last.year)}"
    year = style.year(last.year)
    return f"{start} квартал{year}" if start == end else f"{start}–{end} кварталы{year}"


def _months(first: date, last: date, style: Style) -> str:
    end = f"{MONTHS[last.month - 1]}{style.year(last.year)}"
    if first.year != last.year:
        return f"{MONTHS[first.month - 1]}{style.year(first.year)} – {end}"
    return end if first.month == last.month else f"{MONTHS[first.month - 1]} – {end}"


def _days(first: date, last: date, style: Style) -> str:
    end = day_words(last, style)
    if first.year != last.year:
        return f"с {day_words(first, style)} по {end}"
    if first.month != last.month:
        month = (MONTHS_GENITIVE if style.is_full else _SHORT)[first.month - 1]
        return f"с {first.day} {month} по {end}"
    return f"с {first.day} по {end}" if style.is_full else f"{first.day}–{end}"


def _school(year: int) -> str:
    return f"{year}/{(year + 1) % 100:02}"


def _is_month_end(day: date) -> bool:
    return (day + timedelta(days=1)).day == 1


def _as_day(boundary: Boundary | None) -> date | None:
    if isinstance(boundary, datetime):
        return boundary.date()
    return boundary if isinstance(boundary, date) else None
