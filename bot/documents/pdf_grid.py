"""Tables with rules: where the rules cross, cells lie between them; where a rule is missing, cells are merged.

A border may be missing altogether (left and right, or between two rows): what the words say then counts, and the row
is marked as uncertain.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.documents import limits
from bot.documents.errors import TooLargeError
from bot.documents.pdf_page import Box, Page, Rule, Word

_TOUCH = 3.0  # rules that end this close to each other meet
_SAME_EDGE = 4.0  # double and thick borders are one edge
_COVERED = 0.6  # of its length: a border that is drawn
_LEAST_GAP = 0.8  # of the font size: no space inside a line is so wide


@dataclass(frozen=True, slots=True)
class Frame:
    """Rules that belong together. ``xs`` and ``ys`` are the edges of columns and rows, the outer ones among them."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    level: tuple[Rule, ...]
    upright: tuple[Rule, ...]

    @property
    def box(self) -> Box:
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def is_parted_at(self, x: float, top: float, bottom: float) -> bool:
        return _is_covered(self.upright, x, top, bottom)

    def is_ruled_at(self, y: float, start: float, end: float) -> bool:
        return _is_covered(self.level, y, start, end)


@dataclass(frozen=True, slots=True)
class Area:
    """One cell: its place in the grid (rows and columns, the last ones included) and on the page."""

    rows: tuple[int, int]
    columns: tuple[int, int]
    box: Box


def frames_of(page: Page) -> list[Frame]:
    """Frames with at least two columns, from the top down; a frame without any is a box around a text."""
    if len(page.level) + len(page.upright) > limits.PDF_RULES:
        return []
    found = [frame for group in _groups(page) if (frame := _frame(*group)) is not None]
    found.sort(key=lambda frame: (frame.ys[0], frame.xs[0]))
    outer = [
        frame for frame in found if not any(other is not frame and _is_inside(frame.box, other.box) for other in found)
    ]
    return [frame for frame in outer if len(frame.xs) > 2]


def with_columns(frame: Frame, xs: Sequence[float]) -> Frame:
    """The same frame with the edges of the page before, if its own are among them."""
    is_part = all(any(abs(x - other) <= _SAME_EDGE + 1 for other in xs) for x in frame.xs)
    return replace(frame, xs=tuple(xs)) if is_part and len(xs) >= len(frame.xs) else frame


def areas_of(
    frame: Frame, words: Sequence[Word], splits: frozenset[float] = frozenset()
) -> tuple[list[Area], set[int]]:
    """The cells, and the rows in which a border had to be guessed. At ``splits`` a row ends without a rule."""
    rows, columns = len(frame.ys) - 1, len(frame.xs) - 1
    if rows * columns > limits.CELLS or columns > limits.COLUMNS:
        raise TooLargeError(what="cells", limit=limits.CELLS)
    united = list(range(rows * columns))
    guessed: set[int] = set()

    def root(slot: int) -> int:
        while united[slot] != slot:
            united[slot] = united[united[slot]]
            slot = united[slot]
        return slot

    for row, (top, bottom) in enumerate(pairwise(frame.ys)):
        inside = [word for word in words if top <= word.middle[1] <= bottom]
        for column in range(columns - 1):
            x = frame.xs[column + 1]
            if frame.is_parted_at(x, top, bottom):
                continue
            beside = [word for word in inside if frame.xs[column] <= word.middle[0] <= frame.xs[column + 2]]
            if _is_parted_by_words(beside, x):
                guessed.add(row)
            else:
                united[root(row * columns + column + 1)] = root(row * columns + column)
    for row in range(rows - 1):
        y = frame.ys[row + 1]
        for column, (left, right) in enumerate(pairwise(frame.xs)):
            if y in splits or frame.is_ruled_at(y, left, right):
                continue
            united[root((row + 1) * columns + column)] = root(row * columns + column)
    return _gathered(frame, [root(slot) for slot in range(rows * columns)], columns), guessed


