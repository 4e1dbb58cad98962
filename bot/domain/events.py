"""What a webinar, a meeting or a contest is beyond its title and its hour: who leads it, who may come, who came."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo


class EventKind(StrEnum):
    WEBINAR = "webinar"
    MEETING = "meeting"
    SEMINAR = "seminar"
    DEFENCE = "defence"  # защита
    CONTEST = "contest"


class SeatsPer(StrEnum):
    """Below which unit a quota of its own counts."""

    SCHOOL = "school"
    MUNICIPALITY = "municipality"


@dataclass(frozen=True, slots=True)
class Seats:
    """``main``: how many may come; ``reserve``: how many may wait; ``each``: the most from one ``per``, if limited."""

    main: int
    reserve: int = 0
    per: SeatsPer | None = None
    each: int | None = None

    def to_json(self) -> dict[str, Any]:
        return {"main": self.main, "reserve": self.reserve, "per": self.per and self.per.value, "each": self.each}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Seats:
        per = data["per"]
        return cls(data["main"], data["reserve"], None if per is None else SeatsPer(per), data["each"])


class WayIn(StrEnum):
    """What tells people how to get in. Whoever was told hears when it changes."""

    LINK = "link"
    PLACE = "place"
    CODE = "code"


class CertificateFormat(StrEnum):
    """A .docx may be finished by hand, with a seal and a signature; a .pdf looks the same on every phone."""

    DOCX = "docx"
    PDF = "pdf"


@dataclass(frozen=True, slots=True)
class EventDetails:
    """``least_per_school``: how many each school must send. ``code_word``: said at the event, typed to check in.

    ``has_own_words``: it was invented, so every date of a series gets another, and nobody checks in from home by the
    word of the week before.
    ``needs_reason``: «Не смогу» wants a line of one's own. Those who were there get a certificate where it
    ``gives_certificate``, and are asked what they think of it where it ``asks_feedback``. ``edits``: how often the way
    in was changed after the announcement; a calendar takes a newer file by its number alone.
    """

    kind: EventKind = EventKind.WEBINAR
    place: str | None = None
    access_code: str | None = None
    leader: str | None = None
    seats: Seats | None = None
    needs_reason: bool = False
    least_per_school: int = 0
    code_word: str | None = None
    has_own_words: bool = False
    gives_certificate: bool = False
    certificate_as: CertificateFormat = CertificateFormat.DOCX
    asks_feedback: bool = True
    edits: int = 0

    def to_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind.value,
            "place": self.place,
            "access_code": self.access_code,
            "leader": self.leader,
            "seats": self.seats and self.seats.to_json(),
            "needs_reason": self.needs_reason,
            "least_per_school": self.least_per_school,
            "code_word": self.code_word,
            "has_own_words": self.has_own_words,
            "gives_certificate": self.gives_certificate,
            "certificate_as": self.certificate_as.value,
            "asks_feedback": self.asks_feedback,
            "edits": self.edits,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> EventDetails:
        """What ``to_json`` wrote, of an earlier version too: what it did not know has its default."""
        plain = {key: value for key, value in data.items() if key not in {"kind", "seats", "certificate_as"}}
        seats = data.get("seats")
        return replace(
            cls(**plain),
            kind=EventKind(data["kind"]),
            seats=None if seats is None else Seats.from_json(seats),
            certificate_as=CertificateFormat(data.get("certificate_as", CertificateFormat.DOCX)),
        )


USUALLY_LASTS = timedelta(hours=2)
"""An event whose end nobody named."""
LAST_MINUTE = time(23, 59)
"""The end of an event of several days whose last hour nobody named."""


def end_of(due_at: datetime, ends_at: datetime | None) -> datetime:
    """When an event is over: for the door, the calendar and what is asked afterwards alike."""
    return ends_at or due_at + USUALLY_LASTS


def end_after_move(ends_at: datetime, *, begins_from: datetime, begins_to: datetime, zone: ZoneInfo) -> datetime:
    """The event stays as long as it was; one that lasts to the end of a day does so on its new last day."""
    local = ends_at.astimezone(zone)
    if (local.hour, local.minute) != (LAST_MINUTE.hour, LAST_MINUTE.minute):
        return ends_at + (begins_to - begins_from)
    days = begins_to.astimezone(zone).date() - begins_from.astimezone(zone).date()
    return datetime.combine(local.date() + days, local.time(), zone).astimezone(UTC)


class SeatState(StrEnum):
    """A freed seat is offered to the next of the reserve for a time, and passes on if he is silent."""

    MAIN = "main"
    RESERVE = "reserve"
    OFFERED = "offered"


class SubstitutionState(StrEnum):
    """A colleague who was named to come instead says himself whether he does."""

    ASKED = "asked"
    AGREED = "agreed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Attendance(StrEnum):
    PRESENT = "present"
    ABSENT = "absent"
    EXCUSED = "excused"


class MarkSource(StrEnum):
    """Who says that somebody was there: he himself, the leader's list, or the table of the platform."""

    SELF = "self"
    LEADER = "leader"
    TABLE = "table"


class MaterialPhase(StrEnum):
    BEFORE = "before"
    AFTER = "after"
