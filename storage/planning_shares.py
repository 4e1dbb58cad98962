"""Planning a share of the people as one set of rows.

The share is written into a temporary table once; there the readers who are alike are found, and joined with the steps
that the rules gave for each of their kinds. Of a million notices no row passes through Python.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ColumnElement,
    Date,
    Dialect,
    Insert,
    Integer,
    MetaData,
    Select,
    String,
    Table,
    Time,
    and_,
    bindparam,
    case,
    cast,
    delete,
    exists,
    false,
    func,
    insert,
    literal,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.schema import CreateTable

from bot.domain.delivery import NoticeKind, NoticeState
from bot.domain.ids import AssignmentId, OccurrenceId, PersonId, UnitId
from bot.domain.ladder import DueMoment
from bot.domain.network import QuietHours
from bot.domain.quiet import Reader
from bot.ports.planning import Alike, AlikeStep, DateToPlan, Recipient, Share, Told
from storage.dialect import begins_with, insert_from
from storage.recipients import AnyShare, bounds_of, concerned, zone_of_member
from storage.tables import notices, occurrences, persons, units
from storage.types import Instant

_Any = TypeVar("_Any")
_EVERYBODY = 2**31 - 1
_LISTS = [NoticeKind.ASSIGNED.value, NoticeKind.CHANGED.value]
_TEMPORARY = MetaData()

# Those of the share for whom something may have to be planned.
_taken = Table(
    "planning_share",
    _TEMPORARY,
    Column("person_id", Integer, nullable=False),
    Column("assignment_id", Integer, nullable=False),
    Column("occurrence_id", Integer, nullable=False),
    Column("unit_id", Integer, nullable=False),
    Column("due_at", Instant),
    Column("due_on", Date),
    Column("due_version", Integer, nullable=False),
    Column("timezone", String(64), nullable=False),
    Column("quiet_from", Time, nullable=False),
    Column("quiet_to", Time, nullable=False),
    Column("mark", String(200), nullable=False),  # the same for those who are alike
    Column("is_fresh", Boolean, nullable=False),  # nothing was ever planned for him about these dates
    prefixes=["TEMPORARY"],
)
_steps = Table(
    "planning_steps",
    _TEMPORARY,
    Column("mark", String(200), nullable=False),
    Column("name", String(32), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("days_before", Integer),
    Column("due_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("detail", JSON),
    prefixes=["TEMPORARY"],
)

_ALIKE = (
    select(
        _taken.c.mark,
        *(
            func.min(_taken.c[name]).label(name)
            for name in ("occurrence_id", "timezone", "quiet_from", "quiet_to", "due_at", "due_on")
        ),
    )
    .where(_taken.c.is_fresh)
    .group_by(_taken.c.mark)
)
_INSERT_STEPS = insert(_steps)
_WITH_HISTORY = select(_taken.c.person_id).where(~_taken.c.is_fresh).distinct().order_by(_taken.c.person_id)


async def shares(connection: AsyncConnection, dates: Sequence[DateToPlan], *, size: int) -> tuple[Share, ...]:
    """Ranges of people with about ``size`` answers each that they owe or look after; all people are in one of them."""
    everybody = union_all(*(part.with_only_columns(part.selected_columns.person_id) for part in concerned(dates, None)))
    people = everybody.subquery("people")
    place = func.row_number().over(order_by=people.c.person_id).label("place")
    numbered = select(people.c.person_id, place).subquery("numbered")
    ends = select(numbered.c.person_id).where(numbered.c.place % size == 0).order_by(numbered.c.person_id)
    bounds = dict.fromkeys((await connection.execute(ends)).scalars())
    return tuple(Share(PersonId(after), PersonId(upto)) for after, upto in pairwise([0, *bounds, _EVERYBODY]))


async def is_untouched(connection: AsyncConnection, dates: Sequence[DateToPlan]) -> bool:
    """Whether nothing was ever planned about the dates: then nobody's history has to be looked through."""
    return (await connection.execute(select(notices.c.id).where(_about(dates)).limit(1))).first() is None


def planned_as(date: DateToPlan) -> str:
    """Changes with whatever gives a date other notices: its version and its ladder."""
    return f"{date.version}:{date.ladder_mark}"


async def take_share(
    connection: AsyncConnection, dates: Sequence[DateToPlan], share: Share, *, is_untouched: bool
) -> None:
    """Takes everybody of the share but those whose notices of these versions are planned and wait."""
    for statement in _kept(connection, "clearing", None, lambda: _clearing(connection.dialect)):
        await connection.exec_driver_sql(statement)
    taking = _kept(connection, "taking", (tuple(dates), is_untouched), lambda: _taking(connection, dates, is_untouched))
    await connection.execute(taking, bounds_of(share))


