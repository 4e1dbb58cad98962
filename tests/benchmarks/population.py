"""People, matters and notices in any number, written by plain SQL: what is measured is not how they came there."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.domain.matters import AnsweredBy, Audience
from bot.domain.network import Role
from storage.migrating import migrate
from tests.factories import NetworkFactory

FIRST_ACCOUNT = 1001
_AGO = timedelta(days=30)  # nobody is a newcomer
# Nobody has answered, and the last word before an event is for the silent only where it is the only one.
_INSERT_NOTICE = (
    "INSERT INTO notices (key, person_id, kind, state, due_at, expires_at, occurrence_id, occurrence_version,"
    " assignment_id, attempts, created_at, detail) VALUES (?, ?, ?, ?, ?, ?, 1, 1, ?, 0, ?, '{\"only_word\": true}')"
)


def url_of(file: Path) -> str:
    return f"sqlite+aiosqlite:///{file}"


def accounts_of(people: int) -> range:
    return range(FIRST_ACCOUNT, FIRST_ACCOUNT + people)


async def populate(file: Path, people: int, *, now: datetime, due_in: timedelta, needs_planning: bool = False) -> None:
    """A new database: one school, ``people`` who each owe an answer to one webinar in ``due_in``, and no notices."""
    await migrate(url_of(file), now=now)
    school = NetworkFactory(file, now=now).unit("Школа № 1")
    stamp, numbers = stored(now - _AGO), range(1, people + 1)
    audience = json.dumps(Audience((school,), AnsweredBy.PERSON, (Role.TEACHER,)).to_json())
    due_at = now + due_in
    with _opened(file) as connection:
        connection.executemany(
            "INSERT INTO persons (id, full_name, quiet_from, quiet_to, reach, consent_version, consented_at,"
            " created_at) VALUES (?, ?, '21:00:00.000000', '08:00:00.000000', 'reachable', 1, ?, ?)",
            ((n, f"Участник {n}", stamp, stamp) for n in numbers),
        )
        connection.executemany(
            "INSERT INTO accounts (messenger, external_id, person_id, linked_at) VALUES ('telegram', ?, ?, ?)",
            ((FIRST_ACCOUNT + n - 1, n, stamp) for n in numbers),
        )
        connection.executemany(
            "INSERT INTO memberships (person_id, unit_id, role, standing, created_at) VALUES (?, ?, ?, 'main', ?)",
            ((n, school, Role.TEACHER.value, stamp) for n in numbers),
        )
        connection.execute(
            "INSERT INTO activities (kind, unit_id, title, responsible, result, phrase, term, audience, timezone,"
            " state, created_by, created_at) VALUES"
            " ('webinar', ?, 'Вебинар о работе центров', '', '', '', '{}', ?, 'Europe/Moscow', 'active', 1, ?)",
            (school, audience, stamp),
        )
        connection.execute(
            "INSERT INTO occurrences (activity_id, key, version, due_at, due_on, has_time, timezone, state,"
            " needs_planning, created_at) VALUES (1, 'one', 1, ?, ?, 1, 'Europe/Moscow', 'open', ?, ?)",
            (stored(due_at), f"{due_at:%Y-%m-%d}", needs_planning, stored(now)),
        )
        connection.executemany(
            "INSERT INTO assignments (id, occurrence_id, unit_id, person_id, created_at) VALUES (?, 1, ?, ?, ?)",
            ((n, school, n, stamp) for n in numbers),
        )


def plan_another_date(file: Path, people: int, *, now: datetime) -> None:
    """The same people owe an answer to another webinar in five days, and nothing of it is planned yet."""
    with _opened(file) as connection:
        activity = connection.execute(
            "INSERT INTO activities (kind, unit_id, title, responsible, result, phrase, term, audience, timezone,"
            " state, created_by, created_at) SELECT kind, unit_id, title, responsible, result, phrase, term, audience,"
            " timezone, state, created_by, created_at FROM activities WHERE id = 1 RETURNING id"
        ).fetchone()[0]
        due_at = now + timedelta(days=5)
        occurrence = connection.execute(
            "INSERT INTO occurrences (activity_id, key, version, due_at, due_on, has_time, timezone, state,"
            " needs_planning, created_at) VALUES (?, 'two', 1, ?, ?, 1, 'Europe/Moscow', 'open', 1, ?) RETURNING id",
            (activity, stored(due_at), f"{due_at:%Y-%m-%d}", stored(now)),
        ).fetchone()[0]
        connection.execute(
            "INSERT INTO assignments (occurrence_id, unit_id, person_id, created_at)"
            " SELECT ?, unit_id, person_id, created_at FROM assignments WHERE occurrence_id = 1 AND person_id <= ?",
            (occurrence, people),
        )


def make_due(file: Path, people: int, *, now: datetime, first: int = 1) -> None:
    """One notice for each from the ``first`` on, due now; of the kind that passes quiet hours, so that measuring works
    at any time of the day."""
    due, end = stored(now), stored(now + timedelta(hours=1))
    with _opened(file) as connection:
        rows = ((_key_of(n), n, "starts_soon", "planned", due, end, n, due) for n in range(first, first + people))
        connection.executemany(_INSERT_NOTICE, rows)


def call_off(file: Path) -> None:
    """What was made due and waits still is not sent any more."""
    with _opened(file) as connection:
        connection.execute("UPDATE notices SET state = 'cancelled' WHERE state = 'planned'")


def _key_of(number: int) -> str:
    """As the planner names it: what is planned here it does not plan again."""
    return f"a{number}:v1:p{number}:starts_soon"


def make_history(file: Path, people: int, *, now: datetime) -> None:
    """Two notices for each: one sent a week ago, one due now."""
    ago, due, end = stored(now - timedelta(days=7)), stored(now), stored(now + timedelta(days=1))
    with _opened(file) as connection:
        numbers = range(1, people + 1)
        sent = ((f"s{n}", n, "reminder", "sent", ago, end, n, ago) for n in numbers)
        waiting = ((f"w{n}", n, "reminder", "planned", due, end, n, ago) for n in numbers)
        connection.executemany(_INSERT_NOTICE, sent)
        connection.executemany(_INSERT_NOTICE, waiting)


def count(file: Path, query: str) -> int:
    """One number, as another program sees it."""
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as other_hand:
        return int(other_hand.execute(query).fetchone()[0])


def stored(instant: datetime) -> str:
    """As SQLAlchemy writes an instant into SQLite."""
    return instant.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")


@contextmanager
def _opened(file: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(file)) as connection, connection:
        yield connection
