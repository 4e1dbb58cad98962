from __future__ import annotations

from enum import StrEnum

from aiogram.fsm.state import State, StatesGroup


class MakingForm(StatesGroup):
    """A form is being made: typed words are what was asked for last."""

    typing = State()  # ``Typed`` says what
    table = State()  # the next file has its questions
    sending = State()  # by when it is to be filled in


class Typed(StrEnum):
    """What is typed: something of the form, or of the question that the dialogue names."""

    NEW = "new"  # the title of a form that is begun with it
    RENAME = "rename"
    QUESTION = "question"
    LINES = "lines"
    WORDS = "words"
    OPTIONS = "options"
    UNIT = "unit"
    PLAN = "plan"
    LOW = "low"
    HIGH = "high"
