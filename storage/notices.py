"""Notices from ``planned`` to their end: claimed, sent, put aside."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Row, Select, and_, bindparam, case, func, select, text, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.delivery import GATHERED_KINDS, Circumstances, Notice, NoticeKind, NoticeState, Verdict, judge
from bot.domain.events import SeatState
from bot.domain.ids import AssignmentId, BroadcastId, DocumentId, NoticeId, OccurrenceId, PersonId, SeriesId, UnitId
from bot.domain.matters import Answer, OccurrenceState
from bot.domain.network import QuietHours, Reach, Role, Standing
from bot.domain.quiet import Reader, WorkingDays, end_of_day
from bot.ports.notices import HOME, Claim, DueNotice, NewNotice, Settlement
from storage.dialect import claimable, insert_each_new
from storage.due import term_at
from storage.event_tables import seats
from storage.gathering import due_beside, settle_gathered
from storage.readers import zone_of_member
from storage.rhythms import is_unwanted, rhythm_from
from storage.stopping import is_stopped
from storage.tables import accounts, assignments, memberships, notices, occurrences, persons, units

_CHUNK = 5_000  # rows planned at once: some milliseconds of the write lock
# Word for word the condition of the partial index: with bound parameters SQLite would not recognise it.
_IS_WAITING = text("notices.state IN ('planned', 'sending', 'in_doubt')")
_LAST = (NoticeState.SENT, NoticeState.FAILED, NoticeState.EXPIRED, NoticeState.CANCELLED)


class NoticeStore:
    """Implements ``bot.ports.notices.Notices``."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def plan(self, notices: Sequence[NewNotice], *, now: datetime) -> int:
        planned = 0
        for start in range(0, len(notices), _CHUNK):
            rows = [_row_of(notice, now) for notice in notices[start : start + _CHUNK]]
            planned += (await self._connection.execute(insert_each_new(self._connection, _TABLE), rows)).rowcount
        return planned

    async def claim(
        self,
        limit: int,
        *,
        now: datetime,
        days: WorkingDays,
        busy: Collection[PersonId] = (),
        home: ZoneInfo = HOME,
    ) -> Claim:
        due, is_held_up = await self._due(limit, now, frozenset(busy))
        judged = [_judged(row, home, now, days) for row in _first_of_each_person(due)]
        beside = await self._beside(judged, now, days, home)
        await self._mark([*judged, *beside], now)
        gathered: dict[int, list[Notice]] = defaultdict(list)
        for one in beside:
            if one.leader is not None:
                gathered[one.leader].append(one.notice)
        states = [one.verdict.state for one in (*judged, *beside)]
        return Claim(
            to_send=tuple(_to_due(one, home, gathered.get(one.row.id, ())) for one in judged if one.is_sent),
            looked_at=len(due),
            held=sum(one.verdict.held_until is not None for one in (*judged, *beside)),
            cancelled=states.count(NoticeState.CANCELLED),
            expired=states.count(NoticeState.EXPIRED),
            is_held_up=is_held_up,
        )

    async def settle(self, settlements: Sequence[Settlement], *, now: datetime) -> None:
        if not settlements:
            return
        statement = (
            update(_TABLE)
            .where(_TABLE.c.id == bindparam("of_id"))
            .values({name: bindparam(name) for name in _SETTLED_COLUMNS} | {"gathered_into": None})
        )
        await self._connection.execute(
            statement,
            [
                {
                    "of_id": settlement.notice_id,
                    "state": settlement.state.value,
                    "attempts": settlement.attempts,
                    "due_at": settlement.due_at,
                    "was_in_doubt": settlement.was_in_doubt,
                    "error": settlement.error and settlement.error[:255],
                    "chat_id": settlement.account,
                    "message_id": settlement.message_id,
                    "settled_at": now if settlement.state in _LAST else None,
                }
                for settlement in settlements
            ],
        )
        await settle_gathered(self._connection, settlements, now)

    async def doubt_interrupted(self) -> int:
        statement = (
            update(_TABLE)
            .where(_IS_WAITING, _TABLE.c.state == NoticeState.SENDING.value)
            .values(state=NoticeState.IN_DOUBT.value, was_in_doubt=True, gathered_into=None)
        )
        return (await self._connection.execute(statement)).rowcount

    async def expire(self, *, now: datetime) -> int:
        statement = (
            update(_TABLE)
            .where(
                _IS_WAITING,
                _TABLE.c.state.in_([NoticeState.PLANNED.value, NoticeState.IN_DOUBT.value]),
                _TABLE.c.due_at <= now,
                _TABLE.c.expires_at <= now,
            )
            .values(state=NoticeState.EXPIRED.value, settled_at=now)
        )
        return (await self._connection.execute(statement)).rowcount

    async def next_due_at(self) -> datetime | None:
        found = []
        for state in (NoticeState.IN_DOUBT, NoticeState.PLANNED):
            statement = select(func.min(_TABLE.c.due_at)).where(_IS_WAITING, _TABLE.c.state == state.value)
            found.append((await self._connection.execute(statement)).scalar_one())
        return min((at for at in found if at is not None), default=None)

    async def counts(self) -> Mapping[NoticeState, int]:
        statement = select(_TABLE.c.state, func.count()).group_by(_TABLE.c.state)
        return {NoticeState(state): count for state, count in await self._connection.execute(statement)}

    async def _due(self, limit: int, now: datetime, busy: frozenset[PersonId]) -> tuple[list[Row[Any]], bool]:
        """The first of them that are to nobody busy, and whether somebody busy is held up."""
        ids: list[int] = []
        held_up: set[PersonId] = set()
        for state in (NoticeState.IN_DOUBT, NoticeState.PLANNED):  # one range of the index each: it gives the order
            if len(ids) < limit:
                ids += await self._due_in(state, limit - len(ids), now, busy, held_up)
        rows = [] if not ids else list(await self._connection.execute(_with_circumstances(), {"ids": ids}))
        return rows, bool(held_up)

    async def _due_in(
        self, state: NoticeState, limit: int, now: datetime, busy: frozenset[PersonId], held_up: set[PersonId]
    ) -> list[int]:
        """Adds to ``held_up``. Hundreds are busy at a thousand a second and hardly one of them is due again, so they
        are left out by name only where they are met."""
        while True:
            statement = claimable(self._connection, _due_now(without=bool(held_up)))
            asked = {"state": state.value, "now": now, "limit": limit, "held_up": [*held_up]}
            rows = (await self._connection.execute(statement, asked)).all()
            met = busy.intersection(row.person_id for row in rows)
            if not met:
                return [row.id for row in rows]
            held_up |= met

    async def _beside(
        self, judged: Sequence[_Judged], now: datetime, days: WorkingDays, home: ZoneInfo
    ) -> list[_Judged]:
        """Those that go into the message of another, each looked at anew like the one that leads it."""
        leading = {one.row.id: one.row for one in judged if one.is_sent and NoticeKind(one.row.kind) in GATHERED_KINDS}
        leaders = [(row, end_of_day(now, _zone(row, home))) for row in leading.values()]
        beside = await due_beside(self._connection, leaders, {one.row.id for one in judged})
        if not beside:
            return []
        found = []
        for row in await self._connection.execute(_with_circumstances(), {"ids": list(beside)}):
            leader = leading[beside[row.id]]
            notice = _to_notice(row)
            with_leader = replace(notice, due_at=min(row.due_at, leader.due_at))
            verdict = judge(with_leader, _circumstances(row, home), now=now, days=days)
            found.append(_Judged(row, notice, verdict, leader.id if verdict.state is NoticeState.SENDING else None))
        return found

    async def _mark(self, judged: Sequence[_Judged], now: datetime) -> None:
        groups: dict[tuple[tuple[str, Any], ...], list[int]] = defaultdict(list)
        for one in judged:
            marks = {**_change(one.verdict, now), "gathered_into": one.leader}
            groups[tuple(marks.items())].append(one.row.id)
        for change, ids in groups.items():
            values: dict[str, Any] = dict(change)
            if values["state"] == NoticeState.SENDING.value:
                values["attempts"] = _TABLE.c.attempts + 1
            await self._connection.execute(update(_TABLE).where(_TABLE.c.id.in_(ids)).values(values))


