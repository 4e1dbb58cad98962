from __future__ import annotations

from aiogram.fsm.state import State, StatesGroup


class EditingLadder(StatesGroup):
    """The title of a ladder is awaited; the data names the ladder and its version."""

    title = State()
