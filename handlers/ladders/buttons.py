"""Keyboards of the ladders."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.texts.catalogue import Markup, plain
from bot.texts.wording import shorten

LABEL = 40  # what a phone shows of a button
Row = list[InlineKeyboardButton]
Screen = tuple[Markup, InlineKeyboardMarkup]


def button(key: str, data: CallbackData, **values: str | int) -> InlineKeyboardButton:
    return named(plain(key, **values), data)


def named(label: str, data: CallbackData) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=shorten(label, LABEL), callback_data=data.pack())


def ticked(label: str, data: CallbackData, *, is_now: bool) -> InlineKeyboardButton:
    return named(plain("ticked" if is_now else "unticked", label=label), data)


def keyboard(*rows: Sequence[InlineKeyboardButton]) -> InlineKeyboardMarkup:
    """Empty rows are left out."""
    return InlineKeyboardMarkup(inline_keyboard=[list(row) for row in rows if row])
