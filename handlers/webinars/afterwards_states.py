from __future__ import annotations

from aiogram.fsm.state import State, StatesGroup


class AfterEvent(StatesGroup):
    """``material``: a link or a file is awaited for an event; ``line``: a few words from one who was there."""

    material = State()
    line = State()
