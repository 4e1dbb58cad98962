"""Buttons of the questions about a file that does not say which sheet, or which column is which.

``at`` is the message that the questions stand in: a button of an older one is told from those of the open one by it.
"""

from __future__ import annotations

from aiogram.filters.callback_data import CallbackData

NONE = -1


class ChooseSheet(CallbackData, prefix="ks"):
    """``place`` among the sheets that were offered; NONE stands for all of them."""

    at: int
    place: int


class ChooseColumn(CallbackData, prefix="kc"):
    """The answer to the question number ``step``; NONE where there is no such column."""

    at: int
    step: int
    place: int


class StepBack(CallbackData, prefix="kb"):
    at: int


class LeaveFile(CallbackData, prefix="kx"):
    at: int
