"""A person's own record, the past events of a part of the network, and its people with their counts."""

from __future__ import annotations

from itertools import groupby
from zoneinfo import ZoneInfo

from aiogram.types import InlineKeyboardMarkup

from bot.ports.attendance import EventAttendance, PersonAttendance, Visit
from bot.services.show_attendance import EventPage, PeoplePage, VisitPage
from bot.texts.catalogue import Markup, plain, say
from bot.texts.times import short_day, stamp
from bot.texts.wording import shorten
from handlers.answers.callbacks import MyPage
from handlers.attendance import callbacks as to
from handlers.attendance.screens import counts
from handlers.people.buttons import button, keyboard, named
from handlers.rows import pager
from handlers.webinars.afterwards_callbacks import ShowMissed

Screen = tuple[Markup, InlineKeyboardMarkup]
_TITLE = 100
_PART = 60


def visits_screen(found: VisitPage, *, reader: ZoneInfo) -> Screen:
    back = [button("button-my", MyPage())]
    if not found.tally.total:
        return say("visits-none"), keyboard(back)
    tally = found.tally
    parts = [say("visits-title", present=tally.present, marked=tally.marked, excused=tally.excused)]
    parts.append(Markup("\n".join(_visit(visit, reader) for visit in found.visits)))
    turn = pager(found.page, found.pages, lambda page: to.ShowVisits(page=page))
    return Markup("\n\n".join(parts)), keyboard(turn, [button("button-missed", ShowMissed())], back)


def events_screen(found: EventPage, *, reader: ZoneInfo) -> Screen:
    if not found.total:
        return say("past-none"), keyboard()
    parts = [say("past-title", n=found.total), *(_event(one, reader) for one in found.events)]
    rows = [
        [
            named(
                plain("past-label", day=short_day(one.event.due_at.astimezone(reader).date()), title=one.event.title),
                to.ShowSheet(occurrence=one.event.occurrence_id),
            )
        ]
        for one in found.events
    ]
    turn = pager(found.page, found.pages, lambda page: to.ShowEvents(page=page))
    return Markup("\n\n".join(parts)), keyboard(*rows, turn, [button("button-records", to.ShowRecords())])


def records_screen(found: PeoplePage) -> Screen:
    back = [button("button-attendance-events", to.ShowEvents())]
    if not found.total:
        return say("past-none"), keyboard(back)
    parts = [say("records-title", n=found.total)]
    for unit, people in groupby(found.people, key=lambda one: one.unit_title):
        heading = say("attendance-unit", unit=shorten(unit, _PART))
        parts.append(Markup("\n".join([heading, *map(_person, people)])))
    turn = pager(found.page, found.pages, lambda page: to.ShowRecords(page=page))
    return Markup("\n\n".join(parts)), keyboard(turn, back)


def _visit(visit: Visit, reader: ZoneInfo) -> Markup:
    day = short_day(visit.due_at.astimezone(reader).date())
    state = visit.attendance.value if visit.attendance else "none"
    return say("visit-line", state=state, day=day, title=shorten(visit.title, _TITLE))


def _event(one: EventAttendance, reader: ZoneInfo) -> Markup:
    heading = say("past-event", title=shorten(one.event.title, _TITLE), at=stamp(one.event.due_at, reader))
    return Markup(f"{heading}\n{counts(one.tally)}")


def _person(one: PersonAttendance) -> Markup:
    tally = one.tally
    return say(
        "records-line",
        name=shorten(one.full_name, _PART),
        present=tally.present,
        marked=tally.marked,
        excused=tally.excused,
        unmarked=tally.unmarked,
    )
