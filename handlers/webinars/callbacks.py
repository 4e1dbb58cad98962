"""The buttons of /webinars: ids and versions, never rights."""

from __future__ import annotations

from aiogram.filters.callback_data import CallbackData

from bot.domain.events import WayIn
from bot.domain.matters import Answer


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


class MoveFollowing(CallbackData, prefix="cf"):
    """Moves to what was typed, and the later dates of the series by as much."""

    occurrence: int
    version: int


class CancelWebinar(CallbackData, prefix="wx"):
    occurrence: int
    version: int
    is_sure: bool = False


class ChangeLink(CallbackData, prefix="wk"):
    """What there is of a way in, to be changed."""

    occurrence: int
    version: int


class ChangeWayIn(CallbackData, prefix="wu"):
    occurrence: int
    version: int
    way: WayIn


class DropWayIn(CallbackData, prefix="wj"):
    occurrence: int
    version: int
    way: WayIn
