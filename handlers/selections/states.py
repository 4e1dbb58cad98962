from __future__ import annotations

from aiogram.fsm.state import State, StatesGroup


class MakingSelection(StatesGroup):
    """One part of a selection is awaited, or the quota of one municipality, or nothing but a button of its card."""

    part = State()
    quota = State()
    card = State()


class ChangingBounds(StatesGroup):
    """Places, quotas or the reserve of a selection that runs are awaited, or the quota of one municipality."""

    typing = State()
    quota = State()


class DecliningApplication(StatesGroup):
    """An optional word to the applicant, why he is not taken."""

    reason = State()
