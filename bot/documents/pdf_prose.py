"""Running text: lines of a page gathered into paragraphs, two columns of text read one after the other."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from statistics import median

from bot.documents.blocks import Line
from bot.documents.pdf_text import TextLine, Vocabulary, joined_lines
from bot.documents.wording import links_in, unique

_ITEM = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*[.)]|[IVX]{1,4}\.|[-–—•]|[а-я]\))\s|Срок\b|Отв", re.IGNORECASE)
_GUTTER = 1.2  # of the font size: wider than any space inside a line
_LEAST_COLUMN = 4  # lines


def paragraphs(lines: Sequence[TextLine], known: Vocabulary) -> Iterator[Line]:
    """One ``Line`` a paragraph."""
    for block in _columns_apart(lines):
        yield from _paragraphs(block, known)


def _paragraphs(lines: Sequence[TextLine], known: Vocabulary) -> Iterator[Line]:
    if not lines:
        return
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    steps = [below.top - above.bottom for above, below in itertools.pairwise(lines)]
    usual = median([step for step in steps if step < 2 * lines[0].size] or [0.0])
    begun: list[TextLine] = []
    for line in lines:
        if begun and _begins_anew(begun[-1], line, usual, (left, right)):
            yield _line(begun, known, right)
            begun = []
        begun.append(line)
    yield _line(begun, known, right)


def _begins_anew(above: TextLine, line: TextLine, usual: float, margins: tuple[float, float]) -> bool:
    left, right = margins
    if line.top - above.bottom > usual + 0.45 * line.size or line.top < above.top:
        return True
    if _ITEM.match(f"{line.text} "):
        return True
    is_indented = line.x0 > above.x0 + 0.8 * line.size
    is_short = right - above.x1 > 0.12 * (right - left)
    is_centred = abs((line.x0 - left) - (right - line.x1)) < line.size and line.x0 > left + 2 * line.size
    if is_centred:
        return not (abs(above.size - line.size) < 0.5 and abs((above.x0 - left) - (right - above.x1)) < 2 * line.size)
    is_ended = above.text[-1] in ".:;»!?" or is_short
    return (is_indented and is_ended) or (is_short and not line.text[0].islower())


def _line(lines: Sequence[TextLine], known: Vocabulary, right: float) -> Line:
    is_centred = len(lines) > 1 and all(line.x0 > lines[0].x0 + 30 or line.x1 < right - 30 for line in lines)
    text = joined_lines(lines, known, None if is_centred else right)
    return Line(text, unique([*(link for line in lines for w in line.words for link in w.links), *links_in(text)]))


def _columns_apart(lines: Sequence[TextLine]) -> Iterator[list[TextLine]]:
    """A run of lines with the same white strip in their middle is two columns: the left one is read first."""
    place = 0
    while place < len(lines):
        end, gutter = _run_of_columns(lines, place)
        if gutter is None:
            plain = place
            while place < len(lines) and (place == plain or _run_of_columns(lines, place)[1] is None):
                place += 1
            yield list(lines[plain:place])
            continue
        for is_left in (True, False):
            halves = [tuple(w for w in line.words if (w.middle[0] < gutter) is is_left) for line in lines[place:end]]
            yield [TextLine(words) for words in halves if words]
        place = end


def _run_of_columns(lines: Sequence[TextLine], start: int) -> tuple[int, float | None]:
    gaps = _gaps(lines[start])
    for low, high in gaps:
        end = start
        both = 0
        left, right = low, high
        while end < len(lines):
            words = lines[end].words
            one = max((w.x1 for w in words if w.middle[0] < (low + high) / 2), default=left)
            other = min((w.x0 for w in words if w.middle[0] >= (low + high) / 2), default=right)
            if min(right, other) - max(left, one) < _GUTTER * lines[end].size:
                break
            left, right = max(left, one), min(right, other)
            both += any(w.middle[0] < left + 1 for w in words) and any(w.middle[0] > right - 1 for w in words)
            end += 1
        if both >= _LEAST_COLUMN and both >= 0.6 * (end - start):
            return end, (left + right) / 2
    return start, None


def _gaps(line: TextLine) -> list[tuple[float, float]]:
    pairs = zip(line.words, line.words[1:], strict=False)
    return [(a.x1, b.x0) for a, b in pairs if b.x0 - a.x1 > _GUTTER * line.size]
