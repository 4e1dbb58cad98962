"""The buttons of the ladders: ids, a version and the place of a step. Rights are checked anew on every press.

A step is named by its days and its level (a place in ``Level``): no ladder has two of the same.
"""

from __future__ import annotations

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from bot.domain.matters import LadderName


class ListLadders(CallbackData, prefix="Ll"):
    pass


class ShowPreset(CallbackData, prefix="Lp"):
    name: LadderName


class CopyPreset(CallbackData, prefix="Lc"):
    name: LadderName


class ShowOwn(CallbackData, prefix="Lo"):
    ladder: int


class OwnAct(StrEnum):
    STEPS = "s"
    ADD = "a"
    TITLE = "t"
    BOUNDS = "b"
    RETIRE = "r"
    RETIRE_SURELY = "rs"


class EditOwn(CallbackData, prefix="Le"):
    ladder: int
    act: OwnAct
    version: int = 0


class AddStep(CallbackData, prefix="La"):
    """Asked one after another: to whom, when, at what hour. Below 0 and 100: not said yet."""

    ladder: int
    version: int
    to: int = -1
    days: int = 100
    hour: int = -1


class ShowStep(CallbackData, prefix="Lt"):
    ladder: int
    to: int
    days: int


class ChangeStep(CallbackData, prefix="Lx"):
    """Another day or hour for a step; ``hour`` below 0: it is removed."""

    ladder: int
    version: int
    to: int
    days: int
    new_days: int
    hour: int


class SetBound(CallbackData, prefix="Lb"):
    """``gap`` in hours, ``most`` in messages; 0 leaves it as it is."""

    ladder: int
    version: int
    gap: int = 0
    most: int = 0


class Foretell(CallbackData, prefix="Lf"):
    """What would come of a date in so many ``days``; ``ladder`` 0: of the ready one."""

    ladder: int = 0
    name: LadderName = LadderName.USUAL
    days: int = 21


class ActivityLadder(CallbackData, prefix="Lv"):
    activity: int


class AttachLadder(CallbackData, prefix="Lw"):
    """``ladder`` 0: the ready one of that ``name``."""

    activity: int
    name: LadderName = LadderName.USUAL
    ladder: int = 0


class Obligatory(CallbackData, prefix="Ly"):
    activity: int
    is_obligatory: bool
