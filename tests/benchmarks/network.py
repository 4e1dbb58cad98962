"""A whole network in any number of assignments, written by set-based SQL: a million takes seconds, not minutes."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bot.domain.matters import AnsweredBy, Audience
from bot.domain.network import Role
from storage.migrating import migrate
from tests.benchmarks.population import stored, url_of

TASKS = 50
_PER_SCHOOL = 25
_AGO = timedelta(days=40)  # nobody is a newcomer
_ZONES = (
    "Europe/Kaliningrad", "Europe/Moscow", "Europe/Samara", "Asia/Yekaterinburg", "Asia/Omsk", "Asia/Krasnoyarsk",
    "Asia/Irkutsk", "Asia/Yakutsk", "Asia/Vladivostok", "Asia/Magadan", "Asia/Kamchatka",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Network:
    """``schools`` with a coordinator and 25 teachers each: 100 assignments a school, half of them its tasks.

    The tasks are ahead and planned, two months of them are behind; one event was a month ago, ``event_id`` is the
    date of one in ten days whose notices are not planned: four for each of ``people``.
    """

    file: Path
    schools: int
    people: int
    event_id: int

    @property
    def assignments(self) -> int:
        return self.schools * (TASKS + 2 * _PER_SCHOOL)


async def build_network(file: Path, assignments: int, *, now: datetime, is_planned: bool = False) -> Network:
    """A new database of so many assignments. ``is_planned``: nothing waits to be planned."""
    schools = assignments // (TASKS + 2 * _PER_SCHOOL)
    await migrate(url_of(file), now=now)
    network = Network(file, schools, schools * _PER_SCHOOL, TASKS + 2)
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.create_function("zone", 1, lambda number: _ZONES[number % len(_ZONES)], deterministic=True)
        for pragma in ("journal_mode=WAL", "synchronous=OFF", "cache_size=-200000", "foreign_keys=OFF"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("BEGIN")
        _write_units(connection, network, stored(now - _AGO))
        _write_people(connection, network, stored(now - _AGO))
        _write_matters(connection, network, now, needs_planning=not is_planned)
        _write_assignments(connection, network, now)
        _write_notices(connection, network, now)
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return network


def _numbers(count: int) -> str:
    return f"WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < {count}) "


def _regions(network: Network) -> int:
    return max(1, network.schools // 125)


def _municipalities(network: Network) -> int:
    return max(1, network.schools // 12)


def _write_units(connection: sqlite3.Connection, network: Network, stamp: str) -> None:
    """Regions, then municipalities, then schools; the n-th school belongs to the (n mod …)-th municipality."""
    regions, municipalities = _regions(network), _municipalities(network)
    columns = "INSERT INTO units (id, kind, parent_id, path, title, region, timezone, created_at) "
    connection.execute(
        columns + _numbers(regions) + "SELECT n, 'region', NULL, '/' || n || '/', 'Регион ' || n, 'Регион ' || n,"
        f" zone(n), '{stamp}' FROM number"
    )
    connection.execute(
        columns + _numbers(municipalities) + f"SELECT {regions} + n, 'municipality', upper.id,"
        f" upper.path || ({regions} + n) || '/', 'Район ' || n, upper.region, upper.timezone, '{stamp}'"
        f" FROM number JOIN units upper ON upper.id = 1 + n % {regions}"
    )
    first = regions + municipalities
    connection.execute(
        columns + _numbers(network.schools) + f"SELECT {first} + n, 'school', upper.id,"
        f" upper.path || ({first} + n) || '/', 'Школа № ' || n, upper.region, upper.timezone, '{stamp}'"
        f" FROM number JOIN units upper ON upper.id = {regions} + 1 + n % {municipalities}"
    )


def _write_people(connection: sqlite3.Connection, network: Network, stamp: str) -> None:
    """Teachers first: the n-th is of the (n mod …)-th school. One in seven has a quiet of his own, one in eleven a
    zone."""
    first = _regions(network) + _municipalities(network)
    everybody = network.people + network.schools
    connection.execute(
        "INSERT INTO persons (id, full_name, timezone, quiet_from, quiet_to, reach, consent_version, consented_at,"
        " created_at) "
        + _numbers(everybody)
        + "SELECT n, 'Участник ' || n, CASE WHEN n % 11 = 0 THEN zone(n / 11) END,"
        " CASE n % 7 WHEN 0 THEN '22:00:00.000000' ELSE '21:00:00.000000' END,"
        " CASE n % 7 WHEN 0 THEN '09:00:00.000000' ELSE '08:00:00.000000' END,"
        f" 'reachable', 1, '{stamp}', '{stamp}' FROM number"
    )
    connection.execute(
        "INSERT INTO accounts (messenger, external_id, person_id, linked_at)"
        f" SELECT 'telegram', 1000 + id, id, '{stamp}' FROM persons"
    )
    members = "INSERT INTO memberships (person_id, unit_id, role, standing, created_at) SELECT id,"
    connection.execute(
        f"{members} {first} + 1 + (id - 1) % {network.schools}, '{Role.TEACHER.value}', 'main', '{stamp}'"
        f" FROM persons WHERE id <= {network.people}"
    )
    connection.execute(
        f"{members} {first} + id - {network.people}, '{Role.COORDINATOR.value}', 'main', '{stamp}'"
        f" FROM persons WHERE id > {network.people}"
    )


def _write_matters(connection: sqlite3.Connection, network: Network, now: datetime, *, needs_planning: bool) -> None:
    stamp = stored(now - _AGO)
    regions = tuple(range(1, _regions(network) + 1))
    of_schools = json.dumps(Audience(regions, AnsweredBy.SCHOOL).to_json())  # type: ignore[arg-type]
    of_people = json.dumps(Audience(regions, AnsweredBy.PERSON, (Role.TEACHER,)).to_json())  # type: ignore[arg-type]
    due = [("task", f"Поручение {n}", of_schools, now + timedelta(days=2 * n - 40, hours=3)) for n in range(TASKS)]
    due += [("webinar", "Вебинар был", of_people, now - timedelta(days=30))]
    due += [("webinar", "Вебинар будет", of_people, now + timedelta(days=10))]
    for number, (kind, title, audience, due_at) in enumerate(due, start=1):
        connection.execute(
            "INSERT INTO activities (id, kind, unit_id, title, responsible, result, phrase, term, audience, timezone,"
            " state, created_by, created_at) VALUES (?, ?, 1, ?, '', '', '', '{}', ?, 'Europe/Moscow', 'active', 1, ?)",
            (number, kind, title, audience, stamp),
        )
        waits = needs_planning and number == network.event_id
        connection.execute(
            "INSERT INTO occurrences (id, activity_id, key, version, due_at, due_on, has_time, timezone, state,"
            " needs_planning, created_at) VALUES (?, ?, 'one', 1, ?, ?, ?, 'Europe/Moscow', 'open', ?, ?)",
            (number, number, stored(due_at), f"{due_at:%Y-%m-%d}", kind == "webinar", waits, stamp),
        )


def _write_assignments(connection: sqlite3.Connection, network: Network, now: datetime) -> None:
    """Four of five tasks that are behind are done, and most of those who came to the event said so."""
    first, stamp = _regions(network) + _municipalities(network), stored(now - _AGO)
    columns = "INSERT INTO assignments (occurrence_id, unit_id, person_id, answer, answered_at, created_at) "
    done = f"date.due_at < '{stored(now)}' AND (school.id + date.id) % 5 > 0"
    connection.execute(
        f"{columns} SELECT date.id, school.id, NULL, CASE WHEN {done} THEN 'done' END,"
        f" CASE WHEN {done} THEN date.due_at END, '{stamp}'"
        f" FROM occurrences date JOIN units school ON school.kind = 'school' WHERE date.id <= {TASKS}"
    )
    for event, answer in ((network.event_id - 1, "'coming'"), (network.event_id, "NULL")):
        connection.execute(
            f"{columns} SELECT {event}, {first} + 1 + (id - 1) % {network.schools}, id, {answer},"
            f" CASE WHEN {answer} IS NOT NULL THEN '{stamp}' END, '{stamp}' FROM persons WHERE id <= {network.people}"
        )


def _write_notices(connection: sqlite3.Connection, network: Network, now: datetime) -> None:
    """Everybody was told of the event that was; each task ahead has a reminder that waits for its day."""
    ago, stamp = stored(now - timedelta(days=35)), stored(now - _AGO)
    columns = (
        "INSERT INTO notices (key, person_id, kind, state, due_at, expires_at, occurrence_id, occurrence_version,"
        " assignment_id, unit_id, days_before, attempts, claimed_at, settled_at, chat_id, message_id, created_at) "
    )
    for kind in ("announcement", "starts_soon"):
        connection.execute(
            f"{columns} SELECT 'a' || id || ':v1:p' || person_id || ':{kind}', person_id, '{kind}', 'sent', '{ago}',"
            f" '{ago}', occurrence_id, 1, id, unit_id, NULL, 1, '{ago}', '{ago}', 1000 + person_id, id, '{stamp}'"
            f" FROM assignments WHERE occurrence_id = {network.event_id - 1}"
        )
    connection.execute(
        f"{columns} SELECT 'a' || owed.id || ':v1:p' || person.id || ':reminder1', person.id, 'reminder', 'planned',"
        " datetime(date.due_at, '-18 hours') || '.000000', date.due_at, date.id, 1, owed.id, owed.unit_id, 1, 0,"
        f" NULL, NULL, NULL, NULL, '{stamp}'"
        " FROM assignments owed JOIN occurrences date ON date.id = owed.occurrence_id"
        f" JOIN persons person ON person.id = owed.unit_id - {_regions(network) + _municipalities(network)}"
        f" + {network.people}"
        f" WHERE date.id <= {TASKS} AND date.due_at > '{stored(now + timedelta(days=2))}'"
    )
