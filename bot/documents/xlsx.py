"""The .xlsx reader: the sheets as their author sees them, merged cells once, what he hid left out."""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from lxml.etree import _Element as Element  # lxml names its public class so
from openpyxl.utils.cell import column_index_from_string

from bot.documents import limits
from bot.documents.archive import streamed
from bot.documents.blocks import Cell, Row, Sheet, Source
from bot.documents.errors import EmptyFileError, TooLargeError
from bot.documents.number_formats import shown, shown_date
from bot.documents.sheet_pages import SheetRow, blocks_of
from bot.documents.wording import links_in, normalised, safe_links, unique
from bot.documents.xlsx_package import SheetPart, Workbook, is_on, open_workbook, text_of, unescaped
from bot.domain.documents import Problem, ProblemCode

_EMPTY = Cell("")
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?\Z")
_HYPERLINK = re.compile(r'\A\s*HYPERLINK\(\s*"([^"]{1,2000})"\s*(?:[,;]\s*"([^"]{0,2000})"\s*)?\)', re.IGNORECASE)
_NAMED = 6  # cells or sheets in the words of a problem
_MERGED_CELLS = 4 * limits.CELLS  # places under merged cells; overlapping ranges are no honest ones
_RANGES, _HIDDEN_RANGES = 20_000, 1_000
_COLUMNS_WITH_TEXT = 10 * limits.COLUMNS  # the hidden ones among them


