"""The buttons about who was there: ids and what a tap makes of them, never rights."""

from __future__ import annotations

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from bot.domain.events import Attendance


class To(StrEnum):
    """What a tap makes of a mark; one letter, because the button carries the place in the list too."""

    PRESENT = "p"
    ABSENT = "a"
    EXCUSED = "e"
    NOTHING = "n"

    @property
    def state(self) -> Attendance | None:
        return None if self is To.NOTHING else Attendance[self.name]

    @classmethod
    def of(cls, state: Attendance | None) -> To:
        return cls.NOTHING if state is None else cls[state.name]


class WordAct(StrEnum):
    ASK = "ask"
    INVENT = "new"
    DROP = "drop"


class TableAct(StrEnum):
    SHOW = "show"
    LEAST = "least"  # the next choice of the minutes that somebody must have stayed
    APPLY = "go"
    DROP = "drop"


class ShowSheet(CallbackData, prefix="ta"):
    occurrence: int


class ShowPeople(CallbackData, prefix="tl"):
    """A page of the list, from 0. ``unit`` 0: of all schools; ``found``: of what was looked for; ``looks``: a tap
    shows the person instead of marking him."""

    occurrence: int
    page: int = 0
    unit: int = 0
    found: bool = False
    looks: bool = False


class MarkPerson(CallbackData, prefix="tm"):
    """``unit``, ``page`` and ``found``: the list it stands in; ``alone``: it stands on the person's own screen."""

    assignment: int
    to: To
    page: int = 0
    unit: int = 0
    found: bool = False
    alone: bool = False


class ShowTrace(CallbackData, prefix="th"):
    assignment: int
    page: int = 0
    unit: int = 0
    found: bool = False


class ShowSchools(CallbackData, prefix="tu"):
    occurrence: int
    page: int = 0


class FindPerson(CallbackData, prefix="tz"):
    occurrence: int


class MarkRest(CallbackData, prefix="tx"):
    occurrence: int
    is_sure: bool = False


class ShowQr(CallbackData, prefix="tq"):
    """``is_again``: in place of the picture under the button."""

    occurrence: int
    is_again: bool = False


class CodeWord(CallbackData, prefix="tw"):
    occurrence: int
    act: WordAct = WordAct.ASK


class LoadTable(CallbackData, prefix="tf"):
    occurrence: int


class TableButton(CallbackData, prefix="tp"):
    occurrence: int
    act: TableAct


class ShowDoubt(CallbackData, prefix="td"):
    """The doubtful name at ``place``, or the next one behind it."""

    occurrence: int
    place: int = 0


class SettleDoubt(CallbackData, prefix="tc"):
    """``assignment`` 0: nobody of those invited."""

    occurrence: int
    place: int
    assignment: int


class AdmitGuest(CallbackData, prefix="tg"):
    occurrence: int
    person: int


class SayHere(CallbackData, prefix="ti"):
    """«Я на вебинаре»."""

    occurrence: int


class CancelHere(CallbackData, prefix="tk"):
    pass


class ShowVisits(CallbackData, prefix="tv"):
    page: int = 0


class ShowEvents(CallbackData, prefix="te"):
    page: int = 0


class ShowRecords(CallbackData, prefix="ts"):
    page: int = 0
