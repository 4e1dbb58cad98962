"""Quarters, months, half-years or years as columns: a mark under «II кв.» is a term, and this says it in words.

«+» under «I кв.» and «III кв.» of 2025 becomes «I квартал, III квартал 2025 г.», a date written there stays the date it
is. Whatever else has a day in it is handed on with its column, so that the grammar of terms abstains.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from bot.documents.blocks import Row
from bot.documents.wording import flat


class _Unit(StrEnum):
    QUARTER = "quarter"
    HALF = "half"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class CalendarColumn:
    """``words`` without a year («II квартал», «март», "" for a year); ``day_words`` stand behind a day («марта»)."""

    place: int
    words: str
    year: str | None = None
    day_words: str | None = None


_ROMANS = ("I", "II", "III", "IV")
_ORDINALS = ("перв", "втор", "трет", "четв")
_MONTHS = ("январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь",
           "декабрь")  # fmt: skip
_OF_MONTHS = ("января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября",
              "декабря")  # fmt: skip
_HEADS_OF_MONTHS = {month[:3]: index for months in (_MONTHS, _OF_MONTHS) for index, month in enumerate(months)}
_WHICH = r"(?P<which>iv|iii|ii|i|[1-4]|(?:перв|втор|трет|четв)\w+)"
_QUARTER = re.compile(rf"(?:за |в )?{_WHICH}(?:\s?-?\s?(?:[ыои]?[йем]|ое))?\s*(?:кв|квартал\w*)\b")
_QUARTER_AFTER = re.compile(rf"(?:кв|квартал)\.?\s*(?:№\s*)?{_WHICH}\b")
_HALF = re.compile(rf"(?:за |в )?{_WHICH}(?:\s?-?\s?(?:о?е|ое))?\s*(?:полугоди\w*|п\s?/\s?г)\b")
_MONTH = re.compile(
    r"(?:январ[ья]|янв|феврал[ья]|февр?|марта?|мар|апрел[ья]|апр|ма[йя]|июн[ья]?|июл[ья]?|августа?|авг|сентябр[ья]|"
    r"сент?|октябр[ья]|окт|ноябр[ья]|нояб?|декабр[ья]|дек)\b"
)
_IN_WORDS = re.compile(rf"(?<!\w)(?:{_MONTH.pattern}|(?:[1-4]|iv|i{{1,3}})[\s-]*(?:кв\b|квартал|полугоди))")
_NUMBERED_MONTH = re.compile(r"(0?[1-9]|1[0-2])\.(?=20\d\d\b)")
_YEAR_ALONE = re.compile(r"(20\d\d)\s*(?:г|гг|год\w*)?\Z")
_YEARS = re.compile(r"(?<!\d)20\d\d(?!\d)")
_SCHOOL_YEAR = re.compile(r"(20\d\d)\s*[/–-]\s*(?:20)?\d\d\s*уч")
_REST = re.compile(r"[\s.,]*(?:20\d\d)?[\s.,]*(?:г|год\w*)?[\s.]*\Z")
_ABOUT_TERMS = re.compile(r"срок|период|график|реализац|исполнен|выполнен|проведен")
_NOT_TERMS = re.compile(r"финанс|бюджет|объем|стоим|средств|рубл|\bруб\b|факт|значени|показател|индикатор|отметк")

_NO_MARK = re.compile(r"(?:[-–—−_.\s]*|0|нет\b.*|не\b.*|без\b.*|отсутств.*|ложь|false|no|[¨☐□▢])\Z", re.IGNORECASE)
_FULL_DATE = re.compile(r"(?<!\d)20\d\d(?!\d)|\d{1,2}\.\d{1,2}\.\d{2}(?!\d)")
_SHORT_DATE = re.compile(r"(?:(?:до|к|с|по|не позднее)\s+)?\d{1,2}\.\d{1,2}(?:\s*[-–—]\s*\d{1,2}\.\d{1,2})?\.?\Z")
_DAYS = re.compile(
    r"(?:(?:до|к|с|не позднее)\s+)?\d{1,2}(?:-?(?:го|е))?(?:\s*(?:[-–—,]|по|и)\s*\d{1,2}(?:-?(?:го|е))?)*\Z"
)
_DAY_WITHOUT_MONTH = re.compile(r"(?:до|к|с|по|не позднее)\s+\d|\d{1,2}\.\d{1,2}(?!\d)", re.IGNORECASE)
_FIGURE = re.compile(r"[\d\s.,]+%?\Z")


def calendar_columns(stacks: Sequence[Sequence[str]]) -> tuple[CalendarColumn, ...]:
    """The columns of one unit (the smallest there is) by their headings from above downwards; none below two."""
    found = [(place, _named([_key(text) for text in stack])) for place, stack in enumerate(stacks)]
    named = [(place, *one) for place, one in found if one is not None]
    for unit in (_Unit.MONTH, _Unit.QUARTER, _Unit.HALF, _Unit.YEAR):
        columns = [_column(place, unit, index, year) for place, its, index, year in named if its is unit]
        if len(columns) > 1:
            return tuple(columns)
    return _bare_quarters([[_key(text) for text in stack] for stack in stacks])


def marked_phrase(row: Row, columns: Sequence[CalendarColumn]) -> str:
    """The term that the marks of a row make; "" where nothing is marked."""
    pieces = [piece for column, last in _cells(row, columns) if (piece := _piece(row, column, last)) is not None]
    runs = []
    for year, run in groupby(pieces, key=lambda piece: piece[1]):
        words = ", ".join(words for words, _ in run)
        runs.append(f"{words} {year} г.".strip() if year else words)
    return ", ".join(runs)


def _cells(row: Row, columns: Sequence[CalendarColumn]) -> Iterator[tuple[CalendarColumn, CalendarColumn]]:
    """The first and the last column of each cell: a bar drawn over three months is one cell."""
    present = [column for column in columns if column.place < len(row.cells)]
    for _, run in groupby(present, key=lambda column: id(row.cells[column.place])):
        spanned = list(run)
        yield spanned[0], spanned[-1]


def _piece(row: Row, first: CalendarColumn, last: CalendarColumn) -> tuple[str, str | None] | None:
    """Words and the year that is still to be said behind them."""
    text = flat(row.cells[first.place].text).strip(" ;")
    if _NO_MARK.match(text):
        return None
    if first is not last:
        return _stretch(first, last)
    if _FULL_DATE.search(text):
        return text, None
    lower = text.lower()
    if _SHORT_DATE.match(lower):
        return (f"{text.rstrip('.')}.{first.year}", None) if first.year else (text, None)
    if _IN_WORDS.search(lower) and (first.day_words is None or re.search(r"\d", text)):
        return text, first.year
    if first.day_words and _DAYS.match(lower) and not text.isdigit():
        return f"{text} {first.day_words}", first.year
    if _DAY_WITHOUT_MONTH.search(text) and not _FIGURE.match(text):
        return f"{first.words} ({text})", first.year
    return first.words, first.year  # a mark, a figure of the plan, a word: it is due in that time


def _stretch(first: CalendarColumn, last: CalendarColumn) -> tuple[str, str | None]:
    if first.year == last.year and first.words:
        return f"{first.words} – {last.words}", first.year
    return f"{first.words} {first.year} г. – {last.words} {last.year} г.".replace("  ", " ").strip(), None


def _named(stack: Sequence[str]) -> tuple[_Unit, int, str | None] | None:
    """Which part of which year a heading names."""
    if not stack or any(_NOT_TERMS.search(text) for text in stack):
        return None
    foot, above = stack[-1], " ".join(stack[:-1])
    numbered = _NUMBERED_MONTH.match(foot)
    if numbered and _REST.match(foot[numbered.end() :]):
        return _Unit.MONTH, int(numbered.group(1)) - 1, _year_of(stack, int(numbered.group(1)) - 1)
    month = _MONTH.match(foot)
    if month and _REST.match(foot[month.end() :]):
        index = _HEADS_OF_MONTHS[month.group()[:3]]
        return _Unit.MONTH, index, _year_of(stack, index)
    for unit, patterns in ((_Unit.QUARTER, (_QUARTER, _QUARTER_AFTER)), (_Unit.HALF, (_HALF,))):
        for pattern in patterns:
            match = pattern.match(foot)
            if match and _REST.match(foot[match.end() :]):
                return unit, _index(match.group("which")), _year_of(stack, None)
    bare = re.fullmatch(_WHICH, foot)
    if bare and re.search(r"кв(?:артал|\b)", above):
        return _Unit.QUARTER, _index(bare.group("which")), _year_of(stack, None)
    year = _YEAR_ALONE.match(foot)
    if year and _ABOUT_TERMS.search(above):
        return _Unit.YEAR, int(year.group(1)), None
    return None


def _column(place: int, unit: _Unit, index: int, year: str | None) -> CalendarColumn:
    match unit:
        case _Unit.MONTH:
            return CalendarColumn(place, _MONTHS[index], year, _OF_MONTHS[index])
        case _Unit.QUARTER:
            return CalendarColumn(place, f"{_ROMANS[index]} квартал", year)
        case _Unit.HALF:
            return CalendarColumn(place, f"{_ROMANS[index]} полугодие", year)
    return CalendarColumn(place, "", str(index))


def _bare_quarters(stacks: Sequence[Sequence[str]]) -> tuple[CalendarColumn, ...]:
    """«I | II | III | IV» side by side, without the word."""
    feet = [stack[-1] if stack else "" for stack in stacks]
    found = []
    for start in range(len(feet) - 3):
        if feet[start : start + 4] == ["i", "ii", "iii", "iv"]:
            found += [
                _column(start + at, _Unit.QUARTER, at, _year_of(stacks[start + at], None))
                for at in range(4)
                if not any(_NOT_TERMS.search(text) for text in stacks[start + at])
            ]
    return tuple(found)


def _year_of(stack: Sequence[str], month: int | None) -> str | None:
    """The one year that the headings name; of a school year the half that the month lies in."""
    whole = " ".join(stack)
    school = _SCHOOL_YEAR.search(whole)
    if school:
        first = int(school.group(1))
        return None if month is None else str(first if month >= 8 else first + 1)
    years = set(_YEARS.findall(whole))
    return years.pop() if len(years) == 1 else None


def _index(which: str) -> int:
    if which[:4] in _ORDINALS:
        return _ORDINALS.index(which[:4])
    return int(which) - 1 if which.isdigit() else _ROMANS.index(which.upper())


def _key(text: str) -> str:
    """Small letters, Ⅱ and the Ukrainian «іі» as Latin ones, no hyphenation."""
    text = unicodedata.normalize("NFKC", flat(text)).lower().replace("ё", "е").replace("і", "i")
    return text.replace("- ", "-").strip(" .:*")
