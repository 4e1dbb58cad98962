"""What the reading process can be asked for; a module of its own, since the worker runs as ``__main__``."""

from __future__ import annotations

from enum import StrEnum


class Task(StrEnum):
    DOCUMENT = "document"
    ATTENDANCE = "attendance"
    FORM = "form"
