"""`python -m bot backup` and `python -m bot restore`: a copy of the database out, and one back in."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from bot.texts.catalogue import plain
from storage.backups import backup_folder, make_backup, restore
from storage.errors import BadDatabaseError, DatabaseInUseError, DatabaseUnusableError
from storage.migrating import sqlite_file

_MEGABYTE = 1024 * 1024


class BackupError(Exception):
    """No copy was made or put back; the text says why, in words."""


def run_backup(url: str, *, target: Path | None, now: datetime) -> str:
    """Copies the database, also of a running bot; what to print. Raises BackupError."""
    file = _existing_file(url)
    target = target or backup_folder(file) / f"{file.name}.manual.{now:%Y%m%d-%H%M%S}"
    if target.exists():
        raise BackupError(plain("backup-exists", file=str(target)))
    try:
        make_backup(file, target)
    except DatabaseUnusableError as error:
        raise BackupError(_why(target, error)) from error
    return plain("backup-made", file=str(target), size=f"{target.stat().st_size / _MEGABYTE:.1f}")


def run_restore(url: str, *, copy: Path, now: datetime) -> str:
    """Puts a copy in the place of the database; what to print. Raises BackupError, and then nothing has changed."""
    file = sqlite_file(url)
    if file is None:
        raise BackupError(plain("backup-not-sqlite"))
    try:
        done = restore(copy, file, now=now)
    except BadDatabaseError as error:
        raise BackupError(plain("restore-refused", file=str(copy), fault=error.fault)) from error
    except DatabaseInUseError:
        raise BackupError(plain("restore-in-use")) from None
    except DatabaseUnusableError as error:
        raise BackupError(_why(file, error)) from error
    if done.kept is None:
        return plain("restore-done", file=str(file))
    return plain("restore-done-kept", file=str(file), kept=str(done.kept))


def _why(file: Path, error: DatabaseUnusableError) -> str:
    return plain("backup-failed", file=str(file), kind=error.kind, reason=error.reason)


def _existing_file(url: str) -> Path:
    file = sqlite_file(url)
    if file is None:
        raise BackupError(plain("backup-not-sqlite"))
    if not file.exists():
        raise BackupError(plain("backup-no-database", file=str(file)))
    return file
