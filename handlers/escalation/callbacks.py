"""The buttons of the collective summary: ids only. What the presser may see is asked of the tree on every press."""

from __future__ import annotations

from aiogram.filters.callback_data import CallbackData


class SummaryPage(CallbackData, prefix="es"):
    """One page, from 0, of the matters of a summary."""

    notice: int
    page: int = 0


class SummaryMatter(CallbackData, prefix="em"):
    """The silent of one matter, ``page`` from 0; ``back``: the page of the summary that it was opened on."""

    notice: int
    occurrence: int
    page: int = 0
    back: int = 0


class ChooseController(CallbackData, prefix="ec"):
    """Who controls the execution of a document; ``person`` 0: show who can, below 0: nobody."""

    document: int
    person: int = 0
    page: int = 0
