"""A look inside a SQLite database from outside: is it ours, is it whole, does anything wait for its owner."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from storage.errors import BadDatabaseError

# By SQLite's code without its extension. What none of them names was read, and is not ours.
_FAULTS = {
    sqlite3.SQLITE_CORRUPT: "damaged",
    sqlite3.SQLITE_BUSY: "locked",
    sqlite3.SQLITE_LOCKED: "locked",
    sqlite3.SQLITE_CANTOPEN: "unreadable",
    sqlite3.SQLITE_IOERR: "unreadable",
    sqlite3.SQLITE_PERM: "unreadable",
    sqlite3.SQLITE_READONLY: "unreadable",
}


@dataclass(frozen=True, slots=True)
class Soundness:
    """``parked``: updates that could not be handled."""

    revision: str
    parked: int


def look_inside(file: Path, *, is_at_rest: bool = False) -> Soundness:
    """Reads the whole file and changes nothing. ``is_at_rest``: nobody writes it, so that not even a lock is taken.

    Raises BadDatabaseError: ``missing``, ``foreign`` (no database, or not of this program), ``damaged``, ``locked`` (by
    another program, for longer than SQLite waits) or ``unreadable`` (no rights, a failing disk).
    """
    if not file.is_file():
        raise BadDatabaseError(file, "missing")
    address = f"{file.resolve().as_uri()}?mode=ro{'&immutable=1' if is_at_rest else ''}"
    try:
        with closing(sqlite3.connect(address, uri=True)) as connection:
            verdict = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
            revision = connection.execute("SELECT version_num FROM alembic_version").fetchone()
            parked = connection.execute("SELECT count(*) FROM inbox WHERE state = 'parked'").fetchone()[0]
    except sqlite3.DatabaseError as error:
        raise BadDatabaseError(file, _FAULTS.get(error.sqlite_errorcode & 0xFF, "foreign")) from None
    if verdict != "ok" or revision is None:
        raise BadDatabaseError(file, "damaged")
    return Soundness(str(revision[0]), int(parked))
