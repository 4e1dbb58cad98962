"""Typed tokens: every word or number of a phrase with all that it could be.

«15» may be a number, a day or an hour, «18.00» a time, «1.10» a day of a month or a time: the token carries every
reading, and the grammar decides which one the whole phrase needs.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType

from bot.domain.regions import find_region_by_time
from bot.domain.terms.lexicon import ABBREVIATIONS, COMPOUND_UNITS, LATIN_CALENDAR, word_readings
from bot.domain.terms.typing_errors import corrected

_PIECES = re.compile(
    r"""
    (?P<yearword>[гГ]\.?\s?[гГ](?:\.|(?![^\W_])))
  | (?P<thisyear>[тТсС]\.\s?[гГ]\.?(?![^\W_]))
  | (?P<word>[^\W\d_]+)
  | (?P<iso>\d{4}-\d{2}-\d{2})(?!\d)
  | (?P<full>\d{1,2}[./]\d{1,2}[./](?:\d{4}|\d{2})(?![\d]))
  | (?P<dashed>\d{1,2}-\d{1,2}-(?:19|20)\d{2}(?!\d))
  | (?P<romandate>\d{1,2}\.[IVXivx]{1,4}\.(?:\d{4}|\d{2})(?!\d))
  | (?P<clause>\d+(?:\.\d+){2,}\.?)
  | (?P<monthyear>\d{1,2}\.(?:19|20)\d{2}(?![\d.]))
  | (?P<clock>\d{1,2}:\d{2}(?::\d{2})?(?![\d:]))
  | (?P<pair>\d{1,2}\.\d{2}(?!\d)(?:\.(?=\s?-|\s(?:по|до)\b))?|\d{1,2}\.\d(?!\d))
  | (?P<compound>\d{1,3}-?(?:ти|х|и)?-?(?:дневн|суточн|недельн|месячн|часов)[а-яё]{2,3}(?![а-яё]))
  | (?P<nth>\d{1,3}(?:-[гГ][оО]|-?[ыи]?[йеяхмю]|-ти|-[оаыу][йеяхм]|-о?му|-его)(?![^\W_]))
  | (?P<number>\d+)
  | (?P<opaque>\u25a1+)
  | (?P<sign>[^\s])
    """,
    re.VERBOSE,
)


_SHORTEST_NOUN = 4
_GENITIVE_ENDINGS = ("ок", "а", "я", "и", "ы", "ов", "ев", "ей", "ий", "ого", "его", "ой", "ых", "их")
MOST_TOKENS = 110
_CLOSING = frozenset(".,;:!*-")
_STOPS = frozenset("(); □")
_NEW_CLAUSE = frozenset(["то", "но", "далее", "затем", "а", "отчет", "отчетность"])
_DATES = frozenset(
    [
        "full_date",
        "month_year",
        "clock_time",
        "day_month",
        "dotted_time",
        "year_number",
        "this_year",
        "month_nom",
        "month_gen",
        "every",
    ]
)
_TEMPORAL = _DATES | frozenset(["month_prep", "weekday", "weekdays", "season", "times"])

_COUNTS = frozenset(["number", "cardinal", "nth_number", "opaque"])
_DAY_QUALITIES = ("календарн", "рабоч", "учебн", "академическ")

_NOTHING: Mapping[str, object] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Token:
    word: str
    """Lower case, ё as е."""
    readings: Mapping[str, object]
    start: int
    end: int
    """Where it stands in the normalised text."""
    rest: tuple[str, int] | None = None
    """The words that name an event from here on, as written, and the position of the token after them."""


def tokenise(text: str, original: str | None = None) -> list[Token]:
    """The tokens of a normalised text; events are quoted from ``original``, which may differ where it is masked.

    Closing punctuation is left out. No more than ``MOST_TOKENS`` + 1 are made: a longer text is not read as a whole.
    """
    tokens: list[Token] = []
    at = 0
    while len(tokens) <= MOST_TOKENS and (match := _PIECES.search(text, at)):
        at = match.end()
        kind = match.lastgroup or "sign"
        piece = match.group()
        if kind == "word":
            word = piece.lower().replace("ё", "е")
            if word in ABBREVIATIONS and text[at : at + 1] == ".":
                at += 1
            tokens.append(Token(word, _known(word), match.start(), at))
        else:
            tokens.append(Token(piece.lower(), MappingProxyType(_READ[kind](piece)), match.start(), at))
    while tokens and tokens[-1].word in _CLOSING:
        tokens.pop()
    return _with_rests(tokens, text if original is None else original)


def is_temporal(token: Token) -> bool:
    """Whether the token speaks of the calendar or the clock, so that a text with it is not free of terms."""
    return not _TEMPORAL.isdisjoint(token.readings) or token.readings.get("unit") in {"quarter", "half"}


def speaks_of_time(tokens: Sequence[Token]) -> bool:
    """Whether a text may hold a term; a counted duration («21 день») alone is none."""
    plain = [token for token in tokens if not token.word.startswith(_DAY_QUALITIES)]
    return any(
        is_temporal(token) or ("unit" in token.readings and (previous is None or _COUNTS.isdisjoint(previous.readings)))
        for previous, token in zip([None, *plain], plain, strict=False)
    )


def duration_in(tokens: Sequence[Token]) -> str | None:
    """The only number of days in a text without a term, as ISO 8601."""
    found = [token.readings["compound"] for token in tokens if "compound" in token.readings]
    for first, second in itertools.pairwise(tokens):
        count = first.readings.get("number", first.readings.get("cardinal"))
        if count is not None and "unit" in second.readings:
            found.append((count, second.readings["unit"]))
    days = [length[0] for length in found if isinstance(length, tuple) and length[1] == "day"]
    return f"P{days[0]}D" if len(days) == 1 else None


def _with_rests(tokens: list[Token], original: str) -> list[Token]:
    """The tokens with the words of an event from each of them on: up to a bracket, a date or a new clause."""
    stop = len(tokens)
    whole: list[Token] = []
    for place in range(len(tokens) - 1, -1, -1):
        token = tokens[place]
        following = tokens[place + 1].word if place + 1 < len(tokens) else ""
        if token.word in _STOPS or (token.word == "," and following in _NEW_CLAUSE) or _is_date(token):
            stop = place
        if stop > place and (token.word[0].isalnum() or token.word[0] in '«"“' or "opaque" in token.readings):
            token = replace(token, rest=(original[token.start : tokens[stop - 1].end].strip(" .,;:"), stop))
        whole.append(token)
    return whole[::-1]


def _is_date(token: Token) -> bool:
    return not _DATES.isdisjoint(token.readings)


def _known(word: str) -> Mapping[str, object]:
    table = _lexicon()
    readings = table.get(word)
    if readings is not None:
        return readings
    if word.endswith(("скому", "ское")):
        region = find_region_by_time(word.removesuffix("ое").removesuffix("ому") + "ому")
        return _NOTHING if region is None else MappingProxyType({"zone_adjective": region.timezone})
    merged: dict[str, object] = {}
    for right in corrected(word):
        merged.update(table[right])
    if not merged and len(word) >= _SHORTEST_NOUN and word.endswith(_GENITIVE_ENDINGS) and not word.endswith("ся"):
        merged["noun_of"] = word
    return MappingProxyType(merged)


@cache
def _lexicon() -> Mapping[str, Mapping[str, object]]:
    return {word: MappingProxyType(dict(readings)) for word, readings in word_readings().items()}


def _read_numeric_date(piece: str) -> dict[str, object]:
    day, month, year = re.split(r"[./-]", piece)
    return {"full_date": (_full_year(year), int(month), int(day))}


def _read_iso(piece: str) -> dict[str, object]:
    year, month, day = piece.split("-")
    return {"full_date": (int(year), int(month), int(day))}


def _read_roman_date(piece: str) -> dict[str, object]:
    day, roman, year = piece.split(".")
    month = LATIN_CALENDAR.get(roman.lower())
    return {} if month is None else {"full_date": (_full_year(year), month, int(day))}


def _full_year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _read_month_year(piece: str) -> dict[str, object]:
    month, year = (int(part) for part in piece.split("."))
    return {"month_year": (month, year)} if 1 <= month <= 12 else {}


def _read_clock(piece: str) -> dict[str, object]:
    hour, minute, *_ = (int(part) for part in piece.split(":"))
    return {"clock_time": (hour, minute)}


def _read_pair(piece: str) -> dict[str, object]:
    left, right = piece.rstrip(".").split(".")
    readings: dict[str, object] = {}
    if 1 <= int(right) <= 12 and 1 <= int(left) <= 99:
        readings["day_month"] = (int(left), int(right))
    if len(right) == 2 and int(left) <= 24 and int(right) <= 59:
        name = "dotted_time" if "day_month" in readings else "undated_time"
        readings["dotted_time"] = readings[name] = (int(left), int(right))
    return readings


def _read_compound(piece: str) -> dict[str, object]:
    count = re.match(r"\d+", piece)
    unit = next(unit for stem, unit in COMPOUND_UNITS.items() if stem in piece.lower())
    return {} if count is None else {"compound": (int(count.group()), unit)}


def _read_nth(piece: str) -> dict[str, object]:
    number = re.match(r"\d+", piece)
    value = int(number.group()) if number else 0
    return {"nth_number": value, **({"day_number": value} if value <= 99 else {})}


def _read_number(piece: str) -> dict[str, object]:
    if len(piece) > 4:
        return {}
    value = int(piece)
    readings: dict[str, object] = {"number": value}
    if len(piece) <= 2:
        readings["day_number"] = value
        readings["hour"] = value
    if len(piece) == 2:
        readings["minute"] = value
        readings["short_year"] = value
    if len(piece) == 4 and 1950 <= value <= 2099:
        readings["year_number"] = value
    return readings


_READ: Mapping[str, Callable[[str], dict[str, object]]] = {
    "iso": _read_iso,
    "full": _read_numeric_date,
    "dashed": _read_numeric_date,
    "romandate": _read_roman_date,
    "clause": lambda piece: {"opaque": piece},
    "monthyear": _read_month_year,
    "clock": _read_clock,
    "pair": _read_pair,
    "compound": _read_compound,
    "nth": _read_nth,
    "number": _read_number,
    "yearword": lambda _: {"year_word": True},
    "thisyear": lambda _: {"this_year": True},
    "opaque": lambda piece: {"opaque": piece},
    "sign": lambda _: {},
}


TOKEN_CLASSES = frozenset(name for readings in word_readings().values() for name in readings) | frozenset(
    [
        "full_date",
        "month_year",
        "clock_time",
        "day_month",
        "dotted_time",
        "undated_time",
        "compound",
        "nth_number",
        "day_number",
        "number",
        "hour",
        "minute",
        "short_year",
        "year_number",
        "year_word",
        "this_year",
        "opaque",
        "zone_adjective",
        "rest",
        "noun_of",
    ]
)
