"""Notices from ``planned`` to their end: claimed, sent, put aside."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache, partial
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import Row, Select, Update, and_, bindparam, func, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.delivery import GATHERED_KINDS, Circumstances, Notice, NoticeKind, NoticeState, Verdict, judge
from bot.domain.ids import PersonId
from bot.domain.quiet import WorkingDays, end_of_day
from bot.ports.notices import HOME, Claim, Delayed, DueNotice, NewNotice, Settlement
from storage.circumstances import CircumstancesOfRows, with_circumstances, worked_in
from storage.dialect import claimable, insert_each_new
from storage.gathering import due_beside, settle_gathered
from storage.prepared import Prepared
from storage.tables import notices

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
            planned += (
                await self._connection.execute(insert_each_new(self._connection.dialect.name, _TABLE), rows)
            ).rowcount
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
        circumstances = CircumstancesOfRows(home)
        first = _first_of_each_person(due)
        asked_in = await worked_in(self._connection, first)
        judged = [
            _judged(
                row,
                replace(circumstances.of(row), is_worked_in=True) if row.id in asked_in else circumstances.of(row),
                now,
                days,
            )
            for row in first
        ]
        beside = await self._beside(judged, now, days, circumstances)
        await self._mark([*judged, *beside], now)
        gathered: dict[int, list[Notice]] = defaultdict(list)
        for one in beside:
            if one.leader is not None:
                gathered[one.leader].append(one.notice)
        states = [one.verdict.state for one in (*judged, *beside)]
        return Claim(
            to_send=tuple(_to_due(one, gathered.get(one.row.id, ())) for one in judged if one.is_sent),
            looked_at=len(due),
            held=sum(one.verdict.held_until is not None for one in (*judged, *beside)),
            cancelled=states.count(NoticeState.CANCELLED),
            expired=states.count(NoticeState.EXPIRED),
            is_held_up=is_held_up,
        )

    async def settle(self, settlements: Sequence[Settlement], *, now: datetime) -> None:
        if not settlements:
            return
        await _SETTLED.each(
            self._connection,
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

    async def delayed(self, *, since: datetime, now: datetime) -> Delayed:
        is_open = and_(_IS_WAITING, _TABLE.c.due_at <= now, _TABLE.c.expires_at > now)
        is_stale = and_(_TABLE.c.state == NoticeState.EXPIRED.value, _TABLE.c.settled_at >= since)
        is_to_expire = and_(_IS_WAITING, _TABLE.c.due_at <= now, _TABLE.c.expires_at <= now)
        late, to_expire, stale = [
            (await self._connection.execute(select(func.count()).where(which))).scalar_one()
            for which in (is_open, is_to_expire, is_stale)
        ]
        return Delayed(late, stale + to_expire)

    def get_ready(self) -> None:
        others: dict[str, Any] = {"now": None, "limit": 1, "held_up": [0]}
        for due_now in _DUE_NOW.values():
            due_now.put_into_words(self._connection, **others)
        _WITH_CIRCUMSTANCES.put_into_words(self._connection, ids=[0])
        change = {f"new_{name}": None for name in _CLAIMED_COLUMNS}
        _marked(_CLAIMED_COLUMNS, is_sent=True).put_into_words(self._connection, ids=[0], **change)
        _SETTLED.put_into_words(self._connection, of_id=0, **dict.fromkeys(_SETTLED_COLUMNS))

    async def next_due_at(self) -> datetime | None:
        found = [(await next_due.first(self._connection)).due_at for next_due in _NEXT_DUE]
        return min((at for at in found if at is not None), default=None)

    async def counts(self) -> Mapping[NoticeState, int]:
        statement = select(_TABLE.c.state, func.count()).group_by(_TABLE.c.state)
        return {NoticeState(state): count for state, count in await self._connection.execute(statement)}

    async def _due(self, limit: int, now: datetime, busy: frozenset[PersonId]) -> tuple[list[Row[Any]], bool]:
        """The first of them that are to nobody busy, and whether somebody busy is held up."""
        ids: list[int] = []
        held_up: set[PersonId] = set()
        for state in _TO_BE_TRIED:
            if len(ids) < limit:
                ids += await self._due_in(state, limit - len(ids), now, busy, held_up)
        rows = [] if not ids else list(await _WITH_CIRCUMSTANCES.all(self._connection, ids=ids))
        return rows, bool(held_up)

    async def _due_in(
        self, state: NoticeState, limit: int, now: datetime, busy: frozenset[PersonId], held_up: set[PersonId]
    ) -> list[int]:
        """Adds to ``held_up``. Hundreds are busy at a thousand a second and hardly one of them is due again, so they
        are left out by name only where they are met."""
        while True:
            but = {"held_up": held_up} if held_up else {}
            rows = await _DUE_NOW[state, bool(held_up)].all(self._connection, now=now, limit=limit, **but)
            met = busy.intersection(row.person_id for row in rows)
            if not met:
                return [row.id for row in rows]
            held_up |= met

    async def _beside(
        self, judged: Sequence[_Judged], now: datetime, days: WorkingDays, circumstances: CircumstancesOfRows
    ) -> list[_Judged]:
        """Those that go into the message of another, each looked at anew like the one that leads it."""
        leading = {one.row.id: one for one in judged if one.is_sent and one.notice.kind in GATHERED_KINDS}
        leaders = [(one.row, end_of_day(now, one.zone)) for one in leading.values()]
        beside = await due_beside(self._connection, leaders, {one.row.id for one in judged})
        if not beside:
            return []
        found = []
        for row in await _WITH_CIRCUMSTANCES.all(self._connection, ids=list(beside)):
            leader = leading[beside[row.id]].row
            notice = _to_notice(row)
            with_leader = notice._replace(
                due_at=min(row.due_at, leader.due_at), claimed_at=notice.claimed_at or leader.claimed_at
            )
            facts = circumstances.of(row)
            verdict = judge(with_leader, facts, now=now, days=days)
            led_by = leader.id if verdict.state is NoticeState.SENDING else None
            found.append(_Judged(row, notice, verdict, facts.reader.zone, led_by))
        return found

    async def _mark(self, judged: Sequence[_Judged], now: datetime) -> None:
        groups: dict[tuple[Verdict, int | None], list[int]] = defaultdict(list)
        for one in judged:
            groups[one.verdict, one.leader].append(one.notice.id)
        for (verdict, leader), ids in groups.items():
            values = {**_change(verdict, now), "gathered_into": leader}
            statement = _marked(tuple(values), is_sent=verdict.state is NoticeState.SENDING)
            await statement.all(self._connection, ids=ids, **{f"new_{name}": values[name] for name in values})


class _Judged(NamedTuple):
    """A due notice and what is to be done with it; ``leader``: the notice whose message tells it."""

    row: Row[Any]
    notice: Notice
    verdict: Verdict
    zone: ZoneInfo
    leader: int | None = None

    @property
    def is_sent(self) -> bool:
        return self.verdict.state is NoticeState.SENDING


def _judged(row: Row[Any], facts: Circumstances, now: datetime, days: WorkingDays) -> _Judged:
    notice = _to_notice(row)
    return _Judged(row, notice, judge(notice, facts, now=now, days=days), facts.reader.zone)


_TABLE = notices
_CLAIMED_COLUMNS = ("state", "claimed_at", "gathered_into")  # as ``_mark`` changes what is sent
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


def _settled() -> Update:
    return (
        update(_TABLE)
        .where(_TABLE.c.id == bindparam("of_id"))
        .values({name: bindparam(name) for name in _SETTLED_COLUMNS} | {"gathered_into": None})
    )


@cache
def _marked(names: tuple[str, ...], *, is_sent: bool) -> Prepared:
    values: dict[str, Any] = {name: bindparam(f"new_{name}", type_=_TABLE.c[name].type) for name in names}
    if is_sent:
        values["attempts"] = _TABLE.c.attempts + 1
    which = _TABLE.c.id.in_(bindparam("ids", expanding=True))
    return Prepared(lambda: update(_TABLE).where(which).values(values), lists=["ids"])


def _next_due(state: NoticeState) -> Select[Any]:
    return select(func.min(_TABLE.c.due_at).label("due_at")).where(_IS_WAITING, _TABLE.c.state == state.value)


def _due_now(state: NoticeState, *, without: bool) -> Prepared:
    """``without``: leaving out the people in ``held_up``."""
    which = and_(_IS_WAITING, _TABLE.c.state == state.value, _TABLE.c.due_at <= bindparam("now"))
    if without:
        which = and_(which, _TABLE.c.person_id.not_in(bindparam("held_up", expanding=True)))
    statement = select(_TABLE.c.id, _TABLE.c.person_id).where(which).order_by(_TABLE.c.due_at, _TABLE.c.id)
    claimed = claimable(statement.limit(bindparam("limit")))
    return Prepared(lambda: claimed, lists=["held_up"] if without else [])


_WITH_CIRCUMSTANCES = Prepared(with_circumstances, lists=["ids"])
_SETTLED = Prepared(_settled)
_TO_BE_TRIED = (NoticeState.IN_DOUBT, NoticeState.PLANNED)  # in this order; one range of the index each
_NEXT_DUE = [Prepared(partial(_next_due, state)) for state in _TO_BE_TRIED]
_DUE_NOW = {(state, without): _due_now(state, without=without) for state in _TO_BE_TRIED for without in (True, False)}


def _to_due(one: _Judged, gathered: Sequence[Notice]) -> DueNotice:
    return DueNotice(one.notice, one.row.account, one.zone, tuple(gathered))


def _to_notice(row: Any) -> Notice:
    """Of a row of ``with_circumstances``, whose first columns it is."""
    cells = list(row[: len(Notice._fields)])
    cells[_KIND] = _KINDS[cells[_KIND]]
    cells[_STATE] = _STATES[cells[_STATE]]
    cells[_DETAIL] = cells[_DETAIL] or {}
    return Notice._make(cells)


_KIND, _STATE, _DETAIL = (Notice._fields.index(name) for name in ("kind", "state", "detail"))
_KINDS: Mapping[str, NoticeKind] = {kind.value: kind for kind in NoticeKind}
_STATES: Mapping[str, NoticeState] = {state.value: state for state in NoticeState}
