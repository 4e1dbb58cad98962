from __future__ import annotations

from aiogram.fsm.state import State, StatesGroup


class CheckingIn(StatesGroup):
    """Somebody who is there types the word that he heard."""

    word = State()


class Leading(StatesGroup):
    """The leader types a code word, looks for a name, or has sent a platform's table."""

    code_word = State()
    finding = State()
    table = State()
