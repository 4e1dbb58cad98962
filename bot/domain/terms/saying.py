"""Terms in Russian words: short for a list («до 15 ноя»), full for a card («до 15 ноября 2025 г., суббота»).

This is the one place of Russian sentences in the rules: the language of terms is their subject. What is said in full
reads back, on the same day, as the same term.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from typing import Literal

from bot.domain.terms.model import Doubt, Offset, Term, TermKind
from bot.domain.terms.saying_dates import (
    Style,
    clock_words,
    day_words,
    due_words,
    period_words,
    since_words,
    zone_words,
)
from bot.domain.terms.saying_rules import rule_words

Form = Literal["short", "full"]

_NOT_UNDERSTOOD = "не понято"
_STATES = {
    TermKind.AS_NEEDED: "по необходимости",
    TermKind.BY_SCHEDULE: "по отдельному графику",
    TermKind.CONTINUOUS: "постоянно",
    TermKind.UNPARSABLE: _NOT_UNDERSTOOD,
}
_UNITS = {
    "day": ("день", "дня", "дней"),
    "workday": ("рабочий день", "рабочих дня", "рабочих дней"),
    "month": ("месяц", "месяца", "месяцев"),
    "hour": ("час", "часа", "часов"),
}
_GENITIVE_ONE = {"day": "дня", "workday": "рабочего дня", "month": "месяца", "hour": "часа"}
_WEEKDAYS = ("понедельник", "вторник", "среду", "четверг", "пятницу", "субботу", "воскресенье")
_DAYS_FROM_TODAY = {0: "сегодня", 1: "завтра", 2: "послезавтра"}
_PREPOSITIONAL_ENDINGS = ("окончании", "завершении", "истечении", "получении", "прибытии")


def say_term(term: Term, *, form: Form, today: date) -> str:
    """The term in words. ``short`` leaves out the year of ``today`` and the weekday."""
    style = Style(is_full=form == "full", today=today)
    if term.parts:
        return _say_parts(term, style)
    words = _say_one(term, style)
    if term.is_vague and Doubt.VAGUE in term.doubts and not _names_vagueness(words):
        return f"ориентировочно {words}"
    return words


def _say_one(term: Term, style: Style) -> str:
    if term.kind in _STATES:
        return _STATES[term.kind]
    if term.kind is TermKind.RECURRING:
        return rule_words(term, style)
    if term.kind is TermKind.RELATIVE:
        return _say_relative(term, style)
    if isinstance(term.start, time) or isinstance(term.end, time):
        return _say_hours(term)
    if term.kind is TermKind.PERIOD:
        return since_words(term, style) if term.end is None else period_words(term, style)
    if isinstance(term.start, datetime):
        zone = zone_words(term)
        return f"{day_words(term.start.date(), style)} в {clock_words(term.start.time())}{zone}"
    return due_words(term, style)


def _say_parts(term: Term, style: Style) -> str:
    said = [_say_one(part, replace(style, is_listed=True)) for part in term.parts]
    first, second = term.parts[0], term.parts[-1]
    if len(said) == 2 and second.kind in _STATES and second.kind is not TermKind.UNPARSABLE:
        return f"{said[0]}, далее – {said[1]}"
    if len(said) == 2 and first.kind in _STATES and second.kind is TermKind.RECURRING:
        return f"{said[0]}, но {said[1]}"
    if len(said) == 2 and first.kind is TermKind.RELATIVE:
        return f"{said[0]}, но {said[1]}"
    return "; ".join(said)


def _names_vagueness(words: str) -> bool:
    return words.startswith(("начало", "середина", "конец")) or "неделя" in words


def _say_hours(term: Term) -> str:
    zone = zone_words(term)
    start = None if not isinstance(term.start, time) else clock_words(term.start)
    end = None if not isinstance(term.end, time) else clock_words(term.end)
    if term.kind is TermKind.PERIOD and start and end:
        return f"с {start} до {end}{zone}"
    return f"в {start}{zone}" if start else f"до {end}{zone}"


def _say_relative(term: Term, style: Style) -> str:
    offset = term.offset
    if offset is None:
        return _NOT_UNDERSTOOD
    words = _say_offset(offset, term)
    if term.end is None or not style.is_full or offset.event == "reference_date":
        return words
    return f"{words}, то есть {due_words(term, style)}"


def _say_offset(offset: Offset, term: Term) -> str:
    event = offset.event or ""
    if event == "reference_date":
        return _from_today(offset, term)
    if offset.n == 0:
        return _at_event(offset, event)
    if offset.direction == "before":
        return f"за {_counted(offset)} до {event}"
    span = f"в течение {_counted_genitive(offset)}"
    return f"{span} после {event}" if event else span


def _at_event(offset: Offset, event: str) -> str:
    if not event:
        return "незамедлительно"
    if offset.direction == "before":
        return f"не позднее {event}"
    if event.lower().startswith(_PREPOSITIONAL_ENDINGS):
        return f"по {event}"
    return f"после {event}"


def _from_today(offset: Offset, term: Term) -> str:
    clock = f" к {clock_words(term.end.time())}{zone_words(term)}" if isinstance(term.end, datetime) else ""
    if offset.n is None:
        day = term.end if isinstance(term.end, date) else None
        return "в ближайший день недели" if day is None else f"в ближайшую {_WEEKDAYS[day.weekday()]}{clock}"
    if offset.unit == "day" and offset.n in _DAYS_FROM_TODAY:
        return f"{_DAYS_FROM_TODAY[offset.n]}{clock}"
    return f"через {_counted(offset)}"


def _counted(offset: Offset) -> str:
    return f"{offset.n} {plural(offset.n or 0, _UNITS[offset.unit])}"


def _counted_genitive(offset: Offset) -> str:
    number = offset.n or 0
    is_one = number % 10 == 1 and number % 100 != 11
    return f"{number} {_GENITIVE_ONE[offset.unit] if is_one else _UNITS[offset.unit][2]}"


def plural(number: int, forms: tuple[str, str, str]) -> str:
    """The form of a Russian noun after a whole number: 1 день, 2 дня, 5 дней."""
    if 11 <= number % 100 <= 14:
        return forms[2]
    return forms[0] if number % 10 == 1 else forms[1] if 2 <= number % 10 <= 4 else forms[2]
