"""Every word that a user sees, by key. The words stand in ``ru/*.ftl``, one file for each group of screens.

A message's text is Telegram HTML, so what people typed is escaped here, when it is shown, and stored as they typed it.
"""

from __future__ import annotations

import re
from functools import cache
from html import escape, unescape
from pathlib import Path

from fluent.runtime import FluentBundle, FluentResource

_WORDS = Path(__file__).parent / "ru"
_LONGEST_VALUE = 1000  # Fluent refuses a value of more than 2,500 characters; a long one is put into its place after it
_PLACE = re.compile("\ue000([a-zA-Z_-]+)\ue001")
_ENTRY = re.compile(r"^(-?[a-zA-Z][\w-]*) *=.*(?:\n(?!-?[a-zA-Z#]).*)*", re.MULTILINE)
_QUOTED_WITHIN = re.compile(r"^.*«[^»\n]*«.*$", re.MULTILINE)
_NAME = re.compile(r"-?[a-zA-Z][a-zA-Z0-9_-]*")
_TAG = re.compile(r"</?[a-z][^<>]*>")

Value = str | int | float


class Markup(str):
    """A piece of text that is Telegram HTML already, made by this catalogue or by ``bot.texts.times``."""

    __slots__ = ()


class TextError(Exception):
    """A key that is not in the catalogue, or a message that asks for a value it was not given: a mistake of ours."""


def say(key: str, **values: Value) -> Markup:
    """The message under ``key`` as Telegram HTML; every value that is not Markup is escaped. Raises TextError."""
    return Markup(_format(key, {n: _escaped(v) for n, v in values.items()}))


def plain(key: str, **values: Value) -> str:
    """The same without markup: for buttons, answers to taps, files and the terminal. Raises TextError."""
    text = _format(key, values)
    return unescape(_TAG.sub("", say(key, **values))) if "</" in text else text  # «</» may be what somebody typed


def keys() -> frozenset[str]:
    """All keys of the catalogue."""
    return frozenset(key for key in _words().sources if not key.startswith("-"))


def whole_catalogue() -> None:
    """Reads the files, where nothing was said yet. What is said of them is put together as it is said."""
    _words()


def _escaped(value: Value) -> Value:
    if isinstance(value, str) and not isinstance(value, Markup):
        return escape(value, quote=False)
    return value


def _format(key: str, values: dict[str, Value]) -> str:
    return _put_together(key, values) if values else _always_the_same(key)


@cache  # as many as there are keys: what is none raises
def _always_the_same(key: str) -> str:
    return _put_together(key, {})


def _put_together(key: str, values: dict[str, Value]) -> str:
    text = _filled(key, values)
    return _QUOTED_WITHIN.sub(_quoted, text) if text.count("«") > 1 else text


def _filled(key: str, values: dict[str, Value]) -> str:
    bundle = _words().with_entry(key)
    if not bundle.has_message(key):
        raise TextError(f"no text under «{key}»")
    pattern = bundle.get_message(key).value
    if pattern is None:
        raise TextError(f"the text «{key}» is empty")
    long = {n: v for n, v in values.items() if isinstance(v, str) and len(v) > _LONGEST_VALUE}
    text, errors = bundle.format_pattern(pattern, {**values, **{n: f"\ue000{n}\ue001" for n in long}})
    if errors:
        raise TextError(f"the text «{key}» failed: {errors}")
    return _PLACE.sub(lambda place: long.get(place[1], ""), str(text)) if long else str(text)


def _quoted(line: re.Match[str]) -> str:
    """«Центр «Точка роста»» → «Центр „Точка роста“»: a title brings quotation marks of its own into ours."""
    depth, signs = 0, list(line[0])
    for place, sign in enumerate(signs):
        if sign == "«":
            signs[place] = "„" if depth else sign
            depth += 1
        elif sign == "»" and depth:
            depth -= 1
            signs[place] = "“" if depth else sign
    if depth and "“" in signs:  # a title that was cut off with «…» lost its own last mark
        signs[len(signs) - 1 - signs[::-1].index("“")] = "»"
    return "".join(signs)


class _Words:
    """The catalogue. An entry is parsed when it is first shown: parsing all of them takes a second of every start."""

    def __init__(self) -> None:
        files = sorted(_WORDS.glob("*.ftl"))
        entries = (entry for file in files for entry in _ENTRY.finditer(file.read_text(encoding="utf-8")))
        self.sources = {entry[1]: entry[0] for entry in entries}
        # Isolation marks around values would break links, commands and copied text.
        self._bundle = FluentBundle(["ru"], use_isolating=False)
        self._parsed: set[str] = set()

    def with_entry(self, key: str) -> FluentBundle:
        """The bundle, which holds this entry and those it names; without it where there is none."""
        if key not in self._parsed and key in self.sources:
            self._parsed.add(key)
            for name in _NAME.findall(self.sources[key]):  # a word that is no name of an entry changes nothing
                self.with_entry(name)
            self._bundle.add_resource(FluentResource(self.sources[key]))
        return self._bundle


@cache
def _words() -> _Words:
    return _Words()
