"""Who leaves owes nothing more and hears nothing more, at once; who is erased leaves only numbers."""

from __future__ import annotations

import json
import sqlite3
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.domain.calendar import WorkCalendar
from bot.domain.delivery import NoticeKind
from bot.domain.ids import AssignmentId, MembershipId, PersonId
from bot.domain.matters import AnsweredBy
from bot.domain.network import Role
from bot.ports.notices import NewNotice
from bot.ports.people import NewMembership
from bot.services.assign_newcomers import assign_newcomers
from bot.services.change_profile import erase_own_data, leave_network
from bot.services.plan_notices import note_newcomers
from bot.services.request_joining import Newcomer, request_joining
from bot.services.show_people import remove_member
from bot.services.view_notices import view_notices
from storage.database import Database
from tests.acting import actor_of
from tests.calendar_days import MONDAY
from tests.factories import NetworkFactory, SmallNetwork, account_of
from tests.planning import plan_notices
from tests.storage.test_board import DUE, open_task

SECRET = "заболела, температура 39"


def rows(file: Path, query: str) -> list[Any]:
    with sqlite3.connect(file) as connection:
        return connection.execute(query).fetchall()


async def owing(database: Database, file: Path, network: SmallNetwork, person: PersonId, by: AnsweredBy) -> None:
    """A matter of school 1 with a reminder of it planned for ``person``."""
    await open_task(database, network, network.school_1, answered_by=by)
    [(assignment,)] = rows(file, "SELECT id FROM assignments")
    notice = NewNotice(
        key=f"reminder:{person}",
        person_id=person,
        kind=NoticeKind.REMINDER,
        due_at=DUE,
        expires_at=DUE,
        assignment_id=AssignmentId(assignment),
    )
    async with database.write() as tx:
        await tx.notices.plan([notice], now=MONDAY)


async def test_leaving_takes_the_debts_and_the_reminders_away(
    database: Database, database_file: Path, network: SmallNetwork
) -> None:
    await owing(database, database_file, network, network.teacher_1, AnsweredBy.PERSON)
    left = await leave_network(database, actor=await actor_of(database, network.teacher_1), now=MONDAY)
    assert left == 1
    assert rows(database_file, "SELECT state FROM notices") == []
    assert rows(database_file, "SELECT withdrawn_at IS NOT NULL FROM assignments") == [(1,)]


async def test_what_a_school_owes_stays_owed_when_its_coordinator_leaves(
    database: Database, database_file: Path, network: SmallNetwork
) -> None:
    await owing(database, database_file, network, network.coordinator_1, AnsweredBy.SCHOOL)
    await leave_network(database, actor=await actor_of(database, network.coordinator_1), now=MONDAY)
    assert rows(database_file, "SELECT state FROM notices") == []
    assert rows(database_file, "SELECT withdrawn_at FROM assignments") == [(None,)]


async def test_one_who_comes_back_owes_and_hears_again(
    database: Database, database_file: Path, network: SmallNetwork
) -> None:
    waiting = f"SELECT key FROM notices WHERE person_id = {network.teacher_1} AND state = 'planned' ORDER BY key"
    await open_task(database, network, network.school_1, answered_by=AnsweredBy.PERSON)
    await plan_notices(database, days=WorkCalendar(), now=MONDAY)
    before = rows(database_file, waiting)
    assert before != []
    await leave_network(database, actor=await actor_of(database, network.teacher_1), now=MONDAY)
    assert rows(database_file, waiting) == []
    back_at = MONDAY + timedelta(minutes=10)
    async with database.write() as tx:
        again = NewMembership(network.teacher_1, network.school_1, Role.TEACHER)
        assert await tx.memberships.add([again], now=back_at) == 1
    await assign_newcomers(database, now=back_at, joined_since=back_at)
    await note_newcomers(database, since=MONDAY, now=back_at)
    await plan_notices(database, days=WorkCalendar(), now=back_at)
    assert rows(database_file, "SELECT withdrawn_at FROM assignments") == [(None,)]
    assert rows(database_file, waiting) == before


async def test_one_who_stays_in_the_school_in_another_role_still_owes(
    database: Database, database_file: Path, network: SmallNetwork, factory: NetworkFactory
) -> None:
    factory.member(network.teacher_1, network.school_1, Role.TUTOR)
    await owing(database, database_file, network, network.teacher_1, AnsweredBy.PERSON)
    [(tutor,)] = rows(database_file, "SELECT id FROM memberships WHERE role = 'tutor'")
    coordinator = await actor_of(database, network.coordinator_1)
    await remove_member(database, actor=coordinator, membership_id=MembershipId(tutor), now=MONDAY)
    assert rows(database_file, "SELECT state FROM notices") == [("planned",)]
    assert rows(database_file, "SELECT withdrawn_at FROM assignments") == [(None,)]


