"""What the database says when it cannot do its work for a while."""

from __future__ import annotations

from enum import StrEnum


class StorageFault(StrEnum):
    """Why; each asks the owner for something else."""

    FULL = "the disk is full"
    LOCKED = "another program holds the database"
    READ_ONLY = "the database may not be written"
    UNREACHABLE = "the database cannot be reached"


class StorageDownError(Exception):
    """The database cannot be read or written for now. Nothing of the transaction happened; it may be tried again."""

    def __init__(self, fault: StorageFault) -> None:
        super().__init__(fault.value)
        self.fault = fault
