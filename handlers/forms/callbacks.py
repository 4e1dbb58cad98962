"""The buttons of forms. They carry ids and places, never rights; ``place`` counts the questions from 0."""

from __future__ import annotations

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData


class Act(StrEnum):
    """What a tap says to a question."""

    OPTION = "o"  # ``option``: its place; of yes or no 1 and 0
    MARK = "m"  # of several, the option at that place is chosen
    UNMARK = "u"
    SET = "c"  # of several, ``option`` has a bit for each that is chosen
    LAST = "l"  # the same as last period
    TODAY = "t"
    SKIP = "s"
    ABSENT = "n"  # there is no such link or file
    SURE = "y"  # the unlikely figure that was typed is right
    KEEP = "k"  # what stands is right: go on


class OpenForm(CallbackData, prefix="qo"):
    """«Заполнить», «Продолжить», and (``is_change``) «Изменить сданное»; ``application``: which one is corrected."""

    assignment: int
    version: int
    is_change: bool = False
    application: int = 0


class ShowQuestion(CallbackData, prefix="qq"):
    submission: int
    place: int


class TapValue(CallbackData, prefix="qt"):
    """``seen``: the person whose answer stood on the screen, 0 where there was none."""

    submission: int
    place: int
    act: Act
    option: int = 0
    seen: int = 0


class ShowWhole(CallbackData, prefix="qw"):
    submission: int
    page: int = 0


class HandIn(CallbackData, prefix="qh"):
    """``is_change``: an answer stood on the screen, and he hands the form in nevertheless."""

    submission: int
    is_change: bool = False


class LeaveForm(CallbackData, prefix="ql"):
    """«Позже»."""

    submission: int
    assignment: int


class GiveUpChanges(CallbackData, prefix="qg"):
    submission: int


class ChooseFormColleague(CallbackData, prefix="qc"):
    submission: int
    place: int
    page: int = 0


class AskFormColleague(CallbackData, prefix="qa"):
    submission: int
    place: int
    person: int


class TakeBackAsked(CallbackData, prefix="qb"):
    submission: int
    place: int


class AskedTap(CallbackData, prefix="qx"):
    """The colleague answers by a tap."""

    asked: int
    act: Act
    option: int = 0


class AskedType(CallbackData, prefix="qy"):
    asked: int


class AskedWords(CallbackData, prefix="qz"):
    """What he wrote outside a dialogue is his answer."""

    asked: int
    draft: int


class AskedDecline(CallbackData, prefix="qd"):
    asked: int


class ShowHandedIn(CallbackData, prefix="qv"):
    """What was handed in; ``is_board``: opened from the board by the coordinator above."""

    assignment: int
    page: int = 0
    is_board: bool = False


class SendFormFile(CallbackData, prefix="qf"):
    assignment: int
    place: int
