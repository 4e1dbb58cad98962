"""Whose mark counts, who may make one, and what stands in the records."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.attendance import AttendanceTally, qr_payload
from bot.domain.errors import NotFoundError
from bot.domain.events import Attendance, EventDetails, MarkSource
from bot.domain.ids import AssignmentId, OccurrenceId
from bot.domain.network import Role
from bot.domain.platform_table import PlatformRow, TableEntry, TableMatching
from bot.services.cancel_occurrence import cancel_occurrence
from bot.services.change_code_word import change_code_word
from bot.services.change_profile import export_own_data, leave_network
from bot.services.check_in import NotInvitedError, check_in_by_qr, check_in_by_word, check_in_event
from bot.services.import_attendance import apply_attendance, match_attendance
from bot.services.mark_attendance import TooEarlyError, admit_guest, mark_attendance, mark_rest
from bot.services.move_occurrence import move_occurrence
from bot.services.show_attendance import (
    list_attendees,
    list_past_events,
    list_people_attendance,
    show_attendance,
    show_trace,
    show_visits,
)
from storage.database import Database
from tests.acting import actor_of
from tests.calendar_days import MONDAY
from tests.factories import NetworkFactory, SmallNetwork
from tests.opening import assignment, matter, open_event

BEGINS = MONDAY + timedelta(days=3)
LATER = BEGINS + timedelta(minutes=10)
SECRET = b"secret"


@pytest.fixture
async def event(database: Database, network: SmallNetwork) -> OccurrenceId:
    opened = await open_event(database, network, dates=(BEGINS,), details=EventDetails(code_word="берёза"))
    return opened.occurrence_id


async def owed(database: Database, network: SmallNetwork, event: OccurrenceId) -> AssignmentId:
    return await assignment(database, event, person=network.teacher_1)


@pytest.mark.parametrize("who", ["coordinator_1", "municipal", "amur_regional", "teacher_1"])
async def test_only_the_organisers_side_leads(
    database: Database, network: SmallNetwork, event: OccurrenceId, who: str
) -> None:
    actor = await actor_of(database, getattr(network, who))
    assignment_id = await owed(database, network, event)
    state, now = Attendance.PRESENT, LATER
    with pytest.raises(NotFoundError):
        await mark_attendance(database, actor=actor, assignment_id=assignment_id, state=state, now=now)
    with pytest.raises(NotFoundError):
        await mark_rest(database, actor=actor, occurrence_id=event, now=now)
    with pytest.raises(NotFoundError):
        await change_code_word(database, actor=actor, occurrence_id=event, word="маяк", now=now)
    with pytest.raises(NotFoundError):
        await match_attendance(database, actor=actor, occurrence_id=event, rows=(), now=now)
    with pytest.raises(NotFoundError):
        await admit_guest(database, actor=actor, occurrence_id=event, person_id=network.teacher_4, now=now)


async def test_a_coordinator_sees_the_people_of_his_part_only(
    database: Database, network: SmallNetwork, event: OccurrenceId
) -> None:
    school = await actor_of(database, network.coordinator_1)
    far = await actor_of(database, network.amur_regional)
    found = await list_attendees(database, actor=school, occurrence_id=event)
    assert [one.person_id for one in found.attendees] == [network.teacher_1]
    colleague = await assignment(database, event, person=network.teacher_2)
    with pytest.raises(NotFoundError):
        await show_trace(database, actor=school, assignment_id=colleague)
    with pytest.raises(NotFoundError):
        await show_attendance(database, actor=far, occurrence_id=event)


async def test_the_owner_leads_everything(database: Database, network: SmallNetwork, event: OccurrenceId) -> None:
    owner = await actor_of(database, network.amur_regional, is_owner=True)
    assignment_id = await owed(database, network, event)
    marked = await mark_attendance(
        database, actor=owner, assignment_id=assignment_id, state=Attendance.PRESENT, now=LATER
    )
    assert marked.attendee.attendance is Attendance.PRESENT


async def test_every_mark_is_kept_with_who_made_it(
    database: Database, network: SmallNetwork, event: OccurrenceId
) -> None:
    teacher, leader = await actor_of(database, network.teacher_1), await actor_of(database, network.regional)
    assignment_id = await owed(database, network, event)
    await check_in_by_word(database, actor=teacher, occurrence_id=event, typed="берёза", at=LATER, now=LATER)
    for state in (Attendance.ABSENT, None, Attendance.EXCUSED, Attendance.EXCUSED):
        await mark_attendance(database, actor=leader, assignment_id=assignment_id, state=state, now=LATER)

    trace = await show_trace(database, actor=leader, assignment_id=assignment_id)

    assert [(mark.state, mark.source) for mark in trace.marks] == [
        (Attendance.EXCUSED, MarkSource.LEADER),
        (None, MarkSource.LEADER),
        (Attendance.ABSENT, MarkSource.LEADER),
        (Attendance.PRESENT, MarkSource.SELF),
    ]
    assert trace.marks[0].by_name == "Орлова Вера Ильинична"
    assert (await matter(database, assignment_id)).assignment.attendance is Attendance.EXCUSED


async def test_nobody_is_absent_before_the_event_has_begun(
    database: Database, network: SmallNetwork, event: OccurrenceId
) -> None:
    leader = await actor_of(database, network.regional)
    assignment_id = await owed(database, network, event)
    early = BEGINS - timedelta(minutes=16)
    with pytest.raises(TooEarlyError):
        await mark_attendance(database, actor=leader, assignment_id=assignment_id, state=Attendance.ABSENT, now=early)
    with pytest.raises(TooEarlyError):
        await mark_rest(database, actor=leader, occurrence_id=event, now=BEGINS - timedelta(minutes=1))


async def test_the_others_are_counted_once(database: Database, network: SmallNetwork, event: OccurrenceId) -> None:
    leader = await actor_of(database, network.regional)
    first = await mark_rest(database, actor=leader, occurrence_id=event, now=LATER)
    second = await mark_rest(database, actor=leader, occurrence_id=event, now=LATER)
    assert (first.absent, first.excused, second.absent, second.excused) == (2, 0, 0, 0)


async def test_a_guest_is_told_of_once_and_added_once(
    database: Database, network: SmallNetwork, event: OccurrenceId
) -> None:
    guest, leader = await actor_of(database, network.teacher_4), await actor_of(database, network.regional)
    payload = qr_payload(event, secret=SECRET, at=LATER)
    for _ in range(2):
        with pytest.raises(NotInvitedError) as refused:
            await check_in_by_qr(database, actor=guest, payload=payload, secret=SECRET, at=LATER, now=LATER)
        assert refused.value.is_told

    first = await admit_guest(database, actor=leader, occurrence_id=event, person_id=network.teacher_4, now=LATER)
    second = await admit_guest(database, actor=leader, occurrence_id=event, person_id=network.teacher_4, now=LATER)

    assert (first.is_repeat, second.is_repeat) == (False, True)
    assert first.attendee.unit_id == network.school_4
    assert (await show_attendance(database, actor=leader, occurrence_id=event)).tally.present == 1


async def test_nobody_is_added_who_did_not_come(database: Database, network: SmallNetwork, event: OccurrenceId) -> None:
    leader = await actor_of(database, network.regional)
    with pytest.raises(NotFoundError):
        await admit_guest(database, actor=leader, occurrence_id=event, person_id=network.teacher_4, now=LATER)


async def test_an_event_that_was_called_off_checks_nobody_in(
    database: Database, network: SmallNetwork, event: OccurrenceId
) -> None:
    teacher, leader = await actor_of(database, network.teacher_1), await actor_of(database, network.regional)
    await cancel_occurrence(database, actor=leader, occurrence_id=event, version=1, now=MONDAY)
    payload = qr_payload(event, secret=SECRET, at=LATER)
    with pytest.raises(NotFoundError):
        await check_in_by_qr(database, actor=teacher, payload=payload, secret=SECRET, at=LATER, now=LATER)
    with pytest.raises(NotFoundError):
        await mark_rest(database, actor=leader, occurrence_id=event, now=LATER)


async def test_marks_of_a_day_that_was_put_off_do_not_count(
    database: Database, network: SmallNetwork, event: OccurrenceId
) -> None:
    teacher, leader = await actor_of(database, network.teacher_1), await actor_of(database, network.regional)
    await check_in_by_word(database, actor=teacher, occurrence_id=event, typed="берёза", at=LATER, now=LATER)
    later = BEGINS + timedelta(days=7)
    await move_occurrence(
        database, actor=leader, occurrence_id=event, version=1, due_at=later, due_on=later.date(), has_time=True,
        now=LATER,
    )  # fmt: skip

    assert (await show_attendance(database, actor=leader, occurrence_id=event)).tally.present == 0
    at = later + timedelta(minutes=1)
    again = await check_in_by_word(database, actor=teacher, occurrence_id=event, typed="берёза", at=at, now=at)
    assert not again.is_repeat


async def test_a_mark_that_the_leader_took_back_leaves_the_word_to_the_person(
    database: Database, network: SmallNetwork, event: OccurrenceId
) -> None:
    teacher, leader = await actor_of(database, network.teacher_1), await actor_of(database, network.regional)
    assignment_id = await owed(database, network, event)
    for state in (Attendance.ABSENT, None):
        await mark_attendance(database, actor=leader, assignment_id=assignment_id, state=state, now=LATER)

    await check_in_event(database, actor=teacher, occurrence_id=event, at=LATER)
    await check_in_by_word(database, actor=teacher, occurrence_id=event, typed="берёза", at=LATER, now=LATER)

    assert (await matter(database, assignment_id)).assignment.attendance is Attendance.PRESENT


async def test_a_table_marks_the_invited_only_and_once(
    database: Database, network: SmallNetwork, event: OccurrenceId
) -> None:
    leader = await actor_of(database, network.regional)
    preview = await match_attendance(
        database, actor=leader, occurrence_id=event, rows=[PlatformRow(1, "Смирнова Дарья")], now=LATER
    )
    forged = TableMatching((*preview.matching.entries, TableEntry("Чужой", match=AssignmentId(999_999))))

    first = await apply_attendance(database, actor=leader, occurrence_id=event, matching=forged, now=LATER)
    second = await apply_attendance(database, actor=leader, occurrence_id=event, matching=forged, now=LATER)

    assert len(first.new) == 1
    assert (len(second.new), len(second.known)) == (0, 1)
    trace = await show_trace(database, actor=leader, assignment_id=first.new[0])
    assert [mark.source for mark in trace.marks] == [MarkSource.TABLE]


async def test_the_word_can_be_changed_of_an_event_that_had_no_details(
    database: Database, network: SmallNetwork, event: OccurrenceId
) -> None:
    leader = await actor_of(database, network.regional)
    changed = await change_code_word(database, actor=leader, occurrence_id=event, word="маяк 27", now=LATER)
    assert changed.details == EventDetails(code_word="маяк 27")
    dropped = await change_code_word(database, actor=leader, occurrence_id=event, word=None, now=LATER)
    assert dropped.details == EventDetails()


async def test_records_count_what_has_begun_and_who_still_belongs(
    database: Database, network: SmallNetwork, factory: NetworkFactory, event: OccurrenceId
) -> None:
    ahead = BEGINS + timedelta(days=7)
    await open_event(database, network, title="Впереди", dates=(ahead,), source="event:ahead")
    teacher, leader = await actor_of(database, network.teacher_1), await actor_of(database, network.regional)
    await check_in_by_word(database, actor=teacher, occurrence_id=event, typed="БЕРЕЗА", at=LATER, now=LATER)

    visits = await show_visits(database, actor=teacher, page=0, now=LATER)
    assert [(visit.title, visit.attendance) for visit in visits.visits] == [("Семинар наставников", Attendance.PRESENT)]
    events = await list_past_events(database, actor=leader, page=0, now=LATER)
    assert [(one.event.title, one.tally) for one in events.events] == [
        ("Семинар наставников", AttendanceTally(present=1, unmarked=1))
    ]
    people = await list_people_attendance(database, actor=leader, page=0, now=LATER)
    assert [(one.full_name, one.tally.present) for one in people.people] == [
        ("Смирнова Дарья Павловна", 1),
        ("Котов Глеб Романович", 0),
    ]

    await leave_network(database, actor=teacher, now=LATER)
    assert (await list_people_attendance(database, actor=leader, page=0, now=LATER)).total == 1
    sheet = await show_attendance(database, actor=leader, occurrence_id=event)
    assert sheet.tally.present == 1, "he has left, and was there all the same"


async def test_the_file_of_ones_own_data_has_the_marks(
    database: Database, network: SmallNetwork, event: OccurrenceId
) -> None:
    teacher = await actor_of(database, network.teacher_1)
    await check_in_by_word(database, actor=teacher, occurrence_id=event, typed="берёза", at=LATER, now=LATER)
    [mark] = (await export_own_data(database, actor=teacher))["attendance"]
    assert (mark["activity"], mark["state"], mark["source"]) == ("Семинар наставников", "present", "self")


async def test_a_thousand_people_are_marked_in_one_go(
    database: Database, network: SmallNetwork, factory: NetworkFactory
) -> None:
    """More than one statement carries."""
    with factory.at_once():
        for number in range(1100):
            factory.person(f"Учитель {number}", network.school_1, Role.TEACHER)
    event = (await open_event(database, network, dates=(BEGINS,))).occurrence_id
    leader = await actor_of(database, network.regional)
    done = await mark_rest(database, actor=leader, occurrence_id=event, now=LATER)
    assert done.absent == 1102