@dataclass(frozen=True, slots=True)
class _Range:
    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class _Content:
    """What one sheet holds, by row and column counted from 1; cells without a text or a formula are not kept."""

    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    links: dict[tuple[int, int], tuple[str, ...]] = field(default_factory=dict)
    merged: list[_Range] = field(default_factory=list)
    linked: list[tuple[_Range, str]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    uncounted: list[str] = field(default_factory=list)
    characters: int = 0


def read_xlsx(data: bytes) -> Source:
    """Raises EmptyFileError, DamagedError, EncryptedError or TooLargeError. A macro is never looked at."""
    with open_workbook(data) as book:
        sheets, uncounted = [], []
        rows = columns = cells = 0
        for part in book.sheets:
            if part.is_hidden:
                continue
            content = _content(book, part)
            cells += len(content.texts)
            if cells > limits.CELLS:
                raise TooLargeError(what="cells", limit=limits.CELLS)
            grid, hidden = _grid(content)
            rows, columns = rows + hidden[0], columns + hidden[1]
            prefix = f"{part.name}!" if len(book.sheets) > 1 else ""
            uncounted += [f"{prefix}{place}" for place in content.uncounted]
            if grid:
                sheets.append(Sheet(part.name, blocks_of(grid)))
        hidden_sheets = [part.name for part in book.sheets if part.is_hidden]
    if not sheets:
        raise EmptyFileError
    return Source(problems=tuple(_problems(rows, columns, hidden_sheets, uncounted)), sheets=tuple(sheets))


def _content(book: Workbook, part: SheetPart) -> _Content:
    content = _Content()
    number = 0
    for element in streamed(book.archive, part.path, ["{*}row", "{*}col", "{*}mergeCell", "{*}hyperlink"]):
        tag = str(element.tag).rpartition("}")[2]
        if tag == "row":
            number = _number(element.get("r"), number + 1)
            if is_on(element, "hidden"):
                content.hidden_rows.add(number)
            _take_row(book, content, number, element)
        elif tag == "col" and is_on(element, "hidden"):
            content.hidden_columns.append((_number(element.get("min"), 1), _number(element.get("max"), 1)))
        elif tag == "mergeCell" and (found := _range(element.get("ref"))):
            content.merged.append(found)
        elif tag == "hyperlink" and (found := _range(element.get("ref"))):
            target = next((part.links[value] for value in map(str, element.values()) if value in part.links), "")
            content.linked.append((found, target))
        if len(content.merged) + len(content.linked) > _RANGES or len(content.hidden_columns) > _HIDDEN_RANGES:
            raise TooLargeError(what="cells", limit=_RANGES)
    return content


def _take_row(book: Workbook, content: _Content, number: int, element: Element) -> None:
    column, before = 0, None
    for cell in element:
        reference = cell.get("r")
        if not len(cell):  # painted and empty: whole sheets are, so it has to cost nothing
            column, before = (column, reference) if reference else (column + 1, before)
            continue
        place = _range(reference) or (_range(before) if before else None)
        column = column + 1 if place is None else place.left + (reference is None)
        before = None
        text, links, is_uncounted = _read(book, cell)
        if is_uncounted and len(content.uncounted) <= _NAMED:
            content.uncounted.append(cell.get("r") or "")
        if text or links:
            content.characters += len(text)
            if content.characters > limits.TEXT_CHARACTERS:  # one shared text may stand in every cell
                raise TooLargeError(what="characters", limit=limits.TEXT_CHARACTERS)
            content.texts[number, column] = text
            content.links[number, column] = links
        if len(content.texts) > limits.CELLS:
            raise TooLargeError(what="cells", limit=limits.CELLS)


def _read(book: Workbook, cell: Element) -> tuple[str, tuple[str, ...], bool]:
    """The text as it is shown, the links in it, and whether a formula was never counted."""
    formula, value, inline = cell.find("{*}f"), cell.find("{*}v"), cell.find("{*}is")
    raw = (value.text or "") if value is not None else ""
    text = normalised(text_of(inline) if inline is not None else _shown(book, cell, raw))
    links = list(links_in(text))
    link = _HYPERLINK.match(formula.text or "") if formula is not None else None
    if link:
        links.append(link[1])
        text = text or normalised(link[2] or link[1])
    is_uncounted = formula is not None and value is None and inline is None and not link
    return text, safe_links(links), is_uncounted


def _shown(book: Workbook, cell: Element, raw: str) -> str:
    match cell.get("t", "n"):
        case "s":
            at = int(raw) if raw.isdigit() else -1
            return book.texts[at] if 0 <= at < len(book.texts) else ""
        case "str" | "e" | "inlineStr":
            return unescaped(raw)
        case "b":
            return {"1": "ИСТИНА", "0": "ЛОЖЬ"}.get(raw.strip(), raw)
        case "d":
            try:
                return shown_date(datetime.fromisoformat(raw.strip()).replace(tzinfo=None))
            except ValueError:
                return raw
    try:
        number = float(raw) if raw.strip() else math.nan
    except ValueError:
        return raw
    if not math.isfinite(number):
        return "" if not raw.strip() else raw
    style = _number(cell.get("s"), 0)
    code = book.formats[style] if style < len(book.formats) else "General"
    return shown(number, code, is_1904=book.is_1904)


def _grid(content: _Content) -> tuple[list[SheetRow], tuple[int, int]]:
    """The visible rows that say anything, and how many rows and columns that do are hidden."""
    rows = sorted({row for row, _ in content.texts})
    columns = sorted({column for _, column in content.texts})
    if len(columns) > _COLUMNS_WITH_TEXT:
        raise TooLargeError(what="columns", limit=limits.COLUMNS)
    shown_rows = [row for row in rows if row not in content.hidden_rows]
    shown_columns = [c for c in columns if not any(first <= c <= last for first, last in content.hidden_columns)]
    if len(shown_columns) > limits.COLUMNS:
        raise TooLargeError(what="columns", limit=limits.COLUMNS)
    cells = _cells(content, shown_rows, shown_columns)
    grid = [
        SheetRow(Row(tuple(cells.get((row, column), _EMPTY) for column in shown_columns)), row - before > 1)
        for row, before in zip(shown_rows, [0, *shown_rows], strict=False)
    ]
    return grid, (len(rows) - len(shown_rows), len(columns) - len(shown_columns))


def _cells(content: _Content, rows: Sequence[int], columns: Sequence[int]) -> dict[tuple[int, int], Cell]:
    """One cell for each place, the same one under a whole merged range."""
    linked: dict[tuple[int, int], list[str]] = {}
    places = 0
    for area, target in content.linked:
        for place in _inside(area, rows, columns):
            linked.setdefault(place, []).append(target)
            places += 1
            _ensure_few(places)
    cells = {
        place: Cell(text, unique((*content.links[place], *safe_links(linked.get(place, ())))))
        for place, text in content.texts.items()
    }
    for area in content.merged:
        whole = cells.get((area.top, area.left))
        for place in _inside(area, rows, columns):
            places += 1
            _ensure_few(places)
            if whole is not None:
                cells[place] = whole
            else:
                cells.pop(place, None)  # what lies under a merged cell is not seen
    return cells


def _inside(area: _Range, rows: Sequence[int], columns: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The places of a range that are shown; ``rows`` and ``columns`` are sorted, the range may be of any size."""
    for row in rows[bisect_left(rows, area.top) : bisect_right(rows, area.bottom)]:
        for column in columns[bisect_left(columns, area.left) : bisect_right(columns, area.right)]:
            yield row, column


def _ensure_few(places: int) -> None:
    if places > _MERGED_CELLS:
        raise TooLargeError(what="cells", limit=_MERGED_CELLS)


def _problems(rows: int, columns: int, sheets: Sequence[str], uncounted: Sequence[str]) -> Iterator[Problem]:
    if rows:
        yield Problem(ProblemCode.HIDDEN_ROWS, {"number": str(rows)})
    if columns:
        yield Problem(ProblemCode.HIDDEN_COLUMNS, {"number": str(columns)})
    if sheets:
        yield Problem(ProblemCode.HIDDEN_SHEETS, {"text": ", ".join(sheets[:_NAMED])})
    if uncounted:
        yield Problem(ProblemCode.FORMULA_WITHOUT_VALUE, {"text": ", ".join(uncounted[:_NAMED])})


def _range(reference: str | None) -> _Range | None:
    match = _REFERENCE.match(reference or "")
    if match is None:
        return None
    left, top = column_index_from_string(match[1]), int(match[2])
    if match[3] is None:
        return _Range(top, left, top, left)
    right, bottom = column_index_from_string(match[3]), int(match[4])
    return _Range(min(top, bottom), min(left, right), max(top, bottom), max(left, right))


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdigit() and len(text) <= 9 else otherwise
