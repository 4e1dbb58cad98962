"""On whose clock somebody is written to: his own zone, else that of his unit."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Row, func

from bot.domain.network import QuietHours
from bot.domain.quiet import Reader
from storage.tables import persons, units

READER: tuple[ColumnElement[Any], ...] = (
    func.coalesce(persons.c.timezone, units.c.timezone).label("reader_zone"),
    persons.c.quiet_from,
    persons.c.quiet_to,
)
"""The columns of a statement that joins ``persons`` and the ``units`` they are of."""


def reader_from(row: Row[Any]) -> Reader:
    """What the columns of ``READER`` say."""
    return Reader(ZoneInfo(row.reader_zone), QuietHours(row.quiet_from, row.quiet_to))
