"""An answer in words."""

from __future__ import annotations

from bot.domain.matters import ActivityKind, Answer
from bot.texts.catalogue import plain


def answer_words(answer: Answer, kind: ActivityKind) -> str:
    """«Выполнено»; of a selection the same answer is «Заявка подана»."""
    if kind is ActivityKind.SELECTION and answer is Answer.DONE:
        return plain("answer-applied")
    return plain(f"answer-{answer.value}")
