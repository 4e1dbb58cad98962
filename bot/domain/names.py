"""Names that people type: of a person and of a unit of the network."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum

from bot.domain.errors import DomainError

MAX_NAME = 100
MAX_TITLE = 200
_WORD = re.compile(r"[^\W\d_]+(?:[-'’.ʼ`][^\W\d_]+)*\.?")


class NameProblem(StrEnum):
    """What is wrong with a typed name."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    SIGNS = "signs"  # something that no name has: digits, emoji, markup
    ONE_WORD = "one_word"
    COMMAND = "command"


class BadNameError(DomainError):
    """The text typed cannot be a name; ``problem`` says why."""

    def __init__(self, problem: NameProblem) -> None:
        super().__init__(f"not a name: {problem}")
        self.problem = problem


def full_name(text: str) -> str:
    """A person's name as typed, in single spaces: 2–100 characters, at least two words of letters. Raises BadNameError.

    «Иванова Мария», «Салтыков-Щедрин М. Е.», «О’Нил Шон», «Оглы Мамед» pass; capitals are left as they are, because
    names are written in more ways than a rule knows.
    """
    name = one_line(text)
    if len(name) < 2:
        raise BadNameError(NameProblem.EMPTY)
    if name.startswith("/"):
        raise BadNameError(NameProblem.COMMAND)
    if len(name) > MAX_NAME:
        raise BadNameError(NameProblem.TOO_LONG)
    words = re.sub(r"\.(?=\w)", ". ", name).split()
    if not all(_WORD.fullmatch(word) for word in words):
        raise BadNameError(NameProblem.SIGNS)
    if len(words) < 2 or max(len(word.rstrip(".")) for word in words) < 2:
        raise BadNameError(NameProblem.ONE_WORD)
    return name


def is_likely_full_name(text: str) -> bool:
    """Whether a messenger's display name may be offered as a name: two or three Russian words with capitals."""
    words = one_line(text).split()
    return 2 <= len(words) <= 3 and all(re.fullmatch(r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?", word) for word in words)


def unit_title(text: str) -> str:
    """A unit's title in single spaces, 2–200 characters with a letter or a digit. Raises BadNameError."""
    title = one_line(text)
    if title.startswith("/"):
        raise BadNameError(NameProblem.COMMAND)
    if len(title) < 2 or not any(sign.isalnum() for sign in title):
        raise BadNameError(NameProblem.EMPTY)
    if len(title) > MAX_TITLE:
        raise BadNameError(NameProblem.TOO_LONG)
    return title


def same_title(one: str, other: str) -> bool:
    """Whether two names or titles differ only in capitals, spaces, quotes and «ё»."""
    return title_key(one) == title_key(other)


def title_key(text: str) -> str:
    """What is compared of a name or title: «Школа №1» and «ШКОЛА № 1» have the same."""
    plain = one_line(text).casefold().replace("ё", "е")
    return re.sub(r"[\s«»\"“”„'.]+", "", plain)


def one_line(text: str) -> str:
    """Without control and invisible characters, in single spaces, trimmed."""
    kept = (" " if unicodedata.category(sign) in ("Cc", "Zl", "Zp") else sign for sign in text)
    visible = "".join(sign for sign in kept if unicodedata.category(sign) not in ("Cf", "Cs", "Co"))
    return " ".join(visible.split())
