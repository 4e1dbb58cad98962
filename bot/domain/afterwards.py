"""What follows an event: who gets its recording, what is asked of those who were there, who gets a certificate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.errors import DomainError
from bot.domain.events import Attendance, EventDetails, end_of
from bot.domain.names import one_line

FEEDBACK_WITHIN = timedelta(days=7)
"""After the end: who is marked later than that is not asked any more what he hardly remembers."""
FEEDBACK_HELPS = timedelta(days=3)
"""A question that could not be sent for so long is not sent at all."""
MATERIALS_HELP = timedelta(days=14)
"""How long a message about a recording waits for somebody who cannot be reached."""
RATINGS = (1, 2, 3, 4, 5)
MOST_AFTER = 10  # recordings and files of one event: a message lists them all
MAX_LINE = 500


class Receivers(StrEnum):
    """To whom a recording goes. ``ABSENT``: everyone who is not known to have been there, excused or unmarked too."""

    ALL = "all"
    PRESENT = "present"
    ABSENT = "absent"

    def include(self, attendance: Attendance | None) -> bool:
        was_there = attendance is Attendance.PRESENT
        return self is Receivers.ALL or was_there is (self is Receivers.PRESENT)


class BadFeedbackError(DomainError):
    """A rating outside 1–5, or a line that is empty or too long."""


class NoCertificateError(DomainError):
    """The organiser gives none, or (``is_given``) the person is not marked as present."""

    def __init__(self, *, is_given: bool) -> None:
        super().__init__("not marked as present" if is_given else "no certificates are given")
        self.is_given = is_given


@dataclass(frozen=True, slots=True)
class FeedbackTally:
    """``ratings``: how many gave each; ``asked``: to how many the question was sent or is being sent."""

    ratings: Mapping[int, int] = field(default_factory=dict)
    asked: int = 0
    lines: int = 0

    @property
    def given(self) -> int:
        return sum(self.ratings.values())

    @property
    def average(self) -> float | None:
        if not self.given:
            return None
        return sum(rating * count for rating, count in self.ratings.items()) / self.given


def is_asked_at(due_at: datetime, ends_at: datetime | None, now: datetime) -> bool:
    """Whether those who were there are asked at ``now`` what they think of it."""
    end = end_of(due_at, ends_at)
    return end <= now <= end + FEEDBACK_WITHIN


def ensure_certified(details: EventDetails, attendance: Attendance | None) -> None:
    """A certificate says that somebody was there, so the mark must say so too. Raises NoCertificateError."""
    if not details.gives_certificate or attendance is not Attendance.PRESENT:
        raise NoCertificateError(is_given=details.gives_certificate)


def feedback_line(text: str) -> str:
    """What was liked or not, in one line of 1–500 signs. Raises BadFeedbackError."""
    line = one_line(text)
    if not line or len(line) > MAX_LINE:
        raise BadFeedbackError(f"a line of {len(line)} signs")
    return line
