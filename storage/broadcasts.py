"""Broadcasts: how far each has come, and holding what has not left."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, ScalarSelect, Select, and_, false, func, insert, null, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.broadcasts import NEWS, Broadcast, BroadcastKind, Flight, NewBroadcast
from bot.domain.delivery import NoticeKind, NoticeState, Unneeded
from bot.domain.ids import BroadcastId, OccurrenceId, PersonId, UnitId
from storage.broadcast_tables import broadcasts
from storage.tables import accounts, activities, notices, occurrences

_GONE = (NoticeState.SENT.value, NoticeState.SENDING.value, NoticeState.IN_DOUBT.value)
_WAITING = NoticeState.PLANNED.value
_CAN_BE_HELD = (NoticeState.PLANNED.value, NoticeState.IN_DOUBT.value)
_ANNOUNCING = (NoticeKind.ANNOUNCEMENT.value, NoticeKind.ASSIGNED.value)
_HELD = (
    *_ANNOUNCING, NoticeKind.REMINDER.value, NoticeKind.TODAY.value, NoticeKind.STARTS_SOON.value,
    NoticeKind.NUDGE.value,
)  # fmt: skip
_NEWS = (NoticeKind.MOVED.value, NoticeKind.CALLED_OFF.value, NoticeKind.CHANGED.value)
_IS_OF_NEWS = broadcasts.c.kind.in_(sorted(kind.value for kind in NEWS))
_IS_TO_BE_PLANNED = or_(occurrences.c.needs_planning, occurrences.c.being_planned)


class BroadcastStore:
    """Implements ``bot.ports.broadcasts.Broadcasts``."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def begin(self, new: NewBroadcast, *, now: datetime) -> BroadcastId:
        values = {
            "kind": new.kind.value,
            "title": new.title[:255],
            "person_id": new.by,
            "unit_id": new.unit_id,
            "activity_id": new.activity_id,
            "series_id": new.series_id,
            "document_id": new.document_id,
            "created_at": now,
        }
        result = await self._connection.execute(insert(broadcasts).values(values).returning(broadcasts.c.id))
        return BroadcastId(result.scalar_one())

    async def get(self, broadcast_id: BroadcastId) -> Broadcast | None:
        row = (await self._connection.execute(select(broadcasts).where(broadcasts.c.id == broadcast_id))).first()
        return None if row is None else _broadcast_from(row)

    async def announcing(self, occurrence_id: OccurrenceId) -> BroadcastId | None:
        activity = _activity_of(occurrence_id)
        series = select(activities.c.series_id).where(activities.c.id == activity).scalar_subquery()
        statement = select(func.max(broadcasts.c.id)).where(
            or_(broadcasts.c.activity_id == activity, broadcasts.c.series_id == series), ~_IS_OF_NEWS
        )
        latest = (await self._connection.execute(statement)).scalar_one()
        return None if latest is None else BroadcastId(latest)

    async def running(self) -> tuple[tuple[Broadcast, int | None], ...]:
        is_his = and_(accounts.c.person_id == broadcasts.c.person_id, accounts.c.messenger == "telegram")
        statement = (
            select(broadcasts, accounts.c.external_id)
            .outerjoin(accounts, is_his)
            .where(broadcasts.c.ended_at.is_(None))
            .order_by(broadcasts.c.id)
        )
        return tuple((_broadcast_from(row), row.external_id) for row in await self._connection.execute(statement))

    async def is_planned(self, broadcast_id: BroadcastId) -> bool:
        return await self._unplanned(_dates_of(await self._row(broadcast_id))) == 0

    async def flight(self, broadcast_id: BroadcastId, *, now: datetime) -> Flight:
        row = await self._row(broadcast_id)
        since = notices.c.created_at >= row.created_at
        about = _news_of(row) if BroadcastKind(row.kind) in NEWS else _about(row)
        return await self._flight(and_(about, since), _dates_of(row), row.stopped_at, now)

    async def announcement(self, occurrence_id: OccurrenceId, *, now: datetime) -> Flight:
        scope = await self._scope(occurrence_id)
        stopped = select(func.max(broadcasts.c.stopped_at)).where(_is_of(scope))
        stopped_at = (await self._connection.execute(stopped)).scalar_one()
        return await self._flight(_about(scope), _dates_of(scope), stopped_at, now)

    async def stop(self, broadcast_id: BroadcastId, *, now: datetime) -> bool:
        statement = update(broadcasts).where(broadcasts.c.id == broadcast_id, broadcasts.c.stopped_at.is_(None))
        values = {"stopped_at": now, "ended_at": None}  # one that was over may have newcomers to tell
        return (await self._connection.execute(statement.values(values))).rowcount > 0

    async def resume(self, broadcast_id: BroadcastId, *, now: datetime) -> bool:
        statement = update(broadcasts).where(broadcasts.c.id == broadcast_id, broadcasts.c.stopped_at.is_not(None))
        if (await self._connection.execute(statement.values(stopped_at=None))).rowcount == 0:
            return False
        held = update(notices).where(  # while it stood the sender put these off until they expire
            notices.c.state.in_(_CAN_BE_HELD),
            notices.c.due_at == notices.c.expires_at,
            _held_by(await self._row(broadcast_id)),
        )
        await self._connection.execute(held.values(due_at=now))
        return True

    async def drop(self, broadcast_id: BroadcastId, *, now: datetime) -> int:
        let_go = update(broadcasts).where(broadcasts.c.id == broadcast_id).values(stopped_at=None)
        await self._connection.execute(let_go)
        statement = update(notices).where(notices.c.broadcast_id == broadcast_id, notices.c.state == _WAITING)
        values = {"state": NoticeState.CANCELLED.value, "settled_at": now, "error": Unneeded.DROPPED.value}
        return (await self._connection.execute(statement.values(values))).rowcount

    async def note_shown(self, broadcast_id: BroadcastId, *, message_id: int, mark: str) -> None:
        statement = update(broadcasts).where(broadcasts.c.id == broadcast_id)
        await self._connection.execute(statement.values(message_id=message_id, shown=mark))

    async def forget_message(self, broadcast_id: BroadcastId) -> None:
        statement = update(broadcasts).where(broadcasts.c.id == broadcast_id)
        await self._connection.execute(statement.values(message_id=None, shown=None))

    async def end(self, broadcast_id: BroadcastId, *, now: datetime) -> None:
        is_going = and_(broadcasts.c.id == broadcast_id, broadcasts.c.stopped_at.is_(None))
        await self._connection.execute(update(broadcasts).where(is_going).values(ended_at=now))

    async def _flight(
        self, about: ColumnElement[bool], dates: Select[Any] | None, stopped_at: datetime | None, now: datetime
    ) -> Flight:
        state, is_failed = notices.c.state, notices.c.state == NoticeState.FAILED.value
        counts = select(
            func.count().filter(state.in_(_GONE)),
            func.count().filter(state == _WAITING),
            func.count().filter(is_failed),
            func.count().filter(state == _WAITING, notices.c.due_at > now),
        ).where(about)
        gone, waiting, failed, later = (await self._connection.execute(counts)).one()
        is_planned = await self._unplanned(dates) == 0
        return Flight(gone, gone + waiting, stopped_at, is_planned=is_planned, failed=failed, later=later)

    async def _unplanned(self, dates: Select[Any] | None) -> int:
        if dates is None:
            return 0
        of_these = select(func.count()).where(occurrences.c.id.in_(dates), _IS_TO_BE_PLANNED)
        return (await self._connection.execute(of_these)).scalar_one()

    async def _row(self, broadcast_id: BroadcastId) -> Row[Any]:
        return (await self._connection.execute(select(broadcasts).where(broadcasts.c.id == broadcast_id))).one()

    async def _scope(self, occurrence_id: OccurrenceId) -> Row[Any]:
        """The date with those that are announced in one message with it, as a broadcast names them."""
        statement = select(
            activities.c.id.label("activity_id"), activities.c.series_id, null().label("document_id")
        ).where(activities.c.id == _activity_of(occurrence_id))
        return (await self._connection.execute(statement)).one()


