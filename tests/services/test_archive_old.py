"""Old rows go into a file beside the database, and only those that nobody needs any more."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.calendar import WorkCalendar
from bot.ports.archive import OldRows
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
