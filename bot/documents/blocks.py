"""What every reader turns its format into: lines and tables in the order of the page.

A merged cell is one ``Cell`` object that stands in several places, so identity tells a merge from two equal texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from bot.domain.documents import Problem


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of running text, whitespace normalised; may hold several physical lines."""

    text: str
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """A cell with its links and the tables inside it; the same object stands in every place of a merged one."""

    text: str
    links: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """``is_after_break`` says that a page may have ended just above: an empty line, a new page of the extractor.

    ``is_uncertain``: nothing was drawn between this row and its neighbours, or between two of its cells.
    """

    cells: tuple[Cell, ...]
    is_after_break: bool = False
    is_uncertain: bool = False

    @property
    def distinct(self) -> tuple[Cell, ...]:
        """The cells once each, merged ones not repeated."""
        return tuple({id(cell): cell for cell in self.cells}.values())

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(cell.text for cell in self.distinct)


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Rows from the top down, the header among them; ``name`` is the sheet's where several are read."""

    rows: tuple[Row, ...]
    name: str = ""


Block = Line | Table


@dataclass(frozen=True, slots=True)
class Sheet:
    """One of the sheets of a workbook, which is a document of its own until one is chosen."""

    name: str
    blocks: tuple[Block, ...]

    @property
    def tables(self) -> tuple[Table, ...]:
        return tuple(block for block in self.blocks if isinstance(block, Table))


@dataclass(frozen=True, slots=True)
class Source:
    """A document as its reader saw it, ``problems`` included; a workbook has ``sheets`` instead of blocks."""

    blocks: tuple[Block, ...] = field(default=())
    problems: tuple[Problem, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    is_drawn: bool = False
    """Put together from what lies on the pages: a gap in the numbers is more likely a loss of ours."""

    @property
    def tables(self) -> tuple[Table, ...]:
        return tuple(block for block in self.blocks if isinstance(block, Table))


def with_nested(tables: Iterable[Table]) -> Iterator[Table]:
    """Each table, followed by those inside its cells (a table that only lays out the page holds the real one)."""
    for table in tables:
        yield table
        for row in table.rows:
            for cell in row.distinct:
                yield from with_nested(cell.tables)
