"""The .docx reader: lines and tables of the body, as the page shows them after all changes are accepted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml.etree import _Element as Element  # lxml names its public class so

from bot.documents import limits
from bot.documents.blocks import Block, Cell, Line, Row, Source, Table
from bot.documents.docx_numbering import Numbering
from bot.documents.docx_package import MC, W, open_package
from bot.documents.docx_text import REMOVED, TRANSPARENT, Inlines, alternative, control_content, is_on
from bot.documents.errors import DamagedError, TooLargeError
from bot.documents.wording import links_in, normalised, safe_links, unique

_EMPTY = Cell("")


def read_docx(data: bytes) -> Source:
    """Raises the errors of ``bot.documents.docx_package``; DamagedError also where nothing is nested sanely."""
    package = open_package(data)
    body = package.document.find(f"{W}body")
    if body is None:
        raise DamagedError(detail="no body")
    return Source(tuple(_Body(Numbering(package), Inlines(package)).blocks(body)))


@dataclass(slots=True)
class _Merges:
    """Cells of the rows above that may go on downwards, by column."""

    open: dict[int, Cell] = field(default_factory=dict)


class _Body:
    def __init__(self, numbering: Numbering, inlines: Inlines) -> None:
        self._numbering = numbering
        self._inlines = inlines
        self._cells = 0
        self._paragraphs = 0
        self._depth = 0

    def blocks(self, parent: Element) -> list[Block]:
        self._depth += 1
        if self._depth > limits.NESTING:
            raise TooLargeError(what="nesting", limit=limits.NESTING)
        blocks: list[Block] = []
        unfinished = ""  # a paragraph whose end was deleted runs on into the next one
        for element in _flattened(parent):
            if element.tag == f"{W}tbl":
                blocks.append(self._table(element))
                continue
            text, links, boxes = self._paragraph(element)
            text = unfinished + text
            unfinished = text if _is_end_deleted(element) else ""
            if not unfinished:
                blocks.extend([Line(normalised(text), links)] if normalised(text) or links else [])
            for box in boxes:
                blocks.extend(self.blocks(box))
        if unfinished:
            blocks.append(Line(normalised(unfinished)))
        self._depth -= 1
        return blocks

    def _paragraph(self, element: Element) -> tuple[str, tuple[str, ...], list[Element]]:
        self._paragraphs += 1
        if self._paragraphs > limits.PARAGRAPHS:
            raise TooLargeError(what="paragraphs", limit=limits.PARAGRAPHS)
        inline = self._inlines.read(element)
        if not inline.text.strip() and _is_end_deleted(element):
            return "", (), inline.boxes  # deleted as a whole: it takes its number with it
        label = self._numbering.label(element.find(f"{W}pPr"))
        text = f"{label} {inline.text}" if label else inline.text
        return text, unique((*safe_links(inline.links), *links_in(inline.text))), inline.boxes

    def _table(self, element: Element) -> Table:
        merges = _Merges()
        rows = []
        for row in _rows(element):
            cells = self._row(row, merges)
            if cells:
                rows.append(Row(tuple(cells)))
        return Table(tuple(rows))

    def _row(self, row: Element, merges: _Merges) -> list[Cell]:
        cells: list[Cell] = [_EMPTY] * _skipped(row, "gridBefore")
        still_open: dict[int, Cell] = {}
        for element in _cells(row):
            self._cells += 1
            if self._cells > limits.CELLS:
                raise TooLargeError(what="cells", limit=limits.CELLS)
            if len(cells) >= limits.COLUMNS:
                raise TooLargeError(what="columns", limit=limits.COLUMNS)
            column = len(cells)
            cell = self._cell(element)
            merge = _vertical_merge(element)
            if merge == "continue" and column in merges.open and not cell.text:
                cell = merges.open[column]
            if merge is not None:
                still_open[column] = cell
            cells.extend([cell] * _span(element, limits.COLUMNS - column))
        merges.open = still_open
        return cells

    def _cell(self, element: Element) -> Cell:
        blocks = self.blocks(element)
        lines, links, tables = [], list[str](), []
        for block in blocks:
            if isinstance(block, Line):
                lines.append(block.text)
                links.extend(block.links)
            else:
                tables.append(block)
                lines.extend(" ".join(text for text in row.texts if text) for row in block.rows)
                links.extend(link for row in block.rows for cell in row.distinct for link in cell.links)
        return Cell(normalised("\n".join(lines)), unique(links), tuple(tables))


def _flattened(parent: Element) -> Iterator[Element]:
    """Paragraphs and tables, through whatever wraps them."""
    yield from _through_wrappers(parent, frozenset({f"{W}p", f"{W}tbl"}), 0)


def _rows(table: Element) -> Iterator[Element]:
    for row in _through_wrappers(table, frozenset({f"{W}tr"}), 0):
        properties = row.find(f"{W}trPr")
        if properties is None or not (properties.find(f"{W}del") is not None or is_on(properties, "hidden")):
            yield row


def _cells(row: Element) -> Iterator[Element]:
    for cell in _through_wrappers(row, frozenset({f"{W}tc"}), 0):
        properties = cell.find(f"{W}tcPr")
        if properties is None or properties.find(f"{W}cellDel") is None:
            yield cell


def _through_wrappers(parent: Element, wanted: frozenset[str], depth: int) -> Iterator[Element]:
    if depth > limits.NESTING:
        raise TooLargeError(what="nesting", limit=limits.NESTING)
    for child in parent:
        inner: Element | None = None
        if child.tag in wanted:
            yield child
        elif child.tag in REMOVED:
            continue
        elif child.tag == f"{W}sdt":
            inner = control_content(child)
        elif child.tag == f"{MC}AlternateContent":
            inner = alternative(child)
        elif child.tag in TRANSPARENT:
            inner = child
        if inner is not None:
            yield from _through_wrappers(inner, wanted, depth + 1)


def _is_end_deleted(paragraph: Element) -> bool:
    return any(paragraph.find(f"{W}pPr/{W}rPr/{mark}") is not None for mark in (f"{W}del", f"{W}moveFrom"))


def _vertical_merge(cell: Element) -> str | None:
    merge = cell.find(f"{W}tcPr/{W}vMerge")
    return None if merge is None else merge.get(f"{W}val", "continue")


def _span(cell: Element, room: int) -> int:
    span = cell.find(f"{W}tcPr/{W}gridSpan")
    return max(1, min(_number(span), room))


def _skipped(row: Element, name: str) -> int:
    return max(0, min(_number(row.find(f"{W}trPr/{W}{name}")), limits.COLUMNS - 1))


def _number(element: Element | None) -> int:
    text = (element.get(f"{W}val") or "") if element is not None else ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
