"""Reads the list of participants that a webinar platform saves, .csv or .xlsx.

The columns are found by the words of their header, in any order and in Russian or English; a list without a header is
read by its names. E-mails are not kept: nobody in the network is known by one. The bot runs this in a process of its
own: ``bot.documents.isolation``.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.documents import limits
from bot.documents.blocks import Block, Line
from bot.documents.errors import (
    DamagedError,
    EmptyFileError,
    NotADocxError,
    OutOfMemoryError,
    TooLargeError,
    UnreadableTextError,
    UnsupportedFormatError,
)
from bot.documents.formats import Format, format_of
from bot.documents.plain_text import decoded
from bot.documents.xlsx import read_xlsx
from bot.domain.names import one_line
from bot.domain.platform_table import PlatformRow

MAX_ROWS = 5_000
Grid = Sequence[Sequence[str]]

_HEADER_WITHIN = 60  # rows: a platform writes the topic, the hours and the host above its table
_DELIMITERS = ";\t,|"
_COLUMNS: Mapping[str, re.Pattern[str]] = {
    "mail": re.compile(r".*(?:e-?mail|почт)"),
    "surname": re.compile(r"(?:фамилия|last ?name|surname|family name)\Z"),
    "given": re.compile(r"(?:имя|first ?name|given name)\Z"),
    "patronymic": re.compile(r"(?:отчество|middle ?name)\Z"),
    "minutes": re.compile(
        r"(?:общ\w+ |total |in-meeting )*(?:продолжительност|длительност|duration|(?:всего )?минут|minutes|time in|"
        r"врем\w+ (?:присутств|участ|в эфире|на |просмотр)|attendance (?:time|duration)|присутствовал)"
    ),
    "joined": re.compile(r"(?:врем\w+ |дата |first |перв\w+ )*(?:вход|подключ|присоедин|join|приш[её]л|login)"),
    "left": re.compile(r"(?:врем\w+ |дата |last |последн\w+ )*(?:выход|отключ|покинул|leave|left|уш[её]л|logout)"),
    "name": re.compile(
        r"(?:полное )?имя|фио\b|ф\. ?и\. ?о|участник|слушател|пользовател|ник\b|фамилия|full ?name|"
        r"(?:user |display |participant |attendee )?name\b|(?:participant|attendee)s?\Z"
    ),
}
_WHO = {"name", "surname"}
_SECONDS = re.compile(r"\b(?:сек|sec)")
_UNITS = (
    (re.compile(r"(\d+)\s*(?:ч|h)"), 3600),
    (re.compile(r"(\d+)\s*(?:мин|м\b|min|m\b|m(?=\s*\d))"), 60),
    (re.compile(r"(\d+)\s*(?:с|s)"), 1),
)
_CLOCK = re.compile(r"(?<![\d:])(\d{1,3}):(\d{2})(?::(\d{2}))?(?:[.,]\d+)?\s*([ap]\.?m)?", re.IGNORECASE)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_NAME_LIKE = re.compile(r"[^\W\d_][\w.'’ʼ`-]*(?: [^\W\d_][\w.'’ʼ`-]*){1,3}")
_NO_PERSON = re.compile(r"\d+\. |(?:итого|всего|total)\b", re.IGNORECASE)
_DAY = 24 * 3600


def read_attendance_table(data: bytes, file_name: str) -> list[PlatformRow]:
    """The participants in the order of the file, nobody where no column has names.

    The same person may stand there several times. Raises nothing but ``bot.documents.errors.DocumentError``.
    """
    if not data:
        raise EmptyFileError
    if len(data) > limits.FILE_BYTES:
        raise TooLargeError(what="file", limit=limits.FILE_BYTES, size=len(data))
    try:
        for grid in _grids(data, file_name):
            rows = _participants(grid)
            if len(rows) > MAX_ROWS:
                raise TooLargeError(what="rows", limit=MAX_ROWS, size=len(rows))
            if rows:
                return rows
    except RecursionError as error:
        raise DamagedError(detail="nested too deep") from error
    except MemoryError as error:
        raise OutOfMemoryError from error
    return []


@dataclass(frozen=True, slots=True)
class _Header:
    """``row``: where it stands; ``places``: the column of each thing; ``scale``: the seconds of a bare number."""

    row: int
    places: Mapping[str, int]
    scale: int


def _grids(data: bytes, file_name: str) -> Iterator[Grid]:
    """The sheets of a workbook, or the one table of a text: by the delimiter that shows the best header."""
    try:
        found = format_of(data, file_name)
    except NotADocxError as error:  # the archive is torn: nothing says that it was to be a Word document
        raise DamagedError(**error.facts) from error
    if found is Format.XLSX:
        source = read_xlsx(data)
        yield from (_rows_of(sheet.blocks) for sheet in source.sheets)
    elif found in (Format.CSV, Format.TEXT):
        text = decoded(data)
        if not text.strip():
            raise EmptyFileError
        yield max((_parsed(text, delimiter) for delimiter in _DELIMITERS), key=_worth)
    else:
        raise UnsupportedFormatError(format=found.value)


def _rows_of(blocks: Sequence[Block]) -> Grid:
    rows: list[list[str]] = []
    for block in blocks:
        if isinstance(block, Line):
            rows.append([block.text])
        else:
            rows += [[cell.text for cell in row.cells] for row in block.rows]
    return rows


def _parsed(text: str, delimiter: str) -> Grid:
    lines = text.splitlines(keepends=True)
    if lines[0].lower().startswith("sep="):  # what Excel itself writes above, to be told the delimiter
        lines = lines[1:]
    rows: list[list[str]] = []
    cells = 0
    try:
        for fields in csv.reader(lines, delimiter=delimiter):
            cells += len(fields)
            if cells > 4 * limits.CELLS:
                raise TooLargeError(what="cells", limit=4 * limits.CELLS)
            rows.append([one_line(field) for field in fields[: limits.COLUMNS]])
    except csv.Error as error:
        raise UnreadableTextError(detail=str(error)) from error
    return rows


def _worth(grid: Grid) -> tuple[int, int]:
    header = _header(grid)
    return (0 if header is None else len(header.places), max((len(row) for row in grid[:_HEADER_WITHIN]), default=0))


def _participants(grid: Grid) -> list[PlatformRow]:
    header = _header(grid)
    if header is None:
        return _bare_names(grid)
    rows = []
    for number, cells in enumerate(grid[header.row + 1 :], start=header.row + 2):
        if len(_WHO & (repeated := _places(cells)).keys()) and len(repeated) >= len(header.places):
            break  # the next section of the same file tells the same people once more
        values = {name: cells[at] for name, at in header.places.items() if at < len(cells)}
        name = _name(values)
        if name and not _NO_PERSON.match(name):
            rows.append(PlatformRow(number, name, _stayed(values, header.scale)))
    return rows


def _header(grid: Grid) -> _Header | None:
    """The row that names most columns, the first of such; a lone column must be all that the row names."""
    best: _Header | None = None
    for row, cells in enumerate(grid[:_HEADER_WITHIN]):
        places = _places(cells)
        is_lone = len(places) == 1 and sum(bool(cell) for cell in cells) == 1 and len(max(cells, key=len)) <= 30
        if not _WHO & places.keys() or (len(places) == 1 and not is_lone):
            continue
        if best is None or len(places) > len(best.places):
            minutes = cells[places["minutes"]].casefold() if "minutes" in places else ""
            best = _Header(row, places, 1 if _SECONDS.search(minutes) else 60)
    return best


def _places(cells: Sequence[str]) -> dict[str, int]:
    places: dict[str, int] = {}
    for at, cell in enumerate(cells):
        word = one_line(cell).casefold()
        if not word or len(word) > 60:
            continue
        found = next((name for name, pattern in _COLUMNS.items() if pattern.match(word)), None)
        if found is not None:
            places.setdefault(found, at)
    if "surname" not in places and "given" in places:  # «Имя» alone is the whole name
        places["name"] = places.pop("given")
    return places


def _name(values: Mapping[str, str]) -> str:
    apart = [values.get(part, "") for part in ("surname", "given", "patronymic")]
    together = one_line(" ".join(part for part in apart if part))
    return together or one_line(values.get("name", ""))


def _bare_names(grid: Grid) -> list[PlatformRow]:
    """Without a header: the column that has names in most of its cells."""
    width = max((len(row) for row in grid), default=0)
    columns = [
        [(number, one_line(row[at])) for number, row in enumerate(grid, start=1) if at < len(row) and row[at]]
        for at in range(width)
    ]
    named = [
        [(number, text) for number, text in column if _NAME_LIKE.fullmatch(text) and not _NO_PERSON.match(text)]
        for column in columns
    ]
    best = max(range(width), key=lambda at: len(named[at]), default=None)
    if best is None or 2 * len(named[best]) < len(columns[best]):
        return []
    return [PlatformRow(number, text) for number, text in named[best]]


def _stayed(values: Mapping[str, str], scale: int) -> int | None:
    """Minutes, rounded; by the duration where there is one, else from coming in to going out."""
    seconds = _seconds(values.get("minutes", ""), scale)
    if seconds is None:
        joined, left = _of_day(values.get("joined", "")), _of_day(values.get("left", ""))
        seconds = None if joined is None or left is None else (left - joined) % _DAY
    return None if seconds is None else round(seconds / 60)


def _seconds(text: str, scale: int) -> float | None:
    """«65», «65,5», «1:05:30», «45:10», «1 ч 5 мин», «1h 5m 30s»."""
    plain = text.casefold().strip()
    clock = _CLOCK.fullmatch(plain)
    if clock:
        first, second, third = int(clock[1]), int(clock[2]), int(clock[3] or 0)
        is_minutes = clock[3] is None and first >= 24
        return first * 60 + second if is_minutes else first * 3600 + second * 60 + third
    parts = [int(found[1]) * size for unit, size in _UNITS if (found := unit.search(plain))]
    if parts:
        return sum(parts)
    number = _NUMBER.fullmatch(plain)
    return float(number[0].replace(",", ".")) * scale if number else None


def _of_day(text: str) -> int | None:
    """The second of the day that a moment names; its date is not needed, nothing lasts a whole day."""
    clock = _CLOCK.search(text)
    if clock is None:
        return None
    hour = int(clock[1])
    if clock[4]:
        hour = hour % 12 + (12 if clock[4].lower().startswith("p") else 0)
    return hour * 3600 + int(clock[2]) * 60 + int(clock[3] or 0)
