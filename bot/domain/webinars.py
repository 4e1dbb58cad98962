"""What an organiser types of an event: its title and its link."""

from __future__ import annotations

import re
from enum import StrEnum
from urllib.parse import urlsplit

from bot.domain.errors import DomainError
from bot.domain.names import one_line

MAX_TITLE = 300
MAX_LINK = 500
_HOST = re.compile(r"(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_][\w-]+", re.ASCII)


class WebinarProblem(StrEnum):
    """What is wrong with what was typed."""

    TITLE_EMPTY = "title_empty"
    TITLE_TOO_LONG = "title_too_long"
    NOT_UNDERSTOOD = "not_understood"
    NO_SUCH_DAY = "no_such_day"  # 31 февраля
    NO_DAY = "no_day"
    NO_HOUR = "no_hour"
    BAD_HOURS = "bad_hours"  # в 25:00, с 16:00 до 15:00
    PAST = "past"
    NEXT_YEAR = "next_year"  # «20 ноября» on the 21st: a year ahead is nearly always a slip
    TOO_MANY = "too_many"  # dates of a series
    BAD_LINK = "bad_link"
    BAD_SEATS = "bad_seats"
    WORDS_TOO_LONG = "words_too_long"
    TOO_MANY_MATERIALS = "too_many_materials"
    WORD_EMPTY = "word_empty"
    WORD_TOO_LONG = "word_too_long"
    WORD_ORDINARY = "word_ordinary"
    WORD_DECLINED = "word_declined"
    NOT_A_FILE = "not_a_file"
    FILE_TOO_LARGE = "file_too_large"


class BadWebinarError(DomainError):
    """What was typed cannot be used; ``problem`` says why."""

    def __init__(self, problem: WebinarProblem) -> None:
        super().__init__(f"not for a webinar: {problem}")
        self.problem = problem


def webinar_title(text: str) -> str:
    """In single spaces, 2–300 characters with a letter or a digit. Raises BadWebinarError."""
    title = one_line(text)
    if len(title) < 2 or not any(sign.isalnum() for sign in title):
        raise BadWebinarError(WebinarProblem.TITLE_EMPTY)
    if len(title) > MAX_TITLE:
        raise BadWebinarError(WebinarProblem.TITLE_TOO_LONG)
    return title


def webinar_link(text: str) -> str:
    """An http or https address; one without a scheme («example.org/w») gets https. Raises BadWebinarError."""
    link = text.strip()
    if "://" not in link:
        link = f"https://{link}"
    try:
        parts = urlsplit(link)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        raise BadWebinarError(WebinarProblem.BAD_LINK) from None
    is_host = _HOST.fullmatch(_ascii(host)) is not None
    is_odd = any(sign.isspace() for sign in link) or "@" in parts.netloc
    if parts.scheme.lower() not in ("http", "https") or not is_host or is_odd or len(link) > MAX_LINK:
        raise BadWebinarError(WebinarProblem.BAD_LINK)
    return link


def _ascii(host: str) -> str:
    """«школа.рф» as the network spells it."""
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return ""
