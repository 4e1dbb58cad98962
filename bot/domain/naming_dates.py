"""Dates as a coordinator types them: the day of an event («вчера»), and a list of dates by a schedule.

What was typed is as much his word as a document's: a piece that is not understood is named back, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain.terms.model import Term, TermKind
from bot.domain.terms.occurrences import day_of
from bot.domain.terms.reading import read_term

MOST_DATES = 40
_YEAR = timedelta(days=365)
_HALF_A_YEAR = timedelta(days=183)
_DAYS = {"позавчера": -2, "вчера": -1, "сегодня": 0, "завтра": 1, "послезавтра": 2}
_DAY = re.compile(rf"\b({'|'.join(_DAYS)})\b", re.IGNORECASE)
_AGO = re.compile(r"\b(\d{1,3}) д(?:ень|ня|ней) назад\b", re.IGNORECASE)
_WEEK_AGO = re.compile(r"\bнеделю назад\b", re.IGNORECASE)
_BULLET = re.compile(r"^\s*(?:[-–—•*·]\s*|\d{1,2}\)\s*|\d{1,2}\.\s+(?=\d))")
_BREAK = re.compile(r"[\n;]+")
_COMMA = re.compile(r"\s*,\s*|\s+и\s+")
_BARE_DAY = re.compile(r"^\d{1,2}$")
_DAY_OF_MONTH = re.compile(r"^\d{1,2}\s+([а-яё].*)$", re.IGNORECASE)
_CLOCK = re.compile(r"^(?:в|к|до|с)?\s*\d{1,2}:\d{2}\b")
_DATED = frozenset({TermKind.DEADLINE, TermKind.PERIOD, TermKind.RELATIVE})


class Unnamed(StrEnum):
    """Why a piece of a list is no date."""

    NOT_UNDERSTOOD = "not_understood"
    IMPOSSIBLE = "impossible"  # «31 ноября»
    WHICH_YEAR = "which_year"  # out of order, so that no year follows from its neighbours
    TOO_MANY = "too_many"  # beyond what one message may name


@dataclass(frozen=True, slots=True)
class NamedDate:
    """A piece of a list as it was typed, and what it means; ``unnamed`` where it means no date."""

    words: str
    term: Term | None = None
    unnamed: Unnamed | None = None


def read_event(words: str, *, today: date, is_ahead: bool) -> date | datetime | None:
    """The one day, or moment, that the words name; None where they name none, or several.

    Without a year it is the nearest such day, in the past as well; with ``is_ahead`` («за 10 дней до начала») the next.
    """
    plain = _spelled_out(words, today)
    term = read_term(plain, reference_date=today)
    if term.kind is not TermKind.RELATIVE and not is_ahead:
        term = read_term(plain, reference_date=today - _HALF_A_YEAR)
    is_one = not term.parts and term.kind in _DATED and not term.is_vague
    if not is_one or (term.start is not None and term.start != term.end):
        return None
    return term.end if isinstance(term.end, date) else None


def read_dates(text: str, *, today: date) -> tuple[NamedDate, ...]:
    """The dates of a list, in the order in which they were typed; a period counts by its last day.

    Dates without a year follow one another: the year that is named serves its neighbours, and a list that names none
    is the first that is not over today. What would then stand more than half a year apart, out of order, is not dated.
    """
    pieces = [piece for line in _BREAK.split(text) for piece in _pieces(_BULLET.sub("", line).strip())]
    beyond = (NamedDate(piece, unnamed=Unnamed.TOO_MANY) for piece in pieces[MOST_DATES:])
    return (*_placed(pieces[:MOST_DATES], today), *beyond)


def listed_term(text: str, *, today: date) -> Term | None:
    """A list of dates as one term; None where it names fewer than two, or anything in it is not understood."""
    terms = [named.term for named in read_dates(text, today=today)]
    parts = tuple(part for term in terms if term is not None for part in term.parts or (term,))
    if len(parts) < 2 or None in terms:
        return None
    return replace(parts[0], parts=tuple(replace(part, doubts=()) for part in parts), doubts=())


def _spelled_out(words: str, today: date) -> str:
    """«Вчера в 15:00» as the date that it was, which a document would have written."""
    words = _WEEK_AGO.sub("7 дней назад", words)
    words = _AGO.sub(lambda ago: _written(today - timedelta(days=int(ago[1]))), words)
    return _DAY.sub(lambda day: _written(today + timedelta(days=_DAYS[day[1].lower()])), words)


def _written(day: date) -> str:
    return f"{day:%d.%m.%Y}"


def _pieces(line: str) -> list[str]:
    """What stands between the commas; «5 и 15 октября» are two days of one month, «3 декабря, 15:00» is one moment."""
    pieces: list[str] = []
    month = ""
    for part in reversed([part for part in _COMMA.split(line) if part]):
        if _BARE_DAY.match(part) and month:
            pieces.append(f"{part} {month}")
            continue
        if pieces and _CLOCK.match(pieces[-1]):
            part = f"{part}, {pieces.pop()}"
        pieces.append(part)
        in_words = _DAY_OF_MONTH.match(part)
        month = in_words[1] if in_words else ""
    return pieces[::-1]


def _dates_of(words: str, today: date) -> Term | None:
    """The term of a piece, where it is nothing but dates."""
    term = read_term(_spelled_out(words, today), reference_date=today)
    parts = term.parts or (term,)
    is_dated = all(part.kind in _DATED and day_of(part.end) is not None for part in parts)
    return term if is_dated and not term.is_vague else None


def _placed(pieces: Sequence[str], today: date) -> list[NamedDate]:
    """Each piece in its year."""
    dated = {place: piece for place, piece in enumerate(pieces) if _dates_of(piece, today) is not None}
    found = {place: term for place, piece in dated.items() if (term := _fixed(piece, today)) is not None}
    if found:
        first = min(found)
        found |= _before(dated, first, _first_day(found[first]))
        found |= _after(dated, found, first)
    elif dated:
        found = _first_not_over(dated, today)
    return [_named(piece, found.get(place), is_dated=place in dated) for place, piece in enumerate(pieces)]


def _fixed(piece: str, today: date) -> Term | None:
    """The dates of a piece that names its year (or counts from today), whatever its neighbours are."""
    term = _dates_of(piece, today)
    if term is None or term.kind is TermKind.RELATIVE or _spelled_out(piece, today) != piece:
        return term
    later = _dates_of(piece, today + 2 * _YEAR)
    return term if later is not None and later.to_json() == term.to_json() else None


def _first_not_over(dated: Mapping[int, str], today: date) -> dict[int, Term]:
    """A list without any year: the first year in which it is not over."""
    first = min(dated)
    found: dict[int, Term] = {}
    for since in (today - _YEAR + timedelta(days=1), today):
        start = _dates_of(dated[first], since)
        assert start is not None, "it was read as a date, and a date lies in every year"
        found = _after(dated, {first: start}, first)
        if _last_day(found[max(found)]) >= today and len(found) == len(dated):
            break
    return found


def _before(dated: Mapping[int, str], first: int, following: date) -> dict[int, Term]:
    """The pieces before the first that names its year, each the last such day before the one that follows it."""
    found: dict[int, Term] = {}
    for place in sorted((place for place in dated if place < first), reverse=True):
        term = _dates_of(dated[place], following - _YEAR + timedelta(days=1))
        if term is None or following - _last_day(term) > _HALF_A_YEAR:
            break
        found[place], following = term, _first_day(term)
    return found


def _after(dated: Mapping[int, str], known: Mapping[int, Term], first: int) -> dict[int, Term]:
    """``known``, and the pieces after the first of them, each the next such day after the one before it."""
    found = dict(known)
    previous: date | None = _last_day(found[first])
    for place in sorted(place for place in dated if place > first):
        if place not in known:
            term = None if previous is None else _dates_of(dated[place], previous)
            if term is None or previous is None or _first_day(term) - previous > _HALF_A_YEAR:
                previous = None  # nothing follows from a date that is not known itself
                continue
            found[place] = term
        previous = _last_day(found[place])
    return found


def _named(words: str, term: Term | None, *, is_dated: bool) -> NamedDate:
    if term is not None:
        return NamedDate(words, term)
    if is_dated:
        return NamedDate(words, unnamed=Unnamed.WHICH_YEAR)
    is_impossible = read_term(words, reference_date=date(2000, 1, 1)).is_invalid
    return NamedDate(words, unnamed=Unnamed.IMPOSSIBLE if is_impossible else Unnamed.NOT_UNDERSTOOD)


def _first_day(term: Term) -> date:
    return min(_days(term))


def _last_day(term: Term) -> date:
    return max(_days(term))


def _days(term: Term) -> list[date]:
    days = (day_of(part.end) for part in term.parts or (term,))
    return [day for day in days if day is not None]