@dataclass(frozen=True, slots=True)
class _Judged:
    """A due notice and what is to be done with it; ``leader``: the notice whose message tells it."""

    row: Row[Any]
    notice: Notice
    verdict: Verdict
    leader: int | None = None

    @property
    def is_sent(self) -> bool:
        return self.verdict.state is NoticeState.SENDING


def _judged(row: Row[Any], home: ZoneInfo, now: datetime, days: WorkingDays) -> _Judged:
    notice = _to_notice(row)
    return _Judged(row, notice, judge(notice, _circumstances(row, home), now=now, days=days))


_TABLE = notices
_SETTLED_COLUMNS = (
    "state", "attempts", "due_at", "was_in_doubt", "error", "chat_id", "message_id", "settled_at",
)  # fmt: skip


def _row_of(notice: NewNotice, now: datetime) -> dict[str, Any]:
    return {
        "key": notice.key,
        "person_id": notice.person_id,
        "kind": notice.kind.value,
        "state": NoticeState.PLANNED.value,
        "due_at": notice.due_at,
        "expires_at": notice.expires_at,
        "occurrence_id": notice.occurrence_id,
        "occurrence_version": notice.occurrence_version,
        "assignment_id": notice.assignment_id,
        "assignment_due_version": notice.assignment_due_version,
        "document_id": notice.document_id,
        "series_id": notice.series_id,
        "unit_id": notice.unit_id,
        "days_before": notice.days_before,
        "broadcast_id": notice.broadcast_id,
        "detail": None if notice.detail is None else dict(notice.detail),
        "attempts": 0,
        "was_in_doubt": False,
        "created_at": now,
    }


