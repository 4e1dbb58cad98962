"""The buttons of /webinar and /webinars: ids and versions, never rights."""

from __future__ import annotations

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from bot.domain.matters import Answer
from bot.domain.network import Role


class Act(StrEnum):
    BACK = "back"
    NEXT = "next"  # with what stands
    SKIP = "skip"  # without a link
    PARTS = "parts"
    EVERYWHERE = "all"
    ANNOUNCE = "go"
    CANCEL = "drop"


class StepButton(CallbackData, prefix="wa"):
    """``step``: the one it was shown at; a button of another step is an old one."""

    step: str
    act: Act


class ChoosePlace(CallbackData, prefix="wp"):
    unit: int


class TogglePart(CallbackData, prefix="wt"):
    unit: int


class PartsPage(CallbackData, prefix="wg"):
    page: int


class ToggleRole(CallbackData, prefix="wr"):
    role: Role


class WebinarsPage(CallbackData, prefix="wl"):
    page: int = 1


class ShowWebinar(CallbackData, prefix="ws"):
    occurrence: int


class NamesPage(CallbackData, prefix="wn"):
    """Who gave this answer; None: who gave none yet."""

    occurrence: int
    answer: Answer | None = None
    page: int = 1


class MoveWebinar(CallbackData, prefix="wm"):
    """Asks for the new time, then (``is_sure``) moves to what was typed."""

    occurrence: int
    version: int
    is_sure: bool = False


class CancelWebinar(CallbackData, prefix="wx"):
    occurrence: int
    version: int
    is_sure: bool = False


class ChangeLink(CallbackData, prefix="wk"):
    occurrence: int
    version: int
