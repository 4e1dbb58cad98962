"""The queries behind the list of threads: whose business each is, and for whom it waits."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, false, func, literal, or_, select, true
from sqlalchemy.sql.expression import ScalarSelect

from bot.domain.network import Reach
from bot.domain.threads import ThreadState
from bot.ports.threads import ThreadReader
from storage.coordinators import COORDINATES
from storage.tables import activities, assignments, memberships, occurrences, persons, units
from storage.task_tables import thread_messages, thread_readers, threads
from storage.types import Instant

_OF_UNIT = persons.alias("speaks_for_himself")


def list_threads(reader: ThreadReader, state: ThreadState) -> Select[Any]:
    """What waits for the reader's side first, the longest waiting before the others; then the latest."""
    waiting = _waiting_since(reader)
    last_at = _of_messages(func.max(thread_messages.c.written_at))
    return (
        select(
            threads,
            units.c.path.label("unit_path"),
            units.c.title.label("unit_title"),
            _OF_UNIT.c.full_name.label("person_name"),
            activities.c.title.label("title"),
            _first_text().label("first_text"),
            case((_is_below(reader), true()), else_=false()).label("is_below"),
            waiting.label("waiting_since"),
            last_at.label("last_at"),
            _unread(reader).label("unread"),
        )
        .select_from(_joined())
        .where(threads.c.state == state.value, _concerns(reader))
        .order_by(waiting.is_(None), waiting, last_at.desc(), threads.c.id.desc())
    )


def count_threads(reader: ThreadReader, state: ThreadState) -> Select[Any]:
    """All that are listed, and those of them that wait for the reader's side."""
    waits = case((_waiting_since(reader).is_not(None), 1), else_=0).label("waits")
    listed = select(waits).select_from(_joined()).where(threads.c.state == state.value, _concerns(reader)).subquery()
    return select(func.count(), func.coalesce(func.sum(listed.c.waits), 0)).select_from(listed)


def _joined() -> Any:
    return (
        threads.outerjoin(units, units.c.id == threads.c.unit_id)
        .outerjoin(_OF_UNIT, _OF_UNIT.c.id == threads.c.person_id)
        .outerjoin(assignments, assignments.c.id == threads.c.assignment_id)
        .outerjoin(occurrences, occurrences.c.id == assignments.c.occurrence_id)
        .outerjoin(activities, activities.c.id == occurrences.c.activity_id)
    )


def _concerns(reader: ThreadReader) -> ColumnElement[bool]:
    wrote = exists(
        select(literal(1))
        .where(thread_messages.c.thread_id == threads.c.id, thread_messages.c.person_id == reader.person_id)
        .correlate(threads)
    )
    above = [
        and_(func.substr(units.c.path, 1, len(path)) == path, or_(wrote, _nobody_nearer(len(path))))
        for path in reader.paths
    ]
    if reader.is_owner:
        above.append(or_(threads.c.unit_id.is_(None), wrote, _nobody_nearer(1)))
    return or_(_is_below(reader), *above)


def _is_below(reader: ThreadReader) -> ColumnElement[bool]:
    """The same as ``bot.domain.threads.side_of``, for many at once."""
    of_unit = and_(threads.c.person_id.is_(None), threads.c.unit_id.in_(reader.unit_ids))
    return or_(threads.c.person_id == reader.person_id, of_unit)


def _nobody_nearer(length: int) -> ColumnElement[bool]:
    """No coordinator who can be written to stands between the thread and a unit whose path is so long."""
    near = units.alias("near")
    return ~exists(
        select(literal(1))
        .select_from(
            memberships.join(near, near.c.id == memberships.c.unit_id).join(
                persons, persons.c.id == memberships.c.person_id
            )
        )
        .where(
            COORDINATES,
            persons.c.reach == Reach.REACHABLE.value,
            memberships.c.person_id != threads.c.opened_by,
            func.length(near.c.path) > length,
            func.substr(units.c.path, 1, func.length(near.c.path)) == near.c.path,
            or_(threads.c.person_id.is_not(None), near.c.id != threads.c.unit_id),
        )
        .correlate(threads, units)
    )


def _waiting_since(reader: ThreadReader) -> ColumnElement[Any]:
    """The first message of the other side after the last of the reader's own."""
    mine = case((_is_below(reader), false()), else_=true())
    own, others = thread_messages.alias("own"), thread_messages.alias("others")
    last_own = (
        select(func.coalesce(func.max(own.c.id), 0))
        .where(own.c.thread_id == threads.c.id, own.c.is_from_above == mine)
        .correlate(threads)
        .scalar_subquery()
    )
    return (
        select(func.min(others.c.written_at, type_=Instant()))
        .where(others.c.thread_id == threads.c.id, others.c.is_from_above != mine, others.c.id > last_own)
        .correlate(threads)
        .scalar_subquery()
    )


def _unread(reader: ThreadReader) -> ScalarSelect[Any]:
    seen = (
        select(func.coalesce(func.max(thread_readers.c.seen), 0))
        .where(thread_readers.c.thread_id == threads.c.id, thread_readers.c.person_id == reader.person_id)
        .correlate(threads)
        .scalar_subquery()
    )
    others = and_(thread_messages.c.person_id != reader.person_id, thread_messages.c.id > seen)
    return (
        select(func.count())
        .select_from(thread_messages)
        .where(thread_messages.c.thread_id == threads.c.id, others)
        .correlate(threads)
        .scalar_subquery()
    )


def _first_text() -> ScalarSelect[Any]:
    return (
        select(thread_messages.c.text)
        .where(thread_messages.c.thread_id == threads.c.id, thread_messages.c.text.is_not(None))
        .order_by(thread_messages.c.id)
        .limit(1)
        .correlate(threads)
        .scalar_subquery()
    )


def _of_messages(column: ColumnElement[Any]) -> ScalarSelect[Any]:
    return select(column).where(thread_messages.c.thread_id == threads.c.id).correlate(threads).scalar_subquery()
