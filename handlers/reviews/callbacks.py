"""The buttons of who decides about answers. They carry ids and marks, never rights; ``occurrence`` 0: of all dates."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from aiogram.filters.callback_data import CallbackData


class ReviewList(CallbackData, prefix="vl"):
    """«На проверку»; ``page`` counts from 0."""

    page: int = 0
    occurrence: int = 0


class ReviewNext(CallbackData, prefix="vn"):
    """The answer that came after ``after`` (0: the first)."""

    after: int = 0
    occurrence: int = 0


class ReviewOne(CallbackData, prefix="vi"):
    """``page``: of the answers of its form, from 0."""

    assignment: int
    occurrence: int = 0
    page: int = 0


class Act(StrEnum):
    ACCEPT = "a"
    RETURN = "r"


class DecideAnswer(CallbackData, prefix="vd"):
    """``reply`` and ``decision``: which answer was seen; ``listed``: the next one of the list follows."""

    act: Act
    assignment: int
    reply: int
    decision: int
    occurrence: int = 0
    listed: bool = True


class AcceptShown(CallbackData, prefix="va"):
    """All answers of a page, from the reply ``first`` to ``last``."""

    first: int
    last: int
    occurrence: int = 0


class UndoAcceptance(CallbackData, prefix="vu"):
    decision: int
    occurrence: int = 0


class ReturnUntil(CallbackData, prefix="vr"):
    """«Вернуть до …»: the reason stands in the dialogue; ``day`` is its ordinal."""

    assignment: int
    day: int

    @property
    def on(self) -> date:
        return date.fromordinal(self.day)


class LeaveReturn(CallbackData, prefix="vx"):
    """«Отмена» under the questions of a return."""

    assignment: int


class UndoReturn(CallbackData, prefix="vz"):
    decision: int


class ShowPostponement(CallbackData, prefix="vq"):
    request: int


class DecidePostponement(CallbackData, prefix="vg"):
    """``day``: the ordinal of the day granted; 0 refuses."""

    request: int
    day: int = 0

    @property
    def on(self) -> date | None:
        return date.fromordinal(self.day) if self.day else None


class OtherTerm(CallbackData, prefix="vb"):
    """«Другая дата»."""

    request: int


class AskTerm(CallbackData, prefix="vt"):
    """«Дать другой срок»."""

    assignment: int


class GiveTerm(CallbackData, prefix="ve"):
    """``day`` is its ordinal."""

    assignment: int
    day: int

    @property
    def on(self) -> date:
        return date.fromordinal(self.day)
