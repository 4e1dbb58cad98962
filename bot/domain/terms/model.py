"""What a time phrase of a document means.

A ``Term`` never guesses: what was not understood is ``unparsable`` without any date, and ``doubts`` tell a screen
what the coordinator should look at.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

Boundary = date | datetime | time
"""A day; an instant (aware, or naive where the phrase names no zone); or a time of day without a date."""


class TermKind(StrEnum):
    """What sort of term a phrase is; the kinds without a date come last."""

    DEADLINE = "deadline"
    PERIOD = "period"
    RECURRING = "recurring"
    RELATIVE = "relative"
    AS_NEEDED = "as_needed"
    BY_SCHEDULE = "by_schedule"
    CONTINUOUS = "continuous"
    UNPARSABLE = "unparsable"


class Precision(StrEnum):
    """The finest unit that the phrase names, finest first."""

    MINUTE = "minute"
    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class Doubt(StrEnum):
    """Why a coordinator should look at a term before it is used, or why it was not read."""

    NOT_UNDERSTOOD = "not_understood"
    AMBIGUOUS = "ambiguous"
    INVALID = "invalid"
    VAGUE = "vague"
    NO_YEAR = "no_year"
    YEAR_ASSUMED = "year_assumed"
    NO_DAY = "no_day"
    NO_START = "no_start"
    NO_REGION = "no_region"
    BOUNDARY = "boundary"
    WEEKDAY_MISMATCH = "weekday_mismatch"
    REVERSED = "reversed"
    REFERENCE_MISSING = "reference_missing"
    SHARED = "shared"  # set by the reader of minutes: the «Срок» stands below another clause, and may mean this one too


@dataclass(frozen=True, slots=True)
class Offset:
    """How a relative term counts from its event. ``event`` is the phrase's own words, None when it names none."""

    n: int | None
    unit: str
    """day, workday, month, hour or weekday; weeks are counted in days, years in months."""
    direction: str
    """after or before."""
    event: str | None

    def to_json(self) -> dict[str, Any]:
        return {"n": self.n, "unit": self.unit, "dir": self.direction, "from": self.event}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Offset:
        return cls(data["n"], data["unit"], data["dir"], data["from"])


@dataclass(frozen=True, slots=True)
class Term:
    kind: TermKind
    start: Boundary | None = None
    end: Boundary | None = None
    """The last permitted day or moment, inclusive."""
    precision: Precision | None = None
    tz: str | None = None
    """An IANA zone, only where the phrase names one."""
    rrule: str | None = None
    """RFC 5545; UNTIL is in UTC where the phrase names a zone."""
    parts: tuple[Term, ...] = ()
    """Several terms of one cell; the fields above repeat the first that has a date or a rule."""
    offset: Offset | None = None
    is_negative: bool = False
    """The phrase speaks of no term at all: a reference to an order, an age, an empty cell."""
    is_vague: bool = False
    is_invalid: bool = False
    duration: str | None = None
    """An ISO 8601 duration that stands in the phrase without being a term: «(3 дня)»."""
    doubts: tuple[Doubt, ...] = ()

    @property
    def has_date(self) -> bool:
        return self.start is not None or self.end is not None or self.rrule is not None

    def to_json(self) -> dict[str, Any]:
        """The exchange form: six fields always, the others only where they say something."""
        data: dict[str, Any] = {
            "kind": self.kind.value,
            "start": _write(self.start),
            "end": _write(self.end),
            "precision": None if self.precision is None else self.precision.value,
            "tz": self.tz,
            "rrule": self.rrule,
        }
        if self.parts:
            data["parts"] = [part.to_json() for part in self.parts]
        if self.offset is not None:
            data["offset"] = self.offset.to_json()
        if self.duration is not None:
            data["duration"] = self.duration
        flags = {"negative": self.is_negative, "vague": self.is_vague, "invalid": self.is_invalid}
        data.update({name: True for name, is_set in flags.items() if is_set})
        return data

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Term:
        """The inverse of ``to_json``; doubts are not part of the exchange form. Raises KeyError or ValueError."""
        offset = data.get("offset")
        precision = data["precision"]
        return cls(
            kind=TermKind(data["kind"]),
            start=_read(data["start"]),
            end=_read(data["end"]),
            precision=None if precision is None else Precision(precision),
            tz=data["tz"],
            rrule=data["rrule"],
            parts=tuple(cls.from_json(part) for part in data.get("parts", ())),
            offset=None if offset is None else Offset.from_json(offset),
            is_negative=bool(data.get("negative", False)),
            is_vague=bool(data.get("vague", False)),
            is_invalid=bool(data.get("invalid", False)),
            duration=data.get("duration"),
        )


def _write(boundary: Boundary | None) -> str | None:
    if boundary is None:
        return None
    return f"T{boundary.isoformat()}" if isinstance(boundary, time) else boundary.isoformat()


def _read(text: str | None) -> Boundary | None:
    if text is None:
        return None
    if text.startswith("T"):
        return time.fromisoformat(text[1:])
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
