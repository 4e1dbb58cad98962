"""Tables without upright rules: the words of the header tell where columns are, the white between them their edges.

A header counts only if ``columns.py`` recognises it. Rows begin at their numbers, at rules, or at wide gaps.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.documents.blocks import Cell, Row
from bot.documents.columns import Header, recognised
from bot.documents.pdf_page import Rule, Word
from bot.documents.pdf_text import TextLine, Vocabulary, text_of
from bot.domain.reading_choices import Column

_DEEPEST = 9  # lines of a header
_PARTINGS = (0.55, 0.9, 1.6, 0.4)  # of the font size: how far apart two headings stand at least
_LOOKED_AT = 6  # lines below what may be a header, to tell whether it is
_CONTIGUOUS = 0.45  # of the font size: no gap between columns is so narrow
HEADING = re.compile(
    r"(?:^|\s)(?:№|n|срок|дата|период|когда|месяц|квартал|план|мероприят|наимен|содерж|назван|перечень|поруч|задач|"
    r"действ|событ|начал|оконч|ответств|исполн|результ|п/п)",
    re.IGNORECASE,
)
NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3}){0,3}[.)]?\Z")
_NUMBER_HEADING = re.compile(r"№|№?п/п\.?\Z", re.IGNORECASE)
_TOUCHING = 0.05  # of the font size


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the columns of a table without upright rules are. ``starts``: where their lines begin, if all do alike."""

    edges: tuple[float, ...]
    number_at: int | None
    strips: tuple[tuple[float, float], ...] = ()
    """The white around each inner edge: a further page may move the edge within it."""
    starts: tuple[float | None, ...] = ()
    is_centred: bool = False

    def place(self, word: Word) -> int:
        x = word.middle[0]
        inner = self.edges[1:-1]
        return sum(x >= edge for edge in inner)

    def is_crossed_by(self, line: TextLine) -> bool:
        return any(self._is_crossed_at(edge, line) for edge in self.edges[1:-1])

    @staticmethod
    def _is_crossed_at(edge: float, line: TextLine) -> bool:
        left = [word for word in line.words if word.middle[0] < edge]
        right = [word for word in line.words if word.middle[0] >= edge]
        reach = max((word.x1 for word in left), default=edge - 99)
        begin = min((word.x0 for word in right), default=edge + 99)
        if reach > edge + 1 or begin < edge - 1:
            return True
        # Full cells may stand closer than words do; a cell then ends without the space that words have behind them.
        is_end = any(word.is_spaced for word in left) and not max(left, key=lambda word: word.x1).is_spaced
        return begin - reach < (_TOUCHING if is_end else _CONTIGUOUS) * line.size

    def is_numbering(self, line: TextLine) -> bool:
        """«1 2 3 4 5»: the numbers of the columns, as a header of a page may end with."""
        texts = [word.text.strip(".") for word in line.words]
        return len(texts) > 2 and texts == [str(place + 1) for place in range(len(self.edges) - 1)]

    def on(self, lines: Sequence[TextLine]) -> Columns:
        """The same columns on a further page."""
        if not self.strips:
            return self
        strips = tuple(_strip(low, high, lines) for low, high in self.strips)
        inner = [(low + high) / 2 for low, high in strips]
        return replace(self, edges=(self.edges[0], *inner, self.edges[-1]), strips=strips)

    def number(self, line: TextLine) -> str | None:
        """The number that a row begins with on this line."""
        if self.number_at is None or self.is_crossed_by(line):
            return None
        text = "".join(word.text for word in line.words if self.place(word) == self.number_at)
        return text if NUMBER.match(text) else None

    def fits(self, line: TextLine) -> bool:
        """Whether the line may belong to a table that goes on from the page before."""
        if self.is_crossed_by(line):
            return False
        for place, start in enumerate(self.starts):
            own = [word.x0 for word in line.words if self.place(word) == place]
            if own and start is not None and min(own) < start - 4:
                return False
            if own and start is not None and place != self.number_at and min(own) > start + 60:
                return False
        return True


