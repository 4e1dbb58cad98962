"""The leader's screens: the counts of one event, the list with a tap a person, the schools, one person's trace."""

from __future__ import annotations

from datetime import date, datetime
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.domain.attendance import AttendanceTally, WindowState, next_state
from bot.domain.events import Attendance
from bot.ports.attendance import Attendee, PastMark, UnitAttendance
from bot.services.show_attendance import AttendanceSheet, AttendeePage, Trace, UnitPage
from bot.texts.catalogue import Markup, plain, say
from bot.texts.times import clock, moment, stamp
from bot.texts.wording import short_name, shorten
from handlers.attendance import callbacks as to
from handlers.people.buttons import button, keyboard, named
from handlers.rows import pager
from handlers.webinars.afterwards_callbacks import ShowAfterwards
from handlers.webinars.callbacks import ShowWebinar

Screen = tuple[Markup, InlineKeyboardMarkup]
_TITLE = 120
_PART = 60
_MARKS = 12  # of the trace; a leader who taps through all states leaves many


def sheet_screen(sheet: AttendanceSheet, *, reader: ZoneInfo, now: datetime) -> Screen:
    event, today = sheet.event, now.astimezone(reader).date()
    due = moment(event.due_at, reader=reader, today=today)
    parts = [say("attendance-title", title=shorten(event.title, _TITLE), due=due), counts(sheet.tally)]
    if not sheet.tally.total:
        parts[1] = say("attendance-nobody")
    if not sheet.is_led:
        parts.append(say("attendance-own"))
        return Markup("\n\n".join(parts)), keyboard(*_looking_rows(sheet), _back_to_events())
    parts.append(_how(sheet, reader, now))
    return Markup("\n\n".join(parts)), keyboard(*_leading_rows(sheet, now))


def people_screen(found: AttendeePage, at: to.ShowPeople) -> Screen:
    sheet = found.sheet
    parts = [say("attendance-list", title=shorten(sheet.event.title, _TITLE)), counts(sheet.tally)]
    if found.query is not None:
        parts.append(say("attendance-found", query=shorten(found.query, _PART), n=found.total))
    for unit, people in groupby(found.attendees, key=lambda one: one.unit_title):
        heading = say("attendance-unit", unit=shorten(unit, _PART))
        parts.append(Markup("\n".join([heading, *map(_line, people)])))
    if sheet.is_led and found.attendees:
        parts.append(say("attendance-look-hint" if at.looks else "attendance-tap-hint"))
    rows = [[_person_button(one, at, is_led=sheet.is_led)] for one in found.attendees]

    def turn(page: int) -> to.ShowPeople:
        return at.model_copy(update={"page": page})

    return Markup("\n\n".join(parts)), keyboard(
        *rows, pager(found.page, found.pages, turn), *_list_rows(found, at), [_back(sheet)]
    )


def schools_screen(found: UnitPage) -> Screen:
    sheet, occurrence = found.sheet, found.sheet.event.occurrence_id
    parts = [say("attendance-schools", title=shorten(sheet.event.title, _TITLE)), counts(sheet.tally)]
    parts.append(Markup("\n".join(map(_school_line, found.units))))
    rows = [[named(unit.title, to.ShowPeople(occurrence=occurrence, unit=unit.unit_id))] for unit in found.units]
    turn = pager(found.page, found.pages, lambda page: to.ShowSchools(occurrence=occurrence, page=page))
    return Markup("\n\n".join(parts)), keyboard(*rows, turn, [_back(sheet)])


def trace_screen(trace: Trace, at: to.ShowTrace, *, reader: ZoneInfo) -> Screen:
    attendee, event = trace.attendee, trace.sheet.event
    parts = [
        say(
            "attendance-person",
            name=_name(attendee),
            unit=shorten(attendee.unit_title, _PART),
            title=shorten(event.title, _TITLE),
            state=_state_word(attendee.attendance),
        )
    ]
    if attendee.answer is not None:
        key = "attendance-answer-reason" if attendee.comment else "attendance-answer"
        reason = shorten(attendee.comment or "", 200)
        parts.append(say(key, answer=plain(f"answer-{attendee.answer.value}"), reason=reason))
    if trace.marks:
        lines = [_mark_line(mark, reader) for mark in trace.marks[:_MARKS]]
        parts.append(Markup("\n".join([say("attendance-trace"), *lines])))
    rows: list[list[InlineKeyboardButton]] = []
    if trace.sheet.is_led:
        others = [state for state in (*Attendance, None) if state is not attendee.attendance]
        rows += [[_mark_button(attendee, state, at)] for state in others]
    looks = trace.sheet.is_led
    back = to.ShowPeople(occurrence=event.occurrence_id, page=at.page, unit=at.unit, found=at.found, looks=looks)
    return Markup("\n\n".join(parts)), keyboard(*rows, [button("button-back", back)])


def rest_screen(sheet: AttendanceSheet) -> Screen:
    """What «Все остальные не были» would do, before it does."""
    tally, occurrence = sheet.tally, sheet.event.occurrence_id
    text = say("attendance-rest", absent=tally.unmarked - tally.excusable, excused=tally.excusable)
    sure = button("button-attendance-rest-sure", to.MarkRest(occurrence=occurrence, is_sure=True))
    return text, keyboard([sure], [button("button-back", to.ShowSheet(occurrence=occurrence))])


def counts(tally: AttendanceTally) -> Markup:
    return say(
        "attendance-counts",
        present=tally.present,
        absent=tally.absent,
        excused=tally.excused,
        unmarked=tally.unmarked,
        excusable=tally.excusable,
    )


