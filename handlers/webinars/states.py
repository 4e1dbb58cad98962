from __future__ import annotations

from aiogram.fsm.state import State, StatesGroup


class NewWebinar(StatesGroup):
    """The steps of /webinar, in their order; ``parts`` is a side step of ``audience``."""

    place = State()
    title = State()
    when = State()
    link = State()
    audience = State()
    parts = State()
    preview = State()


class EditWebinar(StatesGroup):
    """Words are awaited for a webinar that is announced already."""

    when = State()
    is_sure = State()
    link = State()