@dataclass(frozen=True, slots=True)
class Opened:
    """A header that was found among lines: ``first`` to ``last``, and the columns under it."""

    first: int
    last: int
    columns: Columns
    header: Header


def opened(lines: Sequence[TextLine], rules: Sequence[Rule]) -> Opened | None:
    """The first header among the lines that can be relied on."""
    for first, line in enumerate(lines):
        if not HEADING.search(line.text):
            continue
        found = _header_at(lines, first, rules)
        if found is not None:
            # A title right above («План мероприятий на …») may have been taken for the top of a heading.
            later = [_header_at(lines, below, rules) for below in range(first + 1, found.last + 1)]
            candidates = [found, *(other for other in later if other is not None)]
            best = max(candidates, key=lambda other: len(other.header.columns))
            body = lines[best.last + 1 :]
            columns = best.columns.on(body)
            ends = [columns.edges[0], columns.edges[-1], *(end for line in body for end in (line.x0 - 1, line.x1 + 1))]
            columns = replace(
                columns, edges=(min(ends), *columns.edges[1:-1], max(ends)), starts=_starts(body, columns)
            )
            return _widened_upwards(lines, replace(best, columns=columns))
    return None


def _header_at(lines: Sequence[TextLine], first: int, rules: Sequence[Rule]) -> Opened | None:
    found: list[tuple[int, bool, int, Opened]] = []
    for last in range(first, min(first + _DEEPEST, len(lines) - 1)):
        gap = lines[last].top - lines[last - 1].bottom if last > first else 0.0
        if found and gap > 1.5 * lines[last].size:
            break
        for parting in _PARTINGS:
            header = _recognised(lines, first, last, parting)
            if header is not None:
                ends = _ends_here(lines, last, header.columns, rules)
                found.append((len(header.header.columns), ends, -last, header))
        if found and any(columns.columns.number(lines[last]) for *_, columns in found):
            break
    best = max(found, key=lambda candidate: candidate[:3], default=None)
    return best[3] if best is not None else None


def _recognised(lines: Sequence[TextLine], first: int, last: int, parting: float) -> Opened | None:
    words = [word for line in lines[first : last + 1] for word in line.words]
    blocks = _blocks(words, parting)
    if not 2 <= len(blocks) <= 16:
        return None
    if sum(HEADING.search(" ".join(word.text for word in block)) is not None for block in blocks) < 2:
        return None
    known = Vocabulary()
    header = recognised([Row(tuple(Cell(text_of(block, known)) for block in blocks))])
    if header is None:
        return None
    gaps = [(max(w.x1 for w in left), min(w.x0 for w in right)) for left, right in pairwise(blocks)]
    return Opened(first, last, _columns(words, gaps, lines[last + 1 : last + 1 + _LOOKED_AT], header), header)


def _columns(
    words: Sequence[Word], gaps: Sequence[tuple[float, float]], body: Sequence[TextLine], header: Header
) -> Columns:
    strips = tuple(_strip(low, high, body) for low, high in gaps)
    everything = [*words, *(word for line in body for word in line.words)]
    inner = [(low + high) / 2 for low, high in strips]
    edges = (min(w.x0 for w in everything) - 1, *inner, max(w.x1 for w in everything) + 1)
    columns = Columns(edges, header.columns.get(Column.NUMBER), strips)
    if columns.number_at is None and _holds_numbers(body, columns):
        return replace(columns, number_at=0)
    return columns


def _holds_numbers(lines: Sequence[TextLine], columns: Columns) -> bool:
    firsts = [
        "".join(w.text for w in line.words if columns.place(w) == 0)
        for line in lines
        if not columns.is_crossed_by(line)
    ]
    filled = [text for text in firsts if text]
    return bool(filled) and all(NUMBER.match(text) for text in filled)


