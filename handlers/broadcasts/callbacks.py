"""The buttons below the progress of a broadcast."""

from __future__ import annotations

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData


class Steer(StrEnum):
    """What becomes of it."""

    STOP = "s"
    RESUME = "r"
    DROP = "d"


class SteerBroadcast(CallbackData, prefix="bc"):
    """Stops a broadcast, lets it go on, or ends it for good."""

    broadcast: int
    to: Steer