def _groups(page: Page) -> list[tuple[list[Rule], list[Rule]]]:
    """Rules that touch one another; upright ones alone belong together if they are equally long."""
    level, upright = list(page.level), list(page.upright)
    united = list(range(len(level) + len(upright)))

    def root(place: int) -> int:
        while united[place] != place:
            united[place] = united[united[place]]
            place = united[place]
        return place

    for i, across in enumerate(level):
        for j, down in enumerate(upright, len(level)):
            if _meet(across, down):
                united[root(j)] = root(i)
    alone = [
        j for j in range(len(level), len(united)) if root(j) == j and not any(root(i) == j for i in range(len(level)))
    ]
    for i, j in pairwise(alone):
        one, other = upright[i - len(level)], upright[j - len(level)]
        if abs(one.start - other.start) <= _SAME_EDGE and abs(one.end - other.end) <= _SAME_EDGE:
            united[root(j)] = root(i)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for place in range(len(united)):
        group = groups.setdefault(root(place), ([], []))
        if place < len(level):
            group[0].append(level[place])
        else:
            group[1].append(upright[place - len(level)])
    return list(groups.values())


def _meet(across: Rule, down: Rule) -> bool:
    is_within = across.start - _TOUCH <= down.at <= across.end + _TOUCH
    return is_within and down.start - _TOUCH <= across.at <= down.end + _TOUCH


def _frame(level: Sequence[Rule], upright: Sequence[Rule]) -> Frame | None:
    if not upright:
        return None
    # Sides may be open: then the rules of the other direction tell how far the table goes.
    xs = _edges(
        [*(r.at for r in upright), *([min(r.start for r in level), max(r.end for r in level)] if level else [])]
    )
    ys = _edges([*(r.at for r in level), min(r.start for r in upright), max(r.end for r in upright)])
    if len(xs) < 2 or len(ys) < 2:
        return None
    return Frame(xs, ys, tuple(level), tuple(upright))


def _edges(values: Iterable[float]) -> tuple[float, ...]:
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][0] <= _SAME_EDGE:
            groups[-1].append(value)
        else:
            groups.append([value])
    return tuple(sum(group) / len(group) for group in groups)


def _is_inside(inner: Box, outer: Box) -> bool:
    return outer.holds((inner.x0, inner.top), 1) and outer.holds((inner.x1, inner.bottom), 1)


def _is_covered(rules: Iterable[Rule], at: float, start: float, end: float) -> bool:
    near = [rule for rule in rules if abs(rule.at - at) <= _SAME_EDGE]
    covered = sum(max(0.0, min(rule.end, end) - max(rule.start, start)) for rule in near)
    return covered >= _COVERED * (end - start)


def _is_parted_by_words(words: Sequence[Word], x: float) -> bool:
    """Words on both sides and none near the edge: two cells whose border was not drawn."""
    left = [word for word in words if word.middle[0] < x]
    right = [word for word in words if word.middle[0] >= x]
    if not left or not right:
        return False
    for one in left:
        for other in right:
            is_level = min(one.bottom, other.bottom) - max(one.top, other.top) > 0.5 * min(one.size, other.size)
            if is_level and other.x0 - one.x1 < _LEAST_GAP * one.size:
                return False
    return max(word.x1 for word in left) <= x <= min(word.x0 for word in right)


def _gathered(frame: Frame, roots: Sequence[int], columns: int) -> list[Area]:
    members: dict[int, list[tuple[int, int]]] = {}
    for slot, found in enumerate(roots):
        members.setdefault(found, []).append(divmod(slot, columns))
    areas = []
    for slots in members.values():
        rows = min(row for row, _ in slots), max(row for row, _ in slots)
        across = min(column for _, column in slots), max(column for _, column in slots)
        box = Box(frame.xs[across[0]], frame.ys[rows[0]], frame.xs[across[1] + 1], frame.ys[rows[1] + 1])
        areas.append(Area(rows, across, box))
    return areas
