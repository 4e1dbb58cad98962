"""The buttons about seats and substitutes of events. They carry ids and a version, never rights."""

from __future__ import annotations

from aiogram.filters.callback_data import CallbackData


class ChooseColleague(CallbackData, prefix="sc"):
    assignment: int
    page: int = 1
    listed: bool = False


class AskColleague(CallbackData, prefix="sd"):
    assignment: int
    version: int
    person: int
    listed: bool = False


class AskColleagueSurely(CallbackData, prefix="sg"):
    """The second tap, where the colleague would only wait in the reserve."""

    assignment: int
    version: int
    person: int
    listed: bool = False


class TakeBackQuestion(CallbackData, prefix="sb"):
    assignment: int
    listed: bool = False


class AnswerQuestion(CallbackData, prefix="se"):
    """Of the colleague who was asked. ``version``: of the date that he was asked about."""

    substitution: int
    agrees: bool
    version: int


class LeaveReserve(CallbackData, prefix="sr"):
    assignment: int
    version: int
    listed: bool = False


class SeatsPage(CallbackData, prefix="sl"):
    """The organiser's lists: the main one, or the reserve."""

    occurrence: int
    is_reserve: bool = False
    page: int = 1


class ShowSeated(CallbackData, prefix="si"):
    assignment: int


class MoveSeat(CallbackData, prefix="sm"):
    """``instead_of``: who goes to the reserve for it."""

    assignment: int
    is_up: bool
    instead_of: int | None = None


class ChooseInstead(CallbackData, prefix="so"):
    """Whose seat one of the reserve gets, where all are taken."""

    assignment: int
    page: int = 1


class WeighSwap(CallbackData, prefix="sw"):
    """Before ``MoveSeat`` takes somebody's seat for another: «Точно?»."""

    assignment: int
    instead_of: int


class ChangeSeats(CallbackData, prefix="sq"):
    occurrence: int


class ListTeams(CallbackData, prefix="st"):
    pass


class TeamsPage(CallbackData, prefix="sp"):
    page: int


class ShowTeam(CallbackData, prefix="su"):
    occurrence: int
    unit: int


class NudgeTeam(CallbackData, prefix="sv"):
    occurrence: int
    unit: int
    version: int


class ReadBefore(CallbackData, prefix="wz"):
    """What there is to read before the event."""

    assignment: int
