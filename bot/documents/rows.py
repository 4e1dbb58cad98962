"""From a table of the page to the rows that its author meant: pages taken out, cut rows glued, groups told apart."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.documents import limits
from bot.documents.blocks import Cell, Row, Table
from bot.documents.calendar_columns import marked_phrase
from bot.documents.columns import Header, recognised
from bot.documents.errors import EmptyTableError, TooLargeError
from bot.documents.unknown_columns import HEADER_WITHIN, named_header, unknown_columns
from bot.documents.wording import flat, joined, unique, without_links
from bot.domain.reading_choices import Column

_RULE = re.compile(r"[-–—=_|:\s]*\Z")
_NUMBER = re.compile(r"(\d{1,4}(?:\.\d{1,4})*)\s*[.)]?\Z")
_SECTION = re.compile(r"(?:[IVXІХ]{1,5}\.|(?:раздел|этап|блок|направление|модуль)\b)\s*\S", re.IGNORECASE)
_TOTAL = re.compile(r"(?:итого|всего)\b", re.IGNORECASE)
_LARGEST_STEP = 10  # rows lost between two pages; a number further on belongs to another table
_DECIMAL_COMMA = re.compile(r"\A(\d{1,3}),(\d{1,3})\Z")
_NUMBER_BEFORE_TITLE = re.compile(r"(\d{1,3}(?:\.\d{1,3})*)[.)]\s+(?=\S)")


@dataclass(slots=True)
class RawRow:
    """A row still in words. ``block`` counts the tables and groups: numbers may begin anew with each."""

    number: str | None
    cells: dict[Column, str]
    links: tuple[str, ...]
    group: str | None
    block: int
    is_number_shared: bool = False
    extra: tuple[str, ...] = ()
    is_uncertain: bool = False


def rows_of(
    tables: Sequence[Table], known_words: frozenset[str], named: Mapping[Column, int] | None = None
) -> tuple[RawRow, ...]:
    """Rows of every table whose header is recognised, a table without one going on where the last one stopped.

    ``named`` are columns by the coordinator's words.

    Raises NoTableError, UnknownColumnsError (no header can be relied on) or EmptyTableError.
    """
    answer = named_header(tables, named) if named else None
    if named and answer is None:
        raise unknown_columns(tables)
    gathering = _Gathering(known_words, *(answer or ()))
    gathering.add_all(tables)
    if gathering.rows:
        return tuple(gathering.rows)
    if gathering.header is not None:
        raise EmptyTableError
    raise unknown_columns(tables)


@dataclass(slots=True)
class _Gathering:
    known_words: frozenset[str]
    asked_table: Table | None = None
    asked_start: int = 0
    asked_header: Header | None = None
    header: Header | None = None
    rows: list[RawRow] = field(default_factory=list)
    group: str | None = None
    block: int = 0
    last_cells: tuple[Cell, ...] = ()
    is_fresh: bool = True
    """Under a header of its own and no row yet: nothing here can go on what stood above."""

    def add_all(self, tables: Sequence[Table]) -> None:
        """Looks into the cells of a table only where the table itself holds no matters."""
        for table in tables:
            start = self._header_of(table) if table.rows else None
            if start is not None:
                self._add(table, start)
                continue
            for row in table.rows:
                for cell in row.distinct:
                    self.add_all(cell.tables)

    def _add(self, table: Table, start: int) -> None:
        has_numbers = self._has_numbers(table.rows[start:])
        is_after_break = not self.is_fresh  # with some extractors a table begins anew on each page
        for index in range(start, len(table.rows)):
            row = table.rows[index]
            if _is_blank(row) or self._is_furniture(row) or self._is_unfilled(row):
                is_after_break = True
            else:
                following = next((r for r in table.rows[index + 1 :] if not _is_blank(r)), None)
                self._take(row, following, has_numbers, is_after_break or row.is_after_break)
                is_after_break = False

    def _header_of(self, table: Table) -> int | None:
        """The first row of content: under the table's own header, or at once where it only goes on."""
        if table is self.asked_table and self.asked_header is not None:
            self._begin(_with_unnamed_numbers(self.asked_header, table.rows[self.asked_start :]))
            return self.asked_start
        for index in range(min(HEADER_WITHIN, len(table.rows))):
            header = recognised(table.rows[index:])
            if header is not None:
                self._begin(_with_unnamed_numbers(header, table.rows[index + header.depth :]))
                self.group = table.name or self.group
                return index + header.depth
        return 0 if self._goes_on(table) else None

    def _begin(self, header: Header) -> None:
        if self.header is None or header.texts != self.header.texts:
            self.group = None
            self.is_fresh = True
        self.header = header
        self.block += 1
        self.last_cells = ()

    def _goes_on(self, table: Table) -> bool:
        if self.header is None or not self.rows or len(table.rows[0].cells) != self.header.width:
            return False
        first = next((row for row in table.rows if not _is_blank(row)), None)
        if first is None or self._is_furniture(first):
            return first is not None
        number = self._cell(first, Column.NUMBER)
        return not number or _follows(self.rows[-1].number, _plain_number(number))

    def _has_numbers(self, rows: Sequence[Row]) -> bool:
        return any(self._cell(row, Column.NUMBER) for row in rows if not self._is_furniture(row))

    def _is_furniture(self, row: Row) -> bool:
        """What belongs to the page: rules, the repeated header, the numbers of the columns."""
        assert self.header is not None
        return (
            all(_RULE.match(text) for text in row.texts) or self.header.is_repeated_by(row) or _is_column_numbers(row)
        )

    def _is_unfilled(self, row: Row) -> bool:
        """A number that nothing was written beside: a line of the form left over."""
        number = self._cell(row, Column.NUMBER)
        return bool(_NUMBER.match(flat(number))) and not any(text for text in row.texts if text != number)

    def _take(self, row: Row, following: Row | None, has_numbers: bool, is_after_break: bool) -> None:
        if self._is_group(row, following, is_after_break):
            self.group = flat(" ".join(row.texts))
            self.block += 1
            self.last_cells = ()
        elif not self.is_fresh and self._is_continuation(row, has_numbers, is_after_break):
            self._glue(row)
        elif not (self._is_foreign(row) or self._is_total(row)):
            self._open(row, has_numbers)

    def _is_group(self, row: Row, following: Row | None, is_after_break: bool) -> bool:
        """A row that only names what follows: one cell over the whole table, or the only cell that says anything."""
        filled = [cell for cell in row.distinct if cell.text]
        if len(row.distinct) == 1 and len(row.cells) > 1:
            return True
        number = self._cell(row, Column.NUMBER)
        below = self._cell(following, Column.NUMBER) if following is not None else ""
        if len(filled) == 2 and filled[0].text == number:
            return _spans(row, filled[1]) or below.startswith(f"{number.strip(' .)')}.")
        if len(filled) != 1:
            return False
        text = filled[0].text
        if number or _spans(row, filled[0]):
            return not _NUMBER.match(flat(text))
        if _SECTION.match(text):
            return True
        is_end_of_row_above = not self.is_fresh and (is_after_break or text[0].islower() or text[0] in "(-–—•*")
        return bool(below) and text != self._phrase(row) and not is_end_of_row_above

    def _is_foreign(self, row: Row) -> bool:
        """Text with a tab in it right below the table («Согласовано ⇥ А.А. Петров») has fewer cells and no number."""
        assert self.header is not None
        number = self._cell(row, Column.NUMBER)
        return len(row.cells) < self.header.width and len(number) > 3 and not any(map(str.isdigit, number))

    def _is_total(self, row: Row) -> bool:
        """«Итого: 12 мероприятий» below the last row, in one cell over the number and the matter."""
        first = row.cells[0]
        return bool(_TOTAL.match(first.text)) and (_spans(row, first) or not self._phrase(row))

    def _is_continuation(self, row: Row, has_numbers: bool, is_after_break: bool) -> bool:
        number, title = self._cell(row, Column.NUMBER), self._cell(row, Column.TITLE)
        if self._is_split_by_merging(row):
            return True
        if number:
            return False
        phrase = self._phrase(row)
        starts_lower = bool(title) and (title[0].islower() or (title[0] in "(«,;–-" and is_after_break))
        if not title or starts_lower:
            return True
        if not has_numbers:
            return False
        return is_after_break or not phrase

    def _is_split_by_merging(self, row: Row) -> bool:
        """One number over several rows, and the matter and its term over the same rows: one row of lists."""
        return all(self._is_same(row, column) for column in (Column.NUMBER, Column.TITLE, Column.PHRASE))

    def _is_same(self, row: Row, column: Column) -> bool:
        place = self._place(column)
        if place is None or place >= min(len(row.cells), len(self.last_cells)):
            return False
        return row.cells[place] is self.last_cells[place] and bool(row.cells[place].text)

    def _open(self, row: Row, has_numbers: bool) -> None:
        assert self.header is not None
        if len(self.rows) >= limits.ROWS:
            raise TooLargeError(what="rows", limit=limits.ROWS)
        cells = {column: self._cell(row, column) for column in Column if self._place(column) is not None}
        if self.header.calendar and not cells.get(Column.PHRASE):
            cells[Column.PHRASE] = marked_phrase(row, self.header.calendar)
        number = _plain_number(cells.get(Column.NUMBER, ""))
        before_title = _NUMBER_BEFORE_TITLE.match(cells.get(Column.TITLE, ""))
        if not has_numbers and before_title:
            number = before_title.group(1)
            cells[Column.TITLE] = cells[Column.TITLE][before_title.end() :]
        raw = RawRow(
            number=number,
            cells=cells,
            links=unique(link for cell in row.distinct for link in cell.links),
            group=self.group,
            block=self.block,
            is_number_shared=self._is_same(row, Column.NUMBER),
            extra=tuple(cell.text for cell in row.cells[self.header.width :] if cell.text),
            is_uncertain=row.is_uncertain,
        )
        raw.cells[Column.RESULT] = self._with_more_results(raw.cells.get(Column.RESULT, ""), row)
        self.rows.append(raw)
        self.is_fresh = False
        self.last_cells = row.cells

    def _glue(self, row: Row) -> None:
        raw = self.rows[-1]
        for column in Column:
            text = self._cell(row, column)
            if text and not self._is_same(row, column):
                raw.cells[column] = joined(raw.cells.get(column, ""), text, self.known_words)
        more = self._with_more_results("", row)
        if more:
            raw.cells[Column.RESULT] = joined(raw.cells.get(Column.RESULT, ""), more, self.known_words)
        raw.links = unique((*raw.links, *(link for cell in row.distinct for link in cell.links)))
        raw.is_uncertain = raw.is_uncertain or row.is_uncertain
        self.last_cells = row.cells

    def _with_more_results(self, result: str, row: Row) -> str:
        """A second column of results adds its words; one of links only is already among the row's links."""
        assert self.header is not None
        for place in self.header.more_results:
            text = row.cells[place].text if place < len(row.cells) else ""
            if without_links(text):
                result = f"{result}\n{text}" if result else text
        return result

    def _phrase(self, row: Row) -> str:
        assert self.header is not None
        own = self._cell(row, Column.PHRASE) or self._cell(row, Column.BEGINS) or self._cell(row, Column.ENDS)
        return own or marked_phrase(row, self.header.calendar)

    def _place(self, column: Column) -> int | None:
        return self.header.columns.get(column) if self.header is not None else None

    def _cell(self, row: Row, column: Column) -> str:
        place = self._place(column)
        return row.cells[place].text if place is not None and place < len(row.cells) else ""


