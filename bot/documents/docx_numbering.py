"""Automatic numbers of a .docx: they stand nowhere in the text and are counted here as Word counts them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from lxml.etree import _Element as Element  # lxml names its public class so

from bot.documents.docx_package import Package, W
from bot.documents.docx_text import is_on

_LEVELS = 9
_LONGEST_CHAIN = 12  # styles based on styles; a longer chain is a loop
_CYRILLIC = "абвгдежзиклмнопрстуфхцчшщэюя"
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    shape: str
    text: str
    restarts_after: int  # the level whose step sets this one back; -1: never
    is_legal: bool = False  # «1.1» under «I»: every figure of the label in Arabic


@dataclass(slots=True)
class _List:
    levels: dict[int, _Level]
    abstract: str
    overridden: frozenset[int] = field(default_factory=frozenset)


class Numbering:
    """Counts as the paragraphs go by, so ``label`` is asked once for each paragraph, in the order of the page."""

    def __init__(self, package: Package) -> None:
        self._lists = _lists(package.numbering, package.styles)
        self._styles = _style_numbers(package.styles)
        self._levels_of_styles = _levels_of_styles(package.numbering)
        self._counters: dict[str, dict[int, int]] = {}
        self._seen: set[str] = set()

    def label(self, properties: Element | None) -> str:
        """«3.», «2.1.», «- » for a bullet without the space, "" where the paragraph has no number."""
        found = self._number_of(properties)
        if found is None:
            return ""
        number_id, level = found
        numbered = self._lists.get(number_id)
        if numbered is None or level not in numbered.levels:
            return ""
        counters = self._count(number_id, numbered, level)
        return _rendered(numbered, level, counters)

    def _number_of(self, properties: Element | None) -> tuple[str, int] | None:
        if properties is None:
            return None
        number_id, level = _own_number(properties)
        style = _value(properties, "pStyle") or ""
        if number_id is None:
            number_id, styled_level = self._styles.get(style, (None, None))
            # A heading style names only its list; which level it is of, the level says.
            styled_level = self._levels_of_styles.get(style, styled_level)
            level = level if level is not None else styled_level
        if number_id is None or number_id == "0":  # 0 takes a style's number away
            return None
        return number_id, level or 0

    def _count(self, number_id: str, numbered: _List, level: int) -> dict[int, int]:
        # Lists on one abstract definition go on counting together; an override starts anew at its first use.
        counters = self._counters.setdefault(numbered.abstract, {})
        if number_id not in self._seen:
            self._seen.add(number_id)
            for overridden in numbered.overridden:
                counters.pop(overridden, None)
        current = counters.get(level)
        counters[level] = numbered.levels[level].start if current is None else current + 1
        for deeper in range(level + 1, _LEVELS):
            if deeper in numbered.levels and level <= numbered.levels[deeper].restarts_after:
                counters.pop(deeper, None)
        return counters


def _rendered(numbered: _List, level: int, counters: dict[int, int]) -> str:
    definition = numbered.levels[level]
    if definition.shape == "bullet":
        return "-"
    if definition.shape == "none":
        return ""
    label = definition.text
    for index in range(_LEVELS):
        mark = f"%{index + 1}"
        if mark in label and index in numbered.levels:
            value = counters.get(index, numbered.levels[index].start)
            shape = "decimal" if definition.is_legal else numbered.levels[index].shape
            label = label.replace(mark, _shaped(value, shape))
    return label.strip()


def _shaped(value: int, shape: str) -> str:
    if not 0 < value < 10_000:
        return str(value)
    shapes: dict[str, Callable[[int], str]] = {
        "upperRoman": _roman,
        "lowerRoman": lambda number: _roman(number).lower(),
        "russianLower": lambda number: _lettered(number, _CYRILLIC),
        "russianUpper": lambda number: _lettered(number, _CYRILLIC).upper(),
        "lowerLetter": lambda number: _lettered(number, _LATIN),
        "upperLetter": lambda number: _lettered(number, _LATIN).upper(),
        "decimalZero": lambda number: f"{number:02d}",
    }
    return shapes.get(shape, str)(value)


def _roman(value: int) -> str:
    result = ""
    for weight, letters in _ROMAN:
        count, value = divmod(value, weight)
        result += letters * count
    return result


def _lettered(value: int, alphabet: str) -> str:
    """а, б … я, аа, бб: Word repeats the letter instead of counting on."""
    turns, index = divmod(value - 1, len(alphabet))
    return alphabet[index] * min(turns + 1, 8)


def _lists(numbering: Element | None, styles: Element | None) -> dict[str, _List]:
    if numbering is None:
        return {}
    abstracts = {a.get(f"{W}abstractNumId") or "": a for a in numbering.findall(f"{W}abstractNum")}
    lists: dict[str, _List] = {}
    for num in numbering.findall(f"{W}num"):
        abstract_id = _value(num, "abstractNumId") or ""
        abstract = _linked(abstracts, abstract_id, numbering, styles)
        if abstract is None:
            continue
        levels = _levels(abstract)
        overridden = set()
        for override in num.findall(f"{W}lvlOverride"):
            index = _integer(override.get(f"{W}ilvl"), 0)
            own = override.find(f"{W}lvl")
            if own is not None:
                levels[index] = _level(own, index)
            start = _value(override, "startOverride")
            if start is not None and index in levels:
                old = levels[index]
                levels[index] = replace(old, start=_integer(start, 1))
                overridden.add(index)
        lists[num.get(f"{W}numId") or ""] = _List(levels, abstract_id, frozenset(overridden))
    return lists


def _levels_of_styles(numbering: Element | None) -> dict[str, int]:
    """The level that each paragraph style is bound to."""
    if numbering is None:
        return {}
    return {
        style: _integer(level.get(f"{W}ilvl"), 0)
        for level in numbering.iter(f"{W}lvl")
        if (style := _value(level, "pStyle")) is not None
    }


def _linked(
    abstracts: dict[str, Element], abstract_id: str, numbering: Element, styles: Element | None
) -> Element | None:
    """A definition may only point to a numbering style, whose own list holds the levels."""
    abstract = abstracts.get(abstract_id)
    style = _value(abstract, "numStyleLink") if abstract is not None else None
    if style is None or styles is None:
        return abstract
    number_id = _style_numbers(styles).get(style, (None, None))[0]
    for num in numbering.findall(f"{W}num"):
        if num.get(f"{W}numId") == number_id:
            return abstracts.get(_value(num, "abstractNumId") or "", abstract)
    return abstract


def _levels(abstract: Element) -> dict[int, _Level]:
    levels = {}
    for element in abstract.findall(f"{W}lvl"):
        index = _integer(element.get(f"{W}ilvl"), 0)
        if 0 <= index < _LEVELS:
            levels[index] = _level(element, index)
    return levels


def _level(element: Element, index: int) -> _Level:
    restart = _value(element, "lvlRestart")
    return _Level(
        start=_integer(_value(element, "start"), 0),
        shape=_value(element, "numFmt") or "decimal",
        text=(_value(element, "lvlText") or "")[:100],
        restarts_after=index - 1 if restart is None else _integer(restart, 0) - 1,
        is_legal=is_on(element, "isLgl"),
    )


def _style_numbers(styles: Element | None) -> dict[str, tuple[str | None, int | None]]:
    if styles is None:
        return {}
    own: dict[str, tuple[str | None, int | None]] = {}
    parents: dict[str, str] = {}
    for style in styles.findall(f"{W}style"):
        style_id = style.get(f"{W}styleId") or ""
        properties = style.find(f"{W}pPr")
        own[style_id] = _own_number(properties) if properties is not None else (None, None)
        parents[style_id] = _value(style, "basedOn") or ""
    return {style_id: _inherited(style_id, own, parents) for style_id in own}


def _inherited(
    style_id: str, own: dict[str, tuple[str | None, int | None]], parents: dict[str, str]
) -> tuple[str | None, int | None]:
    level: int | None = None
    for _ in range(_LONGEST_CHAIN):
        number_id, own_level = own.get(style_id, (None, None))
        level = own_level if level is None else level
        if number_id is not None:
            return number_id, level
        style_id = parents.get(style_id, "")
    return None, level


def _own_number(properties: Element) -> tuple[str | None, int | None]:
    number = properties.find(f"{W}numPr")
    if number is None:
        return None, None
    level = _value(number, "ilvl")
    return _value(number, "numId"), None if level is None else _integer(level, 0)


def _value(parent: Element, name: str) -> str | None:
    child = parent.find(f"{W}{name}")
    return None if child is None else child.get(f"{W}val")


def _integer(text: str | None, default: int) -> int:
    try:
        return int(text) if text is not None and len(text) < 10 else default
    except ValueError:
        return default
