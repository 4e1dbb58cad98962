"""The board: assignments of a scope counted by date and by unit, and those who would be nudged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, literal, or_, select
from sqlalchemy.engine import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.board import BoardEntry, BoardLine, Debtor, Misdelivery, Silent, Status, Tally, UnitTally
from bot.domain.delivery import NoticeKind, NoticeState
from bot.domain.ids import ActivityId, AssignmentId, OccurrenceId, PersonId, UnitId
from bot.domain.matters import ActivityKind, Answer, OccurrenceState
from bot.domain.network import Reach, Role, Standing, Unit, UnitKind
from bot.domain.reviewing import Review
from storage.due import term_at
from storage.tables import activities, assignments, memberships, notices, occurrences, persons, units

_ABOVE = units.alias("above")
_OWER = persons.alias("ower")
_ANSWERER = persons.alias("answerer")

_SOMEBODY_OF_THE_SCHOOL = exists(
    select(literal(1))
    .select_from(memberships.join(persons, persons.c.id == memberships.c.person_id))
    .where(
        memberships.c.unit_id == assignments.c.unit_id,
        memberships.c.role == Role.COORDINATOR.value,
        memberships.c.standing != Standing.LEFT.value,
        persons.c.reach == Reach.REACHABLE.value,
    )
    .correlate(assignments)
)
# Joined and not asked of each person in turn: that took a second for a thousand schools, inside a transaction.
_COORDINATES_THE_SCHOOL = and_(
    assignments.c.person_id.is_(None),
    memberships.c.unit_id == assignments.c.unit_id,
    memberships.c.role == Role.COORDINATOR.value,
    memberships.c.standing != Standing.LEFT.value,
)
_THE_PERSON_HIMSELF = exists(
    select(literal(1))
    .where(persons.c.id == assignments.c.person_id, persons.c.reach == Reach.REACHABLE.value)
    .correlate(assignments)
)
_REACHABLE = or_(
    and_(assignments.c.person_id.is_(None), _SOMEBODY_OF_THE_SCHOOL),
    and_(assignments.c.person_id.is_not(None), _THE_PERSON_HIMSELF),
)
_FINAL = [answer.value for answer in Answer if answer.is_final]

# One status an assignment; the order of the cases is the rule (bot/domain/board.py, Status).
_STATUS: ColumnElement[str] = case(
    (assignments.c.answer == Answer.NOT_OURS.value, Status.NOT_OURS.value),
    (
        and_(assignments.c.answer.in_(_FINAL), activities.c.needs_acceptance, assignments.c.review.is_(None)),
        Status.IN_REVIEW.value,
    ),
    (
        assignments.c.answer.in_(_FINAL),
        case((assignments.c.answered_at <= term_at, Status.IN_TIME.value), else_=Status.LATE.value),
    ),
    (assignments.c.answer == Answer.PROBLEM.value, Status.PROBLEM.value),
    (assignments.c.answer == Answer.IN_PROGRESS.value, Status.IN_PROGRESS.value),
    (assignments.c.answer == Answer.MAYBE.value, Status.MAYBE.value),
    (assignments.c.review == Review.RETURNED.value, Status.RETURNED.value),
    (assignments.c.due_at.is_not(None), Status.POSTPONED.value),
    (_REACHABLE, Status.SILENT.value),
    else_=Status.UNREACHABLE.value,
)

_OWED = (
    assignments.join(occurrences, occurrences.c.id == assignments.c.occurrence_id)
    .join(activities, activities.c.id == occurrences.c.activity_id)
    .join(units, units.c.id == assignments.c.unit_id)
)


# Whether somebody meant to come to a webinar that is over is no debt.
_IS_TASK = exists(
    select(literal(1))
    .where(activities.c.id == occurrences.c.activity_id, activities.c.kind == ActivityKind.TASK.value)
    .correlate(occurrences)
)


# Nobody is silent on a call for proposals: it has screens of its own.
_IS_ON_THE_BOARD = exists(
    select(literal(1))
    .where(activities.c.id == occurrences.c.activity_id, activities.c.kind != ActivityKind.CALL.value)
    .correlate(occurrences)
)


class BoardStore:
    """Implements ``bot.ports.board.Board``."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def lines(
        self,
        scope: Sequence[str],
        *,
        since: datetime,
        until: datetime,
        settled_since: datetime,
        limit: int,
        offset: int,
    ) -> tuple[BoardLine, ...]:
        page = (
            _dates_of(scope, since, until, settled_since)
            .order_by(occurrences.c.due_at, occurrences.c.id)
            .limit(limit)
            .offset(offset)
            .subquery()
        )
        dates = (await self._connection.execute(_LINES.where(occurrences.c.id.in_(select(page.c.id))))).all()
        tallies = await self._tallies(scope, [OccurrenceId(row.id) for row in dates])
        return tuple(_line(row, tallies[row.id]) for row in dates if row.id in tallies)

    async def count_lines(
        self, scope: Sequence[str], *, since: datetime, until: datetime, settled_since: datetime
    ) -> int:
        dates = _dates_of(scope, since, until, settled_since).subquery()
        return int((await self._connection.execute(select(func.count()).select_from(dates))).scalar_one())

    async def line(self, occurrence_id: OccurrenceId, scope: Sequence[str]) -> BoardLine | None:
        row = (await self._connection.execute(_LINES.where(occurrences.c.id == occurrence_id))).one_or_none()
        tallies = {} if row is None else await self._tallies(scope, [occurrence_id])
        return None if row is None or occurrence_id not in tallies else _line(row, tallies[occurrence_id])

    async def tally_by_unit(self, occurrence_id: OccurrenceId, scope: Sequence[str]) -> tuple[UnitTally, ...]:
        tallies = await self._tallies(scope, [occurrence_id], by=assignments.c.unit_id)
        # Read as a whole where they are many: SQLite takes so many names in one question and no more.
        found = select(units).where(_within(scope)).order_by(units.c.title)
        rows = await self._connection.execute(found)
        return tuple(UnitTally(_unit(row), tallies[row.id]) for row in rows if row.id in tallies)

    async def _tallies(
        self,
        scope: Sequence[str],
        occurrence_ids: Sequence[OccurrenceId],
        by: ColumnElement[int] = assignments.c.occurrence_id,
    ) -> dict[int, Tally]:
        """Grouped by the status, which so is worked out once for each assignment and not once for each that it may be:
        the board of ten thousand schools is read at every look."""
        owed = (
            select(by.label("one"), _STATUS.label("status"))
            .select_from(_OWED)
            .where(assignments.c.occurrence_id.in_(occurrence_ids), assignments.c.withdrawn_at.is_(None))
            .where(_within(scope))
            .subquery()
        )
        counted = select(owed.c.one, owed.c.status, func.count().label("how_many")).group_by(owed.c.one, owed.c.status)
        found: dict[int, dict[str, int]] = defaultdict(dict)
        for row in await self._connection.execute(counted):
            found[row.one][row.status] = row.how_many
        return {one: Tally(**counts) for one, counts in found.items()}

    async def entries(self, occurrence_id: OccurrenceId, unit_id: UnitId) -> tuple[BoardEntry, ...]:
        rows = (await self._connection.execute(_entries(occurrence_id).where(assignments.c.unit_id == unit_id))).all()
        school = await self._coordinators(unit_id)
        people = await self._people([row.person_id for row in rows if row.person_id is not None])
        return tuple(_entry(row, school if row.person_id is None else people.get(row.person_id, ())) for row in rows)

    async def all_entries(
        self, occurrence_id: OccurrenceId, scope: Sequence[str]
    ) -> tuple[tuple[str, BoardEntry], ...]:
        rows = await self._connection.execute(_entries(occurrence_id).where(_within(scope)))
        return tuple((row.above_title or "", _entry(row, ())) for row in rows)

    async def silent(
        self, occurrence_id: OccurrenceId, scope: Sequence[str], *, nudged_since: datetime
    ) -> tuple[Silent, ...]:
        nudged_at = (
            select(func.max(notices.c.created_at))
            .where(
                notices.c.assignment_id == assignments.c.id,
                notices.c.person_id == persons.c.id,
                notices.c.kind == NoticeKind.NUDGE.value,
                notices.c.state.not_in([NoticeState.CANCELLED.value, NoticeState.FAILED.value]),
                notices.c.created_at > nudged_since,
            )
            .correlate(persons, assignments)
            .scalar_subquery()
        )
        rows = await self._connection.execute(
            select(assignments.c.id, persons.c.id.label("person_id"), nudged_at.label("nudged_at"))
            .select_from(_OWED)
            .outerjoin(memberships, _COORDINATES_THE_SCHOOL)
            .join(persons, persons.c.id == func.coalesce(assignments.c.person_id, memberships.c.person_id))
            .where(
                assignments.c.occurrence_id == occurrence_id,
                assignments.c.withdrawn_at.is_(None),
                assignments.c.answer.is_(None),
                or_(assignments.c.due_at.is_(None), assignments.c.due_at <= nudged_since),  # a term ahead is left alone
                persons.c.reach == Reach.REACHABLE.value,
                _within(scope),
            )
            .order_by(assignments.c.id, persons.c.id)
        )
        return tuple(Silent(AssignmentId(row.id), PersonId(row.person_id), row.nudged_at) for row in rows)

    async def misdelivery(self, occurrence_id: OccurrenceId, scope: Sequence[str]) -> Misdelivery:
        def how_many(condition: ColumnElement[bool]) -> ColumnElement[int]:
            return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)

        row = (
            await self._connection.execute(
                select(
                    how_many(notices.c.state == NoticeState.EXPIRED.value).label("late"),
                    how_many(notices.c.state == NoticeState.FAILED.value).label("failed"),
                    how_many(notices.c.was_in_doubt).label("doubled"),
                )
                .select_from(
                    notices.join(assignments, assignments.c.id == notices.c.assignment_id).join(
                        units, units.c.id == assignments.c.unit_id
                    )
                )
                .where(notices.c.occurrence_id == occurrence_id, _within(scope))
            )
        ).one()
        return Misdelivery(row.late, row.failed, row.doubled)

    async def _coordinators(self, unit_id: UnitId) -> tuple[Debtor, ...]:
        rows = await self._connection.execute(
            select(persons.c.id, persons.c.full_name, persons.c.reach)
            .join(memberships, memberships.c.person_id == persons.c.id)
            .where(
                memberships.c.unit_id == unit_id,
                memberships.c.role == Role.COORDINATOR.value,
                memberships.c.standing != Standing.LEFT.value,
            )
            .order_by(persons.c.full_name)
        )
        return tuple(Debtor(PersonId(row.id), row.full_name, Reach(row.reach)) for row in rows)

    async def _people(self, ids: Sequence[int]) -> dict[int, tuple[Debtor, ...]]:
        rows = await self._connection.execute(
            select(persons.c.id, persons.c.full_name, persons.c.reach).where(persons.c.id.in_(ids))
        )
        return {row.id: (Debtor(PersonId(row.id), row.full_name, Reach(row.reach)),) for row in rows}


