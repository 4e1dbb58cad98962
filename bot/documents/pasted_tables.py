"""A table copied into a chat: drawn with «|», its tabs become spaces, or each cell a line of its own.

The last two are put back only where the header is recognised by its words and every row below fits it: a table that
lost an empty cell on the way would put terms beside other matters.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.documents.blocks import Cell, Row
from bot.documents.columns import Header, recognised
from bot.domain.reading_choices import Column

_GAP = re.compile(r"\s{2,}")
_NUMBER = re.compile(r"(\d{1,3})[.)]?\Z")
_LEAST, _WIDEST = 3, 9  # columns
_LOOKED_AT = 60  # lines from the top in which the header may stand


def with_tabs(lines: Sequence[str]) -> list[str]:
    """The lines with tabs between the cells again; as they were where nothing shows a table."""
    if any("\t" in line for line in lines):
        return list(lines)
    return _by_bars(lines) or _by_gaps(lines) or _by_lines(lines) or list(lines)


def _by_bars(lines: Sequence[str]) -> list[str] | None:
    """«| № | Мероприятие | Срок |»: drawn by hand, or by a program for its chat."""
    is_drawn = [line.count("|") >= _LEAST - 1 for line in lines]
    if sum(is_drawn) < 2:
        return None
    return [_without_bars(line) if drawn else line for line, drawn in zip(lines, is_drawn, strict=True)]


def _without_bars(line: str) -> str:
    return "\t".join(cell.strip() for cell in line.strip().removeprefix("|").removesuffix("|").split("|"))


def _by_gaps(lines: Sequence[str]) -> list[str] | None:
    """«№  Мероприятие  Срок»: columns kept apart by two spaces and more."""
    for start, line in enumerate(lines[:_LOOKED_AT]):
        heading = _GAP.split(line.strip())
        if len(heading) < _LEAST or _header(heading) is None:
            continue
        end = next((at for at in range(start, len(lines)) if not lines[at].strip()), len(lines))
        rows = [_GAP.split(row.strip()) for row in lines[start:end]]
        if len(rows) > 1 and all(len(row) == len(heading) for row in rows):
            return [*lines[:start], *("\t".join(row) for row in rows), *lines[end:]]
    return None


def _by_lines(lines: Sequence[str]) -> list[str] | None:
    """A cell on each line: every row must begin with the number that follows."""
    cells = [line.strip() for line in lines if line.strip()]
    for start in range(min(len(cells), _LOOKED_AT)):
        for width in range(_WIDEST, _LEAST - 1, -1):
            header = _header(cells[start : start + width])
            if header is None or header.columns.get(Column.NUMBER) != 0:
                continue
            rows = [cells[at : at + width] for at in range(start + width, len(cells), width)]
            numbers = [_NUMBER.match(row[0]) for row in rows]
            if rows and len(rows[-1]) == width and _is_counted([int(found[1]) if found else 0 for found in numbers]):
                table = [cells[start : start + width], *rows]
                return [*cells[:start], "", *("\t".join(row) for row in table)]
    return None


def _is_counted(numbers: Sequence[int]) -> bool:
    return list(numbers) == list(range(numbers[0], numbers[0] + len(numbers))) and numbers[0] > 0


def _header(cells: Sequence[str]) -> Header | None:
    """Every cell of it names a column, or it is no header but lines of prose above one."""
    header = recognised([Row(tuple(Cell(cell) for cell in cells))]) if len(cells) >= _LEAST else None
    return header if header is not None and len(header.columns) + len(header.more_results) == len(cells) else None
