"""Which matters are shown in the very same words: of thousands invited to one event, most are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import JSON, Column, ColumnElement, Label, Select, Text, bindparam, case, cast, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ids import AssignmentId
from bot.domain.matters import ActivityKind
from storage.prepared import Prepared
from storage.tables import activities, assignments, documents, occurrences

_READ_FROM_ONE_ROW = (ActivityKind.TASK.value, ActivityKind.WEBINAR.value, ActivityKind.CALL.value)
_WHOSE = frozenset({"assignment_id", "person_id", "unit_id", "unit_title"})


async def alike(
    connection: AsyncConnection, matters: Select[Any], assignment_ids: Sequence[AssignmentId]
) -> Mapping[AssignmentId, AssignmentId]:
    rows = await _firsts(matters).all(connection, ids=assignment_ids)
    return {AssignmentId(row.assignment_id): AssignmentId(row.first_id) for row in rows}


@cache  # for the one statement that there is
def _firsts(matters: Select[Any]) -> Prepared:
    return Prepared(lambda: _first_of_each(matters), lists=["ids"])


def _first_of_each(matters: Select[Any]) -> Select[Any]:
    """Whatever column a matter is read from is compared, without being named here; what is read beside it is not."""
    found = matters.where(assignments.c.id.in_(bindparam("ids", expanding=True))).subquery()
    of_the_date = {column.key for column in matters.selected_columns if _is_of_the_date(column)}
    shown = [_comparable(column) for column in found.c if column.name not in _WHOSE | of_the_date]
    # A school's matter names the school, and where seats are counted each school may have its own.
    is_of_a_unit = or_(found.c.person_id.is_(None), found.c.event["seats"].as_string().is_not(None))
    has_more = found.c.kind.not_in(_READ_FROM_ONE_ROW)
    same = [
        *shown,
        found.c.person_id.is_(None),
        case((is_of_a_unit, found.c.unit_id)),
        case((has_more, found.c.assignment_id)),
    ]
    return select(found.c.assignment_id, func.min(found.c.assignment_id).over(partition_by=same).label("first_id"))


def _is_of_the_date(column: ColumnElement[Any]) -> bool:
    """The same in all matters of one date, and the date is compared: so it need not be, and half of them are such."""
    element = column.element if isinstance(column, Label) else column
    return isinstance(element, Column) and element.table in (occurrences, activities, documents)


def _comparable(column: ColumnElement[Any]) -> ColumnElement[Any]:
    return cast(column, Text) if isinstance(column.type, JSON) else column
