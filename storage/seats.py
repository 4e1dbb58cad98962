"""Who has a seat, who waits for one, and whose time to take one has run out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    and_,
    case,
    delete,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.events import EventDetails, Seats, SeatsPer, SeatState
from bot.domain.ids import ActivityId, AssignmentId, OccurrenceId, PersonId, UnitId
from bot.domain.matters import Answer, Matter, OccurrenceState
from bot.domain.network import Reach, Standing, UnitKind
from bot.domain.seats import TakenSeats, seat_for
from bot.ports.seats import LapsedOffer, RunningOffer, SeatCounts, Seated, SeatedDate, Waiting
from storage.dialect import insert_from
from storage.event_tables import seats
from storage.readers import READER, reader_from
from storage.tables import activities, assignments, memberships, occurrences, persons, units
from storage.types import Instant

_HELD = (SeatState.MAIN.value, SeatState.OFFERED.value)
_IS_HELD = seats.c.state.in_(_HELD)
_WAITS = seats.c.state == SeatState.RESERVE.value
_IS_OPEN = occurrences.c.state == OccurrenceState.OPEN.value
_MUNICIPALITY = case((units.c.kind == UnitKind.SCHOOL.value, func.coalesce(units.c.parent_id, units.c.id)),
                     else_=units.c.id)  # fmt: skip


class SeatStore:
    """Implements ``bot.ports.seats.SeatBook``."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def date(self, occurrence_id: OccurrenceId) -> SeatedDate | None:
        row = (await self._connection.execute(_DATES.where(occurrences.c.id == occurrence_id))).one_or_none()
        return None if row is None else _date(row)

    async def taken(self, occurrence_id: OccurrenceId, unit_id: UnitId, per: SeatsPer | None) -> TakenSeats:
        counts: list[Any] = [func.count().filter(_IS_HELD), func.count().filter(_WAITS)]
        statement = select(*counts).where(seats.c.occurrence_id == occurrence_id)
        if per is not None:
            own = select(_part(per)).where(units.c.id == unit_id).scalar_subquery()
            statement = (
                select(*counts, func.count().filter(_IS_HELD, _part(per) == own))
                .select_from(_with_units())
                .where(seats.c.occurrence_id == occurrence_id)
            )
        return TakenSeats(*(await self._connection.execute(statement)).one())

    async def held_by_part(self, occurrence_id: OccurrenceId, per: SeatsPer | None) -> Mapping[UnitId, int]:
        part = _part(per)
        statement = (
            select(part.label("part"), func.count().label("held"))
            .select_from(_with_units())
            .where(seats.c.occurrence_id == occurrence_id, _IS_HELD)
            .group_by(part)
        )
        return {UnitId(row.part): row.held for row in await self._connection.execute(statement)}

    async def waiting(self, occurrence_id: OccurrenceId, per: SeatsPer | None) -> tuple[Waiting, ...]:
        statement = (
            select(seats.c.assignment_id, assignments.c.person_id, _part(per).label("part"), *READER)
            .select_from(_with_units().join(persons, persons.c.id == assignments.c.person_id))
            .where(seats.c.occurrence_id == occurrence_id, _WAITS, persons.c.reach == Reach.REACHABLE.value)
            .order_by(seats.c.place)
        )
        return tuple(
            Waiting(AssignmentId(row.assignment_id), PersonId(row.person_id), UnitId(row.part), reader_from(row))
            for row in await self._connection.execute(statement)
        )

    async def offered(self, occurrence_id: OccurrenceId) -> tuple[RunningOffer, ...]:
        statement = (
            select(seats.c.assignment_id, seats.c.offered_until, *READER)
            .select_from(_with_units().join(persons, persons.c.id == assignments.c.person_id))
            .where(seats.c.occurrence_id == occurrence_id, seats.c.state == SeatState.OFFERED.value)
            .order_by(seats.c.place)
        )
        return tuple(
            RunningOffer(AssignmentId(row.assignment_id), reader_from(row), row.offered_until)
            for row in await self._connection.execute(statement)
        )

    async def put(
        self,
        assignment_id: AssignmentId,
        occurrence_id: OccurrenceId,
        state: SeatState,
        *,
        now: datetime,
        offered_until: datetime | None = None,
        at_the_end: bool = False,
    ) -> None:
        end = _next_place(occurrence_id)
        values: dict[str, Any] = {"state": state.value, "offered_until": offered_until}
        known = update(seats).where(seats.c.assignment_id == assignment_id)
        changed = await self._connection.execute(known.values({**values, "place": end} if at_the_end else values))
        if changed.rowcount == 0:
            row = {"assignment_id": assignment_id, "occurrence_id": occurrence_id, "asked_at": now, "place": end}
            await self._connection.execute(insert(seats).values({**values, **row}))

    async def free(self, assignment_id: AssignmentId) -> bool:
        statement = delete(seats).where(seats.c.assignment_id == assignment_id)
        return (await self._connection.execute(statement)).rowcount == 1

    async def hand_over(self, from_id: AssignmentId, to_id: AssignmentId) -> None:
        await self.free(to_id)
        statement = update(seats).where(seats.c.assignment_id == from_id).values(assignment_id=to_id)
        await self._connection.execute(statement)

    async def adopt(self, occurrence_id: OccurrenceId, *, now: datetime) -> int:
        has_none = ~exists().where(seats.c.assignment_id == assignments.c.id)
        order = func.row_number().over(order_by=(assignments.c.answered_at, assignments.c.id))
        coming = select(
            assignments.c.id,
            assignments.c.occurrence_id,
            literal(SeatState.MAIN.value),
            (_next_place(occurrence_id) + order - 1).label("place"),
            literal(now, Instant),
        ).where(
            assignments.c.occurrence_id == occurrence_id,
            assignments.c.answer == Answer.COMING.value,
            assignments.c.person_id.is_not(None),
            assignments.c.withdrawn_at.is_(None),
            has_none,
        )
        columns = ["assignment_id", "occurrence_id", "state", "place", "asked_at"]
        result = await self._connection.execute(insert_from(self._connection.dialect.name, seats, columns, coming))
        return max(result.rowcount, 0)

    async def clear(self, occurrence_id: OccurrenceId) -> None:
        await self._connection.execute(delete(seats).where(seats.c.occurrence_id == occurrence_id))

    async def lapsed(self, now: datetime) -> tuple[LapsedOffer, ...]:
        is_over = and_(seats.c.state == SeatState.OFFERED.value, seats.c.offered_until <= now)
        stands = exists().where(
            memberships.c.person_id == assignments.c.person_id, memberships.c.standing != Standing.LEFT.value
        )
        statement = (
            select(seats.c.assignment_id, seats.c.occurrence_id, assignments.c.person_id, (~stands).label("has_left"))
            .join(assignments, assignments.c.id == seats.c.assignment_id)
            .join(occurrences, occurrences.c.id == seats.c.occurrence_id)
            .where(
                _IS_OPEN,
                occurrences.c.due_at > now,
                or_(is_over, assignments.c.withdrawn_at.is_not(None), ~stands),
            )
            .order_by(seats.c.occurrence_id, seats.c.place)
        )
        return tuple(
            LapsedOffer(
                AssignmentId(row.assignment_id), OccurrenceId(row.occurrence_id), PersonId(row.person_id), row.has_left
            )
            for row in await self._connection.execute(statement)
        )

    async def with_reserve(self, now: datetime) -> tuple[OccurrenceId, ...]:
        return await self._with_reserve(occurrences.c.due_at > now)

    async def begun_with_reserve(self, since: datetime, until: datetime) -> tuple[OccurrenceId, ...]:
        return await self._with_reserve(occurrences.c.due_at.between(since, until))

    async def _with_reserve(self, when: ColumnElement[bool]) -> tuple[OccurrenceId, ...]:
        statement = (
            select(seats.c.occurrence_id)
            .join(occurrences, occurrences.c.id == seats.c.occurrence_id)
            .where(_WAITS, _IS_OPEN, when)
            .distinct()
            .order_by(seats.c.occurrence_id)
        )
        return tuple(OccurrenceId(i) for i in (await self._connection.execute(statement)).scalars())

    async def seated(
        self, occurrence_id: OccurrenceId, state: SeatState, *, offset: int, limit: int
    ) -> tuple[tuple[Seated, ...], int]:
        is_listed = and_(seats.c.occurrence_id == occurrence_id, _WAITS if state is SeatState.RESERVE else _IS_HELD)
        total = (await self._connection.execute(select(func.count()).select_from(seats).where(is_listed))).scalar_one()
        columns = (seats.c.assignment_id, seats.c.state, seats.c.offered_until, persons.c.full_name, units.c.title)
        statement = (
            select(*columns)
            .select_from(_with_units().join(persons, persons.c.id == assignments.c.person_id))
            .where(is_listed)
            .order_by(seats.c.place)
            .offset(offset)
            .limit(limit)
        )
        rows = (await self._connection.execute(statement)).all()
        found = tuple(
            Seated(
                AssignmentId(row.assignment_id), row.full_name, row.title, SeatState(row.state), n, row.offered_until
            )
            for n, row in enumerate(rows, start=offset + 1)
        )
        return found, total

    async def counts(self, occurrence_id: OccurrenceId) -> SeatCounts:
        by_state = (
            select(seats.c.state, func.count().label("n"))
            .where(seats.c.occurrence_id == occurrence_id)
            .group_by(seats.c.state)
        )
        found = {row.state: row.n for row in await self._connection.execute(by_state)}
        return SeatCounts(*(found.get(state.value, 0) for state in SeatState))

    async def dates_of(self, activity_id: ActivityId) -> tuple[OccurrenceId, ...]:
        statement = select(occurrences.c.id).where(occurrences.c.activity_id == activity_id, _IS_OPEN)
        found = (await self._connection.execute(statement.order_by(occurrences.c.due_at))).scalars()
        return tuple(OccurrenceId(i) for i in found)


