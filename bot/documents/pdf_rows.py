"""Rows of a table that nothing but white parts: where they begin, and where the table ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from bot.documents.blocks import Cell, Row
from bot.documents.pdf_columns import Columns
from bot.documents.pdf_doubts import doubtful_places
from bot.documents.pdf_numbered import parting, row_gap, white_above
from bot.documents.pdf_page import Rule, Word
from bot.documents.pdf_text import TextLine, Vocabulary, text_of
from bot.documents.wording import links_in, unique

_SECTION_LINES = 4  # of a heading between rows at most
_SEARCHED = 15  # lines in which a row must begin again after words that cross the columns
_END_GAP = 2.2  # times the size of the letters: what follows is below the table
_ROW_GAP = 0.6
_RULE_SHARE = 0.4  # of the width of the table: a rule between rows, all its pieces together


@dataclass(frozen=True, slots=True)
class _Band:
    """The lines of one row; a section has one cell over all columns."""

    lines: tuple[TextLine, ...]
    is_section: bool = False
    is_uncertain: bool = False


def end_of_table(lines: Sequence[TextLine], columns: Columns) -> int:
    """How many of the lines, from the first, are rows of the table or headings between them."""
    end = place = 0
    while place < len(lines):
        if not columns.is_crossed_by(lines[place]):
            if place and _is_below_table(lines, place, columns):
                break
            place += 1
            end = place
            continue
        run = _crossing_run(lines, place, columns)
        if not _goes_on_after(lines, place, run, columns):
            break
        place = end = run
    return end


def rows_of_lines(
    lines: Sequence[TextLine],
    columns: Columns,
    rules: Sequence[Rule],
    known: Vocabulary,
    *,
    is_after_break: bool,
    header: Sequence[TextLine] = (),
) -> list[Row]:
    """The rows; the first one ``is_after_break`` where the table goes on from the page before."""
    limits = _limits([*header, *lines], columns)
    bands = list(_bands(lines, columns, rules, is_after_break=is_after_break))
    if header:
        bands.insert(0, _Band(tuple(header)))
    contents = [_contents(band, columns) for band in bands]
    rows: list[Row] = []
    above: tuple[Cell, ...] = ()
    for place, band in enumerate(bands):
        if band.is_section:
            cells = (cell_of(contents[place][0], known, None),) * (len(columns.edges) - 1)
        else:
            made = []
            for column, limit in enumerate(limits):
                if above and _is_merged_down(bands, place, column, columns, rules):
                    made.append(above[column])
                    continue
                words = list(contents[place][column])
                below = place + 1
                while below < len(bands) and _is_merged_down(bands, below, column, columns, rules):
                    words += contents[below][column]
                    below += 1
                made.append(cell_of(words, known, limit))
            cells = tuple(made)
        is_first = is_after_break and place == bool(header)
        rows.append(Row(cells, is_first or (is_after_break and place == 0), band.is_uncertain))
        above = () if band.is_section else cells
    free = [place for place in range(bool(header), len(bands)) if _is_free(bands, place, columns, rules)]
    doubted = doubtful_places(rows, free)
    return [replace(row, is_uncertain=row.is_uncertain or place in doubted) for place, row in enumerate(rows)]


def _is_free(bands: Sequence[_Band], place: int, columns: Columns, rules: Sequence[Rule]) -> bool:
    """A row that begins with a number, and that no rule parts from the rows around it."""
    band = bands[place]
    if band.is_section or columns.is_numbering(band.lines[0]) or not any(columns.number(line) for line in band.lines):
        return False
    around = [pair for pair in pairwise(bands[max(0, place - 1) : place + 2]) if not any(b.is_section for b in pair)]
    return not all(_is_ruled_between(above, below, columns, rules) for above, below in around)


def _is_ruled_between(above: _Band, below: _Band, columns: Columns, rules: Sequence[Rule]) -> bool:
    top, bottom = above.lines[-1].middle_y, below.lines[0].middle_y
    width = columns.edges[-1] - columns.edges[0]
    return sum(rule.length for rule in rules if top < rule.at < bottom) >= _RULE_SHARE / 2 * width


def _contents(band: _Band, columns: Columns) -> list[list[Word]]:
    words = [word for line in band.lines for word in line.words]
    if band.is_section:
        return [words]
    own: list[list[Word]] = [[] for _ in columns.edges[1:]]
    for word in words:
        own[columns.place(word)].append(word)
    return own


def _is_merged_down(bands: Sequence[_Band], place: int, column: int, columns: Columns, rules: Sequence[Rule]) -> bool:
    """Whether the rule above this row leaves out the column: its cell goes on from the row above."""
    if place == 0 or bands[place].is_section or bands[place - 1].is_section:
        return False
    if not _is_ruled_between(bands[place - 1], bands[place], columns, rules):
        return False
    top, bottom = bands[place - 1].lines[-1].middle_y, bands[place].lines[0].middle_y
    between = [rule for rule in rules if top < rule.at < bottom]
    middle = (columns.edges[column] + columns.edges[column + 1]) / 2
    return not any(rule.start <= middle <= rule.end for rule in between)


def cell_of(words: Sequence[Word], known: Vocabulary, limit: float | None) -> Cell:
    """``limit``: how far to the right the lines of the cell may go."""
    text = text_of(words, known, limit)
    return Cell(text, unique([*(link for word in words for link in word.links), *links_in(text)]))


def _limits(lines: Sequence[TextLine], columns: Columns) -> list[float | None]:
    """The longest line of a column is as long as a line there can be, if there are enough of them."""
    ends: list[list[float]] = [[] for _ in columns.edges[1:]]
    for line in lines:
        if not columns.is_crossed_by(line):
            for word in line.words:
                ends[columns.place(word)].append(word.x1)
    return [max(found) if len(found) > 8 else None for found in ends]


def _crossing_run(lines: Sequence[TextLine], start: int, columns: Columns) -> int:
    end = start
    while end < len(lines) and columns.is_crossed_by(lines[end]):
        end += 1
    return end


def _goes_on_after(lines: Sequence[TextLine], start: int, end: int, columns: Columns) -> bool:
    if end == len(lines) or end - start > _SECTION_LINES:
        return False
    if columns.number_at is None:
        return end - start == 1 and lines[end].top - lines[start].bottom < _END_GAP * lines[end].size
    if columns.number(lines[end]):
        return True
    return end - start <= 2 and any(columns.number(line) for line in lines[end : end + _SEARCHED])


def _is_below_table(lines: Sequence[TextLine], place: int, columns: Columns) -> bool:
    gap = lines[place].top - lines[place - 1].bottom
    if gap <= _END_GAP * lines[place].size:
        return False
    return columns.number_at is None or not any(columns.number(line) for line in lines[place:])


def _bands(
    lines: Sequence[TextLine], columns: Columns, rules: Sequence[Rule], *, is_after_break: bool
) -> Iterator[_Band]:
    width = columns.edges[-1] - columns.edges[0]
    heights = sorted({round(rule.at, 1) for rule in rules})
    wide = [y for y in heights if sum(r.length for r in rules if abs(r.at - y) < 1.5) >= _RULE_SHARE * width]
    waiting: list[TextLine] = []
    may_go_on = is_after_break
    place = 0
    while place < len(lines):
        end = _section_end(lines, place, columns)
        if end == place:
            waiting.append(lines[place])
            place += 1
            continue
        yield from _body(waiting, columns, wide, may_go_on=may_go_on)
        yield _Band(tuple(lines[place:end]), is_section=True)
        waiting, may_go_on, place = [], False, end
    yield from _body(waiting, columns, wide, may_go_on=may_go_on)


def _section_end(lines: Sequence[TextLine], place: int, columns: Columns) -> int:
    """Behind a heading that begins here: words across the columns without a gap, or alone and out of line."""
    end = place
    while end < len(lines) and _is_one_piece(lines[end]) and columns.is_crossed_by(lines[end]):
        end += 1
    if end > place:
        return end
    line = lines[place]
    filled = {columns.place(word) for word in line.words}
    below = lines[place + 1] if place + 1 < len(lines) else None
    if len(filled) != 1 or below is None or not columns.number(below) or not columns.starts or columns.number(line):
        return place
    if filled == {columns.number_at}:
        return place + 1  # «3. Мониторинг» is no number: it only had room beside the other columns
    start = columns.starts[filled.pop()]
    is_out_of_line = start is not None and abs(line.x0 - start) > 6
    return place + 1 if is_out_of_line and _is_one_piece(line) and not columns.number(line) else place


def _is_one_piece(line: TextLine) -> bool:
    return all(right.x0 - left.x1 < 0.9 * line.size for left, right in pairwise(line.words))


def _body(lines: Sequence[TextLine], columns: Columns, wide: Sequence[float], *, may_go_on: bool) -> Iterator[_Band]:
    """Rows between two rules first; between them by numbers; without either by what white there is."""
    if not lines:
        return
    numbering = next((place for place, line in enumerate(lines) if columns.is_numbering(line)), None)
    if numbering is not None:
        yield from _body(lines[:numbering], columns, wide, may_go_on=may_go_on)
        yield _Band((lines[numbering],))
        yield from _body(lines[numbering + 1 :], columns, wide, may_go_on=may_go_on or numbering > 0)
        return
    parts = _parted(lines, [at for at in wide if lines[0].middle_y < at < lines[-1].middle_y])
    for place, part in enumerate(parts):
        numbers = [index for index, line in enumerate(part) if columns.number(line)]
        is_ruled = len(parts) > 2 or (len(parts) == 2 and len(numbers) < 2)
        if is_ruled and len(numbers) < 2:
            yield _Band(tuple(part))
        elif numbers:
            yield from _numbered(part, numbers, columns, goes_on=may_go_on and place == 0)
        elif columns.number_at is not None and (may_go_on or is_ruled):
            yield _Band(tuple(part))
        else:
            yield from _unnumbered(part, columns)


def _parted(lines: Sequence[TextLine], at: Sequence[float]) -> list[list[TextLine]]:
    parts: list[list[TextLine]] = [[]]
    pending = list(at)
    for line in lines:
        while pending and line.middle_y > pending[0]:
            pending.pop(0)
            parts.append([])
        parts[-1].append(line)
    return [part for part in parts if part]


def _numbered(lines: Sequence[TextLine], numbers: Sequence[int], columns: Columns, *, goes_on: bool) -> Iterator[_Band]:
    found = parting(lines, numbers, columns, goes_on=goes_on)
    if found.starts[0] > 0:
        yield _Band(tuple(lines[: found.starts[0]]), is_uncertain=-1 in found.doubted)
    for place, (start, end) in enumerate(pairwise([*found.starts, len(lines)])):
        crossed = any(columns.is_crossed_by(line) for line in lines[start:end])
        for index, band in enumerate(_at_gaps(lines[start:end], lines, columns)):
            yield _Band(tuple(band), is_uncertain=place in found.doubted or crossed or index > 0)


def _at_gaps(band: Sequence[TextLine], lines: Sequence[TextLine], columns: Columns) -> Iterator[Sequence[TextLine]]:
    """A row without a number of its own begins below a gap, with words in most columns."""
    usual = median([max(0.0, below.top - above.bottom) for above, below in pairwise(lines)] or [0.0])
    start = 0
    for place in range(1, len(band)):
        gap = band[place].top - band[place - 1].bottom
        filled = {columns.place(word) for word in band[place].words}
        if gap > usual + _ROW_GAP * band[place].size and len(filled) > (len(columns.edges) - 1) / 2:
            yield band[start:place]
            start = place
    yield band[start:]


def _unnumbered(lines: Sequence[TextLine], columns: Columns) -> Iterator[_Band]:
    """Rows without numbers and rules: at gaps if there are any, else where every column begins a new sentence."""
    gaps = white_above(lines)
    least = row_gap(gaps[1:])
    start = 0
    for place in range(1, len(lines)):
        is_start = _begins_anew(lines[place], columns) if least is None else gaps[place] > least
        if is_start:
            yield _Band(tuple(lines[start:place]), is_uncertain=True)
            start = place
    yield _Band(tuple(lines[start:]), is_uncertain=True)


def _begins_anew(line: TextLine, columns: Columns) -> bool:
    firsts: dict[int, str] = {}
    for word in line.words:
        firsts.setdefault(columns.place(word), word.text)
    return len(firsts) == len(columns.edges) - 1 and all(not text[0].islower() for text in firsts.values())
