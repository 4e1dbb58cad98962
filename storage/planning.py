"""Which dates wait for planning, and what becomes of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, case, exists, or_, select, text, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.delivery import NoticeState
from bot.domain.ids import ActivityId, DocumentId, OccurrenceId, PersonId, SeriesId
from bot.domain.ladder import DueMoment
from bot.domain.matters import ActivityKind, LadderName, OccurrenceState
from bot.domain.network import Role, Standing
from bot.domain.steps import Ladder
from bot.ports.planning import Alike, AlikeStep, DateToPlan, OverdueDate, Recipient, Share
from storage import planning_shares
from storage.event_tables import series
from storage.ladder_rows import ladder_mark, ladder_marks, ladders_by_id, put_steps_aside
from storage.overdue import overdue_dates, silent_units
from storage.recipients import IS_REACHABLE, recipients_from_above, recipients_of
from storage.tables import activities, assignments, memberships, notices, occurrences, persons

_WAITING = [NoticeState.PLANNED.value, NoticeState.IN_DOUBT.value]
_AT_ONCE = 1_000  # ids in one question
# Word for word the condition of the partial index.
WAITS_FOR_PLANNING = text("(occurrences.needs_planning OR occurrences.being_planned)")


class PlanningStore:
    """Implements ``bot.ports.planning.Planning``."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def next_dates(self, limit: int, *, now: datetime) -> tuple[DateToPlan, ...]:
        statement = _DATES.add_columns(_is_later(now).label("is_later")).where(WAITS_FOR_PLANNING)
        first = (await self._connection.execute(statement.order_by(occurrences.c.id).limit(1))).one_or_none()
        if first is None:
            return ()
        if first.document_id is not None:
            statement = statement.where(activities.c.document_id == first.document_id)
        elif first.series_id is not None:
            statement = statement.where(activities.c.series_id == first.series_id)
        else:
            alone = and_(activities.c.document_id.is_(None), activities.c.series_id.is_(None))
            statement = statement.where(alone).limit(limit)
        rows = (await self._connection.execute(statement.order_by(occurrences.c.id))).all()
        own = await ladders_by_id(self._connection, {row.ladder_id for row in rows if row.ladder_id is not None})
        return tuple(_date(row, own.get(row.ladder_id)) for row in rows)

    async def begin(self, dates: Sequence[DateToPlan]) -> None:
        as_read = case({date.occurrence_id: date.version for date in dates}, value=occurrences.c.id)
        statement = update(occurrences).where(occurrences.c.id.in_([date.occurrence_id for date in dates]))
        # One that has moved since it was read goes on waiting: what is planned now is of its older version.
        has_moved = occurrences.c.version != as_read
        await self._connection.execute(statement.values(needs_planning=has_moved, being_planned=True))

    async def shares(self, dates: Sequence[DateToPlan], *, size: int) -> tuple[Share, ...]:
        return await planning_shares.shares(self._connection, dates, size=size)

    async def is_untouched(self, dates: Sequence[DateToPlan]) -> bool:
        is_untouched = await planning_shares.is_untouched(self._connection, dates)
        planning_shares.get_ready(self._connection, dates, is_untouched=is_untouched)
        return is_untouched

    async def take_share(self, dates: Sequence[DateToPlan], share: Share, *, is_untouched: bool) -> None:
        await planning_shares.take_share(self._connection, dates, share, is_untouched=is_untouched)

    async def alike(self) -> tuple[Alike, ...]:
        return await planning_shares.alike(self._connection)

    async def note_steps(self, steps: Sequence[AlikeStep]) -> None:
        await planning_shares.note_steps(self._connection, steps)

    async def plan_alike(self, *, now: datetime) -> int:
        return await planning_shares.plan_alike(self._connection, now=now)

    async def fresh_recipients(self, dates: Sequence[DateToPlan]) -> tuple[Recipient, ...]:
        return await planning_shares.fresh_recipients(self._connection, dates)

    async def with_history(self) -> tuple[PersonId, ...]:
        return await planning_shares.with_history(self._connection)

    async def told_older(self) -> tuple[PersonId, ...]:
        return await planning_shares.told_older(self._connection)

    async def recipients(
        self, dates: Sequence[DateToPlan], people: Share | Sequence[PersonId]
    ) -> tuple[Recipient, ...]:
        return await recipients_of(self._connection, dates, people)

    async def from_above(self, dates: Sequence[DateToPlan]) -> tuple[Recipient, ...]:
        return await recipients_from_above(self._connection, dates)

    async def drop_outdated(self, dates: Sequence[DateToPlan], *, limit: int, now: datetime) -> int:
        moved = {date.occurrence_id for date in dates if date.version > 1}
        if not moved:
            return 0
        stale = (
            select(notices.c.id)
            .join(occurrences, occurrences.c.id == notices.c.occurrence_id)
            .where(
                notices.c.occurrence_id.in_(moved),
                notices.c.state.in_(_WAITING),
                occurrences.c.version > notices.c.occurrence_version,
            )
            .limit(limit)
        )
        values = {"state": NoticeState.CANCELLED.value, "settled_at": now, "error": "moved on"}
        return (await self._connection.execute(update(notices).where(notices.c.id.in_(stale)).values(values))).rowcount

    async def planned(self, dates: Sequence[DateToPlan], *, now: datetime) -> None:
        ids = [date.occurrence_id for date in dates]
        marks = await ladder_marks(self._connection, ids)
        changed = [date.occurrence_id for date in dates if date.ladder_mark != marks.get(date.occurrence_id)]
        if changed:  # its ladder was changed while it was planned
            await put_steps_aside(self._connection, changed, now=now)
            again = update(occurrences).where(occurrences.c.id.in_(changed)).values(needs_planning=True)
            await self._connection.execute(again)
        as_of = case({date.occurrence_id: planning_shares.planned_as(date) for date in dates}, value=occurrences.c.id)
        done = update(occurrences).where(occurrences.c.id.in_(ids)).values(being_planned=False, planned_as=as_of)
        await self._connection.execute(done)

    async def replan_for_newcomers(self, *, since: datetime, now: datetime) -> int:
        people, schools = await self._newcomers(since)
        concerned = {
            *await self._owed(assignments.c.person_id, people, now),
            *await self._owed(assignments.c.unit_id, schools, now),
        }
        statement = update(occurrences).where(
            occurrences.c.id.in_(concerned),
            occurrences.c.state == OccurrenceState.OPEN.value,
            ~occurrences.c.needs_planning,
        )
        if not concerned:
            return 0
        return (await self._connection.execute(statement.values(needs_planning=True))).rowcount

    async def overdue_dates(
        self, *, since: datetime, now: datetime, has_own_ladder: bool = False
    ) -> tuple[OverdueDate, ...]:
        return await overdue_dates(self._connection, since=since, now=now, has_own_ladder=has_own_ladder)

    async def silent_units(
        self, occurrence_id: OccurrenceId, scope: Sequence[str], *, at: datetime
    ) -> tuple[tuple[str, int], ...]:
        return await silent_units(self._connection, occurrence_id, scope, at=at)

    async def _newcomers(self, since: datetime) -> tuple[list[int], list[int]]:
        """Who is new, and the schools that have somebody new to write to.

        Asked every minute of tables that only grow: each question has an index, and where nobody is new it ends here.
        """
        joined = select(memberships.c.person_id, memberships.c.unit_id, memberships.c.role).join(
            persons, persons.c.id == memberships.c.person_id
        )
        stands = and_(IS_REACHABLE, memberships.c.standing != Standing.LEFT.value)
        found = [
            row
            for is_new in (memberships.c.created_at > since, persons.c.reach_changed_at > since)
            for row in await self._connection.execute(joined.where(is_new, stands))
        ]
        coordinated = {row.unit_id for row in found if row.role == Role.COORDINATOR.value}
        return sorted({row.person_id for row in found}), sorted(coordinated)

    async def _owed(self, column: ColumnElement[int | None], ids: Sequence[int], now: datetime) -> set[int]:
        """The dates ahead on which these people, or these schools as a whole, owe an answer."""
        is_of_school = true() if column is assignments.c.person_id else assignments.c.person_id.is_(None)
        found: set[int] = set()
        for start in range(0, len(ids), _AT_ONCE):
            statement = (
                select(assignments.c.occurrence_id)
                .join(occurrences, occurrences.c.id == assignments.c.occurrence_id)
                .where(
                    column.in_(ids[start : start + _AT_ONCE]),
                    is_of_school,
                    assignments.c.withdrawn_at.is_(None),
                    or_(occurrences.c.due_at > now, assignments.c.due_at > now),
                )
                .distinct()
            )
            found |= set((await self._connection.execute(statement)).scalars())
        return found


