"""On whose clock somebody is written to: his own zone, else that of his unit."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Column, ColumnElement, Row, ScalarSelect, func, select

from bot.domain.network import QuietHours, Standing
from bot.domain.quiet import Reader
from storage.tables import memberships, persons, units

READER: tuple[ColumnElement[Any], ...] = (
    func.coalesce(persons.c.timezone, units.c.timezone).label("reader_zone"),
    persons.c.quiet_from,
    persons.c.quiet_to,
)
"""The columns of a statement that joins ``persons`` and the ``units`` they are of."""


def reader_from(row: Row[Any]) -> Reader:
    """What the columns of ``READER`` say."""
    return Reader(ZoneInfo(row.reader_zone), QuietHours(row.quiet_from, row.quiet_to))


def zone_of_member(person_id: Column[Any]) -> ScalarSelect[Any]:
    """Within a statement that reads ``person_id``: the zone of the unit that he has belonged to the longest."""
    own = units.alias("own_unit")
    return (
        select(own.c.timezone)
        .join(memberships, memberships.c.unit_id == own.c.id)
        .where(memberships.c.person_id == person_id, memberships.c.standing != Standing.LEFT.value)
        .order_by(memberships.c.id)
        .limit(1)
        .correlate(person_id.table)
        .scalar_subquery()
    )
