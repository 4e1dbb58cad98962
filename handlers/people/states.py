from __future__ import annotations

from aiogram.fsm.state import State, StatesGroup


class Joining(StatesGroup):
    """The steps of a newcomer. The data: what he joins by, and from the second step on his name."""

    placing = State()  # without a link: he looks for his school
    consenting = State()
    naming = State()
    confirming = State()
    adding = State()  # somebody registered decides on one more link


class Editing(StatesGroup):
    """A line of text is awaited."""

    own_name = State()
    own_phone = State()
    region = State()
    units_below = State()
    unit_title = State()
    tag = State()
    programme = State()
