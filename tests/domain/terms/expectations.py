"""How a row of a table of phrases is written: the phrase, its meaning, the reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Expected = Mapping[str, Any]

AUTUMN = "2025-09-08"
"""The day on which phrases without a year are read: a Monday."""
SCHOOL = {"school_year": "2025/26"}
PLAN = {"plan_year": "2026"}


@dataclass(frozen=True)
class Phrase:
    text: str
    expected: Expected
    reason: str
    today: str | None = None
    region: str | None = None
    context: Mapping[str, str] | None = None


def due(end: str, precision: str = "day", tz: str | None = None, **more: Any) -> Expected:
    return _term("deadline", None, end, precision, tz, **more)


def at(moment: str, tz: str | None = None) -> Expected:
    return _term("deadline", moment, moment, "minute", tz)


def period(start: str | None, end: str | None, precision: str = "day", tz: str | None = None, **more: Any) -> Expected:
    return _term("period", start, end, precision, tz, **more)


def rule(rrule: str | None, start: str | None = None, end: str | None = None, precision: str | None = None) -> Expected:
    return _term("recurring", start, end, precision or ("day" if start else None), rrule=rrule)


def after(n: int | None, unit: str, event: str | None, end: str | None = None, direction: str = "after") -> Expected:
    precision = None if end is None else ("minute" if "T" in end else "day")
    return _term("relative", None, end, precision, offset={"n": n, "unit": unit, "dir": direction, "from": event})


def state(kind: str) -> Expected:
    return _term(kind)


def several(*parts: Expected) -> Expected:
    main = next((part for part in parts if part["start"] or part["end"] or part["rrule"]), parts[0])
    return {**main, "parts": list(parts)}


def _term(
    kind: str,
    start: str | None = None,
    end: str | None = None,
    precision: str | None = None,
    tz: str | None = None,
    rrule: str | None = None,
    **more: Any,
) -> Expected:
    return {"kind": kind, "start": start, "end": end, "precision": precision, "tz": tz, "rrule": rrule, **more}


NEGATIVE: Expected = {**state("unparsable"), "negative": True}
INVALID: Expected = {**state("unparsable"), "invalid": True}
UNREAD: Expected = state("unparsable")
