"""Keeps aiogram's models of Telegram's answers in memory.

aiogram names the model of an answer anew for each request (``Response[Message]``), and pydantic holds such models
weakly: at thirty messages a second the collector threw them away between two requests, and 114 of 150 messages paid
some milliseconds of CPU for building theirs again.
"""

from __future__ import annotations

from typing import Any

from aiogram.methods import AnswerCallbackQuery, EditMessageReplyMarkup, EditMessageText, Response, SendMessage
from aiogram.types import Update

_FREQUENT: tuple[Any, ...] = (SendMessage, EditMessageText, EditMessageReplyMarkup, AnswerCallbackQuery)


def kept_answer_models() -> tuple[object, ...]:
    """Builds the models of updates and of the frequent methods. They live for as long as the caller holds them."""
    for model in (Update, *_FREQUENT):
        model.model_rebuild()  # before the first person waits for it, and before the collector is told to leave them
    return tuple(Response.__class_getitem__(method.__returning__) for method in _FREQUENT)