_DATES: Select[Any] = (
    select(
        occurrences.c.id,
        occurrences.c.version,
        occurrences.c.state,
        occurrences.c.due_at,
        occurrences.c.due_on,
        occurrences.c.has_time,
        occurrences.c.moved_from,
        occurrences.c.created_at,
        occurrences.c.planned_as,
        activities.c.kind,
        activities.c.document_id,
        activities.c.ladder,
        activities.c.ladder_id,
        ladder_mark.label("ladder_mark"),
        activities.c.series_id,
        series.c.title.label("series_title"),
        activities.c.opened_until,
        occurrences.c.activity_id,
    )
    .join(activities, activities.c.id == occurrences.c.activity_id)
    .outerjoin(series, series.c.id == activities.c.series_id)
)  # fmt: skip


def _is_later(now: datetime) -> ColumnElement[bool]:
    """A date that a rule opened, and not the next of its activity. What was added by hand has « +» in its key."""
    earlier = occurrences.alias("earlier")
    is_ahead = exists().where(
        earlier.c.activity_id == occurrences.c.activity_id,
        earlier.c.state == OccurrenceState.OPEN.value,
        earlier.c.due_at > now,
        earlier.c.due_at < occurrences.c.due_at,
    )
    return and_(activities.c.opened_until.is_not(None), ~occurrences.c.key.contains(" +"), is_ahead)


def _date(row: Row[Any], own_ladder: Ladder | None) -> DateToPlan:
    return DateToPlan(
        occurrence_id=OccurrenceId(row.id),
        version=row.version,
        kind=ActivityKind(row.kind),
        state=OccurrenceState(row.state),
        due=DueMoment(row.due_at, row.due_on, row.has_time),
        opened_at=row.created_at,
        moved_from=row.moved_from,
        document_id=None if row.document_id is None else DocumentId(row.document_id),
        ladder=LadderName(row.ladder),
        own_ladder=own_ladder,
        ladder_mark=row.ladder_mark,
        event_series=None if row.series_id is None else SeriesId(row.series_id),
        series_title=row.series_title,
        repeating=None if row.opened_until is None else ActivityId(row.activity_id),
        is_later=row.is_later,
        planned_as=row.planned_as,
    )
