"""The board: assignments of a scope counted by date and by unit, and those who would be nudged."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, false, func, literal, or_, select, tuple_, union_all
from sqlalchemy.engine import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.board import BoardEntry, BoardLine, Debtor, Misdelivery, OwingUnit, Silent, Status, Tally
from bot.domain.delivery import NoticeKind, NoticeState
from bot.domain.ids import ActivityId, AssignmentId, OccurrenceId, PersonId, UnitId
from bot.domain.matters import ActivityKind, Answer, OccurrenceState
from bot.domain.network import Reach
from storage.coordinators import COORDINATES
from storage.statuses import FINAL, status_of
from storage.subtrees import unit_within
from storage.tables import activities, assignments, memberships, notices, occurrences, persons, units

_ABOVE = units.alias("above")
_OWER = persons.alias("ower")
_ANSWERER = persons.alias("answerer")
_NAME = func.coalesce(_OWER.c.full_name, "")  # of a school as a whole none, and it stands first

# Joined and not asked of each person in turn: that took a second for a thousand schools, inside a transaction.
_COORDINATES_THE_SCHOOL = and_(
    assignments.c.person_id.is_(None),
    memberships.c.unit_id == assignments.c.unit_id,
    COORDINATES,
)
_OWED = (
    assignments.join(occurrences, occurrences.c.id == assignments.c.occurrence_id)
    .join(activities, activities.c.id == occurrences.c.activity_id)
    .join(units, units.c.id == assignments.c.unit_id)
)
_COUNTED = assignments.join(occurrences, occurrences.c.id == assignments.c.occurrence_id).join(
    activities, activities.c.id == occurrences.c.activity_id
)


class BoardStore:
    """Implements ``bot.ports.board.Board``."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def dates(
        self, scope: Sequence[str], *, since: datetime, until: datetime, settled_since: datetime
    ) -> tuple[OccurrenceId, ...]:
        found = (
            select(occurrences.c.id)
            .join(activities, activities.c.id == occurrences.c.activity_id)
            .where(
                occurrences.c.state != OccurrenceState.CANCELLED.value,
                activities.c.kind != ActivityKind.CALL.value,  # nobody is silent on one: it has screens of its own
                occurrences.c.due_at >= since,
                occurrences.c.due_at < until,
                self._is_on_the_board(scope, settled_since),
            )
            .order_by(occurrences.c.due_at, occurrences.c.id)
        )
        return tuple(OccurrenceId(i) for i in (await self._connection.execute(found)).scalars())

    async def lines(self, occurrence_ids: Sequence[OccurrenceId], scope: Sequence[str]) -> tuple[BoardLine, ...]:
        dates = (await self._connection.execute(_LINES.where(occurrences.c.id.in_(occurrence_ids)))).all()
        tallies = await self._tallies(scope, occurrence_ids) if dates else {}
        return tuple(_line(row, tallies[row.id]) for row in dates if row.id in tallies)

    async def line(self, occurrence_id: OccurrenceId, scope: Sequence[str]) -> BoardLine | None:
        return next(iter(await self.lines([occurrence_id], scope)), None)

    async def line_in_parts(
        self, occurrence_id: OccurrenceId, scope: Sequence[str], subtrees: Sequence[str]
    ) -> tuple[BoardLine | None, Mapping[str, Tally]]:
        """The sums of each unit are added up here: joined with the subtrees, each row would be held against all."""
        if not subtrees:
            return await self.line(occurrence_id, scope), {}
        date = (await self._connection.execute(_LINES.where(occurrences.c.id == occurrence_id))).one_or_none()
        counted = self._counted(scope, [occurrence_id], assignments.c.unit_id).subquery("of_units")
        of_units = select(units.c.path, counted.c.status, counted.c.how_many).join(units, units.c.id == counted.c.one)
        whole, wanted = Counter[str](), {path: Counter[str]() for path in subtrees}
        for row in await self._connection.execute(of_units):
            whole[row.status] += row.how_many
            for path in _ways_down_to(row.path):
                if path in wanted:
                    wanted[path][row.status] += row.how_many
        line = _line(date, Tally(**whole)) if date is not None and whole else None
        return line, {path: Tally(**counts) for path, counts in wanted.items() if counts}

    async def _tallies(self, scope: Sequence[str], occurrence_ids: Sequence[OccurrenceId]) -> dict[int, Tally]:
        found: dict[int, dict[str, int]] = defaultdict(dict)
        for row in await self._connection.execute(self._counted(scope, occurrence_ids, assignments.c.occurrence_id)):
            found[row.one][row.status] = row.how_many
        return {one: Tally(**counts) for one, counts in found.items()}

    def _counted(
        self, scope: Sequence[str], occurrence_ids: Sequence[OccurrenceId], by: ColumnElement[int]
    ) -> Select[Any]:
        """Grouped by the status, which so is worked out once for each assignment and not once for each that it may be:
        the board of ten thousand schools is read at every look. ``ix_assignments_board`` has all that it needs."""
        owed = (
            select(by.label("one"), status_of(self._connection, scope).label("status"))
            .select_from(_COUNTED)
            .where(
                assignments.c.occurrence_id.in_(occurrence_ids),
                assignments.c.withdrawn_at.is_(None),
                unit_within(self._connection, assignments.c.unit_id, scope),
            )
            .subquery()
        )
        counted: Select[Any] = select(owed.c.one, owed.c.status, func.count().label("how_many"))
        return counted.group_by(owed.c.one, owed.c.status)

    def _is_on_the_board(self, scope: Sequence[str], settled_since: datetime) -> ColumnElement[bool]:
        """A case, because what stands further down is not asked at all then: of an event that is over nobody looks for
        one of its thousands who has not answered. Whether somebody meant to come is no debt any more."""
        owes = (
            select(literal(1))
            .where(
                assignments.c.occurrence_id == occurrences.c.id,
                assignments.c.withdrawn_at.is_(None),
                unit_within(self._connection, assignments.c.unit_id, scope),
            )
            .correlate(occurrences)
        )
        is_unsettled = or_(assignments.c.answer.is_(None), assignments.c.answer.not_in(FINAL))
        return case(
            (occurrences.c.due_at >= settled_since, exists(owes)),
            (activities.c.kind == ActivityKind.TASK.value, exists(owes.where(is_unsettled))),
            else_=false(),
        )

    async def entries(self, occurrence_id: OccurrenceId, unit_id: UnitId) -> tuple[BoardEntry, ...]:
        path = select(units.c.path).where(units.c.id == unit_id)
        scope = list((await self._connection.execute(path)).scalars())
        found = _entries(self._connection, occurrence_id, scope).where(assignments.c.unit_id == unit_id)
        status = status_of(self._connection, scope)
        silent_first = case({Status.SILENT.value: 0, Status.UNREACHABLE.value: 1}, value=status, else_=2)
        in_order = found.order_by(silent_first, _OWER.c.full_name, assignments.c.id)
        rows = (await self._connection.execute(in_order)).all()
        school = await self._coordinators(unit_id)
        people = await self._people([row.person_id for row in rows if row.person_id is not None])
        return tuple(_entry(row, school if row.person_id is None else people.get(row.person_id, ())) for row in rows)

    async def owing_units(self, occurrence_id: OccurrenceId, scope: Sequence[str]) -> tuple[OwingUnit, ...]:
        owing = (
            select(assignments.c.unit_id, func.count().label("how_many"))
            .where(
                assignments.c.occurrence_id == occurrence_id,
                assignments.c.withdrawn_at.is_(None),
                unit_within(self._connection, assignments.c.unit_id, scope),
            )
            .group_by(assignments.c.unit_id)
            .subquery("owing")
        )
        found = (
            select(units.c.id, units.c.path, owing.c.how_many)
            .join(owing, owing.c.unit_id == units.c.id)
            .outerjoin(_ABOVE, _ABOVE.c.id == units.c.parent_id)
            .order_by(_ABOVE.c.title, units.c.title, units.c.id)
        )
        rows = await self._connection.execute(found)
        return tuple(OwingUnit(UnitId(row.id), row.path, row.how_many) for row in rows)

    async def entries_of(
        self, occurrence_id: OccurrenceId, owing: Sequence[OwingUnit]
    ) -> tuple[tuple[str, BoardEntry], ...]:
        return await self._exported(_entries_of(self._connection, occurrence_id, owing))

    async def next_entries_of(
        self, occurrence_id: OccurrenceId, owing: OwingUnit, *, after: BoardEntry | None, limit: int
    ) -> tuple[tuple[str, BoardEntry], ...]:
        found = _entries_of(self._connection, occurrence_id, [owing]).limit(limit)
        if after is not None:
            last = tuple_(literal(after.person_name or ""), literal(after.assignment_id))
            found = found.where(tuple_(_NAME, assignments.c.id) > last)
        return await self._exported(found)

    async def _exported(self, found: Select[Any]) -> tuple[tuple[str, BoardEntry], ...]:
        return tuple((row.above_title or "", _entry(row, ())) for row in await self._connection.execute(found))

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
                unit_within(self._connection, assignments.c.unit_id, scope),
            )
            .order_by(assignments.c.id, persons.c.id)
        )
        return tuple(Silent(AssignmentId(row.id), PersonId(row.person_id), row.nudged_at) for row in rows)

    async def misdelivery(self, occurrence_id: OccurrenceId, scope: Sequence[str]) -> Misdelivery:
        def about(condition: ColumnElement[bool], name: str) -> Select[str, int]:
            of_scope = unit_within(self._connection, assignments.c.unit_id, scope, is_sought=False)
            counted = select(literal(name).label("what"), func.count().label("how_many"))
            return counted.select_from(notices.join(assignments, assignments.c.id == notices.c.assignment_id)).where(
                notices.c.occurrence_id == occurrence_id, condition, of_scope
            )

        # Asked one by one, because each has an index, and what went as planned is nearly everything.
        asked = union_all(
            about(notices.c.state == NoticeState.EXPIRED.value, "late"),
            about(notices.c.state == NoticeState.FAILED.value, "failed"),
            about(notices.c.was_in_doubt, "doubled"),
        )
        return Misdelivery(**{row.what: row.how_many for row in await self._connection.execute(asked)})

    async def _coordinators(self, unit_id: UnitId) -> tuple[Debtor, ...]:
        rows = await self._connection.execute(
            select(persons.c.id, persons.c.full_name, persons.c.reach)
            .join(memberships, memberships.c.person_id == persons.c.id)
            .where(
                memberships.c.unit_id == unit_id,
                COORDINATES,
            )
            .order_by(persons.c.full_name)
        )
        return tuple(Debtor(PersonId(row.id), row.full_name, Reach(row.reach)) for row in rows)

    async def _people(self, ids: Sequence[int]) -> dict[int, tuple[Debtor, ...]]:
        rows = await self._connection.execute(
            select(persons.c.id, persons.c.full_name, persons.c.reach).where(persons.c.id.in_(ids))
        )
        return {row.id: (Debtor(PersonId(row.id), row.full_name, Reach(row.reach)),) for row in rows}


