"""Every word that a user sees, by key. The words stand in ``ru/*.ftl``, one file for each group of screens.

A message's text is Telegram HTML, so what people typed is escaped here, when it is shown, and stored as they typed it.
"""

from __future__ import annotations

import re
from functools import cache
from html import escape
from pathlib import Path

from fluent.runtime import FluentBundle, FluentResource

_WORDS = Path(__file__).parent / "ru"
_LONGEST_VALUE = 1000  # Fluent refuses a value of more than 2,500 characters; a long one is put into its place after it
_PLACE = re.compile("\ue000([a-zA-Z_-]+)\ue001")

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
    return _format(key, values)


def warm_up_words() -> None:
    """Reads and parses the catalogue, which the first text would otherwise wait for."""
    _bundle()


def keys() -> frozenset[str]:
    """All keys of the catalogue."""
    return frozenset(_bundle()._messages)  # noqa: SLF001 - the bundle offers no list of its messages


def _escaped(value: Value) -> Value:
    if isinstance(value, str) and not isinstance(value, Markup):
        return escape(value, quote=False)
    return value


def _format(key: str, values: dict[str, Value]) -> str:
    bundle = _bundle()
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


@cache
def _bundle() -> FluentBundle:
    # Isolation marks around values would break links, commands and copied text.
    bundle = FluentBundle(["ru"], use_isolating=False)
    for file in sorted(_WORDS.glob("*.ftl")):
        bundle.add_resource(FluentResource(file.read_text(encoding="utf-8")))
    return bundle
