"""The .csv reader: a spreadsheet saved as text, with semicolons (as Russian Excel does), commas, tabs or bars."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence

from bot.documents import limits
from bot.documents.blocks import Cell, Row, Source
from bot.documents.errors import EmptyFileError, TooLargeError, UnreadableTextError
from bot.documents.plain_text import cleaned, decoded
from bot.documents.sheet_pages import SheetRow, blocks_of
from bot.documents.wording import normalised

_DELIMITERS = ";\t,|"
_SAMPLE = 50  # lines that tell the delimiter
_EMPTY = Cell("")


def read_csv(data: bytes) -> Source:
    """Raises EmptyFileError, UnreadableTextError or TooLargeError."""
    text = decoded(data)
    if not normalised(text):
        raise EmptyFileError
    if len(text) > limits.TEXT_CHARACTERS:
        raise TooLargeError(what="characters", limit=limits.TEXT_CHARACTERS, size=len(text))
    lines = text.splitlines(keepends=True)
    if lines[0].lower().startswith("sep="):  # what Excel itself writes above, to be told the delimiter
        lines = lines[1:]
    grid: list[SheetRow] = []
    width, cells, is_after_gap = 1, 0, False
    try:
        for fields in csv.reader(lines, delimiter=_delimiter(lines)):
            if not any(field.strip() for field in fields):
                is_after_gap = True
                continue
            width, cells = max(width, len(fields)), cells + len(fields)
            _ensure_modest(width, cells)
            grid.append(SheetRow(Row(tuple(Cell(*cleaned(field)) for field in fields)), is_after_gap))
            is_after_gap = False
    except csv.Error as error:
        raise UnreadableTextError(detail=str(error)) from error
    return Source(blocks_of([_widened(line, width) for line in grid]))


def _delimiter(lines: Sequence[str]) -> str:
    """The one that most lines have, and have equally often."""
    sample = [line for line in lines[:_SAMPLE] if line.strip()]

    def steadiness(delimiter: str) -> tuple[int, int]:
        counts = Counter(line.count(delimiter) for line in sample if delimiter in line)
        often, number = max(((n, count) for count, n in counts.items()), default=(0, 0))
        return often, number

    return max(_DELIMITERS, key=steadiness)


def _ensure_modest(width: int, cells: int) -> None:
    if width > limits.COLUMNS:
        raise TooLargeError(what="columns", limit=limits.COLUMNS)
    if cells > limits.CELLS:
        raise TooLargeError(what="cells", limit=limits.CELLS)


def _widened(line: SheetRow, width: int) -> SheetRow:
    cells = line.row.cells
    return SheetRow(Row((*cells, *[_EMPTY] * (width - len(cells)))), line.is_after_gap)
