"""Brings a database to the schema of this program: creates it, backs it up, upgrades it, or refuses it."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.exc import DatabaseError
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from storage.dialect import is_sqlite
from storage.errors import DatabaseTooNewError, DatabaseUnusableError

_SCRIPTS = Path(__file__).parent / "migrations"
_LOCK_ENDURED = 5.0  # seconds


@dataclass(frozen=True, slots=True)
class MigrationReport:
    """``before`` is None for a new database; ``backup`` is the copy taken before an existing one was changed."""

    before: str | None
    after: str
    backup: Path | None


async def migrate(url: str, *, now: datetime) -> MigrationReport:
    """Creates or upgrades the database at ``url``.

    Raises DatabaseTooNewError when a newer program wrote it (nothing is touched then) and DatabaseUnusableError
    when the file cannot be opened, or copied before it is upgraded. The backup stands beside the file as
    ``backups/<name>.<revision>.<time>``.
    """
    file = sqlite_file(url)
    ensure_folder(file)
    try:
        if is_sqlite(make_url(url)):
            return await asyncio.to_thread(_migrate_sqlite, url, file, now)
        engine = create_async_engine(url, poolclass=NullPool)
        try:
            async with engine.connect() as connection:
                return await connection.run_sync(_migrate, None, now)
        finally:
            await engine.dispose()
    except DatabaseError as error:
        raise DatabaseUnusableError(file or "database", str(error.orig)) from error
    except (sqlite3.Error, OSError) as error:  # of the copy before an upgrade; or a server out of reach
        raise DatabaseUnusableError(file or "database", str(error)) from error


def known_revisions() -> tuple[str, ...]:
    """Every revision of the schema that this program can open, the newest first."""
    return tuple(script.revision for script in ScriptDirectory(str(_SCRIPTS)).walk_revisions())


def back_up(source: Path, target: Path) -> None:
    """Copies a SQLite database that may be in use, page by page, into a consistent file of its own, which is whole or
    not there at all.

    Raises OSError and sqlite3.Error, also where another program holds the whole database for longer than its own
    moments last.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f"{target.name}.unfinished")
    try:
        _copy(source, unfinished)
        unfinished.replace(target)
    finally:
        with suppress(OSError):  # of a folder without rights: the first error is the one to tell
            unfinished.unlink(missing_ok=True)


def _copy(source: Path, target: Path) -> None:

    def give_up_on_a_lock(status: int, _remaining: int, _total: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):  # SQLite would ask for ever, and say nothing
            raise sqlite3.OperationalError("database is locked")

    origin = sqlite3.connect(source, timeout=_LOCK_ENDURED)
    copy = sqlite3.connect(target)
    try:
        origin.backup(copy, progress=give_up_on_a_lock)
    finally:
        copy.close()
        origin.close()


def sqlite_file(url: str) -> Path | None:
    """The file behind ``url``; None for a database in memory or of another kind."""
    parsed = make_url(url)
    if not is_sqlite(parsed) or parsed.database in (None, "", ":memory:"):
        return None
    return Path(str(parsed.database))


def ensure_folder(file: Path | None) -> None:
    """Makes the folder of the file. Raises DatabaseUnusableError."""
    if file is None:
        return
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseUnusableError(file, str(error)) from error


def _migrate_sqlite(url: str, file: Path | None, now: datetime) -> MigrationReport:
    """On one thread from end to end: to alter a table by copying it takes a thousand statements, and with a way to
    another thread and back for each of them a new database took twice as long."""
    engine = create_engine(make_url(url).set(drivername="sqlite"), poolclass=NullPool)
    with engine.connect() as connection:
        return _migrate(connection, file, now)


def _migrate(connection: Connection, file: Path | None, now: datetime) -> MigrationReport:
    script = ScriptDirectory(str(_SCRIPTS))
    head = script.get_current_head()
    assert head is not None, "the project ships at least one migration"
    before = MigrationContext.configure(connection).get_current_revision()
    connection.rollback()
    if before == head:
        return MigrationReport(before, head, None)
    if before is not None and before not in {s.revision for s in script.walk_revisions()}:
        raise DatabaseTooNewError(before)
    backup = _back_up(file, before, now) if before is not None and file is not None else None
    if file is not None:  # all or nothing: the driver opens no transaction for DDL, and half cannot be repeated
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    _upgrade(connection, head)
    connection.commit()
    return MigrationReport(before, head, backup)


def _back_up(file: Path, revision: str, now: datetime) -> Path:
    target = file.parent / "backups" / f"{file.name}.{revision}.{now:%Y%m%d-%H%M%S}"
    back_up(file, target)
    return target


def _upgrade(connection: Connection, head: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS))
    config.attributes["connection"] = connection
    command.upgrade(config, head)
