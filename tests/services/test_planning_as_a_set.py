"""Notices planned as sets of rows are the very notices that come out when each reader is planned for by himself."""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

import pytest

from bot.domain.calendar import WorkCalendar
from bot.domain.ids import OccurrenceId, PersonId, UnitId
from bot.domain.matters import AnsweredBy, Audience
from bot.domain.network import Reach, Role, UnitKind
from bot.ports.planning import Share
from bot.services import plan_notices as planner
from bot.services.notices_of_each import Ladders, notices_of_each
from bot.services.plan_notices import note_newcomers
from bot.services.refresh_messages import refresh_messages
from storage.database import Database
from storage.planning import PlanningStore
from tests.calendar_days import MONDAY
from tests.factories import NetworkFactory
from tests.movable_database import MovableDatabase
from tests.planning import plan_notices

DAYS = WorkCalendar()
_other_database = cache(MovableDatabase)
_ALL = Share(PersonId(0), PersonId(10**6))
_ZONES = ("Europe/Kaliningrad", "Europe/Moscow", "Asia/Yekaterinburg", "Asia/Kamchatka")
_NOW = MONDAY + timedelta(days=2, hours=9)


async def plan_one_by_one(database: Database, *, now: datetime) -> None:
    """The same rules asked for each reader in turn, and no share, no set and nobody passed over."""
    while True:
        async with database.write() as tx:
            dates = await tx.planning.next_dates(50, now=now)
            if not dates:
                return
            await tx.planning.begin(dates)
            await tx.planning.drop_outdated(dates, limit=10**6, now=now)
            recipients = [*await tx.planning.recipients(dates, _ALL), *await tx.planning.from_above(dates)]
            await tx.notices.plan(list(notices_of_each(Ladders(dates, DAYS, now), recipients)), now=now)
            await refresh_messages(tx, dates, {to.person_id for to in recipients}, now=now)
            await tx.planning.planned(dates, now=now)


@pytest.mark.parametrize("seed", range(4))
async def test_a_set_is_planned_as_each_reader_would_be(
    database: Database, database_file: Path, factory: NetworkFactory, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planner, "_SHARE", 7)  # several shares, and people at their edges
    monkeypatch.setattr(planner, "_PEOPLE", 3)
    chance = random.Random(seed)
    _populate(database_file, factory, chance)
    other = database_file.with_name("one-by-one.sqlite3")
    one_by_one = _other_database()
    for now in (MONDAY, _NOW):
        shutil.copy(_checkpointed(database_file), other)
        one_by_one.move_to(other)
        await plan_notices(database, days=DAYS, now=now)
        await plan_one_by_one(one_by_one, now=now)
        await one_by_one.close()
        assert _rows(database_file) == _rows(other)
        _go_on(database_file, chance)
    assert len(_rows(database_file)) > 100


