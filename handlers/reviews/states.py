from __future__ import annotations

from aiogram.fsm.state import State, StatesGroup


class Returning(StatesGroup):
    """Why an answer is given back, then by when it is wanted again."""

    typing_reason = State()
    typing_day = State()


class Granting(StatesGroup):
    """«Другая дата» in words."""

    typing_day = State()


class GivingTerm(StatesGroup):
    """«Дать другой срок» in words."""

    typing_day = State()
