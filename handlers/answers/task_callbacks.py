"""The buttons of a task beyond the plain answers: another term, the history. They carry ids, never rights."""

from __future__ import annotations

from datetime import date

from aiogram.filters.callback_data import CallbackData


class OtherAnswers(CallbackData, prefix="vo"):
    """«Другой ответ…»: what is said less often."""

    assignment: int
    listed: bool = False


class AskPostponement(CallbackData, prefix="vp"):
    assignment: int
    listed: bool = False


class PickTerm(CallbackData, prefix="at"):
    """A proposed day; ``day`` is its ordinal (``date.toordinal``)."""

    assignment: int
    day: int
    listed: bool = False

    @property
    def on(self) -> date:
        return date.fromordinal(self.day)


class SendPostponement(CallbackData, prefix="vs"):
    """Without a reason. The day is in the button: it works after a restart, and twice asks once."""

    assignment: int
    day: int
    listed: bool = False

    @property
    def on(self) -> date:
        return date.fromordinal(self.day)


class WithdrawPostponement(CallbackData, prefix="vw"):
    request: int
    assignment: int
    listed: bool = False


class ShowHistory(CallbackData, prefix="vh"):
    """``page`` counts from 0, the latest entries first."""

    assignment: int
    page: int = 0
    listed: bool = False