async def test_who_joins_costs_nothing_for_those_whose_steps_wait(
    database: Database, database_file: Path, factory: NetworkFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    region = factory.unit("Регион", UnitKind.REGION)
    school = factory.unit("Школа", parent=region)
    for number in range(5):
        factory.person(f"Учитель {number}", school)
    _open(database_file, Audience((region,), AnsweredBy.PERSON), MONDAY + timedelta(days=9), is_event=True)
    await plan_notices(database, days=DAYS, now=MONDAY)
    factory.now = _NOW
    newcomer = factory.person("Новый учитель", school)
    _assign(database_file, OccurrenceId(1), school, newcomer)
    await note_newcomers(database, since=MONDAY, now=_NOW)
    looked_at: list[PersonId] = []
    take = PlanningStore.with_history

    async def note(store: PlanningStore) -> tuple[PersonId, ...]:
        found = await take(store)
        looked_at.extend(found)
        return found

    monkeypatch.setattr(PlanningStore, "with_history", note)
    assert await plan_notices(database, days=DAYS, now=_NOW) == 4
    assert looked_at == [], "neither the newcomer, who has heard nothing, nor those whose steps wait"


async def test_what_changes_while_a_date_is_planned_is_planned_once_more(
    database: Database, database_file: Path, factory: NetworkFactory
) -> None:
    """As a share may be behind us already when somebody of it joins."""
    region = factory.unit("Регион", UnitKind.REGION)
    school = factory.unit("Школа", parent=region)
    teacher = factory.person("Учитель", school)
    _open(database_file, Audience((region,), AnsweredBy.PERSON), MONDAY + timedelta(days=9), is_event=True)
    async with database.read() as tx:
        dates = await tx.planning.next_dates(1, now=MONDAY)
    async with database.write() as tx:
        await tx.planning.begin(dates)
    factory.now = MONDAY + timedelta(minutes=1)
    factory.member(teacher, factory.unit("Другая школа", parent=region), Role.TEACHER)
    await note_newcomers(database, since=MONDAY, now=_NOW)
    async with database.write() as tx:
        await tx.planning.planned(dates, now=MONDAY)
        assert await tx.planning.next_dates(1, now=MONDAY) != ()


async def test_what_was_being_planned_when_the_program_fell_is_planned_after_it(
    database: Database, database_file: Path, factory: NetworkFactory
) -> None:
    region = factory.unit("Регион", UnitKind.REGION)
    factory.person("Учитель", factory.unit("Школа", parent=region))
    _open(database_file, Audience((region,), AnsweredBy.PERSON), MONDAY + timedelta(days=9), is_event=True)
    async with database.write() as tx:
        await tx.planning.begin(await tx.planning.next_dates(1, now=MONDAY))
    assert await plan_notices(database, days=DAYS, now=MONDAY) == 4


def _populate(file: Path, factory: NetworkFactory, chance: random.Random) -> None:
    regions = [factory.unit(f"Регион {n}", UnitKind.REGION, timezone=chance.choice(_ZONES)) for n in range(2)]
    schools = []
    with factory.at_once():
        for number in range(6):
            upper = regions[number % 2]
            schools.append(factory.unit(f"Школа {number}", parent=upper, timezone=chance.choice(_ZONES)))
        for number, unit in enumerate([*regions, *schools, *schools, *schools]):
            role = Role.COORDINATOR if number < 2 or chance.random() < 0.3 else Role.TEACHER
            reach = Reach.BLOCKED if number > 2 and chance.random() < 0.2 else Reach.REACHABLE
            zone = chance.choice((*_ZONES, None, None))
            person = factory.person(f"Человек {number}", unit, role, timezone=zone, reach=reach)
            if chance.random() < 0.4 and number > 2:
                factory.member(person, chance.choice([one for one in schools if one != unit]), Role.COORDINATOR)
    with _opened(file) as connection:
        connection.execute("UPDATE persons SET quiet_from = '22:30:00.000000' WHERE id % 3 = 0")
        connection.execute(
            "INSERT INTO documents (unit_id, kind, title, state, version, audience, problems, created_by, created_at)"
            " VALUES (?, 'roadmap', 'Карта', 'planned', 1, '{}', '[]', 1, '2026-09-07 09:00:00.000000')",
            (regions[0],),
        )
        connection.execute(
            "INSERT INTO series (id, unit_id, title, source, created_by, created_at)"
            f" VALUES (1, {regions[0]}, 'Цикл', 's', 1, '2026-09-07 09:00:00.000000')"
        )
    for number in range(9):
        answered_by = AnsweredBy.SCHOOL if number % 3 else AnsweredBy.PERSON
        audience = Audience(tuple(regions[: 1 + number % 2]), answered_by)
        due_at = MONDAY + timedelta(days=chance.choice((-2, 1, 3, 9, 16, 40)), hours=chance.randrange(-8, 9))
        _open(file, audience, due_at, is_event=number % 3 == 0, number=number, chance=chance)


def _open(
    file: Path,
    audience: Audience,
    due_at: datetime,
    *,
    is_event: bool,
    number: int = 0,
    chance: random.Random | None = None,
) -> None:
    document = 1 if chance and number in (1, 2, 4) else None
    series = 1 if chance and number in (3, 6) else None
    repeats = "2026-12-31" if number in (5, 7) else None
    with _opened(file) as connection:
        cursor = connection.execute(
            "INSERT INTO activities (kind, unit_id, title, responsible, result, phrase, term, audience, timezone,"
            " state, document_id, series_id, opened_until, ladder, created_by, created_at)"
            " VALUES (?, 1, 'Дело', '', '', '', '{}', ?, 'Europe/Moscow', 'active', ?, ?, ?, ?, 1, ?)",
            ("webinar" if is_event else "task", json.dumps(audience.to_json()), document, series, repeats,
             chance.choice(("calm", "usual", "strict")) if chance else "usual", _stored(MONDAY)),
        )  # fmt: skip
        for again in range(3 if repeats else 1):
            at = due_at + timedelta(days=30 * again)
            date = connection.execute(
                "INSERT INTO occurrences (activity_id, key, version, due_at, due_on, has_time, timezone, state,"
                " needs_planning, created_at) VALUES (?, ?, 1, ?, ?, ?, 'Europe/Moscow', 'open', 1, ?)",
                (cursor.lastrowid, f"{again}", _stored(at), f"{at:%Y-%m-%d}", is_event, _stored(MONDAY)),
            ).lastrowid
            regions = ",".join(str(one) for one in audience.unit_ids)
            schools = f"SELECT id FROM units WHERE kind = 'school' AND parent_id IN ({regions})"
            if audience.answered_by is AnsweredBy.SCHOOL:
                owed = f"SELECT {date}, id, NULL, '{_stored(MONDAY)}' FROM units WHERE id IN ({schools})"
            else:
                owed = (
                    f"SELECT {date}, min(unit_id), person_id, '{_stored(MONDAY)}' FROM memberships"
                    f" WHERE unit_id IN ({schools}) GROUP BY person_id"
                )
            connection.execute(f"INSERT INTO assignments (occurrence_id, unit_id, person_id, created_at) {owed}")
        if chance:
            own = _stored(due_at + timedelta(days=5))
            connection.execute(
                "UPDATE assignments SET due_at = ?, due_on = ?, due_version = 1"
                " WHERE occurrence_id = ? AND id % 4 = ?", (own, own[:10], date, chance.randrange(4)),
            )  # fmt: skip


def _assign(file: Path, occurrence: OccurrenceId, unit: UnitId, person: PersonId) -> None:
    with _opened(file) as connection:
        connection.execute(
            "INSERT INTO assignments (occurrence_id, unit_id, person_id, created_at) VALUES (?, ?, ?, ?)",
            (occurrence, unit, person, _stored(_NOW)),
        )


def _go_on(file: Path, chance: random.Random) -> None:
    """Two days pass: what was due went out, a date moved, one was called off, people came back; all is planned anew."""
    with _opened(file) as connection:
        connection.execute(
            "UPDATE notices SET state = 'sent', claimed_at = due_at, settled_at = due_at, message_id = id, chat_id = 1"
            f" WHERE due_at < '{_stored(_NOW)}'"
        )
        dates = [row[0] for row in connection.execute("SELECT id FROM occurrences")]
        moved, off, ladder = chance.sample(dates, 3)
        connection.execute(
            "UPDATE occurrences SET version = 2, moved_from = due_at,"
            " due_at = datetime(due_at, '+4 days') || '.000000', due_on = date(due_on, '+4 days')"
            " WHERE id = ?", (moved,),
        )  # fmt: skip
        connection.execute("UPDATE occurrences SET version = 2, state = 'cancelled' WHERE id = ?", (off,))
        connection.execute(
            "UPDATE activities SET ladder = 'urgent' WHERE id = (SELECT activity_id FROM occurrences WHERE id = ?)",
            (ladder,),
        )
        connection.execute("UPDATE persons SET reach = 'reachable' WHERE id % 2 = 0")
        gone = chance.randrange(3, 20)
        connection.execute("DELETE FROM notices WHERE person_id = ? AND state = 'planned'", (gone,))
        connection.execute("UPDATE occurrences SET needs_planning = 1")


def _rows(file: Path) -> list[tuple[object, ...]]:
    columns = (
        "key, person_id, kind, state, due_at, expires_at, occurrence_id, occurrence_version, assignment_id,"
        " document_id, series_id, unit_id, days_before, detail, attempts, was_in_doubt, assignment_due_version, error,"
        " created_at"
    )
    with _opened(file) as connection:
        return connection.execute(f"SELECT {columns} FROM notices ORDER BY key").fetchall()


def _checkpointed(file: Path) -> Path:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return file


def _opened(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA synchronous = OFF")
    return connection


def _stored(instant: datetime) -> str:
    return instant.strftime("%Y-%m-%d %H:%M:%S.%f")