def _within(scope: Sequence[str]) -> ColumnElement[bool]:
    return or_(*(units.c.path.like(f"{path}%") for path in scope)) if scope else literal(False)


def _dates_of(scope: Sequence[str], since: datetime, until: datetime, settled_since: datetime) -> Select[Any]:
    is_unsettled = or_(assignments.c.answer.is_(None), assignments.c.answer.not_in(_FINAL))
    somebody_owes = exists(
        select(literal(1))
        .select_from(assignments.join(units, units.c.id == assignments.c.unit_id))
        .where(
            assignments.c.occurrence_id == occurrences.c.id,
            assignments.c.withdrawn_at.is_(None),
            _within(scope),
            or_(occurrences.c.due_at >= settled_since, and_(is_unsettled, _IS_TASK)),
        )
        .correlate(occurrences)
    )
    return select(occurrences.c.id).where(
        occurrences.c.state != OccurrenceState.CANCELLED.value,
        _IS_ON_THE_BOARD,
        occurrences.c.due_at >= since,
        occurrences.c.due_at < until,
        somebody_owes,
    )


_LINES: Select[Any] = (
    select(
        occurrences.c.id,
        occurrences.c.activity_id,
        occurrences.c.version,
        occurrences.c.due_at,
        occurrences.c.due_on,
        occurrences.c.has_time,
        occurrences.c.timezone,
        occurrences.c.state,
        activities.c.kind,
        activities.c.title,
    )
    .join(activities, activities.c.id == occurrences.c.activity_id)
    .where(activities.c.kind != ActivityKind.CALL.value)
    .order_by(occurrences.c.due_at, occurrences.c.id)
)


