"""Captions of buttons: what a phone cuts off nobody reads. Those side by side are checked by every chat of a test."""

from __future__ import annotations

from itertools import product

import pytest
from aiogram.types import InlineKeyboardButton
from fluent.syntax import FluentParser, ast

from bot.texts.catalogue import _words, keys
from bot.texts.widths import room, width
from handlers.rows import in_rows

_VALUE = "12"  # in place of every number; a title stands last, where it may be cut


def _wordings(pattern: ast.Pattern | None) -> list[str]:
    """Every wording that the variants of a pattern allow."""
    return ["".join(parts) for parts in product(*map(_parts, pattern.elements if pattern else []))]


def _parts(element: ast.TextElement | ast.Placeable) -> list[str]:
    if isinstance(element, ast.TextElement):
        return [element.value]
    if isinstance(element.expression, ast.SelectExpression):
        return [words for variant in element.expression.variants for words in _wordings(variant.value)]
    return [element.expression.value] if isinstance(element.expression, ast.StringLiteral) else [_VALUE]


def test_the_words_of_a_caption_fit_a_phone() -> None:
    parser, sources = FluentParser(), _words().sources
    buttons = {key: parser.parse_entry(sources[key]) for key in sorted(keys()) if key.startswith("button-")}
    cut = {
        words: round(width(words) - room(1))
        for entry in buttons.values()
        if isinstance(entry, ast.Message)
        for words in _wordings(entry.value)
        if width(words) > room(1)
    }
    assert cut == {}, "pixels too many on a phone"


@pytest.mark.parametrize(
    ("captions", "rows"),
    [
        pytest.param(["Да", "Нет", "Потом"], [2, 1], id="short ones stand in pairs"),
        pytest.param(["▫️ Суздальский район", "▫️ Муром", "▫️ Тында"], [1, 2], id="a long one stands alone"),
        pytest.param(["Муром", "Суздальский район и город"], [1, 1], id="nor is it put beside a short one"),
        pytest.param([], [], id="nothing"),
    ],
)
def test_as_many_stand_side_by_side_as_a_phone_shows_whole(captions: list[str], rows: list[int]) -> None:
    buttons = [InlineKeyboardButton(text=one, callback_data="-") for one in captions]
    laid = in_rows(buttons, 2)
    assert [len(row) for row in laid] == rows
    assert [one.text for row in laid for one in row] == captions


def test_joiners_and_the_looks_of_emoji_take_no_room() -> None:
    assert width("⚠️") == width("⚠") == 20
    assert width("iii") < width("ааа") < width("шшш") < width("ШШШ")
