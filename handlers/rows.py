"""How buttons lie under a message: as many side by side as a phone shows whole."""

from __future__ import annotations

from collections.abc import Iterable

from aiogram.types import InlineKeyboardButton

from bot.texts.widths import room, width


def in_rows(buttons: Iterable[InlineKeyboardButton], most: int) -> list[list[InlineKeyboardButton]]:
    """In their order, at most ``most`` in a row, fewer where a caption would be cut off; alone it is cut by its end."""
    rows: list[list[InlineKeyboardButton]] = []
    for button in buttons:
        if rows and len(rows[-1]) < most and _fit([*rows[-1], button]):
            rows[-1].append(button)
        else:
            rows.append([button])
    return rows


def _fit(row: list[InlineKeyboardButton]) -> bool:
    return all(width(button.text) <= room(len(row)) for button in row)
