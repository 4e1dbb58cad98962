"""The buttons about one's own matters. They carry ids and a version, never rights; ``listed``: shown inside /my."""

from __future__ import annotations

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from bot.domain.matters import Answer


class Tab(StrEnum):
    OPEN = "open"
    ANSWERED = "done"


class Reason(StrEnum):
    """Why somebody does not come to a webinar, in one tap."""

    ILLNESS = "illness"
    LESSON = "lesson"
    TRIP = "trip"
    OTHER = "other"  # one line of text
    NONE = "none"  # not offered where the organiser wants to know


class AnswerMatter(CallbackData, prefix="aa"):
    assignment: int
    version: int
    answer: Answer
    is_change: bool = False
    listed: bool = False


class GiveReason(CallbackData, prefix="ar"):
    assignment: int
    version: int
    reason: Reason
    is_change: bool = False
    listed: bool = False


class ChangeAnswer(CallbackData, prefix="ac"):
    assignment: int
    listed: bool = False


class ShowMatter(CallbackData, prefix="am"):
    assignment: int
    is_full: bool = False
    listed: bool = False


class MyPage(CallbackData, prefix="al"):
    tab: Tab = Tab.OPEN
    page: int = 1


class CancelLine(CallbackData, prefix="ax"):
    """«Отмена» under the question for one line of text."""

    assignment: int
    listed: bool = False
