from __future__ import annotations

from aiogram.fsm.state import State, StatesGroup


class Joining(StatesGroup):
    """The steps of a newcomer. The data: what he joins by, and from the second step on his name."""

    placing = State()  # without a link: he looks for his school
    consenting = State()
    naming = State()
    confirming = State()
    adding = State()  # somebody registered decides on one more link


REGISTERING = frozenset(
    step.state or "" for step in (Joining.placing, Joining.consenting, Joining.naming, Joining.confirming)
)
"""The steps of one who is not registered yet: a command that is not his yet does not throw him out."""


class Editing(StatesGroup):
    """A line of text is awaited."""

    own_name = State()
    own_phone = State()
    region = State()
    units_below = State()
    unit_title = State()
    tag = State()
    programme = State()