def _first_of_each_person(rows: Iterable[Row[Any]]) -> list[Row[Any]]:
    """A chat takes one message a second, so a second one to the same person waits in the table, not in our memory."""
    chosen: dict[int, Row[Any]] = {}
    for row in rows:
        chosen.setdefault(row.person_id, row)
    return list(chosen.values())


def _change(verdict: Verdict, now: datetime) -> dict[str, Any]:
    if verdict.held_until is not None:
        return {"state": verdict.state.value, "due_at": verdict.held_until}
    if verdict.state is NoticeState.SENDING:
        return {"state": verdict.state.value, "claimed_at": now}
    return {"state": verdict.state.value, "settled_at": now, "error": verdict.reason and verdict.reason.value}


@cache
def _due_now(*, without: bool) -> Select[Any]:
    """``without``: leaving out the people in ``held_up``."""
    statement = select(_TABLE.c.id, _TABLE.c.person_id).where(
        _IS_WAITING, _TABLE.c.state == bindparam("state"), _TABLE.c.due_at <= bindparam("now")
    )
    if without:
        statement = statement.where(_TABLE.c.person_id.not_in(bindparam("held_up", expanding=True)))
    return statement.order_by(_TABLE.c.due_at, _TABLE.c.id).limit(bindparam("limit"))


@cache  # built once: with its joins the statement takes longer to build than to run
def _with_circumstances() -> Select[Any]:
    return (
        select(
            notices,
            persons.c.reach,
            persons.c.quiet_from,
            persons.c.quiet_to,
            func.coalesce(persons.c.timezone, zone_of_member(notices.c.person_id), units.c.timezone).label("zone"),
            accounts.c.external_id.label("account"),
            occurrences.c.version.label("current_version"),
            occurrences.c.state.label("occurrence_state"),
            assignments.c.withdrawn_at,
            assignments.c.answer,
            assignments.c.due_version,
            _is_still_concerned().label("is_still_concerned"),
            is_stopped().label("is_stopped"),
            seats.c.state.label("seat"),
            term_at.label("term_at"),
            persons.c.rhythm,
            persons.c.rhythm_at,
            persons.c.rhythm_weekday,
            is_unwanted().label("is_unwanted"),
        )
        .join(persons, persons.c.id == notices.c.person_id)
        .outerjoin(accounts, and_(accounts.c.person_id == persons.c.id, accounts.c.messenger == "telegram"))
        .outerjoin(occurrences, occurrences.c.id == notices.c.occurrence_id)
        .outerjoin(assignments, assignments.c.id == notices.c.assignment_id)
        .outerjoin(seats, seats.c.assignment_id == notices.c.assignment_id)
        .outerjoin(units, units.c.id == func.coalesce(notices.c.unit_id, assignments.c.unit_id))
        .where(notices.c.id.in_(bindparam("ids", expanding=True)))
        .order_by(notices.c.due_at, notices.c.id)
    )


