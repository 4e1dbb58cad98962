"""What lies on a page of a .pdf: words, straight rules, links. In points from the upper left corner, text upright."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from bot.documents.wording import CONTROLS, safe_links

if TYPE_CHECKING:
    from pdfplumber.page import Page as DrawnPage

_THIN = 3.0  # a rectangle no thicker than this is a rule
_SHORTEST_RULE = 8.0
_GAP_OF_WORDS = 0.22  # of the font size; letters of one word stand closer
_SAME_BASELINE = 0.4  # of the font size; an index stands higher and is still of the same word
_PICTURE_SHARE = 0.4  # of the page: a stamp or a coat of arms is smaller
_PRIVATE = re.compile(r"\(cid:\d+\)|[\ue000-\uf8ff\ufffd]")
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})

Object = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Box:
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def middle(self) -> tuple[float, float]:
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2

    def holds(self, point: tuple[float, float], slack: float = 0.0) -> bool:
        x, y = point
        return self.x0 - slack <= x <= self.x1 + slack and self.top - slack <= y <= self.bottom + slack


@dataclass(frozen=True, slots=True)
class Word(Box):
    """``is_spaced``: a space was written behind it, which most producers leave out where a word was cut in two."""

    text: str
    size: float
    is_spaced: bool = False
    is_bold: bool = False
    is_upended: bool = False
    first_width: float = 0.0
    """Of its first letter: what the line above lacked room for if the word was cut."""
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line ``at`` a height (an upright one: at a distance from the left), from ``start`` to ``end``."""

    at: float
    start: float
    end: float

    @property
    def length(self) -> float:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Page:
    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    level: tuple[Rule, ...] = ()
    upright: tuple[Rule, ...] = ()
    is_picture: bool = False
    characters: int = 0
    garbled: int = 0
    """How many of the characters are known by their shape only: the font does not say which letters they are."""


def page_of(drawn: DrawnPage, number: int) -> Page:
    """Takes a page of pdfplumber apart, turned so that its text is upright."""
    width, height = float(drawn.width), float(drawn.height)
    letters, drawings, images = _laid_out(drawn)
    seen = [char for char in letters if char["text"].strip()]
    turned = _quarter_turns(seen)
    turn = _Turn(turned, width, height)
    words = list(_without_doubles(_words(letters, turn)))
    level, upright = _rules(drawings, turn, width * height)
    words = _linked(words, [(turn.box(link), safe_links([_text(link.get("uri"))])) for link in drawn.hyperlinks])
    pictured = sum(_area(image, width, height) for image in images)
    return Page(
        number=number,
        width=height if turned % 2 else width,
        height=width if turned % 2 else height,
        words=tuple(words),
        level=tuple(rule for rule in level if not _is_underline(rule, words)),
        upright=tuple(upright),
        is_picture=pictured > _PICTURE_SHARE * width * height,
        characters=len(seen),
        garbled=sum(bool(_PRIVATE.search(char["text"])) for char in seen),
    )


def _laid_out(drawn: DrawnPage) -> tuple[list[Object], list[Object], list[Object]]:
    """Letters, lines and pictures. pdfplumber's own ``chars`` take a third of the time of the whole reading."""
    letters: list[Object] = []
    drawings: list[Object] = []
    images: list[Object] = []
    left, top = drawn.mediabox[:2]
    height = drawn.height + top
    waiting: list[Iterator[Any]] = [iter(drawn.layout)]
    while waiting:
        item = next(waiting[-1], None)
        kind = type(item).__name__  # the classes are pdfminer's, of which only pdfplumber should know
        if item is None:
            waiting.pop()
        elif kind == "LTChar":
            place = {"x0": left + item.x0, "x1": left + item.x1, "top": height - item.y1, "bottom": height - item.y0}
            text = {"text": item.get_text(), "size": item.size, "fontname": item.fontname, "matrix": item.matrix}
            letters.append(place | text)
        elif kind in {"LTLine", "LTRect", "LTCurve"}:
            drawings.append(drawn.process_object(item))
        elif kind == "LTImage":
            images.append(drawn.process_object(item))
        elif isinstance(item, Iterable):  # a form, which has things of its own
            waiting.append(iter(item))
    return letters, drawings, images


@dataclass(frozen=True, slots=True)
class _Turn:
    """A landscape table is often set sideways on an upright page."""

    quarters: int
    width: float
    height: float

    def box(self, item: Object) -> Box:
        x0, top, x1, bottom = (float(item[key]) for key in ("x0", "top", "x1", "bottom"))
        if self.quarters == 1:  # the text runs upwards
            return Box(self.height - bottom, x0, self.height - top, x1)
        if self.quarters == 3:
            return Box(top, self.width - x1, bottom, self.width - x0)
        if self.quarters == 2:
            return Box(self.width - x1, self.height - bottom, self.width - x0, self.height - top)
        return Box(x0, top, x1, bottom)

    def is_along(self, char: Object) -> bool:
        return _quarter(char) == self.quarters


def _quarter(char: Object) -> int:
    """How many quarter turns to the left the letter is written with."""
    a, b = char["matrix"][:2]
    if abs(b) > abs(a):
        return 1 if b > 0 else 3
    return 0 if a >= 0 else 2


def _quarter_turns(chars: Iterable[Object]) -> int:
    counts = [0, 0, 0, 0]
    for char in chars:
        counts[_quarter(char)] += 1
    return counts.index(max(counts))