async def mark_booked_up(connection: AsyncConnection, found: Sequence[Matter]) -> tuple[Matter, ...]:
    """The same matters; those who have no seat and could get neither one nor a place in the reserve are told apart.

    One reading for each event and unit, and none where seats are not counted.
    """
    book = SeatStore(connection)
    read: dict[tuple[OccurrenceId, UnitId], TakenSeats] = {}
    marked = []
    for matter in found:
        of, quota = matter.assignment, matter.quota
        if quota is None or matter.seat is not None:
            marked.append(matter)
            continue
        key = (of.occurrence_id, of.unit_id)
        if key not in read:
            read[key] = await book.taken(of.occurrence_id, of.unit_id, quota.per)
        marked.append(replace(matter, is_booked_up=seat_for(quota, read[key]) is None))
    return tuple(marked)


def _part(per: SeatsPer | None) -> ColumnElement[int]:
    """Of a row with ``units``: the unit that a quota below the whole counts by."""
    return _MUNICIPALITY if per is SeatsPer.MUNICIPALITY else units.c.id


def _with_units() -> Any:
    return seats.join(assignments, assignments.c.id == seats.c.assignment_id).join(
        units, units.c.id == assignments.c.unit_id
    )


def _next_place(occurrence_id: OccurrenceId) -> Any:
    # An alias: inside an UPDATE of the same table the subquery would be correlated to the row that is changed.
    placed = seats.alias("placed")
    statement = select(func.coalesce(func.max(placed.c.place), 0) + 1).where(placed.c.occurrence_id == occurrence_id)
    return statement.scalar_subquery()


_DATES: Select[Any] = (
    select(
        occurrences.c.id,
        occurrences.c.activity_id,
        occurrences.c.version,
        occurrences.c.due_at,
        occurrences.c.state,
        activities.c.title,
        activities.c.unit_id,
        activities.c.event,
        units.c.path,
    )
    .join(activities, activities.c.id == occurrences.c.activity_id)
    .join(units, units.c.id == activities.c.unit_id)
)


def _date(row: Row[Any]) -> SeatedDate | None:
    quota: Seats | None = None if row.event is None else EventDetails.from_json(row.event).seats
    if quota is None:
        return None
    return SeatedDate(
        OccurrenceId(row.id),
        ActivityId(row.activity_id),
        row.version,
        row.due_at,
        OccurrenceState(row.state),
        row.title,
        UnitId(row.unit_id),
        row.path,
        quota,
    )