def _activity_of(occurrence_id: OccurrenceId) -> ScalarSelect[int]:
    return select(occurrences.c.activity_id).where(occurrences.c.id == occurrence_id).scalar_subquery()


def _dates_of(scope: Row[Any]) -> Select[Any] | None:
    """The dates that it announces; None where it announces none."""
    dates = select(occurrences.c.id).join(activities, activities.c.id == occurrences.c.activity_id)
    if scope.document_id is not None:
        return dates.where(activities.c.document_id == scope.document_id)
    if scope.series_id is not None:
        return dates.where(activities.c.series_id == scope.series_id)
    return None if scope.activity_id is None else dates.where(activities.c.id == scope.activity_id)


def _about(scope: Row[Any]) -> ColumnElement[bool]:
    """Of ``notices``: the messages that it consists of; edits that go with them are none."""
    return and_(_of_scope(scope, notices.c.kind.in_(_ANNOUNCING)), notices.c.kind != NoticeKind.REFRESH.value)


def _news_of(row: Row[Any]) -> ColumnElement[bool]:
    """Of ``notices``: what tells of a change, until the next change of the same is told."""
    later = select(func.min(broadcasts.c.created_at)).where(_IS_OF_NEWS, broadcasts.c.id > row.id, _is_of(row))
    until = later.scalar_subquery()
    return and_(_of_scope(row, notices.c.kind.in_(_NEWS)), or_(until.is_(None), notices.c.created_at < until))


def _is_of(scope: Row[Any]) -> ColumnElement[bool]:
    """Of ``broadcasts``: those of the same activity, series or document. By what the scope does not name nothing is
    looked for: most others do not name it either."""
    named = (
        (broadcasts.c.activity_id, scope.activity_id),
        (broadcasts.c.series_id, scope.series_id),
        (broadcasts.c.document_id, scope.document_id),
    )
    return or_(false(), *(column == its_id for column, its_id in named if its_id is not None))


def _held_by(scope: Row[Any]) -> ColumnElement[bool]:
    return _of_scope(scope, or_(notices.c.kind.in_(_HELD), notices.c.key.startswith("team:")))


def _of_scope(scope: Row[Any], kinds: ColumnElement[bool]) -> ColumnElement[bool]:
    dates = _dates_of(scope)
    if dates is None:
        is_named: ColumnElement[bool] = notices.c.broadcast_id == scope.id
        return is_named
    of_dates = notices.c.occurrence_id.in_(dates)
    if scope.document_id is not None:
        return and_(kinds, or_(of_dates, notices.c.document_id == scope.document_id))
    if scope.series_id is not None:
        return and_(kinds, or_(of_dates, notices.c.series_id == scope.series_id))
    return and_(kinds, of_dates)


def _broadcast_from(row: Row[Any]) -> Broadcast:
    return Broadcast(
        id=BroadcastId(row.id),
        kind=BroadcastKind(row.kind),
        title=row.title,
        by=PersonId(row.person_id),
        unit_id=None if row.unit_id is None else UnitId(row.unit_id),
        stopped_at=row.stopped_at,
        ended_at=row.ended_at,
        message_id=row.message_id,
        shown=row.shown,
    )
