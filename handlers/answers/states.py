from __future__ import annotations

from aiogram.fsm.state import State, StatesGroup


class AnswerLine(StatesGroup):
    """One line of text is awaited: what the problem is, why he does not come, or what «Выполнено» asks for."""

    typing = State()


class Postponing(StatesGroup):
    """«Прошу перенести»: the day in words, then why."""

    typing_day = State()
    typing_reason = State()
