"""The longest screens fit a message, and every button its 64 bytes."""

from __future__ import annotations

import re
from dataclasses import replace
from zoneinfo import ZoneInfo

from bot.domain.attendance import AttendanceTally
from bot.domain.events import Attendance, EventDetails, EventKind, MarkSource
from bot.domain.ids import ActivityId, AssignmentId, OccurrenceId, PersonId, UnitId
from bot.domain.matters import Answer, OccurrenceState
from bot.domain.platform_table import TableEntry, TableMatching
from bot.ports.attendance import (
    Attendee,
    EventAttendance,
    EventFacts,
    PastMark,
    PersonAttendance,
    UnitAttendance,
    Visit,
)
from bot.services.import_attendance import TablePreview
from bot.services.show_attendance import (
    ATTENDEES,
    EVENTS,
    PEOPLE,
    UNITS,
    VISITS,
    AttendanceSheet,
    AttendeePage,
    EventPage,
    PeoplePage,
    Trace,
    UnitPage,
    VisitPage,
)
from bot.services.view_notices import Guest
from handlers.attendance import callbacks as to
from handlers.attendance.guests import guest_notice
from handlers.attendance.screens import people_screen, rest_screen, schools_screen, sheet_screen, trace_screen
from handlers.attendance.table_screens import doubt_screen, preview_screen
from handlers.attendance.visit_screens import events_screen, records_screen, visits_screen
from tests.calendar_days import MONDAY

BIG = 999_999_999
FAR = ZoneInfo("Asia/Kamchatka")
FULL = AttendanceTally(10_000, 10_000, 10_000, 10_000, 5_000)
EVENT = EventFacts(
    OccurrenceId(BIG), ActivityId(BIG), "Ы" * 300, MONDAY, None, "Asia/Kamchatka", OccurrenceState.OPEN, UnitId(BIG),
    "/1/", PersonId(BIG), EventDetails(code_word="щ" * 40),
)  # fmt: skip
SHEET = AttendanceSheet(EVENT, FULL, is_led=True)
SOMEBODY = Attendee(
    AssignmentId(BIG), PersonId(BIG), "Ф" * 100, UnitId(BIG), "Ш" * 200, Answer.NOT_COMING, "п" * 1000, None
)  # fmt: skip


def test_the_longest_screens_fit_a_message() -> None:
    people = tuple(replace(SOMEBODY, unit_title=f"{n}" + "Ш" * 200) for n in range(ATTENDEES))
    at = to.ShowPeople(occurrence=BIG, page=999, unit=BIG, found=True, looks=True)
    marks = tuple(PastMark(Attendance.EXCUSED, MarkSource.TABLE, "Ф" * 100, MONDAY) for _ in range(300))
    entries = tuple(TableEntry(f"{n}" + "И" * 200, 500, None, (AssignmentId(BIG),) * 6) for n in range(400))
    unknown = tuple(TableEntry(f"{n}" + "И" * 200) for n in range(400))
    matching = TableMatching(entries + unknown, 60)
    preview = TablePreview(EVENT, matching, (AssignmentId(1),), (), (), {AssignmentId(BIG): SOMEBODY})
    units = tuple(UnitAttendance(UnitId(BIG), "Ш" * 200, FULL) for _ in range(UNITS))
    visits = tuple(Visit(OccurrenceId(BIG), "Ы" * 300, EventKind.CONTEST, MONDAY, None) for _ in range(VISITS))
    persons = tuple(PersonAttendance(PersonId(BIG), "Ф" * 100, f"{n}" + "Ш" * 200, FULL) for n in range(PEOPLE))
    screens = [
        sheet_screen(SHEET, reader=FAR, now=MONDAY),
        people_screen(AttendeePage(SHEET, people, 10_000, 5, UnitId(BIG), "Ш" * 200, "ф" * 100), at),
        schools_screen(UnitPage(SHEET, units, 10_000, 5)),
        trace_screen(Trace(SHEET, SOMEBODY, marks), to.ShowTrace(assignment=BIG, page=999, unit=BIG), reader=FAR),
        rest_screen(SHEET),
        preview_screen(preview),
        doubt_screen(preview, 399),
        visits_screen(VisitPage(visits, FULL, 5), reader=FAR),
        events_screen(EventPage((EventAttendance(EVENT, FULL),) * EVENTS, 10_000, 5), reader=FAR),
        records_screen(PeoplePage(persons, 10_000, 5)),
        guest_notice(Guest(EVENT, PersonId(BIG), "Ф" * 100, "Ш" * 200), without_personal_data=False),
    ]

    for text, keyboard in screens:
        assert len(re.sub(r"<[^>]+>", "", text)) <= 4096
        for row in keyboard.inline_keyboard:
            for button in row:
                assert len((button.callback_data or "").encode()) <= 64


def test_an_event_that_nobody_was_invited_to_offers_nothing_to_mark() -> None:
    text, keyboard = sheet_screen(AttendanceSheet(EVENT, AttendanceTally(), is_led=True), reader=FAR, now=MONDAY)
    assert "Никого не звали" in text
    labels = [button.text for row in keyboard.inline_keyboard for button in row]
    assert "📝 Отметить" not in labels


def test_no_name_goes_through_the_messenger_where_none_may() -> None:
    guest = Guest(EVENT, PersonId(1), "Цой Марина", "Школа № 4")
    assert "Цой" not in guest_notice(guest, without_personal_data=True)[0]
    assert "Цой" in guest_notice(guest, without_personal_data=False)[0]
