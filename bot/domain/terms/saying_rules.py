"""Rules of repetition in Russian words: «каждый квартал, до последнего рабочего дня; ближайший срок 31 марта»."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.domain.terms.model import Precision, Term, TermKind
from bot.domain.terms.occurrences import day_of, rule_days, until_day
from bot.domain.terms.repeated import first_day
from bot.domain.terms.saying_dates import (
    MONTHS,
    MONTHS_GENITIVE,
    Style,
    begin_words,
    clock_words,
    dated_words,
    day_words,
    end_words,
    period_words,
    stretch_words,
    zone_words,
)

_FREQUENCIES = {
    ("DAILY", 1): "ежедневно",
    ("WEEKLY", 1): "еженедельно",
    ("MONTHLY", 1): "ежемесячно",
    ("MONTHLY", 3): "ежеквартально",
    ("YEARLY", 1): "ежегодно",
}
_UNITS = {
    "DAILY": ("день", "дня", "дней"),
    "WEEKLY": ("неделя", "недели", "недель"),
    "MONTHLY": ("месяц", "месяца", "месяцев"),
    "YEARLY": ("год", "года", "лет"),
}
_WEEKDAYS = {
    "MO": ("понедельник", "понедельникам", "й"),
    "TU": ("вторник", "вторникам", "й"),
    "WE": ("среда", "средам", "я"),
    "TH": ("четверг", "четвергам", "й"),
    "FR": ("пятница", "пятницам", "я"),
    "SA": ("суббота", "субботам", "я"),
    "SU": ("воскресенье", "воскресеньям", "е"),
}
_LAST = {"й": "последний", "я": "последняя", "е": "последнее"}
_WORKING_WEEK = "MO,TU,WE,TH,FR"
_QUARTER_MONTHS = {"1,4,7,10": "первого", "2,5,8,11": "второго", "3,6,9,12": "последнего"}
_HALF_END = "6,12"


def rule_words(term: Term, style: Style) -> str:
    """A recurring term; the full form names the nearest date of a rule with days."""
    if term.rrule is None:
        return "1 раз в четверть"
    parts = dict(part.split("=", 1) for part in term.rrule.split(";"))
    named = _named_days(parts)
    if named is None and not parts.keys() & {"BYMONTH", "BYMONTHDAY", "BYDAY"}:
        return _plain(term, parts, style)
    if named is None or ("BYMONTHDAY" in parts and int(parts.get("INTERVAL", "1")) > 1):
        return _continued(term, parts, style)
    nearest = _nearest(term, style.today)
    words = f"{named}{_clock(term)}{_limits(term, style)}"
    if not style.is_full or style.is_listed or nearest is None or term.end is not None:
        return words
    return f"{words}; ближайший срок {dated_words(nearest, style)}"


def _plain(term: Term, parts: dict[str, str], style: Style) -> str:
    """A rule without days: alone, from its first occurrence on, or within a stretch."""
    frequency = _frequency(parts)
    start, until = day_of(term.start), until_day(term)
    if start is None:
        return frequency if until is None else f"{frequency} до {day_words(until, style)}"
    if until is not None:
        return f"{frequency}{_clock(term)} {_within(start, until, term, style)}"
    if isinstance(term.start, datetime) and parts["FREQ"] == "DAILY":
        return f"{frequency}{_clock(term)}"
    return _continued(term, parts, style)


def _continued(term: Term, parts: dict[str, str], style: Style) -> str:
    """«1 октября 2021 г., далее – ежеквартально», in short «01.10.2021 и далее каждые 3 месяца»."""
    start = day_of(term.start)
    if start is None:
        return _frequency(parts)
    if not style.is_full and term.end is None:
        return f"{start:%d.%m.%Y} и далее {_interval(parts)}"
    first = day_words(start, style)
    if isinstance(term.start, datetime):
        first = f"{first} в {clock_words(term.start.time())}{zone_words(term)}"
    elif term.end is not None:
        first = period_words(replace(term, kind=TermKind.PERIOD), style)
    elif term.precision is not Precision.DAY:
        first = f"с {begin_words(start, term.precision, style)}"
    day = f" до {parts['BYMONTHDAY']} числа" if "BYMONTHDAY" in parts and "BYMONTH" not in parts else ""
    return f"{first}, далее – {_frequency(parts)}{day}"


def _within(start: date, until: date, term: Term, style: Style) -> str:
    if term.precision is Precision.YEAR and (start.month, start.day) == (1, 1):
        return stretch_words(start, until, Precision.YEAR, style)
    return f"с {begin_words(start, term.precision, style)} по {end_words(until, term.precision, style)}"


def _limits(term: Term, style: Style) -> str:
    start, until = day_of(term.start), until_day(term)
    if until is not None and start is not None:
        return f", с {day_words(start, style)} по {day_words(until, style)}"
    if until is not None:
        return f", до {day_words(until, style)}"
    is_next = start == _next_start(term, style.today)
    if start is None or is_next or not style.is_full:
        return ""
    return f", начиная с {begin_words(start, term.precision, style)}"


def _next_start(term: Term, today: date) -> date | None:
    """Where the rule begins for one who reads it today without being told."""
    if term.end is None or isinstance(term.end, datetime):
        return first_day(term.rrule or "", today)
    return first_day(f"{term.rrule};BYMONTHDAY=1", today.replace(day=1))


def _named_days(parts: dict[str, str]) -> str | None:
    """The rule with the days that it names; None where it names none, or they have no words but a first date."""
    if parts.get("BYDAY") == _WORKING_WEEK:
        return _working_days(parts)
    if "BYDAY" in parts:
        return _weekdays(parts)
    if "BYMONTHDAY" in parts and "BYMONTH" in parts:
        return _days_of_months(parts)
    if "BYMONTHDAY" in parts and parts["FREQ"] == "MONTHLY" and "INTERVAL" not in parts:
        return _days_of_month(parts["BYMONTHDAY"])
    if "BYMONTH" in parts:
        return f"ежегодно ({', '.join(MONTHS[month - 1] for month in _numbers(parts['BYMONTH']))})"
    return None


def _working_days(parts: dict[str, str]) -> str:
    if "BYSETPOS" not in parts:
        return "по рабочим дням"
    place = int(parts["BYSETPOS"])
    day = "последнего рабочего дня" if place == -1 else f"{place}-го рабочего дня"
    months = parts.get("BYMONTH")
    if months is None:
        return f"каждый месяц, до {day} месяца"
    if months == "3,6,9,12" and place == -1:
        return f"каждый квартал, до {day}"
    if months == _HALF_END and place == -1:
        return f"каждые полгода, до {day} полугодия"
    return f"ежеквартально, до {day} {_QUARTER_MONTHS.get(months, 'последнего')} месяца квартала"


def _weekdays(parts: dict[str, str]) -> str:
    codes = parts["BYDAY"].split(",")
    if parts["FREQ"] == "WEEKLY":
        return f"по {_enumerated([_WEEKDAYS[code][1] for code in codes])}"
    name, _, ending = _WEEKDAYS[codes[0][-2:]]
    places = [int(code[:-2]) for code in codes]
    nth = _LAST[ending] if places == [-1] else _enumerated([f"{place}-{ending}" for place in places])
    months = parts.get("BYMONTH")
    if months is None:
        return f"ежемесячно, {nth} {name} месяца"
    if months == "3,6,9,12" and places == [-1]:
        return f"ежеквартально, {nth} {name} квартала"
    return f"ежеквартально, {nth} {name} {_QUARTER_MONTHS.get(months, 'последнего')} месяца квартала"


def _days_of_month(days: str) -> str:
    if days == "-1":
        return "ежемесячно, до последнего дня месяца"
    numbers = days.split(",")
    return f"ежемесячно до {days} числа" if len(numbers) == 1 else f"ежемесячно, {_enumerated(numbers)} числа"


def _days_of_months(parts: dict[str, str]) -> str:
    day, months = parts["BYMONTHDAY"], parts["BYMONTH"]
    if months == "1,4,7,10":
        return f"ежеквартально до {day} числа месяца, следующего за отчётным кварталом"
    if months in _QUARTER_MONTHS:
        said = "последнего дня" if day == "-1" else f"{day} числа"
        return f"ежеквартально до {said} {_QUARTER_MONTHS[months]} месяца квартала"
    return "ежегодно " + ", ".join(f"до {day} {MONTHS_GENITIVE[month - 1]}" for month in _numbers(months))


def _clock(term: Term) -> str:
    if not isinstance(term.start, datetime):
        return ""
    if isinstance(term.end, datetime):
        clocks = f" с {clock_words(term.start.time())} до {clock_words(term.end.time())}"
    else:
        clocks = f" к {clock_words(term.start.time())}"
    return f"{clocks}{zone_words(term)}"


def _nearest(term: Term, today: date) -> date | None:
    start = day_of(term.start)
    if start is None:
        return None
    for day in rule_days(term, start):
        if day >= today:
            return day
        if day > today + timedelta(days=36600):
            break
    return None


def _frequency(parts: dict[str, str]) -> str:
    interval = int(parts.get("INTERVAL", "1"))
    return _FREQUENCIES.get((parts["FREQ"], interval)) or _interval(parts)


def _interval(parts: dict[str, str]) -> str:
    interval = int(parts.get("INTERVAL", "1"))
    if interval == 1:
        return _FREQUENCIES[parts["FREQ"], 1]
    one, few, many = _UNITS[parts["FREQ"]]
    is_few = 2 <= interval % 10 <= 4 and not 12 <= interval % 100 <= 14
    is_one = interval % 10 == 1 and interval % 100 != 11
    return f"каждые {interval} {one if is_one else few if is_few else many}"


def _enumerated(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} и {words[-1]}"


def _numbers(listed: str) -> list[int]:
    return [int(number) for number in listed.split(",")]