def hour(at: datetime, *, reader: ZoneInfo, today: date) -> str:
    """«14:45», with the day where it is not the reader's today."""
    return clock(at, reader) if at.astimezone(reader).date() == today else stamp(at, reader)


def _how(sheet: AttendanceSheet, reader: ZoneInfo, now: datetime) -> Markup:
    """By what people check themselves in, and until when."""
    event, window = sheet.event, sheet.event.window
    today = now.astimezone(reader).date()
    word = event.details.code_word
    lines = [say("attendance-word", word=word) if word else say("attendance-no-word")]
    state = window.state(now)
    opens = hour(window.opens_at, reader=reader, today=today)
    since = window.opens_at.astimezone(reader).date() if state is WindowState.EARLY else today
    closes = hour(window.closes_at, reader=reader, today=since)  # the day is named once
    lines.append(say(f"attendance-window-{state.value}", **{"from": opens, "to": closes}))
    return Markup("\n".join(lines))


def _leading_rows(sheet: AttendanceSheet, now: datetime) -> list[list[InlineKeyboardButton]]:
    event, occurrence = sheet.event, sheet.event.occurrence_id
    rows = _looking_rows(sheet)
    own = []
    if event.window.state(now) is not WindowState.LATE:
        own.append(button("button-attendance-qr", to.ShowQr(occurrence=occurrence)))
    own.append(button("button-attendance-word", to.CodeWord(occurrence=occurrence)))
    rows.append(own)
    if now >= event.window.opens_at and sheet.tally.total:
        rows.append([button("button-attendance-table", to.LoadTable(occurrence=occurrence))])
    if now >= event.due_at and sheet.tally.unmarked:
        rest = to.MarkRest(occurrence=occurrence)
        rows.append([button("button-attendance-rest", rest, n=sheet.tally.unmarked)])
    rows.append([button("button-afterwards", ShowAfterwards(occurrence=occurrence))])
    rows.append([button("button-attendance-event", ShowWebinar(occurrence=occurrence)), *_back_to_events()])
    return rows


def _looking_rows(sheet: AttendanceSheet) -> list[list[InlineKeyboardButton]]:
    if not sheet.tally.total:
        return []
    occurrence = sheet.event.occurrence_id
    key = "button-attendance-list" if sheet.is_led else "button-attendance-look"
    return [
        [
            button(key, to.ShowPeople(occurrence=occurrence)),
            button("button-attendance-schools", to.ShowSchools(occurrence=occurrence)),
        ]
    ]


def _list_rows(found: AttendeePage, at: to.ShowPeople) -> list[list[InlineKeyboardButton]]:
    occurrence = found.sheet.event.occurrence_id
    rows = [[button("button-attendance-find", to.FindPerson(occurrence=occurrence))]]
    if found.sheet.is_led:
        other = at.model_copy(update={"looks": not at.looks, "page": found.page})
        rows[0].append(button("button-attendance-tapping" if at.looks else "button-attendance-looking", other))
    if at.unit or found.query is not None:
        everybody = to.ShowPeople(occurrence=occurrence, looks=at.looks)
        rows.append([button("button-attendance-everybody", everybody)])
    return rows


def _person_button(attendee: Attendee, at: to.ShowPeople, *, is_led: bool) -> InlineKeyboardButton:
    label = plain("attendance-label", state=_state_key(attendee), name=short_name(_name(attendee)))
    place: dict[str, Any] = {"page": at.page, "unit": at.unit, "found": at.found}
    if at.looks or not is_led:
        return named(label, to.ShowTrace(assignment=attendee.assignment_id, **place))
    after = to.To.of(next_state(attendee.attendance))
    return named(label, to.MarkPerson(assignment=attendee.assignment_id, to=after, **place))


def _mark_button(attendee: Attendee, state: Attendance | None, at: to.ShowTrace) -> InlineKeyboardButton:
    data = to.MarkPerson(
        assignment=attendee.assignment_id,
        to=to.To.of(state),
        page=at.page,
        unit=at.unit,
        found=at.found,
        alone=True,
    )
    return button("button-attendance-mark", data, state=state.value if state else "none")


def _line(attendee: Attendee) -> Markup:
    name = shorten(_name(attendee), _PART)
    key = "attendance-line-reason" if attendee.is_excusable else "attendance-line"
    return say(key, state=_state_key(attendee), name=name, reason=shorten(attendee.comment or "", _PART))


def _name(attendee: Attendee) -> str:
    return attendee.full_name or plain("attendance-erased")


def _school_line(unit: UnitAttendance) -> Markup:
    tally = unit.tally
    return say(
        "attendance-school",
        unit=shorten(unit.title, _PART),
        present=tally.present,
        total=tally.total,
        marked=tally.marked,
        share=tally.share,
        unmarked=tally.unmarked,
    )


def _mark_line(mark: PastMark, reader: ZoneInfo) -> Markup:
    return say(
        "attendance-mark",
        at=stamp(mark.marked_at, reader),
        state=_state_word(mark.state),
        source=mark.source.value,
        name=short_name(mark.by_name or "") or plain("attendance-erased"),
    )


def _state_key(attendee: Attendee) -> str:
    if attendee.attendance is not None:
        return attendee.attendance.value
    return "excusable" if attendee.is_excusable else "none"


def _state_word(state: Attendance | None) -> str:
    return plain("attendance-state", state=state.value if state else "none")


def _back(sheet: AttendanceSheet) -> InlineKeyboardButton:
    return button("button-back", to.ShowSheet(occurrence=sheet.event.occurrence_id))


def _back_to_events() -> list[InlineKeyboardButton]:
    return [button("button-attendance-events", to.ShowEvents())]
