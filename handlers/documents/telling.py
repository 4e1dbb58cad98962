"""Who hears of new dates and when, in words: the lines that stand before every «Верно»."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.drafts import PlannedDate
from bot.services.foresee_notices import FirstNotice, Foreseen
from bot.services.show_draft import work_calendar
from bot.texts.catalogue import Markup, plain, say
from bot.texts.times import short_day
from bot.texts.wording import shorten
from handlers.documents.wording import size_words

_SCHOOLS = 10
_YEARS = 3
_DAYS = 3


def foreseen_lines(foreseen: Foreseen, now: datetime) -> list[Markup]:
    """«Ответят: 47 школ, 112 человек» and when the first message comes."""
    return [
        say("preview-size", size=size_words(foreseen.size)),
        say("preview-first-notice", when=first_notice_words(foreseen.first_notices, now)),
    ]


def unreached_lines(foreseen: Foreseen) -> list[Markup]:
    """Who will not see the message, and the schools that nobody answers for."""
    found = [say("preview-unreachable", n=foreseen.size.unreachable)] if foreseen.size.unreachable else []
    silent, titles = foreseen.silent_schools
    if silent:
        named = "; ".join(shorten(title, 60) for title in titles[:_SCHOOLS])
        found.append(say("preview-silent-schools", n=silent, titles=named, rest=max(silent - _SCHOOLS, 0)))
    return found


def date_warnings(dates: Iterable[PlannedDate]) -> list[Markup]:
    """A date on a day off warns, and stays; so does one in a year whose days off are not all known yet."""
    calendar = work_calendar()
    days = sorted({due.due_on for due in dates})
    off = [day for day in days if not calendar.is_working_day(day)]
    lines = [say("row-days-off", days=", ".join(short_day(day) for day in off[:_DAYS]), n=len(off))] if off else []
    return lines + unsure_years_line(sorted({day.year for day in days if not calendar.is_official(day.year)}))


def unsure_years_line(years: Sequence[int]) -> list[Markup]:
    """Past its last official year the calendar does not know the days that the government will move."""
    return [say("row-unsure-years", years=", ".join(str(year) for year in years[:_YEARS]))] if years else []


def first_notice_words(notices: Sequence[FirstNotice], now: datetime) -> str:
    """«завтра в 09:00 по местному времени»; at once where people may be written to now."""
    soon = now + timedelta(minutes=2)
    later = sorted({_local(notice, now) for notice in notices if notice.at > soon})
    is_at_once = any(notice.at <= soon for notice in notices)
    if not later:
        return plain("first-notice-now" if is_at_once else "first-notice-none")
    days, clock = later[0]
    at = now.astimezone(ZoneInfo(notices[0].zone)).date() + timedelta(days=days)
    when = plain("first-notice-at", days=min(days, 2), date=short_day(at), clock=clock)
    return plain("first-notice-mixed", when=when) if is_at_once else when


def _local(notice: FirstNotice, now: datetime) -> tuple[int, str]:
    zone = ZoneInfo(notice.zone)
    at = notice.at.astimezone(zone)
    return (at.date() - now.astimezone(zone).date()).days, f"{at:%H:%M}"
