"""What a job that looks for what is due remembers between two looks."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class Looks(Protocol):
    async def last(self, name: str) -> datetime | None:
        """When the job of this name last noted that it had looked; None where it never did."""

    async def note(self, name: str, at: datetime) -> None:
        """Notes that it has looked at ``at``."""