def _blocks(words: Sequence[Word], parting: float) -> list[list[Word]]:
    """Headings that stand beside each other: words whose lines overlap, seen from above."""
    blocks: list[list[Word]] = []
    reach = 0.0
    for word in sorted(words, key=lambda word: word.x0):
        if blocks and word.x0 - reach < parting * word.size:
            blocks[-1].append(word)
            reach = max(reach, word.x1)
        else:
            blocks.append([word])
            reach = word.x1
    return _with_numbers_apart(blocks)


def _with_numbers_apart(blocks: list[list[Word]]) -> list[list[Word]]:
    """«№ п/п» fills its narrow column: what is written behind it stands no farther off than a word does."""
    first = blocks[0] if blocks else []
    numbers = [word for word in first if _NUMBER_HEADING.match(word.text)]
    rest = [word for word in first if not _NUMBER_HEADING.match(word.text)]
    if not rest or not any("/" in word.text for word in numbers):
        return blocks
    is_apart = max(word.x1 for word in numbers) < min(word.x0 for word in rest)
    return [numbers, rest, *blocks[1:]] if is_apart else blocks


def _strip(low: float, high: float, body: Sequence[TextLine]) -> tuple[float, float]:
    """Between two headings, the widest strip that the fewest lines of the body cross."""
    candidates = [low + 0.5 * step for step in range(int((high - low) * 2) + 1)] or [(low + high) / 2]
    near = [piece for line in body for piece in _pieces(line) if piece[1] > low and piece[0] < high]
    crossings = [sum(begin < x < end for begin, end in near) for x in candidates]
    least = min(crossings)
    best = (0, 0)
    start: int | None = None
    for place, count in enumerate([*crossings, -1]):
        if count == least:
            start = place if start is None else start
        elif start is not None:
            best = max(best, (place - start, -start))
            start = None
    length, begin = best[0], -best[1]
    return candidates[begin], candidates[begin + length - 1]


def _pieces(line: TextLine) -> list[tuple[float, float]]:
    """From where to where the line has words with nothing but spaces between them."""
    pieces: list[tuple[float, float]] = []
    for word in line.words:
        if pieces and word.x0 - pieces[-1][1] < _CONTIGUOUS * word.size:
            pieces[-1] = pieces[-1][0], max(pieces[-1][1], word.x1)
        else:
            pieces.append((word.x0, word.x1))
    return pieces


def _starts(lines: Sequence[TextLine], columns: Columns) -> tuple[float | None, ...]:
    """Where each column's lines begin, if nearly all begin at one place."""
    starts: list[float | None] = []
    for place in range(len(columns.edges) - 1):
        firsts = []
        for line in lines:
            own = [word.x0 for word in line.words if columns.place(word) == place]
            if own and not columns.is_crossed_by(line):
                firsts.append(min(own))
        common = max(firsts, key=lambda x: sum(abs(x - other) < 1.5 for other in firsts), default=None)
        agreeing = sum(abs(common - other) < 1.5 for other in firsts) if common is not None else 0
        starts.append(common if agreeing >= 2 and agreeing >= 0.6 * len(firsts) else None)
    return tuple(starts)


def _ends_here(lines: Sequence[TextLine], last: int, columns: Columns, rules: Sequence[Rule]) -> bool:
    """A rule, a number, a heading over the whole width, a gap or the end of the bold letters below the header."""
    if last + 1 >= len(lines):
        return False
    below, own = lines[last + 1], lines[last]
    if any(own.middle_y <= rule.at <= below.middle_y and rule.length > 100 for rule in rules):
        return True
    if columns.number(below) or columns.is_crossed_by(below):
        return True
    if below.top - own.bottom > 0.8 * own.size:
        return True
    return all(w.is_bold for w in own.words) and not any(w.is_bold for w in below.words)


def _widened_upwards(lines: Sequence[TextLine], found: Opened) -> Opened:
    """Headings set in the middle of their height may begin above the line that names the first of them."""
    first = found.first
    while first > 0:
        above, below = lines[first - 1], lines[first]
        is_near = below.top - above.bottom < 0.5 * below.size
        if not is_near or found.columns.is_crossed_by(above) or len(above.text) > 60:
            break
        first -= 1
    return Opened(first, found.last, found.columns, found.header)
