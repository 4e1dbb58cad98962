"""An event while it is being made: every field can be empty, none is guessed, and any can be filled again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.events import EventDetails, MaterialPhase
from bot.domain.ids import UnitId
from bot.domain.matters import AnsweredBy, Audience
from bot.domain.names import one_line
from bot.domain.network import Role
from bot.domain.webinars import BadWebinarError, WebinarProblem, webinar_title

MOST_TITLES = 20
_RANGE = re.compile(r"(.*?)[\s№]*(\d{1,3})\s*[-–—]\s*(\d{1,3})")


@dataclass(frozen=True, slots=True)
class EventDate:
    """When it is: ``at`` and ``ends_at`` are UTC, ``on`` is the day of ``at`` on the calendar of ``timezone``.

    ``ends_at``: where the end was named; of several days without an hour for the end, the end of the last of them.
    ``phrase``: the words it was read from; ``names_zone``: they say on whose clocks the hour is.
    """

    at: datetime
    on: date
    timezone: str
    phrase: str
    ends_at: datetime | None = None
    names_zone: bool = False

    @property
    def last_on(self) -> date:
        """The last day, the first one where it has only one."""
        return self.on if self.ends_at is None else self.ends_at.astimezone(ZoneInfo(self.timezone)).date()

    def read_in(self, timezone: str) -> EventDate:
        """The same figures on the clocks of another zone."""
        shift = _offset(self.at, self.timezone) - _offset(self.at, timezone)
        ends_at = self.ends_at and self.ends_at + shift
        return replace(self, at=self.at + shift, ends_at=ends_at, timezone=timezone)

    def to_json(self) -> dict[str, Any]:
        return {
            "at": self.at.isoformat(),
            "on": self.on.isoformat(),
            "timezone": self.timezone,
            "phrase": self.phrase,
            "ends_at": self.ends_at and self.ends_at.isoformat(),
            "names_zone": self.names_zone,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> EventDate:
        ends_at = data["ends_at"]
        return cls(
            at=datetime.fromisoformat(data["at"]),
            on=date.fromisoformat(data["on"]),
            timezone=data["timezone"],
            phrase=data["phrase"],
            ends_at=None if ends_at is None else datetime.fromisoformat(ends_at),
            names_zone=data.get("names_zone", False),  # a draft of an earlier version does not say
        )


@dataclass(frozen=True, slots=True)
class DraftMaterial:
    """What everybody invited can read before, or gets after it: a link, or a file by the messenger's own id."""

    title: str
    link: str | None = None
    file_id: str | None = None
    phase: MaterialPhase = MaterialPhase.BEFORE

    def to_json(self) -> dict[str, Any]:
        return {"title": self.title, "link": self.link, "file_id": self.file_id, "phase": self.phase.value}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> DraftMaterial:
        """What ``to_json`` wrote, of an earlier version too: what is read after an event is newer than drafts are."""
        phase = MaterialPhase(data.get("phase", MaterialPhase.BEFORE))
        return cls(data["title"], data["link"], data["file_id"], phase)


class Missing(StrEnum):
    """What an event cannot be announced without."""

    TITLE = "title"
    WHEN = "when"


@dataclass(frozen=True, slots=True)
class EventDraft:
    """``timezone``: on whose clocks hours are read. Several ``dates`` make a series.

    ``titles``: of each event of a series, where they have their own; ``days``: days that wait for their hour, as typed.
    """

    unit_id: UnitId
    timezone: str
    audience: Audience
    region: str | None = None
    details: EventDetails = field(default_factory=EventDetails)
    title: str | None = None
    titles: tuple[str, ...] = ()
    days: str | None = None
    dates: tuple[EventDate, ...] = ()
    link: str | None = None
    materials: tuple[DraftMaterial, ...] = ()

    @property
    def is_series(self) -> bool:
        return len(self.dates) > 1

    @property
    def is_empty(self) -> bool:
        """Nothing was said yet: to be used again rather than kept."""
        return not (self.title or self.dates or self.link or self.days or self.materials)

    @property
    def missing(self) -> tuple[Missing, ...]:
        absent = {Missing.TITLE: self.title is None, Missing.WHEN: not self.dates}
        return tuple(what for what, is_absent in absent.items() if is_absent)

    @property
    def event_titles(self) -> tuple[str, ...]:
        """One for each date: its own, else the common one with its number: of «Тема 1–3» the first is «Тема 1»."""
        if self.title is None:
            return ()
        if not self.is_series:
            return (self.shown_title,) * len(self.dates)
        if len(self.titles) == len(self.dates):
            return self.titles
        stem, first = self._stem
        return tuple(f"{stem} {first + place}" for place in range(len(self.dates)))

    @property
    def shown_title(self) -> str:
        """Whole: of an event that is no series the lines below the first are the rest of its title."""
        lines = (self.title or "",) if self.is_series else (self.title or "", *self.titles)
        return " ".join(lines)

    @property
    def series_title(self) -> str:
        return self._stem[0] if self.is_series else self.shown_title

    @property
    def _stem(self) -> tuple[str, int]:
        found = _RANGE.fullmatch(self.title or "")
        if found and found[1].strip() and int(found[3]) - int(found[2]) + 1 == len(self.dates):
            return found[1].strip(" ,.:"), int(found[2])
        return self.title or "", 1

    def titled(self, text: str) -> EventDraft:
        """The first line is the title; lines below it are those of the events of a series. Raises BadWebinarError."""
        lines = [line for line in map(one_line, text.splitlines()) if line]
        if len(lines) > MOST_TITLES + 1:
            raise BadWebinarError(WebinarProblem.TITLE_TOO_LONG)
        title, *own = map(webinar_title, lines or [""])
        return replace(self, title=title, titles=tuple(own))

    def on_clocks_of(self, timezone: str) -> EventDraft:
        """The hours as they were typed, on other clocks; a date whose words named a zone of their own stays."""
        dates = tuple(
            date if date.names_zone or date.timezone != self.timezone else date.read_in(timezone) for date in self.dates
        )
        return replace(self, timezone=timezone, dates=dates)

    def to_json(self) -> dict[str, Any]:
        return {
            "unit": self.unit_id,
            "timezone": self.timezone,
            "region": self.region,
            "audience": self.audience.to_json(),
            "details": self.details.to_json(),
            "title": self.title,
            "titles": list(self.titles),
            "days": self.days,
            "dates": [date.to_json() for date in self.dates],
            "link": self.link,
            "materials": [one.to_json() for one in self.materials],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> EventDraft:
        return cls(
            unit_id=UnitId(data["unit"]),
            timezone=data["timezone"],
            region=data["region"],
            audience=Audience.from_json(data["audience"]),
            details=EventDetails.from_json(data["details"]),
            title=data["title"],
            titles=tuple(data["titles"]),
            days=data["days"],
            dates=tuple(EventDate.from_json(one) for one in data["dates"]),
            link=data["link"],
            materials=tuple(DraftMaterial.from_json(one) for one in data["materials"]),
        )


def everyone_of(unit_id: UnitId) -> Audience:
    """What the choice of an audience begins with: the teachers of the whole unit."""
    return Audience((unit_id,), AnsweredBy.PERSON, (Role.TEACHER,))


def _offset(at: datetime, timezone: str) -> timedelta:
    offset = at.astimezone(ZoneInfo(timezone)).utcoffset()
    assert offset is not None, "an aware datetime has an offset"
    return offset
