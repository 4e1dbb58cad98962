"""What is typed with «Выполнено», where that asks for a line: a number, a link, any words."""

from __future__ import annotations

import re

from bot.domain.matters import AnswerForm

_NUMBER = re.compile(r"[-–−]?\d[\d ]*(?:[.,]\d+)? ?%?")
_LINK = re.compile(r"(?:https?://|www\.)\S+\.\S+|[\w-]+(?:\.[\w-]+)+(?:/\S*)?", re.IGNORECASE)


def fits_form(form: AnswerForm, text: str) -> bool:
    """Whether this is what «Выполнено» asked for: «1 250», «12,5», «40 %» are numbers."""
    text = " ".join(text.split())
    if form is AnswerForm.NUMBER:
        return _NUMBER.fullmatch(text) is not None
    return bool(text) if form is AnswerForm.TEXT else _LINK.search(text) is not None
