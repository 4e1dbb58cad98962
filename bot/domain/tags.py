"""Free words that a coordinator puts on a school or a person, to choose by them later: «пилотная», «сельская»."""

from __future__ import annotations

from enum import StrEnum

from bot.domain.errors import DomainError
from bot.domain.names import one_line

MAX_TAG = 30
MOST_TAGS = 10
"""On one school or person: more is a table, and belongs into one."""
MAX_PROGRAMME = 100


class TagProblem(StrEnum):
    """Why something cannot be a tag, or not one more."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    TOO_MANY = "too_many"


class BadTagError(DomainError):
    """What was typed cannot be put on anybody; ``problem`` says why."""

    def __init__(self, problem: TagProblem) -> None:
        super().__init__(f"not a tag: {problem}")
        self.problem = problem


def tag_word(text: str) -> str:
    """«#Пилотная», ««пилотная»» and «пилотная » are one word; 1–30 signs. Raises BadTagError."""
    return _checked(text, MAX_TAG)


def programme_title(text: str) -> str:
    """A programme or a project that somebody takes part in, 1–100 signs. Raises BadTagError."""
    return _checked(text, MAX_PROGRAMME)


def tag_key(word: str) -> str:
    """What is compared of a tag: capitals and «ё» do not count."""
    return one_line(word).casefold().replace("ё", "е")


def _checked(text: str, limit: int) -> str:
    word = one_line(text).strip("#«»\"'., ")
    if not any(sign.isalnum() for sign in word):
        raise BadTagError(TagProblem.EMPTY)
    if len(word) > limit:
        raise BadTagError(TagProblem.TOO_LONG)
    return word
