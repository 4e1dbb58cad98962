"""From the grid of a spreadsheet to lines and tables: titles above, a table under its header, signatures beneath."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.documents.blocks import Block, Line, Row, Table
from bot.documents.calendar_columns import marked_phrase
from bot.documents.columns import Header, recognised
from bot.documents.wording import normalised, unique
from bot.domain.reading_choices import Column

_HEADER_ROWS = 5  # as many as a header may have, and the one below
_ALWAYS_LOOKED_AT = 40  # rows from the top; further down a header stands behind a gap or under a title
_FOOT = re.compile(
    r"итого\b|всего\b|примечани|исполнитель\b|исп\.|согласовано|директор\b|начальник|заместитель|председатель|глав[аный]+\s|"
    r"руководитель|тел\.|подпись|\*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class SheetRow:
    """``is_after_gap``: empty rows lie above."""

    row: Row
    is_after_gap: bool = False


def blocks_of(grid: Sequence[SheetRow]) -> tuple[Block, ...]:
    """Every row is in a line or in a table, none is lost."""
    rows = _narrowed(grid)
    headers = list(_headers(rows))
    if not headers:
        start = next((place for place, row in enumerate(rows) if _filled(row.row) > 1), len(rows))
        end = _end_without_header(rows, start)
        return (*_lines(rows[:start]), *_table(rows[start:end]), *_lines(rows[end:]))
    blocks: list[Block] = []
    done = 0
    for index, (start, header) in enumerate(headers):
        limit = headers[index + 1][0] if index + 1 < len(headers) else len(rows)
        end = _end(rows, start + header.depth, limit, header, is_last=limit == len(rows))
        blocks += [*_lines(rows[done:start]), *_table(rows[start:end])]
        done = end
    return (*blocks, *_lines(rows[done:]))


def _narrowed(grid: Sequence[SheetRow]) -> list[SheetRow]:
    """Without columns that only widen the one to the left: a cell merged over three of them is one column."""
    width = len(grid[0].row.cells) if grid else 0
    kept = [
        place
        for place in range(width)
        if any(
            line.row.cells[place].text and not (place and line.row.cells[place] is line.row.cells[place - 1])
            for line in grid
        )
    ]
    return [replace(line, row=Row(tuple(line.row.cells[place] for place in kept))) for line in grid]


def _headers(rows: Sequence[SheetRow]) -> Iterator[tuple[int, Header]]:
    place = 0
    while place < len(rows):
        is_likely = place < _ALWAYS_LOOKED_AT or rows[place].is_after_gap or _filled(rows[place - 1].row) == 1
        header = recognised([line.row for line in rows[place : place + _HEADER_ROWS]]) if is_likely else None
        if header is not None:
            yield place, header
        place += header.depth if header is not None else 1


def _end(rows: Sequence[SheetRow], start: int, limit: int, header: Header, *, is_last: bool) -> int:
    """Where the table ends: before signatures, sums and notes, and before the title of the next table."""
    end = limit
    if not is_last:
        while end > start and _filled(rows[end - 1].row) == 1 and not _is_matter(rows[end - 1].row, header):
            end -= 1
    while end > start:
        gap = next((place for place in range(end - 1, start - 1, -1) if rows[place].is_after_gap), None)
        if gap is None or gap <= start or any(_is_matter(line.row, header) for line in rows[gap:end]):
            break
        end = gap
    while end > start and not _is_matter(rows[end - 1].row, header) and _FOOT.match(_first_text(rows[end - 1].row)):
        end -= 1
    return end


def _end_without_header(rows: Sequence[SheetRow], start: int) -> int:
    end = len(rows)
    while end > start and _filled(rows[end - 1].row) == 1:
        end -= 1
    return end


def _is_matter(row: Row, header: Header) -> bool:
    """A row with a number, or with a matter and its term: not a signature, a sum or a note."""
    number = _text(row, header.columns.get(Column.NUMBER))
    columns = (Column.PHRASE, Column.BEGINS, Column.ENDS)
    has_term = any(_text(row, header.columns.get(column)) for column in columns)
    has_term = has_term or bool(marked_phrase(row, header.calendar))
    return number[:1].isdigit() or (has_term and bool(_text(row, header.columns.get(Column.TITLE))))


def _text(row: Row, place: int | None) -> str:
    return row.cells[place].text if place is not None and place < len(row.cells) else ""


def _first_text(row: Row) -> str:
    return next((text for text in row.texts if text), "")


def _filled(row: Row) -> int:
    return sum(bool(text) for text in row.texts)


def _table(rows: Sequence[SheetRow]) -> tuple[Table, ...]:
    return (Table(tuple(line.row for line in rows)),) if rows else ()


def _lines(rows: Sequence[SheetRow]) -> Iterator[Line]:
    for line in rows:
        text = normalised(" ".join(filter(None, line.row.texts)))
        if text:
            yield Line(text, unique(link for cell in line.row.distinct for link in cell.links))
