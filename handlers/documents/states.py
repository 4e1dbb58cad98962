from __future__ import annotations

from aiogram.fsm.state import State, StatesGroup


class TypingTerm(StatesGroup):
    """The coordinator types a term in words: for a row of a draft, or a new date for a planned one."""

    of_row = State()
    of_date = State()


class NamingColumns(StatesGroup):
    """The coordinator tells which sheet of a file is the plan, or which of its columns is which."""

    sheet = State()
    column = State()
