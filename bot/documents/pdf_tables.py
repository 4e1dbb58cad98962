"""The tables and the running text of all pages: what is ruled first, then what only stands in columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from bot.documents.blocks import Block, Cell, Row, Table
from bot.documents.columns import recognised
from bot.documents.pdf_columns import NUMBER, Columns, opened
from bot.documents.pdf_grid import Area, Frame, areas_of, frames_of, with_columns
from bot.documents.pdf_page import Page, Rule, Word
from bot.documents.pdf_prose import paragraphs
from bot.documents.pdf_rows import cell_of, end_of_table, rows_of_lines
from bot.documents.pdf_text import TextLine, Vocabulary, lines_of
from bot.domain.documents import Problem, ProblemCode

_SAME_WIDTH = 8.0
_WIDEST_PADDING = 14.0
_STRAY_CHARACTERS = 200
_TABLE_HEAD = re.compile(r"№\s*п/п", re.IGNORECASE)
_DEEPEST_HEADER = 3
_SECTION_LINES = 4
_SECTION_GAP = 1.2  # of the font size


@dataclass(slots=True)
class _Growing:
    """A table that the next page may go on with."""

    rows: list[Row]
    xs: tuple[float, ...]
    columns: Columns | None
    """As the words of the table show them; the number at least has to be known to go on without rules."""
    is_ruled: bool
    last_number: str | None = None
    bottom: float = 0.0


@dataclass(slots=True)
class Reading:
    """Pages in, blocks and problems out."""

    known: Vocabulary
    blocks: list[Block] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    table: _Growing | None = None
    page: int = 0

    def add(self, page: Page) -> None:
        """Reads one page; a table at its top may go on where the last page ended with one."""
        self.page = page.number
        frames = [frame for frame in frames_of(page) if not _is_loose(frame, page.words)]
        held = [[word for word in page.words if frame.box.holds(word.middle, 1)] for frame in frames]
        inside = {id(word) for words in held for word in words}
        free = lines_of(word for word in page.words if id(word) not in inside)
        is_first = True
        for frame, words in zip(frames, held, strict=True):
            above = [line for line in free if line.middle_y < frame.box.top]
            free = free[len(above) :]
            if not self._is_section(above, frame, is_first=is_first):
                is_first = self._take_lines(above, page.level, is_first=is_first) and is_first
                above = []
            self._take_frame(frame, words, above, is_first=is_first)
            is_first = False
        self._take_lines(free, page.level, is_first=is_first)

    def finished(self) -> tuple[tuple[Block, ...], tuple[Problem, ...]]:
        self._close()
        return tuple(self.blocks), tuple(self.problems)

    def _close(self) -> None:
        if self.table is not None and self.table.rows:
            self.blocks.append(Table(tuple(self.table.rows)))
        self.table = None

    def _is_section(self, lines: Sequence[TextLine], frame: Frame, *, is_first: bool) -> bool:
        """A heading between two parts of one table: its row has neither left nor right border."""
        table = self.table
        if not lines or is_first or table is None or not table.is_ruled or len(lines) > _SECTION_LINES:
            return False
        if table.columns is not None and table.columns.number(lines[0]):
            return False
        gaps = [lines[0].top - table.bottom, frame.box.top - lines[-1].bottom]
        is_near = all(gap < _SECTION_GAP * lines[0].size for gap in gaps)
        return is_near and _is_as_wide(table.xs, frame.xs) and len(with_columns(frame, table.xs).xs) == len(table.xs)

    def _take_frame(self, frame: Frame, words: Sequence[Word], section: Sequence[TextLine], *, is_first: bool) -> None:
        table = self.table
        if table is not None and _is_as_wide(table.xs, frame.xs) and (is_first or section):
            frame = with_columns(frame, table.xs)
        goes_on = table is not None and (is_first or bool(section)) and _is_same_grid(table.xs, frame.xs)
        rows, numbers = _ruled_rows(frame, words, self.known, is_after_break=goes_on and is_first)
        if not goes_on or table is None:
            self._close()
            table = self.table = _Growing([], frame.xs, None, is_ruled=True)
            table.columns = _columns_of(frame, rows)
        elif is_first and rows:
            rows[0] = _without_header(rows[0], table.rows[:_DEEPEST_HEADER])
        if section:
            cell = cell_of([word for line in section for word in line.words], self.known, None)
            table.rows.append(Row((cell,) * (len(frame.xs) - 1)))
        table.rows += _with_merged_above(table.rows, rows) if goes_on and is_first else rows
        table.last_number = numbers[-1] if numbers else table.last_number
        table.bottom = frame.box.bottom

    def _take_lines(self, lines: Sequence[TextLine], rules: Sequence[Rule], *, is_first: bool) -> bool:
        """Whether nothing but the end of the last page's table stood there."""
        place = 0
        while place < len(lines):
            rest = lines[place:]
            found = opened(rest, rules)
            until = found.first if found is not None else len(rest)
            taken = self._go_on(rest[:until], rules, is_first=is_first and place == 0)
            place += taken
            if found is None or taken < until:
                self._take_prose(lines[place : place + until - taken] if found else lines[place:])
                place = place + until - taken if found else len(lines)
            if found is not None:
                place += self._open(rest[found.first :], found.last - found.first, found.columns, rules)
        return not lines

    def _open(self, lines: Sequence[TextLine], last: int, columns: Columns, rules: Sequence[Rule]) -> int:
        end = end_of_table(lines[last + 1 :], columns)
        body = lines[last + 1 : last + 1 + end]
        table = self.table
        goes_on = table is not None and not table.is_ruled and len(table.xs) == len(columns.edges)
        if goes_on and table is not None and table.columns is not None:
            columns = replace(columns, is_centred=table.columns.is_centred)
        rows = rows_of_lines(body, columns, rules, self.known, is_after_break=goes_on, header=lines[: last + 1])
        if not goes_on or table is None:
            self._close()
            table = self.table = _Growing([], columns.edges, columns, is_ruled=False)
            columns = replace(columns, is_centred=_is_centred(body, columns))
        table.rows += _with_merged_above(table.rows, rows) if goes_on else rows
        table.columns, table.xs = columns, columns.edges
        table.last_number = _last_number(body, columns) or table.last_number
        return last + 1 + end

    def _go_on(self, lines: Sequence[TextLine], rules: Sequence[Rule], *, is_first: bool) -> int:
        """How many lines go on with the table above, though no rule holds them."""
        table = self.table
        if table is None or table.columns is None or not lines:
            return 0
        columns = table.columns = table.columns.on(lines)
        first = next((number for line in lines[:1] if (number := columns.number(line))), None)
        is_next = first is not None and _follows(table.last_number, first)
        if not is_next and (table.is_ruled or not is_first or not _is_table_like(lines, columns)):
            return 0
        end = end_of_table(lines, columns)
        rows = rows_of_lines(lines[:end], columns, rules, self.known, is_after_break=is_first)
        if table.is_ruled:
            rows = [replace(row, is_uncertain=True) for row in rows]
        table.rows += _with_merged_above(table.rows, rows) if is_first else rows
        table.last_number = _last_number(lines[:end], columns) or table.last_number
        return end

    def _take_prose(self, lines: Sequence[TextLine]) -> None:
        if not lines:
            return
        table = self.table
        if table is not None and table.columns is not None:
            self._note_strays(lines, table.columns)
        self._note_unread_header(lines)
        self._close()
        self.blocks.extend(paragraphs(lines, self.known))

    def _note_unread_header(self, lines: Sequence[TextLine]) -> None:
        """«№ п/п» stands nowhere but at the head of a table: one that was not recognised must not be lost unsaid."""
        place = next((place for place, line in enumerate(lines) if _TABLE_HEAD.match(line.text)), None)
        if place is not None:
            self._note(lines[place : place + 4])

    def _note_strays(self, lines: Sequence[TextLine], columns: Columns) -> None:
        """Right below a table, words in several of its columns look like a row that was not taken."""
        line = lines[0]
        places = {columns.place(word) for word in line.words}
        if len(places) > 2 and not columns.is_crossed_by(line):
            self._note(lines[:4])

    def _note(self, lines: Sequence[TextLine]) -> None:
        text = " ".join(line.text for line in lines)[:_STRAY_CHARACTERS]
        self.problems.append(Problem(ProblemCode.WORDS_BESIDE_TABLE, {"page": str(self.page), "text": text}))


