"""Old rows go into a file beside the database, and only those that nobody needs any more."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.calendar import WorkCalendar
from bot.domain.delivery import NoticeKind
from bot.domain.ids import PersonId
from bot.ports.archive import OldRows
from bot.ports.notices import NewNotice
from bot.services.archive_old import archive_old
from storage.archive import archive_of, keep_rows
from storage.database import Database
from tests.calendar_days import MONDAY
from tests.factories import SmallNetwork
from tests.opening import open_task
from tests.planning import plan_notices

_LATER = MONDAY + timedelta(days=100)


def keeping(file: Path) -> Callable[[OldRows], Awaitable[None]]:
    async def keep(old: OldRows) -> None:
        await asyncio.to_thread(keep_rows, archive_of(file), old)

    return keep


def asked(file: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(file)) as connection, connection:
        return connection.execute(query).fetchall()


async def sent_and_past(database: Database, file: Path, network: SmallNetwork) -> int:
    """Notices of a task of September that have gone out; one of them was told in the message of another."""
    await open_task(database, network)
    planned = await plan_notices(database, days=WorkCalendar(), now=MONDAY)
    asked(file, "UPDATE notices SET state = 'sent', settled_at = due_at, chat_id = 7, detail = '{\"text\": 1}'")
    asked(file, "UPDATE notices SET gathered_into = 1 WHERE id = 2")
    return planned


async def test_what_is_over_is_moved_without_chats_and_texts(
    database: Database, database_file: Path, network: SmallNetwork
) -> None:
    count = await sent_and_past(database, database_file, network)
    await archive_old(database, keeping(database_file), before=_LATER)
    assert asked(database_file, "SELECT count(*) FROM notices") == [(1,)], "the latest, whose number would come again"
    kept = asked(archive_of(database_file), "SELECT count(*), min(state), max(state) FROM notices")
    assert kept == [(count - 1, "sent", "sent")]
    names = {row[1] for row in asked(archive_of(database_file), "PRAGMA table_info(notices)")}
    assert not names & {"chat_id", "message_id", "detail"}
    assert await archive_old(database, keeping(database_file), before=_LATER) == 0


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ("UPDATE occurrences SET due_at = '2027-01-15 09:00:00.000000'", "its date is yet to come"),
        ("UPDATE assignments SET due_at = '2027-01-15 09:00:00.000000'", "somebody has a later term"),
        ("UPDATE notices SET state = 'planned', settled_at = NULL", "it waits to be sent"),
        ("UPDATE notices SET settled_at = '2027-01-15 09:00:00.000000'", "it was sent of late"),
        ("UPDATE notices SET created_at = '2027-01-15 09:00:00.000000'", "it is new"),
    ],
)
async def test_what_is_still_needed_stays(
    database: Database, database_file: Path, network: SmallNetwork, change: str, reason: str
) -> None:
    count = await sent_and_past(database, database_file, network)
    asked(database_file, change)
    await archive_old(database, keeping(database_file), before=_LATER)
    assert asked(database_file, "SELECT count(*) FROM notices") == [(count,)], reason


async def test_a_list_stays_while_a_date_of_its_document_is_ahead(
    database: Database, database_file: Path, network: SmallNetwork
) -> None:
    await sent_and_past(database, database_file, network)
    asked(
        database_file,
        "INSERT INTO documents (id, unit_id, kind, title, state, version, audience, problems, created_by, created_at)"
        f" VALUES (1, {network.vladimir}, 'roadmap', 'Карта', 'planned', 1, '{{}}', '[]', {network.regional},"
        " '2026-09-07 09:00:00.000000')",
    )
    asked(database_file, "UPDATE activities SET document_id = 1")
    asked(database_file, "UPDATE occurrences SET due_at = '2027-01-15 09:00:00.000000'")
    asked(database_file, "UPDATE notices SET document_id = 1, occurrence_id = NULL, assignment_id = NULL WHERE id = 3")
    await archive_old(database, keeping(database_file), before=_LATER)
    assert asked(database_file, "SELECT count(*) FROM notices WHERE id = 3") == [(1,)]


async def test_what_could_not_be_kept_is_not_deleted(
    database: Database, database_file: Path, network: SmallNetwork
) -> None:
    count = await sent_and_past(database, database_file, network)

    async def full_disk(_old: OldRows) -> None:
        raise OSError("no space left")

    with pytest.raises(OSError, match="no space"):
        await archive_old(database, full_disk, before=_LATER)
    assert asked(database_file, "SELECT count(*) FROM notices") == [(count,)]


async def sent_and_archived(
    database: Database, file: Path, person: PersonId, *keys: str, at: datetime, ends_with: str = ""
) -> None:
    """These notices go out, each beside an act of its name, and are archived after ``ends_with`` was done."""
    planned = [NewNotice(key, person, NoticeKind.INFO, due_at=at, expires_at=at + timedelta(days=1)) for key in keys]
    async with database.write() as tx:
        await tx.notices.plan(planned, now=at)
    stamp = f"{at:%Y-%m-%d %H:%M:%S.%f}"
    asked(file, f"UPDATE notices SET state = 'sent', settled_at = '{stamp}' WHERE state = 'planned'")
    for key in keys:
        asked(file, f"INSERT INTO audit (at, person_id, act, detail) VALUES ('{stamp}', {person}, '{key}', '{{}}')")
    if ends_with:
        asked(file, ends_with)
    await archive_old(database, keeping(file), before=_LATER)


def archived(file: Path) -> tuple[list[str], list[str]]:
    """The keys of the notices in the archive, and the acts."""
    by_table = ("SELECT key FROM notices ORDER BY created_at, key", "SELECT act FROM audit ORDER BY at, act")
    notices, acts = ([str(name) for (name,) in asked(archive_of(file), query)] for query in by_table)
    return notices, acts


def puts_back_an_empty_copy(file: Path) -> None:
    asked(file, "DELETE FROM notices")
    asked(file, "DELETE FROM audit")


async def test_numbers_that_a_copy_gives_out_again_cost_no_row(
    database: Database, database_file: Path, network: SmallNetwork
) -> None:
    """The latest of each life stays in the database, so the last letter of each is missing."""
    asked(database_file, "DELETE FROM audit")
    await sent_and_archived(database, database_file, network.regional, "a", "b", "c", at=MONDAY)
    puts_back_an_empty_copy(database_file)
    await sent_and_archived(database, database_file, network.regional, "d", "e", "f", at=MONDAY + timedelta(days=2))
    assert archived(database_file) == (["a", "b", "d", "e"], ["a", "b", "d", "e"])


async def test_rows_that_come_back_with_a_copy_are_archived_once(
    database: Database, database_file: Path, network: SmallNetwork
) -> None:
    tables = ("notices", "audit")
    asked(database_file, "DELETE FROM audit")
    await sent_and_archived(database, database_file, network.regional, "a", "b", "c", at=_LATER)  # too new to be moved
    for table in tables:
        asked(database_file, f"CREATE TABLE copy_of_{table} AS SELECT * FROM {table}")
    for _ in range(2):
        for table in tables:
            asked(database_file, f"DELETE FROM {table}")
            asked(database_file, f"INSERT INTO {table} SELECT * FROM copy_of_{table}")
        await archive_old(database, keeping(database_file), before=_LATER + timedelta(days=1))
    assert archived(database_file) == (["a", "b"], ["a", "b"])


async def test_what_went_out_once_more_after_a_copy_was_put_back_stands_there_twice(
    database: Database, database_file: Path, network: SmallNetwork
) -> None:
    """In the copy it was still to go: the reader has got it twice, and the archive tells when."""
    await sent_and_archived(database, database_file, network.regional, "a", "b", at=MONDAY)
    again = "UPDATE notices SET key = 'a', id = 1, settled_at = '2026-09-09 09:00:00.000000' WHERE key = 'c'"
    await sent_and_archived(database, database_file, network.regional, "c", "d", at=MONDAY, ends_with=again)
    assert archived(database_file)[0].count("a") == 2


async def test_an_archive_that_knows_its_rows_by_their_numbers_is_brought_over(
    database: Database, database_file: Path, network: SmallNetwork
) -> None:
    await sent_and_archived(database, database_file, network.regional, "a", "b", "c", at=MONDAY)
    for table in ("notices", "audit"):  # as it was made before
        columns = [str(row[1]) for row in asked(archive_of(database_file), f"PRAGMA table_info({table})")]
        asked(archive_of(database_file), f"ALTER TABLE {table} RENAME TO newer")
        asked(archive_of(database_file), f"CREATE TABLE {table} (id INTEGER PRIMARY KEY, {', '.join(columns[1:])})")
        asked(archive_of(database_file), f"INSERT INTO {table} SELECT * FROM newer")
        asked(archive_of(database_file), "DROP TABLE newer")
    before = archived(database_file)
    puts_back_an_empty_copy(database_file)
    await sent_and_archived(database, database_file, network.regional, "d", "e", "f", at=MONDAY + timedelta(days=2))
    notices, acts = archived(database_file)
    assert notices == [*before[0], "d", "e"]
    assert acts == [*before[1], "d", "e"]