def _ways_down_to(path: str) -> Iterator[str]:
    """The path and those of all the units above it."""
    end = path.find("/", 1)
    while end > 0:
        yield path[: end + 1]
        end = path.find("/", end + 1)


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


def _entries(connection: AsyncConnection, occurrence_id: OccurrenceId, scope: Sequence[str]) -> Select[Any]:
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
            status_of(connection, scope).label("status"),
        )
        .select_from(
            _OWED.outerjoin(_ABOVE, _ABOVE.c.id == units.c.parent_id)
            .outerjoin(_OWER, _OWER.c.id == assignments.c.person_id)
            .outerjoin(_ANSWERER, _ANSWERER.c.id == assignments.c.answered_by)
        )
        .where(assignments.c.occurrence_id == occurrence_id, assignments.c.withdrawn_at.is_(None))
    )


def _entries_of(connection: AsyncConnection, occurrence_id: OccurrenceId, owing: Sequence[OwingUnit]) -> Select[Any]:
    """By name and not the silent first, because between two pages somebody answers, and his line would change place."""
    found = _entries(connection, occurrence_id, [one.path for one in owing])
    theirs = found.where(assignments.c.unit_id.in_([one.unit_id for one in owing]))
    return theirs.order_by(_ABOVE.c.title, units.c.title, units.c.id, _NAME, assignments.c.id)


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