def _ruled_rows(
    frame: Frame, words: Sequence[Word], known: Vocabulary, *, is_after_break: bool
) -> tuple[list[Row], list[str]]:
    frame, splits = _split_at_numbers(frame, words)
    areas, guessed = areas_of(frame, words, splits)
    columns = len(frame.xs) - 1
    grid: list[list[Cell | None]] = [[None] * columns for _ in frame.ys[1:]]
    paddings = _paddings(frame, areas, words)
    numbers = []
    for area in areas:
        own = [word for word in words if area.box.holds(word.middle)]
        limit = area.box.x1 - paddings[area.columns[0]]
        cell = cell_of(own, known, limit)
        if area.columns[0] == 0 and NUMBER.match(cell.text):
            numbers.append((area.rows[0], cell.text))
        for row in range(area.rows[0], area.rows[1] + 1):
            for column in range(area.columns[0], area.columns[1] + 1):
                grid[row][column] = cell
    rows: list[Row] = []
    last: list[Cell | None] = []
    for place, cells in enumerate(grid):
        if [id(cell) for cell in cells] != [id(cell) for cell in last]:
            is_uncertain = place in guessed or frame.ys[place] in splits or frame.ys[place + 1] in splits
            whole = tuple(cell if cell is not None else Cell("") for cell in cells)
            rows.append(Row(whole, is_after_break and not rows, is_uncertain))
        last = cells
    return rows, [text for _, text in sorted(numbers)]


