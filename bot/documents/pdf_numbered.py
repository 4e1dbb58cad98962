"""Rows of a table without rules, told by their numbers: a number begins its row, or stands in the middle of it.

A row set in the middle of its height has the lines of each of its cells as far above its number as below it. Where one
parting of the lines does that for every row, it is right; where none does, rows are parted by white or by reckoning.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.documents.pdf_columns import Columns
from bot.documents.pdf_text import TextLine

_CLEARLY = 1.2  # points: one gap is wider than another
_LEVEL = 0.35  # of the font size: half a line is more
_FARTHEST = 150  # lines between two numbers: more than a page has

Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Parting:
    """At which line each numbered row begins; ``doubted``: the places of rows that had to be reckoned."""

    starts: tuple[int, ...]
    doubted: frozenset[int] = frozenset()


def parting(lines: Sequence[TextLine], numbers: Sequence[int], columns: Columns, *, goes_on: bool) -> Parting:
    """``goes_on``: what stands above the first row may end a row of the page before."""
    placed = _Placed(lines, numbers, columns)
    of_tops = placed.offsets_from_top()
    is_top = numbers[0] == 0 or goes_on
    centred = placed.centred(goes_on=goes_on)
    if is_top and max(of_tops) <= _LEVEL:
        if centred is None or not columns.is_centred:
            return Parting(tuple(numbers))
    elif centred is not None:
        return Parting(centred)
    if not _is_centred(lines, numbers, columns, goes_on):
        off = [place for place, offset in enumerate(of_tops) if offset > _LEVEL]
        return Parting(tuple(numbers), frozenset(other for place in off for other in (place - 1, place) if other >= 0))
    first = _end_of_cut_row(lines, numbers[0]) if goes_on else 0
    starts, is_reckoned = _centred_starts(lines[first:], [number - first for number in numbers])
    doubted = frozenset(range(-1, len(numbers))) if is_reckoned else frozenset[int]()
    return Parting(tuple(first + place for place in starts), doubted)


class _Placed:
    """The lines of each column by themselves, and how far a cell would be out of place."""

    def __init__(self, lines: Sequence[TextLine], numbers: Sequence[int], columns: Columns) -> None:
        self.numbers = numbers
        self.count = len(lines)
        width = len(columns.edges) - 1
        self.spans: list[list[Span | None]] = [[None] * len(lines) for _ in range(width)]
        self.own: list[Span] = []
        self.sizes: list[float] = []
        for place, line in enumerate(lines):
            for column in range(width):
                words = [word for word in line.words if columns.place(word) == column]
                if words:
                    self.spans[column][place] = min(w.top for w in words), max(w.bottom for w in words)
        assert columns.number_at is not None
        for number in numbers:
            span = self.spans[columns.number_at][number]
            assert span is not None
            self.own.append(span)
            self.sizes.append(lines[number].size)

    def offsets_from_top(self) -> list[float]:
        """Of each row, in font sizes: how far the highest cell and the number are from beginning on one level."""
        ends = [*self.numbers[1:], self.count]
        offsets = []
        for place, (start, end) in enumerate(zip(self.numbers, ends, strict=True)):
            firsts = [next((span for span in spans[start:end] if span), None) for spans in self.spans]
            farthest = max(abs(span[0] - self.own[place][0]) for span in firsts if span is not None)
            offsets.append(farthest / self.sizes[place])
        return offsets

    def centred(self, *, goes_on: bool) -> tuple[int, ...] | None:
        """The starts with which every cell is in the middle of its row, if there are such; the last row may be cut."""
        if any(after - before > _FARTHEST for before, after in pairwise([0, *self.numbers, self.count])):
            return None
        begun: dict[int, tuple[float, tuple[int, ...]]] = dict.fromkeys(
            range(self.numbers[0] + 1) if goes_on else (0,), (0.0, ())
        )
        for place, number in enumerate(self.numbers):
            is_last = place == len(self.numbers) - 1
            ends = [self.count] if is_last else range(number + 1, self.numbers[place + 1] + 1)
            best: dict[int, tuple[float, tuple[int, ...]]] = {}
            for start, (cost, starts) in begun.items():
                for end, offset in self._offsets(place, start, ends):
                    is_better = end not in best or cost + offset < best[end][0]
                    if offset <= _LEVEL and is_better:
                        best[end] = cost + offset, (*starts, start)
            begun = best
        return begun[self.count][1] if self.count in begun else None

    def _offsets(self, place: int, start: int, ends: Sequence[int]) -> list[tuple[int, float]]:
        """For each end of the row, how far its cells are out of its middle at most."""
        middle = sum(self.own[place]) / 2
        found = []
        for end in ends:
            farthest = farthest_top = 0.0
            for spans in self.spans:
                own = [span for span in spans[start:end] if span is not None]
                if own:
                    top, bottom = min(span[0] for span in own), max(span[1] for span in own)
                    farthest = max(farthest, abs((top + bottom) / 2 - middle))
                    farthest_top = max(farthest_top, abs(top - self.own[place][0]))
            if end == self.count and start == self.numbers[place]:
                farthest = min(farthest, farthest_top)  # cut by the page, a row hangs from its top
            found.append((end, farthest / self.sizes[place]))
        return found


def _is_centred(lines: Sequence[TextLine], numbers: Sequence[int], columns: Columns, goes_on: bool) -> bool:
    """Words above the first number belong to its row if no page ends above them: the number stands in the middle.

    Below the end of a page the cells beside the numbers tell: those that begin on the same line begin a sentence.
    """
    if not goes_on:
        return numbers[0] > 0
    begun = 0
    for number in numbers:
        firsts: dict[int, str] = {}
        for word in lines[number].words:
            firsts.setdefault(columns.place(word), word.text)
        others = [text for place, text in firsts.items() if place != columns.number_at]
        begun += len(others) > 1 and sum(not text[0].islower() for text in others) > len(others) / 2
    return columns.is_centred or begun < 0.6 * len(numbers)


def _centred_starts(lines: Sequence[TextLine], numbers: Sequence[int]) -> tuple[list[int], bool]:
    """Rows part at the widest white between two numbers; without one, a number is in the middle of its row.

    The second value tells whether it had to be reckoned so.
    """
    starts = [0]
    is_reckoned = False
    top = lines[0].top
    gaps = white_above(lines)
    for number, following in pairwise(numbers):
        candidates = range(number + 1, following + 1)
        widest = sorted(candidates, key=lambda index: gaps[index])
        if len(widest) == 1 or gaps[widest[-1]] - gaps[widest[-2]] > _CLEARLY:
            best = widest[-1]
        else:
            is_reckoned = True
            bottom = 2 * lines[number].middle_y - top
            best = min(candidates, key=lambda index: abs((lines[index - 1].bottom + lines[index].top) / 2 - bottom))
        starts.append(best)
        top = (lines[best - 1].bottom + lines[best].top) / 2
    return starts, is_reckoned


def _end_of_cut_row(lines: Sequence[TextLine], first_number: int) -> int:
    """How many lines at the top of a page end the row above, if white parts them from the row of the first number."""
    gaps = white_above(lines)
    least = row_gap(gaps[1:])
    if least is None:
        return 0
    return max((place for place in range(1, first_number + 1) if gaps[place] > least), default=0)


def white_above(lines: Sequence[TextLine]) -> list[float]:
    """Above each line, how far all that stands higher is away."""
    gaps = [0.0]
    reach = lines[0].bottom
    for line in lines[1:]:
        gaps.append(line.top - reach)
        reach = max(reach, line.bottom)
    return gaps


def row_gap(gaps: Sequence[float]) -> float | None:
    """Between the white inside rows and the white between them, if the two differ clearly."""
    ordered = sorted(gaps)
    jumps = [(above - below, (above + below) / 2) for below, above in pairwise(ordered)]
    widest = max(jumps, default=(0.0, 0.0))
    return widest[1] if widest[0] > _CLEARLY else None