async def test_nothing_personal_is_left_of_who_was_erased(
    database: Database, database_file: Path, network: SmallNetwork
) -> None:
    person = network.teacher_1
    await owing(database, database_file, network, person, AnsweredBy.PERSON)
    account = account_of(person)
    with sqlite3.connect(database_file) as other_hand:
        other_hand.execute(
            "UPDATE assignments SET answer = 'problem', answered_at = ?, answered_by = ?, comment = ?",
            ("2026-09-07 09:00:00.000000", person, SECRET),
        )
        other_hand.execute(
            "INSERT INTO replies (assignment_id, person_id, answer, text, given_at) VALUES (1, ?, 'problem', ?, ?)",
            (person, SECRET, "2026-09-07 09:00:00.000000"),
        )
        other_hand.execute(
            "INSERT INTO inbox (update_id, chat_id, payload, state, attempts, received_at) VALUES (1, ?, ?, ?, 0, ?)",
            (account, f'{{"text": "{SECRET}"}}', "handled", "2026-09-07 09:00:00.000000"),
        )
        other_hand.execute("UPDATE notices SET chat_id = ?, message_id = 5", (account,))
    problem = NewNotice(
        key=f"problem:1:{network.coordinator_1}",
        person_id=network.coordinator_1,
        kind=NoticeKind.INFO,
        due_at=MONDAY,
        expires_at=DUE,
        detail={"event": "problem", "person": "Смирнова Дарья Павловна", "text": SECRET},
    )
    async with database.write() as tx:
        await tx.notices.plan([problem], now=MONDAY)
    await erase_own_data(database, actor=await actor_of(database, person), now=MONDAY)
    with sqlite3.connect(database_file) as connection:
        everything = "\n".join(connection.iterdump())
    for personal in ("Смирнова", SECRET, str(account)):
        assert personal not in everything
        assert json.dumps(personal).strip('"') not in everything, "JSON columns spell Cyrillic in escapes"
    assert rows(database_file, "SELECT answer FROM replies") == [("problem",)], "the bare count stays"


async def test_an_erased_person_may_come_back_as_somebody_new(
    database: Database, database_file: Path, network: SmallNetwork
) -> None:
    await erase_own_data(database, actor=await actor_of(database, network.teacher_1), now=MONDAY)
    again = Newcomer(account_of(network.teacher_1), "Смирнова Дарья", 1)
    await request_joining(
        database, applicant=again, unit_id=network.school_1, role=Role.TEACHER, owner_accounts=(), now=MONDAY
    )
    actor = await actor_of(database, network.teacher_1)
    assert actor.person.id != network.teacher_1
    assert actor.memberships == ()


async def test_where_nobody_coordinates_the_owner_is_asked(
    database: Database, database_file: Path, factory: NetworkFactory
) -> None:
    school = factory.unit("Школа № 7")
    owner = factory.person("Рябова Нина")
    asked = await request_joining(
        database,
        applicant=Newcomer(77, "Смирнова Дарья", 1),
        unit_id=school,
        role=Role.TEACHER,
        owner_accounts={account_of(owner)},
        now=MONDAY,
    )
    assert asked.deciders == 1
    assert rows(database_file, "SELECT person_id, kind FROM notices") == [(owner, "join_request")]


async def test_asking_twice_asks_once(database: Database, database_file: Path, network: SmallNetwork) -> None:
    for _ in range(2):  # a crash between the commit and the end of the update runs the step again
        await request_joining(
            database,
            applicant=Newcomer(77, "Смирнова Дарья", 1),
            unit_id=network.school_1,
            role=Role.TEACHER,
            owner_accounts=(),
            now=MONDAY,
        )
    assert rows(database_file, "SELECT count(*) FROM join_requests") == [(1,)]
    assert rows(database_file, "SELECT count(*) FROM notices") == [(1,)]


async def test_a_request_that_waits_for_the_morning_is_not_shown_to_who_left_above_the_school(
    database: Database, factory: NetworkFactory, network: SmallNetwork
) -> None:
    school = factory.unit("Школа без координатора", parent=network.suzdal)
    night, morning = MONDAY + timedelta(hours=11), MONDAY + timedelta(hours=23)
    newcomer = Newcomer(5001, "Рябова Нина Львовна", 1)
    await request_joining(database, applicant=newcomer, unit_id=school, role=Role.TEACHER, owner_accounts=(), now=night)

    await leave_network(database, actor=await actor_of(database, network.municipal), now=night)

    async with database.write() as tx:
        assert (await tx.notices.claim(10, now=morning, days=WorkCalendar())).to_send == ()


async def test_a_list_that_waits_for_the_morning_names_nothing_of_a_school_he_left(
    database: Database, network: SmallNetwork
) -> None:
    for _ in range(2):
        await open_task(database, network, network.school_1)
    async with database.read() as tx:
        coordinator = await actor_of(database, network.coordinator_1)
        mine = await tx.replies.open_matters(network.coordinator_1, [network.school_1], since=MONDAY, offset=0, limit=5)
    listed = NewNotice(
        key="list",
        person_id=network.coordinator_1,
        kind=NoticeKind.ASSIGNED,
        due_at=MONDAY,
        expires_at=DUE,
        detail={"assignments": [matter.assignment.id for matter in mine.matters]},
    )
    async with database.write() as tx:
        await tx.notices.plan([listed], now=MONDAY)
        claim = await tx.notices.claim(10, now=MONDAY, days=WorkCalendar())
    assert [len(view.matters) for view in (await view_notices(database, claim.to_send)).values()] == [2]

    await leave_network(database, actor=coordinator, now=MONDAY)

    assert [view.matters for view in (await view_notices(database, claim.to_send)).values()] == [()]
