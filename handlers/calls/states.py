from __future__ import annotations

from aiogram.fsm.state import State, StatesGroup


class MakingCall(StatesGroup):
    """One part of a call is awaited, or nothing but a button of its card."""

    part = State()
    card = State()


class Proposing(StatesGroup):
    """A proposal is awaited."""

    writing = State()


class Declining(StatesGroup):
    """An optional word to the author, why his proposal is declined."""

    word = State()


class Prolonging(StatesGroup):
    """A later last day is awaited."""

    day = State()
