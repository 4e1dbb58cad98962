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
        # The latest of all stays: SQLite would give its number once more, and the archive holds one row a number.
        statement = statement.where(table.c.id < select(func.max(table.c.id)).scalar_subquery())
        rows = (await self._connection.execute(statement)).mappings().all() if ids else []
        return OldRows(of, tuple(dict(row) for row in rows), seen[-1].id if len(ids) == limit else None)

    async def forget(self, old: OldRows) -> None:
        table = _TABLES[old.of]
        await self._connection.execute(delete(table).where(table.c.id.in_([row["id"] for row in old.rows])))


def keep_rows(file: Path, old: OldRows) -> None:
    """Adds the rows to the archive; those that are in it already stay as they are. On disk when it returns."""
    columns = _COLUMNS[old.of]
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA synchronous = FULL")
        with connection:
            table, rest, values = old.of.value, ", ".join(columns[1:]), ", ".join("?" * len(columns))
            connection.execute(f"CREATE TABLE IF NOT EXISTS {table} (id INTEGER PRIMARY KEY, {rest})")
            connection.executemany(
                f"INSERT OR IGNORE INTO {table} VALUES ({values})",  # noqa: S608 - names of this module alone
                ([_plain(row[name]) for name in columns] for row in old.rows),
            )


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


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value
