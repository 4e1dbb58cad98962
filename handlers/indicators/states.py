from __future__ import annotations

from aiogram.fsm.state import State, StatesGroup


class Planning(StatesGroup):
    """What a part of the network is to reach is being typed."""

    figure = State()
