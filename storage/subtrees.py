"""Whether a unit lies within the subtrees that somebody sees, asked so that an index answers it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, false, or_, select, true
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.dialect import below
from storage.tables import units

WHOLE_NETWORK = "/"


def within(connection: AsyncConnection, scope: Sequence[str]) -> ColumnElement[bool]:
    """Of a row of ``units``; of no subtrees nothing is within."""
    if WHOLE_NETWORK in scope:
        return true()
    return or_(false(), *(below(connection, units.c.path, path) for path in scope))


def unit_within(
    connection: AsyncConnection, unit_id: ColumnElement[int], scope: Sequence[str], *, is_sought: bool = True
) -> ColumnElement[bool]:
    """Of a column that names a unit. ``units`` is not joined: the list of them is made once for a whole statement.

    ``is_sought``: the rows may be looked up unit by unit, which is best where few of them lie within; otherwise each
    row that is read is held against the list.
    """
    if WHOLE_NETWORK in scope:
        return true()
    column = unit_id if is_sought else unit_id + 0  # a sum keeps the index of the column out of it
    return column.in_(select(units.c.id).where(within(connection, scope)))
