"""What an organiser types of an event: its title, its beginning in words, its link."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from bot.domain.errors import DomainError
from bot.domain.names import one_line
from bot.domain.terms.model import Doubt, Term
from bot.domain.terms.reading import read_term

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
    TOO_MANY = "too_many"  # dates of a series
    BAD_LINK = "bad_link"
    BAD_SEATS = "bad_seats"
    WORDS_TOO_LONG = "words_too_long"
    TOO_MANY_MATERIALS = "too_many_materials"


class BadWebinarError(DomainError):
    """What was typed cannot be used; ``problem`` says why."""

    def __init__(self, problem: WebinarProblem) -> None:
        super().__init__(f"not for a webinar: {problem}")
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Beginning:
    """When it begins: the instant, its day on the calendar of ``timezone``, and the words it was read from."""

    at: datetime
    on: date
    timezone: str
    phrase: str


def webinar_title(text: str) -> str:
    """In single spaces, 2–300 characters with a letter or a digit. Raises BadWebinarError."""
    title = one_line(text)
    if len(title) < 2 or not any(sign.isalnum() for sign in title):
        raise BadWebinarError(WebinarProblem.TITLE_EMPTY)
    if len(title) > MAX_TITLE:
        raise BadWebinarError(WebinarProblem.TITLE_TOO_LONG)
    return title


def read_beginning(text: str, *, zone: ZoneInfo, region: str | None, now: datetime) -> Beginning:
    """The beginning in words, «12 декабря в 15:00», on the clock of ``zone`` unless the words name another.

    It must name a day and an hour and lie ahead; a time from–to begins with its first hour. Never guessed: raises
    BadWebinarError where any of it is missing or may mean two things.
    """
    phrase = one_line(text)
    term = read_term(phrase, reference_date=now.astimezone(zone).date(), region=region)
    moment = _moment(term)
    named = ZoneInfo(term.tz) if term.tz else zone
    at = (moment if moment.tzinfo else moment.replace(tzinfo=named)).astimezone(UTC)
    if at <= now:
        raise BadWebinarError(WebinarProblem.PAST)
    return Beginning(at, at.astimezone(named).date(), named.key, phrase)


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


def beginning_to_json(beginning: Beginning) -> dict[str, str]:
    """For a dialogue's row; ``beginning_from_json`` reads it back."""
    return {
        "at": beginning.at.isoformat(),
        "on": beginning.on.isoformat(),
        "timezone": beginning.timezone,
        "phrase": beginning.phrase,
    }


def beginning_from_json(data: dict[str, str]) -> Beginning:
    """What ``beginning_to_json`` wrote."""
    return Beginning(
        datetime.fromisoformat(data["at"]), date.fromisoformat(data["on"]), data["timezone"], data["phrase"]
    )


def _moment(term: Term) -> datetime:
    boundary = term.start or term.end
    if term.is_invalid:
        raise BadWebinarError(WebinarProblem.NO_SUCH_DAY)
    if isinstance(boundary, time) or Doubt.NO_DAY in term.doubts:
        raise BadWebinarError(WebinarProblem.NO_DAY)
    if term.rrule is not None or term.parts or term.is_vague or boundary is None:
        raise BadWebinarError(WebinarProblem.NOT_UNDERSTOOD)
    if not isinstance(boundary, datetime):
        raise BadWebinarError(WebinarProblem.NO_HOUR)
    return boundary


def _ascii(host: str) -> str:
    """«школа.рф» as the network spells it."""
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return ""