def _taking(connection: AsyncConnection, dates: Sequence[DateToPlan], is_untouched: bool) -> Insert:
    parts = [_with_reader(part) for part in concerned(dates, AnyShare())]
    taken = union_all(*parts).subquery("concerned")
    mark = (
        cast(taken.c.occurrence_id, String)
        + " "
        + taken.c.timezone
        + " "
        + cast(taken.c.quiet_from, String)
        + " "
        + cast(taken.c.quiet_to, String)
        + func.coalesce(" " + cast(taken.c.due_at, String), "")
    )
    found = select(taken, mark.label("mark"), (true() if is_untouched else ~_has_history(dates, taken)).label("fresh"))
    if not is_untouched:
        found = found.where(~_is_settled(connection, dates, taken))
    return insert(_taken).from_select([column.name for column in _taken.columns], found)


def _clearing(dialect: Dialect) -> tuple[str, ...]:
    """How each table is made, where the connection has none yet, and emptied. In words, because they are asked for
    every share, and a rollback takes away what was made in its transaction."""
    return tuple(
        str(statement.compile(dialect=dialect))
        for table in (_taken, _steps)
        for statement in (CreateTable(table, if_not_exists=True), delete(table))
    )


def _kept(connection: AsyncConnection, name: str, key: object, build: Callable[[], _Any]) -> _Any:
    """What is asked for one share after the other, built once: to build it costs more than to answer it."""
    found = connection.info.get(name)
    if found is None or found[0] != key:
        found = connection.info[name] = (key, build())
    statement: _Any = found[1]
    return statement


async def alike(connection: AsyncConnection) -> tuple[Alike, ...]:
    """The kinds of readers among those of the share who have heard nothing."""
    rows = await connection.execute(_ALIKE)
    return tuple(
        Alike(
            row.mark,
            OccurrenceId(row.occurrence_id),
            Reader(ZoneInfo(row.timezone), QuietHours(row.quiet_from, row.quiet_to)),
            _own_due(row),
        )
        for row in rows
    )


async def plan_alike(connection: AsyncConnection, steps: Sequence[AlikeStep], *, now: datetime) -> int:
    """A row for each of the share who has heard nothing and each step of his kind. Returns how many were new."""
    rows = [
        {
            "mark": one.mark,
            "name": one.name,
            "kind": one.step.kind.value,
            "days_before": one.step.days_before,
            "due_at": one.step.at,
            "expires_at": one.step.expires_at,
            "detail": one.detail,
        }
        for one in steps
    ]
    await connection.execute(_INSERT_STEPS, rows)
    planning = _kept(connection, "planning", None, lambda: _planning(connection))
    result = await connection.execute(planning, {"planned_now": now})
    return max(result.rowcount, 0)


def _planning(connection: AsyncConnection) -> Insert:
    own_term = and_(_taken.c.due_version > 0, _steps.c.days_before.is_not(None))
    key = (
        _key_of(_taken.c.assignment_id, occurrences.c.version, _taken.c.person_id)
        + _steps.c.name
        + case((own_term, ":d" + cast(_taken.c.due_version, String)), else_="")
    )
    values: dict[str, ColumnElement[Any]] = {
        "key": key,
        "person_id": _taken.c.person_id,
        "kind": _steps.c.kind,
        "state": literal(NoticeState.PLANNED.value),
        "due_at": _steps.c.due_at,
        "expires_at": _steps.c.expires_at,
        "occurrence_id": _taken.c.occurrence_id,
        "occurrence_version": occurrences.c.version,
        "assignment_id": _taken.c.assignment_id,
        "assignment_due_version": _taken.c.due_version,
        "unit_id": _taken.c.unit_id,
        "days_before": _steps.c.days_before,
        "detail": _steps.c.detail,
        "attempts": literal(0),
        "was_in_doubt": false(),
        "created_at": bindparam("planned_now", type_=Instant),
    }
    found = (
        select(*values.values())
        .select_from(_taken)
        .join(_steps, _steps.c.mark == _taken.c.mark)
        .join(occurrences, occurrences.c.id == _taken.c.occurrence_id)
        .where(_taken.c.is_fresh)
    )
    return insert_from(connection, notices, [*values], found)


