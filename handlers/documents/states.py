from __future__ import annotations

from aiogram.fsm.state import State, StatesGroup


class TypingTerm(StatesGroup):
    """The coordinator types a term in words: for a row of a draft or of a plan, or dates for a planned one."""

    of_row = State()
    of_date = State()
    of_row_dates = State()
    of_activity_dates = State()
    of_left_row = State()


class TypingRow(StatesGroup):
    """The coordinator writes a text of a row anew, or the parts that it is cut into."""

    text = State()
    parts = State()


class TypingFact(StatesGroup):
    """The coordinator says what a document should say of itself: its title, number, day or region."""

    words = State()


class NamingColumns(StatesGroup):
    """The coordinator tells which sheet of a file is the plan, or which of its columns is which."""

    sheet = State()
    column = State()
