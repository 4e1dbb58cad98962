"""Reads a table of people from .xlsx. The columns are found by the words of their header, not by their places."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from bot.documents import limits
from bot.domain.people_rows import PersonRow

MAX_ROWS = 20_000
_HEADER_WITHIN = 20  # a title and a few notes may stand above the header
_COLUMNS = {
    "region": ("регион", "субъект"),
    "municipality": ("муницип", "район", "округ", "городской округ", "территори"),
    "school": ("школ", "организац", "учрежден", "образовательн", "оо"),
    "full_name": ("фио", "ф.и.о", "фамилия", "имя", "человек"),
    "role": ("роль", "должност", "статус"),
    "cohort": ("когорт", "поток", "групп"),
}
_REQUIRED = ("region", "municipality", "school", "full_name", "role")


class PeopleTableFault(StrEnum):
    """Why a table of people could not be read at all. The words are ``import-fault-…`` of the catalogue."""

    NOT_XLSX = "not_xlsx"
    TOO_LARGE = "too_large"
    NO_HEADER = "no_header"
    EMPTY = "empty"


class PeopleTableError(Exception):
    """The file as a whole cannot be read; ``missing`` are the columns that its header lacks."""

    def __init__(self, fault: PeopleTableFault, missing: Sequence[str] = ()) -> None:
        super().__init__(f"{fault} {missing}" if missing else fault.value)
        self.fault = fault
        self.missing = tuple(missing)


def read_people(data: bytes) -> list[PersonRow]:
    """The rows below the header of the first sheet, blank ones left out. Raises PeopleTableError."""
    if len(data) > limits.FILE_BYTES:
        raise PeopleTableError(PeopleTableFault.TOO_LARGE)
    _ensure_harmless(data)
    try:
        workbook = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise PeopleTableError(PeopleTableFault.NOT_XLSX) from error
    try:
        lines = _lines(workbook.worksheets[0].iter_rows(values_only=True))
        rows = list(_rows(lines))
    finally:
        workbook.close()
    if not rows:
        raise PeopleTableError(PeopleTableFault.EMPTY)
    return rows


def _ensure_harmless(data: bytes) -> None:
    """A small archive may unpack into gigabytes: what it claims is looked at first."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            claimed = sum(part.file_size for part in archive.infolist())
    except zipfile.BadZipFile as error:
        raise PeopleTableError(PeopleTableFault.NOT_XLSX) from error
    if claimed > limits.UNPACKED_BYTES:
        raise PeopleTableError(PeopleTableFault.TOO_LARGE)


def _lines(rows: Iterable[tuple[object, ...]]) -> Iterator[tuple[int, list[str]]]:
    for number, cells in enumerate(rows, start=1):
        if number > MAX_ROWS:
            raise PeopleTableError(PeopleTableFault.TOO_LARGE)
        yield number, ["" if cell is None else str(cell).strip() for cell in cells[: limits.COLUMNS]]


def _rows(lines: Iterator[tuple[int, list[str]]]) -> Iterator[PersonRow]:
    places = _header(lines)
    for number, cells in lines:
        values = {name: cells[at] for name, at in places.items() if at < len(cells)}
        if any(values.values()):
            yield PersonRow(number, **values)


def _header(lines: Iterator[tuple[int, list[str]]]) -> dict[str, int]:
    """Which column holds what, from the row that names most of them."""
    best: dict[str, int] = {}
    for number, cells in lines:
        places = _places(cells)
        if all(name in places for name in _REQUIRED):
            return places
        best = max(best, places, key=len)
        if number >= _HEADER_WITHIN:
            break
    raise PeopleTableError(PeopleTableFault.NO_HEADER, [name for name in _REQUIRED if name not in best])


def _places(cells: Sequence[str]) -> dict[str, int]:
    places: dict[str, int] = {}
    for at, cell in enumerate(cells):
        word = " ".join(cell.casefold().split())
        for name, starts in _COLUMNS.items():
            if name not in places and any(word.startswith(start) for start in starts) and len(word) < 60:
                places[name] = at
                break
    return places
