"""The buttons about a document's own facts and the papers it mentions."""

from __future__ import annotations

from aiogram.filters.callback_data import CallbackData

from bot.domain.documents import DocumentFact


class ShowFacts(CallbackData, prefix="hf"):
    document: int


class CorrectFact(CallbackData, prefix="hc"):
    document: int
    version: int
    fact: DocumentFact


class ShowMentions(CallbackData, prefix="hm"):
    document: int
    page: int = 1


class ChooseSchoolYear(CallbackData, prefix="hy"):
    """Asks which, where one was guessed for a list without years."""

    document: int


class TakeSchoolYear(CallbackData, prefix="hz"):
    """``autumn``: the year in which it begins."""

    document: int
    version: int
    autumn: int
