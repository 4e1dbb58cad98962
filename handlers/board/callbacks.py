"""The buttons of the board: ids only. What the presser may see is asked of the tree on every press."""

from __future__ import annotations

from aiogram.filters.callback_data import CallbackData


class BoardPageButton(CallbackData, prefix="bl"):
    """One page of the dates; ``is_past``: those gone by."""

    page: int = 0
    is_past: bool = False


class BoardDate(CallbackData, prefix="bd"):
    """One date at a unit (0: the top of what the reader sees); ``page``, from 0, of the units below it."""

    occurrence: int
    unit: int = 0
    page: int = 0


class BoardFile(CallbackData, prefix="bf"):
    """The same as .xlsx."""

    occurrence: int
    unit: int = 0


class NudgeSilent(CallbackData, prefix="bn"):
    """«Напомнить молчащим»: the preview, then (``is_sure``) the deed. ``version``: the date has not moved since."""

    occurrence: int
    version: int
    unit: int = 0
    is_sure: bool = False