def _with_unnamed_numbers(header: Header, rows: Sequence[Row]) -> Header:
    """The first column may hold the numbers without saying so in its heading."""
    if Column.NUMBER in header.columns or header.texts[0]:
        return header
    firsts = [row.cells[0].text for row in rows if row.cells[0].text and len(row.distinct) > 1]
    if not firsts or not all(_NUMBER.match(flat(text)) for text in firsts):
        return header
    return replace(header, columns={**header.columns, Column.NUMBER: 0})


def _is_blank(row: Row) -> bool:
    return not any(row.texts)


def _spans(row: Row, cell: Cell) -> bool:
    return sum(other is cell for other in row.cells) > 1


def _is_column_numbers(row: Row) -> bool:
    """«1 2 3 4 5»; one of them may have been overwritten by an extractor («1 | 2019 г. | 3 | 4 | 5»)."""
    filled = [(place, cell.text) for place, cell in enumerate(row.cells) if cell.text]
    own = sum(text.strip(" .") == str(place + 1) for place, text in filled)
    return len(filled) >= 3 and own >= max(3, len(filled) - 1) and own >= len(row.cells) - 1


def _plain_number(text: str) -> str | None:
    text = _DECIMAL_COMMA.sub(r"\1.\2", flat(text).removeprefix("№").lstrip())  # a spreadsheet shows the number 1.1 so
    match = _NUMBER.match(text)
    return match.group(1) if match else text.rstrip(" .)") or None


def _follows(last: str | None, number: str | None) -> bool:
    """«6», «5.1» or, with rows lost on the way, «8» after «5»."""
    if last is None or number is None or not (_NUMBER.match(last) and _NUMBER.match(number)):
        return False
    before, after = [[int(part) for part in text.split(".")] for text in (last, number)]
    return before < after and after[0] <= before[0] + _LARGEST_STEP