async def fresh_recipients(connection: AsyncConnection, dates: Sequence[DateToPlan]) -> tuple[Recipient, ...]:
    """Those of the share who have heard nothing, as far as they are concerned by these dates."""
    ids = [date.occurrence_id for date in dates]
    statement = select(_taken).where(_taken.c.is_fresh, _taken.c.occurrence_id.in_(ids))
    rows = await connection.execute(statement.order_by(_taken.c.person_id, _taken.c.assignment_id))
    return tuple(
        Recipient(
            person_id=PersonId(row.person_id),
            occurrence_id=OccurrenceId(row.occurrence_id),
            assignment_id=AssignmentId(row.assignment_id),
            unit_id=UnitId(row.unit_id),
            reader=Reader(ZoneInfo(row.timezone), QuietHours(row.quiet_from, row.quiet_to)),
            told=Told.NOTHING,
            own_due=_own_due(row),
            due_version=row.due_version,
        )
        for row in rows
    )


async def with_history(connection: AsyncConnection) -> tuple[PersonId, ...]:
    """Those of the share who have heard something of the dates, and are not settled."""
    return tuple(PersonId(i) for i in (await connection.execute(_WITH_HISTORY)).scalars())


def _with_reader(part: Select[Any]) -> Select[Any]:
    """The columns of ``_taken`` but the last two. Joined here, because through a union SQLite finds no order of its
    own to join in."""
    columns = {column.name: column for column in part.selected_columns}
    columns["timezone"] = func.coalesce(persons.c.timezone, zone_of_member(), units.c.timezone).label("timezone")
    columns |= {"quiet_from": persons.c.quiet_from, "quiet_to": persons.c.quiet_to}
    names = [column.name for column in _taken.columns][:-2]
    owing_unit = part.selected_columns.unit_id
    return part.join(units, units.c.id == owing_unit).with_only_columns(*(columns[name] for name in names))


def _about(dates: Sequence[DateToPlan]) -> ColumnElement[bool]:
    documents = {date.document_id for date in dates if date.document_id is not None}
    of_series = {date.event_series for date in dates if date.event_series is not None}
    is_of_a_date = and_(
        notices.c.occurrence_id.in_([date.occurrence_id for date in dates]),
        notices.c.kind != NoticeKind.REFRESH.value,
    )
    is_list = and_(
        or_(notices.c.document_id.in_(documents), notices.c.series_id.in_(of_series)), notices.c.kind.in_(_LISTS)
    )
    return or_(is_of_a_date, is_list) if documents or of_series else is_of_a_date


def _has_history(dates: Sequence[DateToPlan], taken: Any) -> ColumnElement[bool]:
    """Somebody's own notices are few beside those of a date: the sum with nothing keeps the index of the dates out."""
    documents = {date.document_id for date in dates if date.document_id is not None}
    of_series = {date.event_series for date in dates if date.event_series is not None}
    is_about = or_(
        and_(
            (notices.c.occurrence_id + 0).in_([date.occurrence_id for date in dates]),
            notices.c.kind != NoticeKind.REFRESH.value,
        ),
        and_(
            or_((notices.c.document_id + 0).in_(documents), (notices.c.series_id + 0).in_(of_series)),
            notices.c.kind.in_(_LISTS),
        ),
    )
    return exists(select(literal(1)).where(notices.c.person_id == taken.c.person_id, is_about).correlate(taken))


def _is_settled(connection: AsyncConnection, dates: Sequence[DateToPlan], taken: Any) -> ColumnElement[bool]:
    """His steps of this version and of this ladder wait to be sent: planning again would plan the very same.

    So when a school joins, the others of the date are not worked out once more. Found by the beginning of the key.
    """
    unchanged = [date for date in dates if date.planned_as == planned_as(date)]
    if not unchanged:
        return false()
    version = case({date.occurrence_id: date.version for date in unchanged}, value=taken.c.occurrence_id)
    waits = select(literal(1)).where(
        begins_with(connection, notices.c.key, _key_of(taken.c.assignment_id, version, taken.c.person_id)),
        notices.c.state == NoticeState.PLANNED.value,
        notices.c.assignment_due_version == taken.c.due_version,
    )
    is_unchanged = taken.c.occurrence_id.in_([date.occurrence_id for date in unchanged])
    return and_(is_unchanged, exists(waits.correlate(taken)))


def _key_of(assignment: ColumnElement[Any], version: ColumnElement[Any], person: ColumnElement[Any]) -> Any:
    """How ``notices_of_each`` begins the key of what is said of one assignment."""
    return "a" + cast(assignment, String) + ":v" + cast(version, String) + ":p" + cast(person, String) + ":"


def _own_due(row: Any) -> DueMoment | None:
    return None if row.due_at is None else DueMoment(row.due_at, row.due_on, has_time=False)
