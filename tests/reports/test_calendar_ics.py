"""Calendar files, opened as two independent programs open them: icalendar and vobject."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject

from bot.domain.events import EventDetails, Seats, SeatState
from bot.domain.ids import ActivityId, AssignmentId, OccurrenceId, PersonId, UnitId
from bot.domain.matters import ActivityKind, Answer, Assignment, Matter, OccurrenceState
from bot.domain.seats import Seat
from bot.reports.calendar_ics import calendar_ics, matter_ics
from tests.calendar_days import MONDAY

MSK, YAKUTSK = ZoneInfo("Europe/Moscow"), ZoneInfo("Asia/Yakutsk")
HERE = "8d1f00c2a7b35e94"
BEGINS = datetime(2026, 12, 12, 12, 0, tzinfo=UTC)

WEBINAR = Matter(
    assignment=Assignment(AssignmentId(5), OccurrenceId(17), UnitId(3), person_id=PersonId(8)),
    activity_id=ActivityId(1),
    kind=ActivityKind.WEBINAR,
    title="Одарённые дети, часть 1; введение",
    responsible="Орлова Вера Ильинична",
    result="",
    phrase="12 декабря в 15:00",
    link="https://example.org/w?id=1",
    document=None,
    unit_title="Школа № 1 г. Суздаля",
    version=1,
    due_at=BEGINS,
    due_on=date(2026, 12, 12),
    has_time=True,
    timezone="Europe/Moscow",
    state=OccurrenceState.OPEN,
    event=EventDetails(leader="Орлова Вера Ильинична", access_code="7431"),
    ends_at=BEGINS + timedelta(hours=2),
)
TASK = replace(
    WEBINAR,
    assignment=Assignment(AssignmentId(6), OccurrenceId(18), UnitId(3), person_id=None),
    kind=ActivityKind.TASK,
    title="Сдать отчёт",
    result="Отчёт по форме",
    link=None,
    due_at=datetime(2026, 12, 15, 20, 59, 59, tzinfo=UTC),
    due_on=date(2026, 12, 15),
    has_time=False,
    event=None,
    ends_at=None,
)


@dataclass(frozen=True)
class Read:
    """One entry as a calendar program understood it. Instants are UTC, days are days."""

    uid: str
    sequence: int
    begins: datetime | date
    ends: datetime | date
    status: str
    alarm: timedelta | None
    summary: str
    description: str
    location: str


def by_icalendar(data: bytes) -> tuple[str, dict[str, Read]]:
    calendar: Any = icalendar.Calendar.from_ical(data)
    found = {}
    for event in calendar.walk("VEVENT"):
        alarms = event.walk("VALARM")
        found[str(event["uid"])] = Read(
            str(event["uid"]), int(event["sequence"]), in_utc(event["dtstart"].dt), in_utc(event["dtend"].dt),
            str(event["status"]), alarms[0]["trigger"].dt if alarms else None,
            str(event["summary"]), str(event.get("description", "")), str(event.get("location", "")),
        )  # fmt: skip
    return str(calendar["method"]), found


def by_vobject(data: bytes) -> tuple[str, dict[str, Read]]:
    calendar = vobject.readOne(data.decode())
    found = {}
    for event in calendar.contents.get("vevent", []):
        alarms = event.contents.get("valarm", [])
        said = {name: event.contents[name][0].value for name in ("description", "location") if name in event.contents}
        found[event.uid.value] = Read(
            event.uid.value, int(event.sequence.value), in_utc(event.dtstart.value), in_utc(event.dtend.value),
            event.status.value, alarms[0].trigger.value if alarms else None,
            event.summary.value, said.get("description", ""), said.get("location", ""),
        )  # fmt: skip
    return calendar.method.value, found


def in_utc(value: datetime | date) -> datetime | date:
    if not isinstance(value, datetime):
        return value
    assert value.tzinfo is not None, "without a zone it would be another hour for everybody"
    return value.astimezone(UTC)


Reader = Callable[[bytes], tuple[str, dict[str, Read]]]
each_reader = pytest.mark.parametrize("read", [by_icalendar, by_vobject])


def file_of(matter: Matter, *, reader: ZoneInfo = MSK, installation: str = HERE) -> bytes:
    return matter_ics(matter, installation=installation, reader=reader, now=MONDAY)


def only(read: Reader, matter: Matter, **given: Any) -> Read:
    _, found = read(file_of(matter, **given))
    assert len(found) == 1
    return next(iter(found.values()))


@each_reader
@pytest.mark.parametrize(
    ("zone", "reader"),
    [
        pytest.param("Europe/Moscow", MSK, id="announced and read in Moscow"),
        pytest.param("Europe/Moscow", YAKUTSK, id="announced in Moscow, read in МСК+6"),
        pytest.param("Asia/Yakutsk", MSK, id="announced in МСК+6, read in Moscow"),
        pytest.param("Asia/Yakutsk", YAKUTSK, id="announced and read in МСК+6"),
    ],
)
def test_both_readers_see_the_same_instants_in_every_zone(read: Reader, zone: str, reader: ZoneInfo) -> None:
    seen = only(read, replace(WEBINAR, timezone=zone), reader=reader)

    assert (seen.begins, seen.ends) == (BEGINS, BEGINS + timedelta(hours=2))
    assert seen.alarm == timedelta(minutes=-15)


def test_the_event_stands_on_its_own_clock() -> None:
    """The file names the zone and brings its rules along, so that a program without them shows the same hour."""
    calendar: Any = icalendar.Calendar.from_ical(file_of(replace(WEBINAR, timezone="Asia/Yakutsk")))

    assert calendar.walk("VEVENT")[0]["dtstart"].params["TZID"] == "Asia/Yakutsk"
    assert [str(zone["tzid"]) for zone in calendar.walk("VTIMEZONE")] == ["Asia/Yakutsk"]


@each_reader
def test_an_event_without_an_end_lasts_two_hours_as_everywhere_else(read: Reader) -> None:
    assert only(read, replace(WEBINAR, ends_at=None)).ends == BEGINS + timedelta(hours=2)


@each_reader
def test_an_event_of_two_days_ends_on_the_second(read: Reader) -> None:
    two_days = replace(WEBINAR, ends_at=datetime(2026, 12, 13, 20, 59, tzinfo=UTC))
    assert only(read, two_days).ends == datetime(2026, 12, 13, 20, 59, tzinfo=UTC)


@each_reader
def test_after_a_move_the_file_replaces_the_earlier_event(read: Reader) -> None:
    """As a calendar does it: the same UID, and the entry of the higher SEQUENCE stays."""
    moved_to = BEGINS + timedelta(days=3, hours=-2)
    moved = replace(WEBINAR, version=2, due_at=moved_to, ends_at=None, due_on=date(2026, 12, 15))
    held: dict[str, Read] = {}
    for data in (file_of(WEBINAR), file_of(moved), file_of(WEBINAR)):  # the old file once more changes nothing
        for uid, entry in read(data)[1].items():
            if uid not in held or entry.sequence >= held[uid].sequence:
                held[uid] = entry

    assert [entry.begins for entry in held.values()] == [moved_to]


@each_reader
def test_after_a_call_off_the_file_takes_the_event_out(read: Reader) -> None:
    method, found = read(file_of(replace(WEBINAR, version=3, state=OccurrenceState.CANCELLED)))
    (off,) = found.values()

    assert (method, off.status, off.sequence) == ("CANCEL", "CANCELLED", 3)
    assert off.uid == only(read, WEBINAR).uid
    assert (off.description, off.location, off.alarm) == ("", "", None), "no way in, and nothing rings"


@pytest.mark.parametrize(
    ("matter", "is_off", "reason"),
    [
        (WEBINAR, False, "nothing said yet: it may well be that he comes"),
        (replace(WEBINAR, is_withdrawn=True), True, "not his any more"),
        (replace(WEBINAR, assignment=replace(WEBINAR.assignment, answer=Answer.NOT_COMING)), True, "he does not come"),
        (replace(WEBINAR, assignment=replace(WEBINAR.assignment, answer=Answer.MAYBE)), False, "he may come"),
        (replace(TASK, assignment=replace(TASK.assignment, answer=Answer.DONE)), False, "what is done stays, marked"),
    ],
)
def test_what_is_no_longer_ones_own_leaves_the_calendar(matter: Matter, is_off: bool, reason: str) -> None:
    method, found = by_icalendar(file_of(matter))
    assert method == ("CANCEL" if is_off else "PUBLISH"), reason
    assert [entry.status for entry in found.values()] == ["CANCELLED" if is_off else "CONFIRMED"], reason


@each_reader
def test_the_way_in_is_told_and_nobody_is_named(read: Reader) -> None:
    matter = replace(WEBINAR, assignment=replace(WEBINAR.assignment, comment="болею"))
    seen = only(read, matter)

    assert seen.summary == "Одарённые дети, часть 1; введение", "commas and semicolons mean something in the format"
    assert seen.description == "Ссылка: https://example.org/w?id=1\nКод доступа: 7431"
    text = file_of(matter).decode().replace("\r\n ", "")
    for personal in ("Орлова", "Школа № 1", "болею", "ORGANIZER", "ATTENDEE"):
        assert personal not in text


@each_reader
def test_an_event_at_a_place_shows_the_place(read: Reader) -> None:
    seen = only(read, replace(WEBINAR, link=None, event=EventDetails(place="Владимир, ул. Мира, 1; каб. 5")))
    assert seen.location == "Владимир, ул. Мира, 1; каб. 5"


@each_reader
def test_who_waits_for_a_seat_gets_no_way_in(read: Reader) -> None:
    seen = only(read, replace(WEBINAR, seat=Seat(SeatState.RESERVE, place=2)))
    assert (seen.location, seen.description) == ("", "")


@each_reader
@pytest.mark.parametrize(
    ("person_id", "gets", "reason"),
    [(PersonId(7), False, "he has not asked for a seat yet"), (None, True, "who leads it needs none")],
)
def test_where_seats_are_counted_the_way_in_is_for_those_who_have_one(
    read: Reader, person_id: PersonId | None, gets: bool, reason: str
) -> None:
    silent = replace(WEBINAR, event=EventDetails(seats=Seats(3)))
    seen = only(read, replace(silent, assignment=replace(silent.assignment, person_id=person_id)))
    assert bool(seen.description) is gets, reason


@each_reader
def test_a_deadline_is_a_whole_day(read: Reader) -> None:
    method, found = read(calendar_ics([WEBINAR, TASK], installation=HERE, reader=YAKUTSK, now=MONDAY))
    task = next(entry for entry in found.values() if entry.summary == "Срок: Сдать отчёт")

    assert method == "PUBLISH"
    assert len(found) == 2
    assert (task.begins, task.ends) == (date(2026, 12, 15), date(2026, 12, 16)), "the day as the document names it"
    assert task.alarm is None, "the bot reminds of it by itself"


@each_reader
def test_a_deadline_with_an_hour_stands_on_the_day_of_the_reader(read: Reader) -> None:
    late = replace(TASK, has_time=True, due_at=datetime(2026, 12, 15, 17, 0, tzinfo=UTC))
    assert only(read, late, reader=MSK).begins == date(2026, 12, 15)
    assert only(read, late, reader=YAKUTSK).begins == date(2026, 12, 16)
    assert "Ответить до 02:00" in only(read, late, reader=YAKUTSK).description


@each_reader
def test_a_calendar_of_nothing_can_be_opened(read: Reader) -> None:
    assert read(calendar_ics([], installation=HERE, reader=MSK, now=MONDAY)) == ("PUBLISH", {})


def test_entries_of_two_installations_and_of_two_schools_are_kept_apart() -> None:
    of_another_school = replace(TASK, assignment=replace(TASK.assignment, unit_id=UnitId(4)))
    uids = {
        only(by_icalendar, TASK).uid,
        only(by_icalendar, of_another_school).uid,
        only(by_icalendar, TASK, installation="00000000deadbeef").uid,
        only(by_icalendar, WEBINAR).uid,
    }
    assert len(uids) == 4


@pytest.mark.parametrize("title", ["Строка\r\nBEGIN:VEVENT", "нуль \x00 и звонок \x07", "🎓 " * 120, '\\n, ; : "'])
@each_reader
def test_no_title_breaks_the_file(read: Reader, title: str) -> None:
    data = file_of(replace(WEBINAR, title=title))
    assert len(read(data)[1]) == 1
    assert all(len(line) <= 75 for line in data.split(b"\r\n")), "RFC 5545 folds longer lines"
