"""The buttons of the figures: ids and the key of a question. What may be seen is asked of the tree on every press."""

from __future__ import annotations

from aiogram.filters.callback_data import CallbackData


class ShowIndicators(CallbackData, prefix="in"):
    """All figures of one date at a unit (0: the top of what the reader sees)."""

    occurrence: int
    unit: int = 0


class ShowIndicator(CallbackData, prefix="io"):
    """One figure, and a page (from 0) of the parts below."""

    occurrence: int
    question: str
    unit: int = 0
    page: int = 0


class DrawIndicator(CallbackData, prefix="ig"):
    """The same as a picture."""

    occurrence: int
    question: str
    unit: int = 0


class PlanIndicator(CallbackData, prefix="ip"):
    """«Задать план», and (``is_dropped``) taking it away."""

    occurrence: int
    question: str
    unit: int
    is_dropped: bool = False