def _is_still_concerned() -> ColumnElement[bool]:
    """His own matter always; a school's as long as he coordinates it. What is about a unit alone (somebody asks to be
    let in) was for its coordinators or, where it had none, for the owner, who has never been one to leave."""
    is_about_a_unit = and_(assignments.c.id.is_(None), units.c.id.is_not(None))
    return case(
        (assignments.c.person_id.is_not(None), true()),
        (_coordinates(memberships.c.standing != Standing.LEFT.value), true()),
        (is_about_a_unit, ~_coordinates(memberships.c.standing == Standing.LEFT.value)),
        else_=assignments.c.id.is_(None),
    )


def _coordinates(standing: ColumnElement[bool]) -> ColumnElement[bool]:
    own = units.alias("coordinated_unit")
    return (
        select(memberships.c.id)
        .join(own, own.c.id == memberships.c.unit_id)
        .where(
            memberships.c.person_id == notices.c.person_id,
            memberships.c.role == Role.COORDINATOR.value,
            standing,
            func.substr(units.c.path, 1, func.length(own.c.path)) == own.c.path,
        )
        .correlate(notices, units)
        .exists()
    )


def _circumstances(row: Row[Any], home: ZoneInfo) -> Circumstances:
    return Circumstances(
        reader=Reader(_zone(row, home), QuietHours(row.quiet_from, row.quiet_to)),
        reach=Reach(row.reach),
        has_account=row.account is not None,
        occurrence_version=row.current_version,
        occurrence_state=None if row.occurrence_state is None else OccurrenceState(row.occurrence_state),
        is_withdrawn=row.withdrawn_at is not None,
        is_still_concerned=bool(row.is_still_concerned),
        is_stopped=bool(row.is_stopped),
        answer=None if row.answer is None else Answer(row.answer),
        due_version=row.due_version or 0,
        waits_for_seat=row.seat is not None and row.seat != SeatState.MAIN.value,
        rhythm=rhythm_from(row),
        is_unwanted=bool(row.is_unwanted),
        term_at=row.term_at,
    )


def _zone(row: Row[Any], home: ZoneInfo) -> ZoneInfo:
    return ZoneInfo(row.zone) if row.zone else home


def _to_due(one: _Judged, home: ZoneInfo, gathered: Sequence[Notice]) -> DueNotice:
    return DueNotice(one.notice, one.row.account, _zone(one.row, home), tuple(gathered))


def _to_notice(row: Row[Any]) -> Notice:
    return Notice(
        id=NoticeId(row.id),
        key=row.key,
        person_id=PersonId(row.person_id),
        kind=NoticeKind(row.kind),
        state=NoticeState(row.state),
        due_at=row.due_at,
        expires_at=row.expires_at,
        occurrence_id=None if row.occurrence_id is None else OccurrenceId(row.occurrence_id),
        occurrence_version=row.occurrence_version,
        assignment_id=None if row.assignment_id is None else AssignmentId(row.assignment_id),
        document_id=None if row.document_id is None else DocumentId(row.document_id),
        series_id=None if row.series_id is None else SeriesId(row.series_id),
        unit_id=None if row.unit_id is None else UnitId(row.unit_id),
        days_before=row.days_before,
        assignment_due_version=row.assignment_due_version,
        broadcast_id=None if row.broadcast_id is None else BroadcastId(row.broadcast_id),
        detail=row.detail or {},
        attempts=row.attempts,
        was_in_doubt=row.was_in_doubt,
    )
