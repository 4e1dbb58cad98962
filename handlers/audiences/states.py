from __future__ import annotations

from aiogram.fsm.state import State, StatesGroup


class ChoosingAudience(StatesGroup):
    """Part of a name is awaited, of somebody to be left out."""

    name = State()
