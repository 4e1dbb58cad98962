"""What is said of typed words that give no term."""

from __future__ import annotations

import pytest

from bot.domain.terms.reading import read_term
from handlers.documents.terms import not_understood


@pytest.mark.parametrize(
    ("phrase", "words"),
    [
        pytest.param("когда рак свистнет", "Не понял «когда рак свистнет».", id="nothing but that is to be said"),
        pytest.param("31 ноября 2026 года", "Не получилось с «31 ноября 2026 года». ", id="the day is named as wrong"),
    ],
)
def test_the_reason_is_told_once_and_nothing_is_offered_that_is_not_there(phrase: str, words: str) -> None:
    said = not_understood(read_term(phrase), phrase)

    assert said.startswith(words)
    assert "пропустите" not in said
    assert "Напишите иначе" in said
