"""Copies of a SQLite database: made while the bot works, kept for some days, put back after a look inside."""

from __future__ import annotations

import re
import shutil
import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from storage.errors import BadDatabaseError, DatabaseInUseError, DatabaseUnusableError
from storage.instance_lock import is_held
from storage.migrating import back_up, known_revisions
from storage.soundness import look_inside

_NIGHTLY = re.compile(r"\.nightly\.(\d{8})$")
_IS_NONE = re.compile(r"\.unfinished$|\.before-restore\.")


@dataclass(frozen=True, slots=True)
class RestoredBackup:
    """``kept``: where the database that stood there before was put; None where there was none."""

    kept: Path | None


def backup_folder(file: Path) -> Path:
    """Where the copies of a database stand: a folder beside it, as those taken before an upgrade."""
    return file.parent / "backups"


def make_backup(file: Path, target: Path) -> None:
    """Copies the database while others may read and write it, into one file that is whole or not there at all.

    Raises DatabaseUnusableError (a full disk, no rights, no database); an unfinished copy is removed.
    """
    try:
        back_up(file, target)
    except (OSError, sqlite3.Error) as error:
        raise DatabaseUnusableError(target, str(error)) from error


def make_nightly(file: Path, *, today: datetime, keep_days: int) -> int:
    """The copy of this night, if it is not there yet, and away with those older than ``keep_days``.

    ``today`` is a moment on the network's own clock. Returns how many copies were made: one or none.
    """
    folder = backup_folder(file)
    target = folder / f"{file.name}.nightly.{today:%Y%m%d}"
    oldest = f"{today - timedelta(days=keep_days):%Y%m%d}"
    made = 0
    if not target.exists():
        make_backup(file, target)
        made = 1
    for copy in folder.glob(f"{file.name}.nightly.*"):
        found = _NIGHTLY.search(copy.name)
        if found and found[1] <= oldest:
            copy.unlink()
    return made


def last_backup(file: Path) -> Path | None:
    """The newest copy of any kind but those of a database that another took the place of: they may be damaged."""
    copies = [copy for copy in backup_folder(file).glob(f"{file.name}.*") if not _IS_NONE.search(copy.name)]
    return max(copies, key=lambda copy: copy.stat().st_mtime, default=None)


def restore(copy: Path, file: Path, *, now: datetime) -> RestoredBackup:
    """Puts ``copy`` in the place of the database; what stood there is kept beside the other copies.

    One that is too damaged to be copied as a database is kept byte by byte.

    Raises BadDatabaseError where the copy is damaged, no database of this program, or of a newer one, and
    DatabaseInUseError while a bot works with the database: nothing is touched then; DatabaseUnusableError.
    """
    _ensure_sound(copy)
    if is_held(file):
        raise DatabaseInUseError(file, "")
    kept = None
    if file.exists():
        kept = backup_folder(file) / f"{file.name}.before-restore.{now:%Y%m%d-%H%M%S}"
        _keep(file, kept)
    file.parent.mkdir(parents=True, exist_ok=True)
    arriving = file.with_name(f"{file.name}.restoring")
    try:
        shutil.copyfile(copy, arriving)
        for rest in ("-wal", "-shm"):  # they belong to the database that goes
            file.with_name(file.name + rest).unlink(missing_ok=True)
        arriving.replace(file)
    except OSError as error:
        raise DatabaseUnusableError(file, str(error)) from error
    return RestoredBackup(kept)


def _keep(file: Path, kept: Path) -> None:
    """A damaged database is what a copy is put back for: it must not stand in the way, and is no less worth keeping."""
    try:
        make_backup(file, kept)
    except DatabaseUnusableError as error:
        if not isinstance(error.__cause__, sqlite3.DatabaseError) or isinstance(
            error.__cause__, sqlite3.OperationalError
        ):
            raise  # a full disk, a lock, no rights: the file itself may be sound
        try:
            for rest in ("", "-wal"):
                if (part := file.with_name(file.name + rest)).exists():
                    shutil.copyfile(part, kept.with_name(kept.name + rest))
        except OSError as failure:
            raise DatabaseUnusableError(kept, str(failure)) from failure


def _ensure_sound(copy: Path) -> None:
    if look_inside(copy, is_at_rest=True).revision not in known_revisions():
        raise BadDatabaseError(copy, "newer")
