"""Thanks and nods are told from everything that somebody has to read."""

from __future__ import annotations

import pytest

from bot.domain.courtesies import is_courtesy


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("Спасибо!", True, "thanks"),
        ("Хорошо, спасибо большое за напоминание", True, "several of them at once"),
        ("ок", True, "a nod"),
        ("👍", True, "a nod without a word"),
        ("Ок?", False, "a question"),
        ("???", False, "a question without a word"),
        ("Спасибо, а ссылка будет", False, "something else is said as well"),
        ("да", False, "it may answer somebody"),
        ("за вам", False, "none of the words that mean it"),
        ("Хорошо, сдадим завтра", False, "a promise that the coordinator should read"),
        ("  ", False, "nothing"),
    ],
)
def test_a_courtesy(text: str, expected: bool, why: str) -> None:
    assert is_courtesy(text) is expected, why
