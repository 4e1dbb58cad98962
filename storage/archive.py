"""Old rows: found, deleted, and kept in a file of their own beside the database."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, Table, and_, delete, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.delivery import NoticeState
from bot.ports.archive import Archived, OldRows
from storage.program_tables import audit
from storage.tables import activities, assignments, notices, occurrences

_LAST = [state.value for state in (NoticeState.SENT, NoticeState.FAILED, NoticeState.EXPIRED, NoticeState.CANCELLED)]
# Neither the chat nor anything of a message: what somebody has erased must not stand in a file that nobody looks into.
_OF_A_NOTICE = (
    "id", "key", "person_id", "kind", "state", "due_at", "occurrence_id", "occurrence_version", "assignment_id",
    "document_id", "series_id", "unit_id", "days_before", "attempts", "was_in_doubt", "claimed_at", "settled_at",
    "created_at",
)  # fmt: skip
_OF_AN_ACT = ("id", "at", "person_id", "act", "unit_id", "detail")
_COLUMNS: Final[Mapping[Archived, tuple[str, ...]]] = {Archived.NOTICES: _OF_A_NOTICE, Archived.ACTS: _OF_AN_ACT}
_TABLES: Final[Mapping[Archived, Table]] = {Archived.NOTICES: notices, Archived.ACTS: audit}
# What a row is known by in the archive. The number alone will not do: a database that was put back from an older copy
# gives its numbers once more, to other rows. Nor the key of a notice: one that left after the copy was made leaves
# again once it is put back, and that it did so twice is what the archive is for. The whole content would tell rows
# apart as well, but take one that was kept before a crash, and altered before it was deleted, for two.
_IDENTITY: Final[Mapping[Archived, tuple[str, ...]]] = {
    Archived.NOTICES: ("id", "created_at", "settled_at"),
    Archived.ACTS: ("id", "at"),
}


class ArchiveStore:
    """Implements ``bot.ports.archive.Archive``."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def old(self, of: Archived, *, before: datetime, after: int, limit: int) -> OldRows:
        table = _TABLES[of]
        made_at = notices.c.created_at if of is Archived.NOTICES else audit.c.at
        # Numbers grow with time, so that the end is known without an index of the times.
        window = (
            select(table.c.id, made_at.label("made_at")).where(table.c.id > after).order_by(table.c.id).limit(limit)
        )
        seen = (await self._connection.execute(window)).all()
        ids = [row.id for row in seen if row.made_at < before]
        statement: Select[Any] = select(*(table.c[name] for name in _COLUMNS[of])).where(table.c.id.in_(ids))
        if of is Archived.NOTICES:
            statement = statement.where(_is_over(before))
        # The latest of all stays: SQLite would give its number once more, and buttons and keys of others name it.
        statement = statement.where(table.c.id < select(func.max(table.c.id)).scalar_subquery())
        rows = (await self._connection.execute(statement)).mappings().all() if ids else []
        return OldRows(of, tuple(dict(row) for row in rows), seen[-1].id if len(ids) == limit else None)

    async def forget(self, old: OldRows) -> None:
        table = _TABLES[old.of]
        await self._connection.execute(delete(table).where(table.c.id.in_([row["id"] for row in old.rows])))


def keep_rows(file: Path, old: OldRows) -> None:
    """Adds the rows to the archive; those that are in it already stay as they are. On disk when it returns."""
    columns = _COLUMNS[old.of]
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:  # no transaction but the one below
        connection.execute("PRAGMA synchronous = FULL")
        with connection:
            connection.execute("BEGIN IMMEDIATE")
            _ensure_table(connection, old.of)
            values = ([_plain(row[name]) for name in columns] for row in old.rows)
            # Not OR IGNORE: a row that lacks a part of its identity would be passed over as well.
            statement = f"INSERT INTO {old.of} VALUES ({', '.join('?' * len(columns))}) ON CONFLICT DO NOTHING"  # noqa: S608 - names of this module alone
            connection.executemany(statement, values)


def archive_of(file: Path) -> Path:
    """The archive of a database: a file beside it."""
    return file.with_name(f"{file.name}.archive")


def _is_over(before: datetime) -> ColumnElement[bool]:
    """Settled, and nothing that it is about is ahead: not its date, not a term of one's own, not a date of its list."""
    follower = notices.alias("follower")
    is_ahead = occurrences.c.due_at >= before
    own_term = assignments.c.due_at >= before
    of_list = or_(activities.c.document_id == notices.c.document_id, activities.c.series_id == notices.c.series_id)
    in_list = exists(
        select(activities.c.id)
        .join(occurrences, occurrences.c.activity_id == activities.c.id)
        .where(of_list, is_ahead)
        .correlate(notices)
    )
    return and_(
        notices.c.state.in_(_LAST),
        notices.c.settled_at < before,
        ~exists().where(occurrences.c.id == notices.c.occurrence_id, is_ahead),
        ~exists().where(assignments.c.id == notices.c.assignment_id, own_term),
        or_(and_(notices.c.document_id.is_(None), notices.c.series_id.is_(None)), ~in_list),
        ~exists().where(follower.c.gathered_into == notices.c.id),
    )


def _ensure_table(connection: sqlite3.Connection, of: Archived) -> None:
    """In the transaction that is open: also where an archive of before knows its rows by their numbers."""
    columns, identity, older = ", ".join(_COLUMNS[of]), _IDENTITY[of], f"{of}_by_number"
    known_by = {name for _, name, _, _, _, place in connection.execute(f"PRAGMA table_info({of})") if place}
    if known_by == set(identity):
        return
    if known_by:
        connection.execute(f"ALTER TABLE {of} RENAME TO {older}")
    connection.execute(f"CREATE TABLE {of} ({columns}, PRIMARY KEY ({', '.join(identity)})) WITHOUT ROWID")
    if known_by:
        connection.execute(f"INSERT INTO {of} SELECT {columns} FROM {older}")  # noqa: S608 - as above
        connection.execute(f"DROP TABLE {older}")


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value
