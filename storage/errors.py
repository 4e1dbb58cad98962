"""What the storage refuses at the start: one root, facts in the fields, the words chosen at the edge."""

from __future__ import annotations

from pathlib import Path


class StorageError(Exception):
    """The root of what the storage refuses."""


class DatabaseTooNewError(StorageError):
    """The database was written by a newer program: this one would damage it, so it does not open it."""

    def __init__(self, revision: str) -> None:
        super().__init__(f"the database has revision {revision}, which this program does not know")
        self.revision = revision


class DatabaseUnusableError(StorageError):
    """The file cannot be opened or written: no folder, no rights, a full disk, or not a database at all."""

    def __init__(self, place: Path | str, reason: str) -> None:
        super().__init__(f"{place}: {reason}")
        self.place = place
        self.reason = reason

    @property
    def kind(self) -> str:
        """locked, damaged or other: what its owner does about it. By SQLite's own words, which other layers pass on."""
        if "is locked" in self.reason:
            return "locked"
        return "damaged" if "not a database" in self.reason or "malformed" in self.reason else "other"


class DatabaseInUseError(StorageError):
    """Another bot works with the database; ``process`` is its id, where it is known."""

    def __init__(self, place: Path, process: str) -> None:
        super().__init__(f"{place} is in use by process {process or '?'}")
        self.place = place
        self.process = process


class BadDatabaseError(StorageError):
    """A file that is no sound database of this program; ``fault`` is missing, foreign, damaged, locked,
    unreadable or newer."""

    def __init__(self, place: Path, fault: str) -> None:
        super().__init__(f"{place}: {fault}")
        self.place = place
        self.fault = fault
