from __future__ import annotations

from aiogram.fsm.state import State, StatesGroup


class Talking(StatesGroup):
    """A message of a thread is awaited, or the word that closes it."""

    writing = State()
    closing = State()