def _without_header(row: Row, above: Sequence[Row]) -> Row:
    """No rule may part the header that a page repeats from the rest of a row that the page before began."""
    for header in above:
        pairs = list(zip(row.texts, header.texts, strict=False))
        is_same = len(row.cells) == len(header.cells) and len(header.distinct) > 1 and row.texts != header.texts
        if is_same and all(text.startswith(heading) for text, heading in pairs):
            rests = [text[len(heading) :].strip() for text, heading in pairs]
            cells = tuple(replace(cell, text=rest) for cell, rest in zip(row.cells, rests, strict=True))
            return Row(cells, is_after_break=True, is_uncertain=True)
    return row


def _with_merged_above(above: Sequence[Row], rows: Sequence[Row]) -> list[Row]:
    """A cell merged downwards over the end of a page is empty below it: the text stands on the page before."""
    header = [row.texts for row in above[:_DEEPEST_HEADER]]
    start = next((place for place, row in enumerate(rows) if row.texts not in header), len(rows))
    if start == len(rows) or not above or len(above[-1].cells) != len(rows[start].cells):
        return list(rows)
    taken: dict[int, Cell] = {}
    for place, cell in enumerate(rows[start].cells):
        upper = above[-1].cells[place]
        own = [row for row in rows if any(other is cell for other in row.cells)]
        is_merged = len(own) > 1 or sum(any(other is upper for other in row.cells) for row in above) > 1
        if place and not cell.text and upper.text and is_merged and any(row.cells[0].text for row in own):
            taken[id(cell)] = upper
    return [replace(row, cells=tuple(taken.get(id(cell), cell) for cell in row.cells)) for row in rows]


def _split_at_numbers(frame: Frame, words: Sequence[Word]) -> tuple[Frame, frozenset[float]]:
    """Two numbers in one cell of the first column are two rows whose border was not drawn."""
    splits: list[float] = []
    for top, bottom in pairwise(frame.ys):
        inside = [word for word in words if top <= word.middle[1] <= bottom]
        lines = lines_of(word for word in inside if word.middle[0] < frame.xs[1])
        if len(lines) < 2 or not all(NUMBER.match(line.text) for line in lines):
            continue
        for line in lines[1:]:
            beside = [word for word in inside if word.middle[0] > frame.xs[1] and abs(word.top - line.top) < 3]
            if beside:
                splits.append(min([line.top, *(word.top for word in beside)]) - 0.5)
    return replace(frame, ys=tuple(sorted([*frame.ys, *splits]))), frozenset(splits)


def _paddings(frame: Frame, areas: Sequence[Area], words: Sequence[Word]) -> list[float]:
    """How far from its left border a column's text begins: as far it ends from the right one."""
    paddings = [_WIDEST_PADDING] * (len(frame.xs) - 1)
    for area in areas:
        starts = [word.x0 - area.box.x0 for word in words if area.box.holds(word.middle)]
        if starts:
            place = area.columns[0]
            paddings[place] = max(0.0, min(paddings[place], *starts))
    return paddings


def _columns_of(frame: Frame, rows: Sequence[Row]) -> Columns | None:
    if not any(recognised(rows[at:]) for at in range(min(12, len(rows)))):
        return None
    firsts = [row.cells[0].text for row in rows if len(row.distinct) > 1]
    number_at = 0 if any(NUMBER.match(text) for text in firsts) else None
    return Columns(frame.xs, number_at)


def _is_loose(frame: Frame, words: Sequence[Word]) -> bool:
    """Upright rules only, or hardly any others: rows then are told by their numbers, as without rules."""
    box = frame.box
    wide = [y for y in frame.ys if frame.is_ruled_at(y, box.x0, box.x1)]
    if not wide:
        return True
    if len(wide) > 3:
        return False
    firsts = [word for word in words if box.holds(word.middle) and word.middle[0] < frame.xs[1]]
    numbers = [line for line in lines_of(firsts) if NUMBER.match(line.text)]
    return len(numbers) >= len(wide)


def _is_centred(body: Sequence[TextLine], columns: Columns) -> bool:
    return bool(body) and columns.number_at is not None and columns.number(body[0]) is None


def _is_same_grid(xs: Sequence[float], others: Sequence[float]) -> bool:
    return len(xs) == len(others) and all(abs(x - other) <= _SAME_WIDTH for x, other in zip(xs, others, strict=True))


def _is_as_wide(xs: Sequence[float], others: Sequence[float]) -> bool:
    return abs(xs[0] - others[0]) <= _SAME_WIDTH and abs(xs[-1] - others[-1]) <= _SAME_WIDTH


def _is_table_like(lines: Sequence[TextLine], columns: Columns) -> bool:
    """The top of a page: the end of a row that the page before began, or new rows."""
    if not columns.fits(lines[0]):
        return False
    if any(columns.number(line) for line in lines[:40]):
        return True
    return len(lines) < 30 and all(columns.fits(line) for line in lines)


def _last_number(lines: Sequence[TextLine], columns: Columns) -> str | None:
    return next((number for line in reversed(lines) if (number := columns.number(line))), None)


def _follows(last: str | None, number: str) -> bool:
    if last is None:
        return False
    one, other = ([int(part) for part in re.findall(r"\d+", text)] for text in (last, number))
    return one < other and other[0] <= one[0] + 10
