"""When an event is, in words: an hour, several days, or the several dates of a series.

The grammar of terms reads days and hours; what it leaves open is put together here and never guessed: days without
an hour wait for it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.event_drafts import EventDate
from bot.domain.events import LAST_MINUTE
from bot.domain.names import one_line
from bot.domain.terms.model import Doubt, Term
from bot.domain.terms.reading import read_term
from bot.domain.webinars import BadWebinarError, WebinarProblem

MOST_DATES = 20
_LINES = re.compile(r"[\n;]+")
_WHOLE = r"\d{1,2}(?:\s*(?:час(?:а|ов)?|ч\.?))?"
_HOURS = re.compile(
    rf"(?:^|[\s,]+)(?:начало\s+)?(?:(?:[вс]о?\s+)?(?P<begin>\d{{1,2}}[:.]\d{{2}})|[вс]о?\s+(?P<whole>{_WHOLE}))"
    rf"(?:\s*(?:до|[-–—])\s*(?P<end>\d{{1,2}}[:.]\d{{2}}|{_WHOLE}))?"
    r"(?P<moscow>\s*\(?\s*(?:мск|по мск|по московскому времени|московского времени)\s*\)?)?\.?$",
    re.IGNORECASE,
)
_ALONE = re.compile(_WHOLE, re.IGNORECASE)
_DAYTIME = range(8, 23)
"""«в 15» is an hour of the day; «в 3» may be at night or in the afternoon, and is asked for anew."""
_MOSCOW = ZoneInfo("Europe/Moscow")


class NoHourError(BadWebinarError):
    """The days are understood, and wait for an hour."""

    def __init__(self, days: str) -> None:
        super().__init__(WebinarProblem.NO_HOUR)
        self.days = days


_NEARLY_A_YEAR = timedelta(days=300)
_YEAR = re.compile(r"\d{4}|\d\.\d{2}\.\d{2}\b|год", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Clock:
    """Where and when a phrase is read."""

    zone: ZoneInfo
    region: str | None
    now: datetime

    def term(self, words: str) -> Term:
        return read_term(words, reference_date=self.now.astimezone(self.zone).date(), region=self.region)


def read_event_dates(
    text: str, *, zone: ZoneInfo, region: str | None, now: datetime, days: str | None = None
) -> tuple[EventDate, ...]:
    """The dates that the words name, the earliest first, on the clocks of ``zone`` unless they name another.

    «12 декабря с 15:00 до 16:30», «завтра в 15», «19–20 декабря в 10:00», «12, 19 и 26 декабря в 15:00», or a moment a
    line. ``days``: days typed before, for which these words may be the hour alone. Every date lies ahead.
    Raises NoHourError, BadWebinarError.
    """
    clock = _Clock(zone, region, now)
    hour = one_line(text)
    if days is not None and _ALONE.fullmatch(hour):
        hour = f"в {hour}"
    if days is not None and _HOURS.fullmatch(hour):
        text = f"{days} {hour}"
    lines = [line for line in map(one_line, _LINES.split(text)) if line]
    found = [date for line in lines or [""] for date in _dates(line, clock)]
    if len(found) > MOST_DATES:
        raise BadWebinarError(WebinarProblem.TOO_MANY)
    if any(date.at <= now for date in found):
        raise BadWebinarError(WebinarProblem.PAST)
    if any(date.at - now > _NEARLY_A_YEAR and not _YEAR.search(date.phrase) for date in found):
        raise BadWebinarError(WebinarProblem.NEXT_YEAR)
    return tuple(sorted({date.at: date for date in found}.values(), key=lambda date: date.at))


def _dates(line: str, clock: _Clock) -> Sequence[EventDate]:
    term, hours = clock.term(line), _HOURS.search(line)
    if term.is_invalid:
        is_of_hours = hours is not None and not clock.term(line[: hours.start()]).is_invalid
        raise BadWebinarError(WebinarProblem.BAD_HOURS if is_of_hours else WebinarProblem.NO_SUCH_DAY)
    moments = term.parts or (term,)
    if not _is_uncertain(term) and all(_is_moment(part) for part in moments):
        return [_of_moment(part, line, clock) for part in moments]
    if hours is None:
        raise _without_hour(term, line)
    if hours.start() == 0:
        raise BadWebinarError(WebinarProblem.NO_DAY)
    return _of_days(clock.term(line[: hours.start()]), hours, line, clock)


def _of_moment(term: Term, phrase: str, clock: _Clock) -> EventDate:
    begin, end = term.start or term.end, term.end
    assert isinstance(begin, datetime), "it was seen to be a moment"
    zone = ZoneInfo(term.tz) if term.tz else clock.zone
    ends_at = _instant(end, zone) if isinstance(end, datetime) and end != begin else None
    date = _event_date(_instant(begin, zone), ends_at, zone, phrase)
    return replace(date, names_zone=term.tz is not None)


def _of_days(term: Term, hours: re.Match[str], phrase: str, clock: _Clock) -> list[EventDate]:
    """Days named once with one hour for all of them; days in a row are one event, begun on the first of them."""
    if term.is_invalid:
        raise BadWebinarError(WebinarProblem.NO_SUCH_DAY)
    stretches = [_stretch(part) for part in term.parts or (term,)]
    zone = _MOSCOW if hours["moscow"] else clock.zone
    begin, end = _time(hours["begin"] or hours["whole"]), hours["end"] and _time(hours["end"])
    if hours["whole"] and begin.hour not in _DAYTIME:
        raise NoHourError(phrase[: hours.start()])
    if _is_uncertain(term) or None in stretches:
        raise BadWebinarError(WebinarProblem.NOT_UNDERSTOOD)
    dates = []
    for stretch in stretches:
        assert stretch is not None, "it was looked for above"
        first, last = stretch
        until = end or (LAST_MINUTE if last > first else None)
        ends_at = None if until is None else datetime.combine(last, until, zone).astimezone(UTC)
        date = _event_date(datetime.combine(first, begin, zone).astimezone(UTC), ends_at, zone, phrase)
        dates.append(replace(date, names_zone=hours["moscow"] is not None))
    return dates


def _without_hour(term: Term, line: str) -> BadWebinarError:
    if _is_uncertain(term):
        return BadWebinarError(WebinarProblem.NOT_UNDERSTOOD)
    if isinstance(term.start or term.end, time) or Doubt.NO_DAY in term.doubts:
        return BadWebinarError(WebinarProblem.NO_DAY)
    if all(_stretch(part) is not None for part in term.parts or (term,)):
        return NoHourError(line)
    return BadWebinarError(WebinarProblem.NOT_UNDERSTOOD)


def _is_uncertain(term: Term) -> bool:
    return any(part.rrule is not None or part.is_vague or part.is_invalid for part in (term, *term.parts))


def _is_moment(term: Term) -> bool:
    return isinstance(term.start or term.end, datetime) and isinstance(term.end, datetime)


def _stretch(term: Term) -> tuple[date, date] | None:
    """The first and the last day; None where an hour or no day is named."""
    if term.end is None or not isinstance(term.end, date) or isinstance(term.end, datetime):
        return None
    first = term.start if isinstance(term.start, date) else term.end
    return None if isinstance(first, datetime) or first > term.end else (first, term.end)


def _event_date(at: datetime, ends_at: datetime | None, zone: ZoneInfo, phrase: str) -> EventDate:
    if ends_at is not None and ends_at <= at:
        raise BadWebinarError(WebinarProblem.BAD_HOURS)
    return EventDate(at, at.astimezone(zone).date(), zone.key, phrase, ends_at)


def _instant(moment: datetime, zone: ZoneInfo) -> datetime:
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)


def _time(words: str) -> time:
    """«15:30», «15.30», «15», «15 часов»."""
    hour, minute = (*map(int, re.findall(r"\d+", words)), 0)[:2]
    if hour > 23 or minute > 59:
        raise BadWebinarError(WebinarProblem.BAD_HOURS)
    return time(hour, minute)