def _entries(occurrence_id: OccurrenceId) -> Select[Any]:
    silent_first = case({Status.SILENT.value: 0, Status.UNREACHABLE.value: 1}, value=_STATUS, else_=2)
    return (
        select(
            assignments.c.id,
            assignments.c.person_id,
            assignments.c.answer,
            assignments.c.answered_at,
            assignments.c.comment,
            assignments.c.due_on.label("own_due_on"),
            units.c.title.label("unit_title"),
            _ABOVE.c.title.label("above_title"),
            _OWER.c.full_name.label("person_name"),
            _ANSWERER.c.full_name.label("answerer_name"),
            _STATUS.label("status"),
        )
        .select_from(
            _OWED.outerjoin(_ABOVE, _ABOVE.c.id == units.c.parent_id)
            .outerjoin(_OWER, _OWER.c.id == assignments.c.person_id)
            .outerjoin(_ANSWERER, _ANSWERER.c.id == assignments.c.answered_by)
        )
        .where(assignments.c.occurrence_id == occurrence_id, assignments.c.withdrawn_at.is_(None))
        .order_by(_ABOVE.c.title, units.c.title, silent_first, _OWER.c.full_name, assignments.c.id)
    )


def _line(row: Row[Any], tally: Tally) -> BoardLine:
    return BoardLine(
        occurrence_id=OccurrenceId(row.id),
        activity_id=ActivityId(row.activity_id),
        version=row.version,
        kind=ActivityKind(row.kind),
        title=row.title,
        due_at=row.due_at,
        due_on=row.due_on,
        has_time=row.has_time,
        timezone=row.timezone,
        state=OccurrenceState(row.state),
        tally=tally,
    )


def _unit(row: Row[Any]) -> Unit:
    return Unit(UnitId(row.id), UnitKind(row.kind), row.parent_id, row.path, row.title, row.region, row.timezone)


def _entry(row: Row[Any], debtors: tuple[Debtor, ...]) -> BoardEntry:
    return BoardEntry(
        assignment_id=AssignmentId(row.id),
        unit_title=row.unit_title,
        person_name=row.person_name,
        status=Status(row.status),
        answer=None if row.answer is None else Answer(row.answer),
        answered_at=row.answered_at,
        answered_by_name=row.answerer_name,
        comment=row.comment,
        debtors=debtors,
        own_due_on=row.own_due_on,
    )
