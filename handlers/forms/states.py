from __future__ import annotations

from aiogram.fsm.state import State, StatesGroup


class FillingIn(StatesGroup):
    """A question of a form stands on the screen: typed words and files are its answer."""

    answering = State()
    colleagues = State()  # the answer to the one question that a colleague has asked
