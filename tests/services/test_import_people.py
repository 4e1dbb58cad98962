"""The table of people: all of it or nothing, and the same file again adds nothing."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from bot.domain.network import Role, UnitKind
from bot.domain.people_rows import BadRowsError, PersonRow
from bot.services.change_profile import leave_network
from bot.services.import_people import ImportReport, import_people
from bot.services.open_invitation import open_invitation
from bot.services.register_person import join_by_link, register_by_link
from storage.database import Database
from tests.calendar_days import MONDAY

REGION, DISTRICT = "Амурская область", "г. Тында"
TABLE = [
    PersonRow(2, REGION, "", "", "Ким Елена Сергеевна", "координатор"),
    PersonRow(3, REGION, DISTRICT, "Школа № 4", "Ушаков Олег Юрьевич", "координатор"),
    PersonRow(4, REGION, DISTRICT, "Школа № 4", "Ушаков Олег Юрьевич", "учитель"),
    PersonRow(5, REGION, DISTRICT, "школа №4", "Цой Марина Викторовна", "учитель", "2026"),
    PersonRow(6, REGION, DISTRICT, "Школа № 5", "Цой Марина Викторовна", "учитель"),
    PersonRow(7, REGION, DISTRICT, "Школа № 6"),
]


def counts(file: Path) -> dict[str, int]:
    tables = ("units", "persons", "memberships", "invitations")
    with sqlite3.connect(file) as connection:
        return {name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in tables}


async def imported(database: Database) -> ImportReport:
    return await import_people(database, rows=TABLE, now=MONDAY)


async def test_the_tree_grows_with_the_regions_zone(database: Database) -> None:
    report = await imported(database)
    assert report.units_added == 5
    async with database.read() as tx:
        units = await tx.units.everything()
    assert [(unit.kind, unit.title) for unit in units] == [
        (UnitKind.REGION, REGION),
        (UnitKind.MUNICIPALITY, DISTRICT),
        (UnitKind.SCHOOL, "Школа № 4"),
        (UnitKind.SCHOOL, "Школа № 5"),
        (UnitKind.SCHOOL, "Школа № 6"),
    ]
    assert {unit.timezone for unit in units} == {"Asia/Yakutsk"}


async def test_one_name_in_one_school_is_one_person_with_one_link(database: Database) -> None:
    report = await imported(database)
    assert [(person.full_name, person.roles) for person in report.people] == [
        ("Ким Елена Сергеевна", (Role.COORDINATOR,)),
        ("Ушаков Олег Юрьевич", (Role.COORDINATOR, Role.TEACHER)),
        ("Цой Марина Викторовна", (Role.TEACHER,)),
        ("Цой Марина Викторовна", (Role.TEACHER,)),
    ]
    assert len({person.token for person in report.people}) == 4


async def test_the_same_file_again_adds_nothing_and_prints_the_same_links(
    database: Database, database_file: Path
) -> None:
    first = await imported(database)
    before = counts(database_file)
    again = await imported(database)
    assert counts(database_file) == before
    assert (again.units_added, again.memberships_added) == (0, 0)
    assert [person.token for person in again.people] == [person.token for person in first.people]
    assert not any(person.is_new for person in again.people)


async def test_a_bad_row_leaves_everything_as_it_was(database: Database, database_file: Path) -> None:
    before = counts(database_file)
    with pytest.raises(BadRowsError) as refused:
        await import_people(database, rows=[*TABLE, PersonRow(8, REGION, DISTRICT, "Школа № 7", "Я")], now=MONDAY)
    assert {fault.line for fault in refused.value.faults} == {8}
    assert counts(database_file) == before


async def test_a_name_corrected_at_registration_is_not_added_twice(database: Database, database_file: Path) -> None:
    token = (await imported(database)).people[0].token
    assert token is not None
    await register_by_link(
        database, account=1, token=token, full_name="Ким Елена Семёновна", consent_version=1, now=MONDAY
    )
    before = counts(database_file)
    again = await imported(database)
    assert counts(database_file) == before
    assert again.people[0].token is None, "the link was opened"


async def test_who_has_left_is_not_brought_back(database: Database) -> None:
    token = (await imported(database)).people[0].token
    assert token is not None
    await register_by_link(
        database, account=1, token=token, full_name="Ким Елена Сергеевна", consent_version=1, now=MONDAY
    )
    async with database.read() as tx:
        actor = await tx.people.actor_by_account(1, is_owner=False)
    assert actor is not None
    await leave_network(database, actor=actor, now=MONDAY)
    await imported(database)
    async with database.read() as tx:
        assert await tx.memberships.of_person(actor.person.id) == []


async def test_one_person_of_two_schools_joins_both_by_both_links(database: Database) -> None:
    report = await imported(database)
    first, second = (person.token for person in report.people[2:])
    assert first is not None
    assert second is not None
    name = "Цой Марина Викторовна"
    await register_by_link(database, account=1, token=first, full_name=name, consent_version=1, now=MONDAY)
    async with database.read() as tx:
        actor = await tx.people.actor_by_account(1, is_owner=False)
    assert actor is not None
    offered = await open_invitation(database, token=second, actor=actor)
    assert offered.invitation.unit.title == "Школа № 5"
    await join_by_link(database, actor=actor, token=second, now=MONDAY)
    async with database.read() as tx:
        titles = [m.unit.title for m in await tx.memberships.of_person(actor.person.id)]
        everyone = [m.full_name for m in await tx.memberships.everyone()]
    assert titles == ["Школа № 4", "Школа № 5"]
    assert everyone.count(name) == 2, "the second entry of the table is gone, its membership is his"
    again = await imported(database)
    assert (again.memberships_added, [person.token for person in again.people[2:]]) == (0, [None, None])
