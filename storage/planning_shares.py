"""Planning a share of the people as one set of rows.

The share is written into a temporary table; there the kinds of readers are found that were not met before, and each
reader is joined with the steps that the rules gave for his kind. Of a million notices no row passes through Python.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    Date,
    Insert,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
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
    union_all,
    update,
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
from storage.prepared import Prepared
from storage.readers import zone_of_member
from storage.recipients import GONE, AnyShare, bounds_of, concerned
from storage.tables import notices, persons, units
from storage.types import Instant

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
    Column("told", Integer, nullable=False),
    Column("mark", String(200), nullable=False),  # the same for those who are alike
    Column("key", String(64), nullable=False),  # how the keys of all his notices begin
    prefixes=["TEMPORARY"],
)
_steps = Table(
    "planning_steps",
    _TEMPORARY,
    Column("mark", String(200), nullable=False),
    Column("name", String(32), nullable=False),
    Column("version", Integer, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("days_before", Integer),
    Column("due_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("detail", JSON),
    PrimaryKeyConstraint("mark", "name"),
    prefixes=["TEMPORARY"],
)
# What a row of ``_taken`` was told: nothing; of an older version, and no more than that; what only he was told.
_NOTHING, _OLDER, _HIS_OWN = 0, 1, 2
_IS_ALIKE = _taken.c.told < _HIS_OWN

_ALIKE = Prepared(
    lambda: (
        select(
            _taken.c.mark,
            *(
                func.min(_taken.c[name]).label(name)
                for name in ("occurrence_id", "timezone", "quiet_from", "quiet_to", "due_at", "due_on", "told")
            ),
        )
        .where(_IS_ALIKE, ~exists(select(literal(1)).where(_steps.c.mark == _taken.c.mark)))
        .group_by(_taken.c.mark)
    )
)
_CLEAR = Prepared(lambda: delete(_taken))
_OF_HIS_OWN = select(_taken.c.person_id).where(~_IS_ALIKE).distinct()
_WITH_HISTORY = Prepared(lambda: _OF_HIS_OWN.order_by(_taken.c.person_id))
_TOLD_OLDER = Prepared(
    lambda: select(_taken.c.person_id).where(_taken.c.told == _OLDER).distinct().order_by(_taken.c.person_id)
)
# Who is planned by himself is so for all that he is told of.
_ALL_HIS_OWN = Prepared(
    lambda: update(_taken).where(_taken.c.person_id.in_(_OF_HIS_OWN), _IS_ALIKE).values(told=_HIS_OWN)
)


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
    """Takes everybody of the share but those whose notices of these versions are planned and wait.

    The steps of the kinds that were met are kept from share to share of the same ``dates``, which one planning asks
    for and no other: the next one has another moment for its steps.
    """
    kept = connection.info.get("planning")
    if kept is None or kept.dates is not dates:
        for table in (_taken, _steps):
            await connection.execute(CreateTable(table, if_not_exists=True))
        await connection.execute(delete(_steps))
        taking = Prepared(lambda: _taking(connection, dates, is_untouched))
        kept = connection.info["planning"] = _Kept(dates, taking, Prepared(lambda: _planning(connection)))
    await _CLEAR.changed(connection)
    await kept.taking.changed(connection, **bounds_of(share))
    if not is_untouched:
        await _ALL_HIS_OWN.changed(connection)


class _Kept(NamedTuple):
    """What is asked for one share of the dates after the other: to build it costs more than to answer it."""

    dates: Sequence[DateToPlan]
    taking: Prepared
    planning: Prepared


def _taking(connection: AsyncConnection, dates: Sequence[DateToPlan], is_untouched: bool) -> Insert:
    parts = [_with_reader(part) for part in concerned(dates, AnyShare())]
    taken = union_all(*parts).subquery("concerned")
    told = literal(_NOTHING) if is_untouched else _told(dates, taken)
    found = select(taken, told.label("told"))
    if not is_untouched:
        found = found.where(~_is_settled(connection, dates, taken))
    each = found.subquery("found")
    mark = (
        cast(each.c.occurrence_id, String)
        + cast(each.c.told, String)
        + each.c.timezone
        + cast(each.c.quiet_from, String)
        + cast(each.c.quiet_to, String)
        + func.coalesce(cast(each.c.due_at, String), "")
    )
    marked = select(each, mark.label("mark"), _key_of(each.c.assignment_id, _version(dates, each), each.c.person_id))
    return insert(_taken).from_select([column.name for column in _taken.columns], marked)


def _version(dates: Sequence[DateToPlan], each: Any) -> ColumnElement[Any]:
    """Of the date as it is planned here: one that has moved meanwhile waits, and what is planned here is cancelled."""
    versions = {date.occurrence_id: date.version for date in dates}
    if len(set(versions.values())) == 1:
        return literal(dates[0].version)
    return case(versions, value=each.c.occurrence_id)


def _told(dates: Sequence[DateToPlan], taken: Any) -> ColumnElement[Any]:
    """What somebody was told of a date that stands alone; where dates come in lists, whether he was told of any."""
    if any(date.document_id is not None or date.event_series is not None for date in dates):
        return case((_has_history(dates, taken), _HIS_OWN), else_=_NOTHING)
    is_news = and_(notices.c.kind != NoticeKind.INFO.value, notices.c.occurrence_version == _version(dates, taken))
    knows = func.max(case((is_news, _HIS_OWN), (notices.c.state.in_(GONE), _OLDER), else_=_NOTHING))
    bounded = case((taken.c.due_at.is_(None), 1), else_=_HIS_OWN)  # a term of his own counts what went out before
    heard = select(func.coalesce(knows, _NOTHING) * bounded).where(
        notices.c.person_id == taken.c.person_id,
        notices.c.assignment_id == taken.c.assignment_id,
        notices.c.kind != NoticeKind.REFRESH.value,
    )
    return heard.correlate(taken).scalar_subquery()


async def alike(connection: AsyncConnection) -> tuple[Alike, ...]:
    """The kinds of readers among those of the share that no share had before."""
    rows = await _ALIKE.all(connection)
    return tuple(
        Alike(
            row.mark,
            OccurrenceId(row.occurrence_id),
            Reader(ZoneInfo(row.timezone), QuietHours(row.quiet_from, row.quiet_to)),
            _own_due(row),
            Told.NOTHING if row.told == _NOTHING else Told.HAS_HEARD,
        )
        for row in rows
    )


async def plan_alike(connection: AsyncConnection, steps: Sequence[AlikeStep], *, now: datetime) -> int:
    """A row for each of the share who is like others and each step of his kind, those of ``steps`` and those of the
    shares before. Returns how many were new."""
    rows = [
        {
            "mark": one.mark,
            "name": one.name,
            "version": one.version,
            "kind": one.step.kind.value,
            "days_before": one.step.days_before,
            "due_at": one.step.at,
            "expires_at": one.step.expires_at,
            "detail": one.detail,
        }
        for one in steps
    ]
    if rows:
        await connection.execute(insert(_steps), rows)
    kept: _Kept = connection.info["planning"]
    return max(await kept.planning.changed(connection, planned_now=now), 0)


def _planning(connection: AsyncConnection) -> Insert:
    own_term = and_(_taken.c.due_version > 0, _steps.c.days_before.is_not(None))
    key = _taken.c.key + _steps.c.name + case((own_term, ":d" + cast(_taken.c.due_version, String)), else_="")
    values: dict[str, ColumnElement[Any]] = {
        "key": key,
        "person_id": _taken.c.person_id,
        "kind": _steps.c.kind,
        "state": literal(NoticeState.PLANNED.value),
        "due_at": _steps.c.due_at,
        "expires_at": _steps.c.expires_at,
        "occurrence_id": _taken.c.occurrence_id,
        "occurrence_version": _steps.c.version,
        "assignment_id": _taken.c.assignment_id,
        "assignment_due_version": _taken.c.due_version,
        "unit_id": _taken.c.unit_id,
        "days_before": _steps.c.days_before,
        "detail": _steps.c.detail,
        "attempts": literal(0),
        "was_in_doubt": false(),
        "created_at": bindparam("planned_now", type_=Instant),
    }
    found = select(*values.values()).select_from(_taken).join(_steps, _steps.c.mark == _taken.c.mark).where(_IS_ALIKE)
    return insert_from(connection, notices, [*values], found)


async def fresh_recipients(connection: AsyncConnection, dates: Sequence[DateToPlan]) -> tuple[Recipient, ...]:
    """Those of the share who have heard nothing, as far as they are concerned by these dates."""
    ids = [date.occurrence_id for date in dates]
    statement = select(_taken).where(_taken.c.told == _NOTHING, _taken.c.occurrence_id.in_(ids))
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
    """Those of the share who were told what only they were told, and are not settled."""
    return tuple(PersonId(row.person_id) for row in await _WITH_HISTORY.all(connection))


async def told_older(connection: AsyncConnection) -> tuple[PersonId, ...]:
    """Those of the share who know an older version of a date, and are planned as a set."""
    return tuple(PersonId(row.person_id) for row in await _TOLD_OLDER.all(connection))


def _with_reader(part: Select[Any]) -> Select[Any]:
    """The columns of ``_taken`` but the last three. Joined here, because through a union SQLite finds no order of its
    own to join in."""
    columns = {column.name: column for column in part.selected_columns}
    zone = func.coalesce(persons.c.timezone, zone_of_member(persons.c.id), units.c.timezone)
    columns["timezone"] = zone.label("timezone")
    columns |= {"quiet_from": persons.c.quiet_from, "quiet_to": persons.c.quiet_to}
    names = [column.name for column in _taken.columns][:-3]
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
    return literal("a") + cast(assignment, String) + ":v" + cast(version, String) + ":p" + cast(person, String) + ":"


def _own_due(row: Any) -> DueMoment | None:
    return None if row.due_at is None else DueMoment(row.due_at, row.due_on, has_time=False)
