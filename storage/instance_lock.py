"""One bot to a database: two would send everything twice and undo each other's claims."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from storage.errors import DatabaseInUseError, DatabaseUnusableError
from storage.migrating import ensure_folder, sqlite_file


@contextmanager
def only_instance(url: str) -> Iterator[None]:
    """Holds the database of ``url`` for this process until the block is left, however the process ends.

    The lock is the system's own on a file beside the database, so that a killed bot leaves none behind. Raises
    DatabaseInUseError with the process id of the bot that holds it, DatabaseUnusableError where the file cannot be
    made. A database that is no SQLite file is not locked here.
    """
    file = sqlite_file(url)
    if file is None:
        yield
        return
    ensure_folder(file)
    place = file.with_name(f"{file.name}.lock")
    try:
        held = place.open("a+", encoding="ascii")
    except OSError as error:
        raise DatabaseUnusableError(place, str(error)) from error
    with held:
        _take(held, file)
        held.seek(0)
        held.truncate()
        held.write(str(os.getpid()))
        held.flush()
        yield


def is_held(file: Path) -> bool:
    """Whether a bot works with this database file now."""
    place = file.with_name(f"{file.name}.lock")
    if not place.exists():
        return False
    with place.open(encoding="ascii") as held:  # to look is no reason to need the right to write
        try:
            _take(held, file)
        except DatabaseInUseError:
            return True
    return False


def _take(held: IO[str], file: Path) -> None:
    try:
        import fcntl
    except ImportError:  # Windows, where a bot for more than one's own trial is not run
        return
    try:
        fcntl.flock(held.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        held.seek(0)
        raise DatabaseInUseError(file, held.read().strip()) from None
