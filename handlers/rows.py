"""How buttons lie under a message: as many side by side as a phone shows whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton

from bot.texts.catalogue import plain
from bot.texts.widths import room, width

Row = list[InlineKeyboardButton]


def in_rows(buttons: Iterable[InlineKeyboardButton], most: int) -> list[Row]:
    """In their order, at most ``most`` in a row, fewer where a caption would be cut off; alone it is cut by its end."""
    rows: list[Row] = []
    for button in buttons:
        if rows and len(rows[-1]) < most and _fit([*rows[-1], button]):
            rows[-1].append(button)
        else:
            rows.append([button])
    return rows


def page_of(page: int, total: int, size: int) -> tuple[int, int]:
    """The page that exists nearest to the one asked for, and how many there are; counted from 1."""
    pages = max(1, -(-total // size))
    return min(max(page, 1), pages), pages


def pager(page: int, pages: int, to: Callable[[int], CallbackData], *, first: int = 0) -> Row:
    """«‹», «2 из 5», «›»; nothing where there is one page. At either end the arrow leads round to the other.

    ``first``: the number by which ``to`` names the first page, and ``page`` the one that is shown.
    """
    if pages <= 1:
        return []
    place = page - first
    words = ("‹", plain("page-of", page=place + 1, pages=pages), "›")
    return [
        InlineKeyboardButton(text=text, callback_data=to(there % pages + first).pack())
        for text, there in zip(words, (place - 1, place, place + 1), strict=True)
    ]


def turning(page: int, pages: int, to: Callable[[int], CallbackData], *, first: int = 0) -> list[Row]:
    """The same as rows to be added: one, or none."""
    return [row] if (row := pager(page, pages, to, first=first)) else []


def _fit(row: Row) -> bool:
    return all(width(button.text) <= room(len(row)) for button in row)
