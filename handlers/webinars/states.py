from __future__ import annotations

from aiogram.fsm.state import State, StatesGroup


class MakingEvent(StatesGroup):
    """The dialogue holds the id of the draft and the field that is typed; everything else is saved in the draft."""

    field = State()
    card = State()  # nothing is typed: a button of the card, of the audience or of the preview is awaited


class EditWebinar(StatesGroup):
    """Words are awaited for a webinar that is announced already."""

    when = State()
    is_sure = State()
    link = State()
