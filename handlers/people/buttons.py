"""Keyboards of the screens about people."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.domain.profile import RUSSIAN_ZONES
from bot.texts.catalogue import plain
from bot.texts.wording import shorten
from bot.texts.zones import zone_name
from handlers.rows import Row, in_rows

LABEL = 40  # what a phone shows of a button


def button(key: str, data: CallbackData, **values: str | int) -> InlineKeyboardButton:
    """A button with words of the catalogue."""
    return named(plain(key, **values), data)


def named(label: str, data: CallbackData) -> InlineKeyboardButton:
    """A button with a label that people typed, cut to what a phone shows."""
    return InlineKeyboardButton(text=shorten(label, LABEL), callback_data=data.pack())


def keyboard(*rows: Sequence[InlineKeyboardButton]) -> InlineKeyboardMarkup:
    """Empty rows are left out."""
    return InlineKeyboardMarkup(inline_keyboard=[list(row) for row in rows if row])


def zone_rows(to: Callable[[str], CallbackData]) -> list[Row]:
    """The zones of Russia."""
    buttons = [named(zone_name(zone), to(zone)) for zone in RUSSIAN_ZONES]
    return in_rows(buttons, 2)
