"""The buttons about terms that a document leaves open, and about rows planned later. Ids and versions, never rights."""

from __future__ import annotations

from aiogram.filters.callback_data import CallbackData

from bot.domain.awaiting import Pace
from bot.services.plan_row import RowReading


class AskRowDates(CallbackData, prefix="ea"):
    row: int


class AcceptRowDates(CallbackData, prefix="eb"):
    """«Верно» under what was typed for a row; the words themselves wait in the dialogue."""

    row: int
    version: int


class SetRowPace(CallbackData, prefix="eu"):
    row: int
    version: int
    pace: Pace


class PickDay(CallbackData, prefix="ed"):
    """«Сегодня», «Вчера», «Завтра» (−1): the words of a question that is open for this row or this activity."""

    days_ago: int
    row: int = 0
    activity: int = 0


class AskDates(CallbackData, prefix="ee"):
    activity: int
    is_correction: bool = False


class AcceptDates(CallbackData, prefix="ef"):
    activity: int
    version: int


class ChoosePace(CallbackData, prefix="eg"):
    activity: int


class PreviewPace(CallbackData, prefix="eh"):
    activity: int
    pace: Pace


class SetPace(CallbackData, prefix="ei"):
    activity: int
    version: int
    pace: Pace


class ShowLeft(CallbackData, prefix="ej"):
    document: int
    page: int = 1


class ShowLeftRow(CallbackData, prefix="ek"):
    row: int


class PreviewLeftRow(CallbackData, prefix="el"):
    row: int
    reading: RowReading


class FixLeftRow(CallbackData, prefix="ez"):
    row: int


class PlanLeftRow(CallbackData, prefix="en"):
    row: int
    reading: RowReading
