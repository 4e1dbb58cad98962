"""Planning a share of the people as one set of rows.

The share is written into a temporary table; there the kinds of readers are found that were not met before, and each
reader is joined with the steps that the rules gave for his kind. Of a million notices no row passes through Python.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache, partial
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import (
    ColumnElement,
    Insert,
    String,
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
from storage.dialect import insert_each_new, insert_from
from storage.planning_tables import HIS_OWN, IS_ALIKE, NOTHING, OLDER, known_steps, planned_dates, taken
from storage.planning_taking import LISTS, taking
from storage.prepared import Prepared
from storage.recipients import bounds_of, concerned
from storage.tables import notices
from storage.types import Instant

_EVERYBODY = 2**31 - 1
_ALIKE = Prepared(
    lambda: (
        select(
            taken.c.mark,
            *(
                func.min(taken.c[name]).label(name)
                for name in ("occurrence_id", "timezone", "quiet_from", "quiet_to", "due_at", "due_on", "told")
            ),
        )
        .where(IS_ALIKE, ~exists(select(literal(1)).where(known_steps.c.mark == taken.c.mark)))
        .group_by(taken.c.mark)
    )
)
_CLEAR = Prepared(lambda: delete(taken))
_OF_HIS_OWN = select(taken.c.person_id).where(~IS_ALIKE).distinct()
_WITH_HISTORY = Prepared(lambda: _OF_HIS_OWN.order_by(taken.c.person_id))
_TOLD_OLDER = Prepared(
    lambda: select(taken.c.person_id).where(taken.c.told == OLDER).distinct().order_by(taken.c.person_id)
)
# Who is planned by himself is so for all that he is told of.
_ALL_HIS_OWN = Prepared(lambda: update(taken).where(taken.c.person_id.in_(_OF_HIS_OWN), IS_ALIKE).values(told=HIS_OWN))


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


def get_ready(connection: AsyncConnection, dates: Sequence[DateToPlan], *, is_untouched: bool) -> None:
    """What takes longest of the first share, before anybody has to wait for it."""
    some = bounds_of(Share(PersonId(0), PersonId(0)))
    taking(connection, dates, is_untouched=is_untouched).put_into_words(connection, **some)
    _planning(connection.dialect.name).put_into_words(connection, planned_now=dates[0].opened_at)


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
    if connection.info.get("planned_dates") is not dates:
        await _begin_anew(connection, dates)
    await _CLEAR.changed(connection)
    await taking(connection, dates, is_untouched=is_untouched).changed(connection, **bounds_of(share))
    if not is_untouched:
        await _ALL_HIS_OWN.changed(connection)


async def _begin_anew(connection: AsyncConnection, dates: Sequence[DateToPlan]) -> None:
    for table in (planned_dates, taken, known_steps):
        await connection.execute(CreateTable(table, if_not_exists=True))
    for table in (planned_dates, known_steps):
        await connection.execute(delete(table))
    rows = [
        {
            "occurrence_id": date.occurrence_id,
            "version": date.version,
            "is_unchanged": date.planned_as == planned_as(date),
            "document_id": date.document_id,
            "series_id": date.event_series,
        }
        for date in dates
    ]
    await connection.execute(insert(planned_dates), rows)
    connection.info["planned_dates"] = dates


async def alike(connection: AsyncConnection) -> tuple[Alike, ...]:
    """The kinds of readers among those of the share that no share had before."""
    rows = await _ALIKE.all(connection)
    return tuple(
        Alike(
            row.mark,
            OccurrenceId(row.occurrence_id),
            Reader(ZoneInfo(row.timezone), QuietHours(row.quiet_from, row.quiet_to)),
            _own_due(row),
            Told.NOTHING if row.told == NOTHING else Told.HAS_HEARD,
        )
        for row in rows
    )


async def note_steps(connection: AsyncConnection, steps: Sequence[AlikeStep]) -> None:
    """What all of a kind get, in this share and in those after it."""
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
        await connection.execute(insert_each_new(connection.dialect.name, known_steps), rows)


async def plan_alike(connection: AsyncConnection, *, now: datetime) -> int:
    """A row for each of the share who is like others and each step of his kind. Returns how many were new."""
    return max(await _planning(connection.dialect.name).changed(connection, planned_now=now), 0)


@cache
def _planning(dialect: str) -> Prepared:
    return Prepared(partial(_insert_notices, dialect))


def _insert_notices(dialect: str) -> Insert:
    own_term = and_(taken.c.due_version > 0, known_steps.c.days_before.is_not(None))
    key = taken.c.key + known_steps.c.name + case((own_term, ":d" + cast(taken.c.due_version, String)), else_="")
    values: dict[str, ColumnElement[Any]] = {
        "key": key,
        "person_id": taken.c.person_id,
        "kind": known_steps.c.kind,
        "state": literal(NoticeState.PLANNED.value),
        "due_at": known_steps.c.due_at,
        "expires_at": known_steps.c.expires_at,
        "occurrence_id": taken.c.occurrence_id,
        "occurrence_version": known_steps.c.version,
        "assignment_id": taken.c.assignment_id,
        "assignment_due_version": taken.c.due_version,
        "unit_id": taken.c.unit_id,
        "days_before": known_steps.c.days_before,
        "detail": known_steps.c.detail,
        "attempts": literal(0),
        "was_in_doubt": false(),
        "created_at": bindparam("planned_now", type_=Instant),
    }
    found = (
        select(*values.values())
        .select_from(taken)
        .join(known_steps, known_steps.c.mark == taken.c.mark)
        .where(IS_ALIKE)
    )
    return insert_from(dialect, notices, [*values], found)


async def fresh_recipients(connection: AsyncConnection, dates: Sequence[DateToPlan]) -> tuple[Recipient, ...]:
    """Those of the share who have heard nothing, as far as they are concerned by these dates."""
    ids = [date.occurrence_id for date in dates]
    statement = select(taken).where(taken.c.told == NOTHING, taken.c.occurrence_id.in_(ids))
    rows = await connection.execute(statement.order_by(taken.c.person_id, taken.c.assignment_id))
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


def _about(dates: Sequence[DateToPlan]) -> ColumnElement[bool]:
    documents = {date.document_id for date in dates if date.document_id is not None}
    of_series = {date.event_series for date in dates if date.event_series is not None}
    is_of_a_date = and_(
        notices.c.occurrence_id.in_([date.occurrence_id for date in dates]),
        notices.c.kind != NoticeKind.REFRESH.value,
    )
    is_list = and_(
        or_(notices.c.document_id.in_(documents), notices.c.series_id.in_(of_series)), notices.c.kind.in_(LISTS)
    )
    return or_(is_of_a_date, is_list) if documents or of_series else is_of_a_date


def _own_due(row: Any) -> DueMoment | None:
    return None if row.due_at is None else DueMoment(row.due_at, row.due_on, has_time=False)
