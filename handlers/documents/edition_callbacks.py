"""The buttons about newer editions. They carry ids and the version that was shown, never rights."""

from __future__ import annotations

from aiogram.filters.callback_data import CallbackData


class ShowEdition(CallbackData, prefix="ga"):
    document: int
    page: int = 1


class StandAlone(CallbackData, prefix="gb"):
    """«Отдельный документ»"""

    document: int
    version: int


class ToggleChange(CallbackData, prefix="gt"):
    """A row of the edition, or an activity that it does not name; ``is_on``: the change is wanted."""

    document: int
    version: int
    is_on: bool
    row: int = 0
    activity: int = 0
    page: int = 1


class LeaveUnclear(CallbackData, prefix="gu"):
    document: int
    version: int


class PreviewEdition(CallbackData, prefix="gp"):
    document: int


class ApplyEdition(CallbackData, prefix="gy"):
    """``mark`` tells the plan that was compared from one that was changed since."""

    document: int
    version: int
    mark: int


class RecheckPlan(CallbackData, prefix="gr"):
    """«Сравнить с планом» under a document that is planned already."""

    document: int


class SendFile(CallbackData, prefix="gf"):
    document: int