@dataclass(slots=True)
class _Growing:
    """A word while its letters arrive in the order of the file."""

    boxes: list[Box] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    size: float = 0.0
    font: str = ""
    is_along: bool = True

    def takes(self, box: Box, *, is_along: bool) -> bool:
        if not self.boxes or is_along != self.is_along:
            return False
        last = self.boxes[-1]
        if not is_along:  # a heading set upwards in a narrow column
            gap = max(last.top - box.bottom, box.top - last.bottom)
            return abs(box.x0 - last.x0) < _SAME_BASELINE * self.size and gap < _GAP_OF_WORDS * self.size
        gap = box.x0 - last.x1
        is_level = abs(box.bottom - last.bottom) < _SAME_BASELINE * self.size
        return is_level and -0.7 * self.size < gap < _GAP_OF_WORDS * self.size and box.x0 > last.x0 - 0.2 * self.size

    def word(self, *, is_spaced: bool) -> Word:
        boxes = self.boxes
        return Word(
            min(box.x0 for box in boxes),
            min(box.top for box in boxes),
            max(box.x1 for box in boxes),
            max(box.bottom for box in boxes),
            text=unicodedata.normalize("NFC", "".join(self.texts)),
            size=self.size,
            is_spaced=is_spaced,
            is_bold="bold" in self.font.lower(),
            is_upended=not self.is_along,
            first_width=boxes[0].x1 - boxes[0].x0,
        )


def _words(chars: Iterable[Object], turn: _Turn) -> Iterator[Word]:
    growing = _Growing()
    for char in chars:
        text = CONTROLS.sub("", _PRIVATE.sub("•", char["text"])).translate(_LIGATURES)
        if not text:
            continue
        if text.isspace():
            if growing.boxes:
                yield growing.word(is_spaced=True)
            growing = _Growing()
            continue
        box, is_along = turn.box(char), turn.is_along(char)
        if not growing.takes(box, is_along=is_along):
            if growing.boxes:
                yield growing.word(is_spaced=False)
            growing = _Growing(size=max(1.0, float(char["size"])), font=str(char["fontname"]), is_along=is_along)
        growing.boxes.append(box)
        growing.texts.append(text)
    if growing.boxes:
        yield growing.word(is_spaced=False)


def _without_doubles(words: Iterable[Word]) -> Iterator[Word]:
    """Some producers make a text bold by writing it twice, a hair's breadth apart."""
    seen: dict[tuple[str, int, int], Word] = {}
    for word in words:
        near = [(word.text, round(word.x0 / 2) + x, round(word.top / 2) + y) for x in (-1, 0, 1) for y in (-1, 0, 1)]
        if not any(key in seen for key in near):
            seen[near[4]] = word
            yield word


def _linked(words: list[Word], links: Sequence[tuple[Box, tuple[str, ...]]]) -> list[Word]:
    if not links:
        return words
    held = [(word, tuple(uri for box, uris in links if box.holds(word.middle, 1) for uri in uris)) for word in words]
    return [replace(word, links=uris) if uris else word for word, uris in held]


def _rules(drawings: Iterable[Object], turn: _Turn, area: float) -> tuple[list[Rule], list[Rule]]:
    level: list[Rule] = []
    upright: list[Rule] = []
    for drawing in drawings:
        box = turn.box(drawing)
        width, height = box.x1 - box.x0, box.bottom - box.top
        if height <= _THIN:
            level.append(Rule((box.top + box.bottom) / 2, box.x0, box.x1))
        if width <= _THIN:
            upright.append(Rule((box.x0 + box.x1) / 2, box.top, box.bottom))
        if width > _THIN and height > _THIN and width * height < 0.9 * area and _is_framing(drawing):
            level += [Rule(box.top, box.x0, box.x1), Rule(box.bottom, box.x0, box.x1)]
            if not drawing.get("stroke"):
                continue  # a shade tells rows apart, but hardly ever all the columns
            upright += [Rule(box.x0, box.top, box.bottom), Rule(box.x1, box.top, box.bottom)]
    return _connected(level), _connected(upright)


def _is_framing(drawing: Object) -> bool:
    """A stroked rectangle, or one whose shade can be seen; a curve is a letterhead's flourish."""
    if drawing["object_type"] != "rect":
        return False
    if drawing.get("stroke"):
        return True
    shade = drawing.get("non_stroking_color")
    shades = shade if isinstance(shade, tuple | list) else (shade,)
    is_white = all(isinstance(part, int | float) and part >= 0.99 for part in shades) and len(shades) != 4
    return bool(drawing.get("fill")) and not is_white


def _connected(rules: list[Rule]) -> list[Rule]:
    """Dots, dashes and the pieces over single cells make one rule; what stays short is no rule."""
    found: list[Rule] = []
    rules.sort(key=lambda rule: rule.at)
    start = 0
    while start < len(rules):
        end = start
        while end < len(rules) and rules[end].at - rules[start].at <= _THIN / 2:
            end += 1
        group = sorted(rules[start:end], key=lambda rule: rule.start)
        at = sum(rule.at for rule in group) / len(group)
        begun = group[0]
        for rule in group[1:]:
            if rule.start <= begun.end + _THIN:
                begun = replace(begun, end=max(begun.end, rule.end))
            else:
                found.append(replace(begun, at=at))
                begun = rule
        found.append(replace(begun, at=at))
        start = end
    return [rule for rule in found if rule.length >= _SHORTEST_RULE]


def _is_underline(rule: Rule, words: Iterable[Word]) -> bool:
    near = [word for word in words if -_THIN <= word.bottom - rule.at <= _THIN + 1]
    begins = any(abs(word.x0 - rule.start) < _THIN / 2 for word in near)
    return begins and any(abs(word.x1 - rule.end) < _THIN / 2 for word in near)


def _area(image: Object, width: float, height: float) -> float:
    across = min(width, float(image["x1"])) - max(0.0, float(image["x0"]))
    down = min(height, float(image["bottom"])) - max(0.0, float(image["top"]))
    return max(0.0, across) * max(0.0, down)


def _text(value: object) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value or "")
