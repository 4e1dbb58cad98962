"""A table whose header does not tell which column is which: what is asked about it, and how an answer is applied."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.documents.blocks import Row, Table, with_nested
from bot.documents.calendar_columns import calendar_columns
from bot.documents.columns import (
    DEEPEST_HEADER,
    LONGEST_HEADING,
    Header,
    Refusal,
    goes_on,
    header_as_named,
    recognised,
    refusal,
)
from bot.documents.errors import NoTableError, UnknownColumnsError
from bot.documents.wording import flat
from bot.domain.reading_choices import Column
from bot.domain.terms.model import TermKind
from bot.domain.terms.reading import read_term

HEADER_WITHIN = 12  # rows from the top of a table; above a header may stand its title and its approval
_SHOWN_ROWS, _SHOWN_CHARACTERS = 5, 120
_LABEL_WITHIN = 40  # rows that may give a column without a heading its first value
_NUMBER = re.compile(r"\d{1,4}(?:\.\d{1,4})*[.)]?\Z")


@dataclass(frozen=True, slots=True)
class _Asked:
    """``start`` is the row of the header, ``depth`` its rows, 0 where there is none."""

    table: Table
    start: int
    depth: int
    told: Refusal


def unknown_columns(tables: Sequence[Table]) -> NoTableError | UnknownColumnsError:
    """What to say of tables that none of the headers explains."""
    asked = _asked_about(tables, {})
    if asked is None:
        return NoTableError()
    rows = asked.table.rows[asked.start :]
    return UnknownColumnsError(
        rows=tuple(tuple(text[:_SHOWN_CHARACTERS] for text in row.texts) for row in rows[:_SHOWN_ROWS]),
        missing=tuple(column.value for column in asked.told.missing),
        ambiguous=tuple(column.value for column in asked.told.ambiguous),
        known=tuple((column.value, place) for column, place in asked.told.columns.items()),
        labels=tuple(_labels(rows, asked.depth)),
    )


def named_header(tables: Sequence[Table], named: Mapping[Column, int]) -> tuple[Table, int, Header] | None:
    """The table that was asked about, its first row of content, and its header in the coordinator's words.

    ``None`` where the words do not fit: a place beyond the table, or still no matter or no term.
    """
    asked = _asked_about(tables, named)
    if asked is None:
        return None
    header = header_as_named(asked.table.rows[asked.start :], asked.depth, named)
    if Column.TITLE not in header.columns or not header.has_term or max(header.columns.values()) >= header.width:
        return None
    return asked.table, asked.start + asked.depth, header


def _asked_about(tables: Sequence[Table], named: Mapping[Column, int]) -> _Asked | None:
    """The table whose header is understood, else the one with a header-like row, else the largest."""
    shaped = [table for table in with_nested(tables) if len(table.rows) > 1 and any(map(_is_filled, table.rows))]
    if not shaped:
        return None
    understood = next(_understood(shaped), None) if named else None
    header_like = understood or next(_header_like(shaped), None)
    if header_like is not None:
        return header_like
    table = max(shaped, key=lambda table: len(table.rows))
    start = next(place for place, row in enumerate(table.rows) if _is_filled(row))
    depth = _depth(table, start) if _is_heading(table.rows[start], named) else 0
    return _Asked(table, start, depth, Refusal({}, (), ()))


def _understood(tables: Sequence[Table]) -> Iterator[_Asked]:
    for table in tables:
        for start in range(min(HEADER_WITHIN, len(table.rows))):
            header = recognised(table.rows[start:])
            if header is not None:
                yield _Asked(table, start, header.depth, Refusal({}, (), ()))


def _header_like(tables: Sequence[Table]) -> Iterator[_Asked]:
    for table in tables:
        for start in range(min(HEADER_WITHIN, len(table.rows))):
            depth = _depth(table, start)
            told = refusal(table.rows[start : start + depth])
            if told is not None:
                yield _Asked(table, start, depth, told)


def _depth(table: Table, start: int) -> int:
    """How far the header reaches down by its merged cells."""
    end = start + 1
    while end < min(len(table.rows) - 1, start + DEEPEST_HEADER) and goes_on(table.rows[end - 1], table.rows[end]):
        end += 1
    return end - start


def _is_filled(row: Row) -> bool:
    return sum(bool(text) for text in row.texts) > 1


def _is_heading(row: Row, named: Mapping[Column, int]) -> bool:
    """Whether the first row names the columns or is the first matter already; where it has a term, it is one."""
    texts = [flat(text) for text in row.texts]
    if any(_NUMBER.match(text) for text in texts) or any(len(text) > LONGEST_HEADING for text in texts):
        return False
    place = named.get(Column.PHRASE)
    terms = texts if place is None else [flat(row.cells[place].text)] if place < len(row.cells) else []
    return all(not text or _is_no_term(text) for text in terms)


def _is_no_term(text: str) -> bool:
    return not any(map(str.isdigit, text)) and read_term(text).kind is TermKind.UNPARSABLE


def _labels(rows: Sequence[Row], depth: int) -> Iterator[str]:
    """For each place its heading, or the first value below; "" where there is nothing to choose.

    So it is with an empty column, a cell that only goes on, and a quarter or a month, whose marks are read anyhow.
    """
    width = max(len(row.cells) for row in rows)
    stacks = [[row.cells[place].text for row in rows[:depth] if place < len(row.cells)] for place in range(width)]
    marked = {column.place for column in calendar_columns(stacks)}
    for place in range(width):
        column = [row for row in rows[:_LABEL_WITHIN] if place < len(row.cells)]
        if place in marked or (place and all(row.cells[place] is row.cells[place - 1] for row in column)):
            yield ""
            continue
        heading = " ".join(dict.fromkeys(text for row in rows[:depth] if place < len(row.cells)
                                         for text in [flat(row.cells[place].text)] if text))  # fmt: skip
        values = (flat(row.cells[place].text) for row in column[depth:])
        yield (heading or next(filter(None, values), ""))[:_SHOWN_CHARACTERS]
