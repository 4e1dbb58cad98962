"""Keeps aiogram's models of Telegram's answers in memory.

aiogram names the model of an answer anew for each request (``Response[Message]``), and pydantic holds such models
weakly: at thirty messages a second the collector threw them away between two requests, and 114 of 150 messages paid
some milliseconds of CPU for building theirs again.
"""

from __future__ import annotations

from typing import Any

from aiogram.methods import AnswerCallbackQuery, EditMessageReplyMarkup, EditMessageText, Response, SendMessage

_FREQUENT: tuple[Any, ...] = (SendMessage, EditMessageText, EditMessageReplyMarkup, AnswerCallbackQuery)


def kept_answer_models() -> tuple[object, ...]:
    """Builds the models of the frequent methods. They live for as long as the caller holds them."""
    return tuple(Response.__class_getitem__(method.__returning__) for method in _FREQUENT)
