"""Keyboards of the screens about people."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.domain.profile import RUSSIAN_ZONES
from bot.texts.catalogue import plain
from bot.texts.wording import shorten
from bot.texts.zones import zone_name
from handlers.rows import in_rows

LABEL = 40  # what a phone shows of a button
Row = list[InlineKeyboardButton]


def button(key: str, data: CallbackData, **values: str | int) -> InlineKeyboardButton:
    """A button with words of the catalogue."""
    return named(plain(key, **values), data)


def named(label: str, data: CallbackData) -> InlineKeyboardButton:
    """A button with a label that people typed, cut to what a phone shows."""
    return InlineKeyboardButton(text=shorten(label, LABEL), callback_data=data.pack())


def keyboard(*rows: Sequence[InlineKeyboardButton]) -> InlineKeyboardMarkup:
    """Empty rows are left out."""
    return InlineKeyboardMarkup(inline_keyboard=[list(row) for row in rows if row])


def pager(page: int, pages: int, to: Callable[[int], CallbackData]) -> Row:
    """«‹ 2 из 5 ›»; nothing where there is one page. At either end the arrow leads round to the other."""
    if pages <= 1:
        return []
    return [
        named("‹", to((page - 1) % pages)),
        named(plain("page-of", page=page + 1, pages=pages), to(page)),
        named("›", to((page + 1) % pages)),
    ]


def turns(page: int, pages: int, to: Callable[[int], CallbackData]) -> list[Row]:
    """A row «‹ Назад», «2 из 5», «Дальше ›», counted from 0; none where there is one page, no way beyond an end."""
    if pages <= 1:
        return []
    row = [button("button-back", to(page - 1))] if page else []
    row.append(named(plain("page-of", page=page + 1, pages=pages), to(page)))
    if page + 1 < pages:
        row.append(button("button-next", to(page + 1)))
    return [row]


def zone_rows(to: Callable[[str], CallbackData]) -> list[Row]:
    """The zones of Russia."""
    buttons = [named(zone_name(zone), to(zone)) for zone in RUSSIAN_ZONES]
    return in_rows(buttons, 2)
