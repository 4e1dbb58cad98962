"""What planning the notices asks: dates that wait, who owes them, and the clock of each reader."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    Subquery,
    and_,
    case,
    exists,
    func,
    literal,
    or_,
    select,
    tuple_,
    union_all,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.delivery import NoticeKind, NoticeState
from bot.domain.ids import ActivityId, AssignmentId, DocumentId, OccurrenceId, PersonId, SeriesId, UnitId
from bot.domain.ladder import DueMoment, Heard
from bot.domain.matters import ActivityKind, LadderName, OccurrenceState
from bot.domain.network import QuietHours, Reach, Role, Standing
from bot.domain.quiet import Reader
from bot.domain.steps import Ladder
from bot.ports.planning import DateToPlan, OverdueDate, Recipient, Told
from storage.event_tables import series
from storage.ladder_rows import ladder_mark, ladder_marks, ladders_by_id, put_steps_aside
from storage.overdue import overdue_dates, silent_units
from storage.tables import activities, assignments, memberships, notices, occurrences, persons, units

_WAITING = [NoticeState.PLANNED.value, NoticeState.IN_DOUBT.value]
_GONE = frozenset({NoticeState.SENT.value, NoticeState.SENDING.value, NoticeState.IN_DOUBT.value})
_IS_REACHABLE = and_(persons.c.reach == Reach.REACHABLE.value, persons.c.erased_at.is_(None))
_COORDINATES = and_(memberships.c.role == Role.COORDINATOR.value, memberships.c.standing != Standing.LEFT.value)


class PlanningStore:
    """Implements ``bot.ports.planning.Planning``."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def next_dates(self, limit: int, *, now: datetime) -> tuple[DateToPlan, ...]:
        statement = _DATES.add_columns(_is_later(now).label("is_later")).where(occurrences.c.needs_planning)
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

    async def recipients(
        self, dates: Sequence[DateToPlan], *, after: PersonId, limit: int
    ) -> tuple[tuple[Recipient, ...], PersonId | None]:
        concerned = _concerned([date.occurrence_id for date in dates]).subquery("concerned")
        people = select(concerned.c.person_id).where(concerned.c.person_id > after).distinct()
        ids = (await self._connection.execute(people.order_by(concerned.c.person_id).limit(limit))).scalars().all()
        if not ids:
            return (), None
        rows = (await self._connection.execute(_with_readers(concerned, ids))).all()
        heard = await self._heard(dates, ids)
        versions = {date.occurrence_id: date.version for date in dates}
        found = tuple(_recipient(row, versions, heard) for row in rows)
        return found, PersonId(ids[-1]) if len(ids) == limit else None

    async def audience_mark(self, dates: Sequence[DateToPlan]) -> Mapping[str, int]:
        concerned = _concerned([date.occurrence_id for date in dates]).subquery("concerned")
        sums = (func.sum(concerned.c[name]) for name in ("person_id", "assignment_id", "due_version"))
        statement = select(func.count(), *sums).select_from(concerned)
        count, people, owed, terms = (await self._connection.execute(statement)).one()
        return {"count": count, "people": people or 0, "owed": owed or 0, "terms": terms or 0}

    async def drop_outdated(self, dates: Sequence[DateToPlan], *, now: datetime) -> int:
        stale = select(occurrences.c.id).where(
            occurrences.c.id == notices.c.occurrence_id, occurrences.c.version > notices.c.occurrence_version
        )
        statement = update(notices).where(
            notices.c.occurrence_id.in_([date.occurrence_id for date in dates if date.version > 1]),
            notices.c.state.in_(_WAITING),
            stale.exists(),
        )
        values = {"state": NoticeState.CANCELLED.value, "settled_at": now, "error": "moved on"}
        return (await self._connection.execute(statement.values(values))).rowcount

    async def planned(self, dates: Sequence[DateToPlan], *, now: datetime) -> None:
        marks = await ladder_marks(self._connection, [date.occurrence_id for date in dates])
        is_current = {date.occurrence_id: date.ladder_mark == marks.get(date.occurrence_id) for date in dates}
        if not all(is_current.values()):  # its ladder was changed while it was planned
            await put_steps_aside(self._connection, [i for i, stands in is_current.items() if not stands], now=now)
        versions = [(date.occurrence_id, date.version) for date in dates if is_current[date.occurrence_id]]
        statement = update(occurrences).where(tuple_(occurrences.c.id, occurrences.c.version).in_(versions))
        await self._connection.execute(statement.values(needs_planning=False))

    async def replan_for_newcomers(self, *, since: datetime, now: datetime) -> int:
        is_new = or_(memberships.c.created_at > since, persons.c.reach_changed_at > since)
        newcomers = (
            select(memberships.c.person_id, memberships.c.unit_id, memberships.c.role)
            .join(persons, persons.c.id == memberships.c.person_id)
            .where(is_new, _IS_REACHABLE, memberships.c.standing != Standing.LEFT.value)
            .subquery("newcomers")
        )
        is_his = or_(
            assignments.c.person_id == newcomers.c.person_id,
            and_(
                assignments.c.person_id.is_(None),
                assignments.c.unit_id == newcomers.c.unit_id,
                newcomers.c.role == Role.COORDINATOR.value,
            ),
        )
        is_owed = assignments.c.withdrawn_at.is_(None)
        concerned = select(assignments.c.occurrence_id).join(newcomers, is_his).where(is_owed)
        statement = update(occurrences).where(
            occurrences.c.state == OccurrenceState.OPEN.value,
            ~occurrences.c.needs_planning,
            or_(occurrences.c.due_at > now, occurrences.c.id.in_(concerned.where(assignments.c.due_at > now))),
            occurrences.c.id.in_(concerned),
        )
        return (await self._connection.execute(statement.values(needs_planning=True))).rowcount

    async def overdue_dates(
        self, *, since: datetime, now: datetime, has_own_ladder: bool = False
    ) -> tuple[OverdueDate, ...]:
        return await overdue_dates(self._connection, since=since, now=now, has_own_ladder=has_own_ladder)

    async def silent_units(
        self, occurrence_id: OccurrenceId, scope: Sequence[str], *, at: datetime
    ) -> tuple[tuple[str, int], ...]:
        return await silent_units(self._connection, occurrence_id, scope, at=at)

    async def _heard(self, dates: Sequence[DateToPlan], people: Sequence[int]) -> dict[tuple[int, int], _Heard]:
        """What each of the people was told of each assignment, by person and assignment."""
        heard: dict[tuple[int, int], _Heard] = defaultdict(_Heard)
        # News of a seat or of a link say nothing of the hour: who has them has not heard that it is another.
        version = case((notices.c.kind != NoticeKind.INFO.value, notices.c.occurrence_version)).label("version")
        columns = (
            notices.c.person_id,
            notices.c.assignment_id,
            version,
            notices.c.state,
            notices.c.kind,
            notices.c.claimed_at,
            notices.c.assignment_due_version,
        )
        by_matter: Select[Any] = select(*columns).where(
            notices.c.kind != NoticeKind.REFRESH.value,  # an older message brought up to date tells nobody anything
            notices.c.occurrence_id.in_([date.occurrence_id for date in dates]),
            notices.c.person_id.in_(people),
        )
        for row in await self._connection.execute(by_matter):
            heard[row.person_id, row.assignment_id].add(row.version, row.state)
            if row.kind != NoticeKind.INFO.value:
                its_term = row.assignment_due_version
                heard[row.person_id, row.assignment_id].count(row.state, row.claimed_at, its_term)
        documents = {date.document_id for date in dates if date.document_id is not None}
        of_series = {date.event_series for date in dates if date.event_series is not None}
        listing = (notices.c.person_id, notices.c.detail, notices.c.state, notices.c.claimed_at)
        lists: Select[Any] = select(*listing).where(
            or_(notices.c.document_id.in_(documents), notices.c.series_id.in_(of_series)),
            notices.c.kind.in_([NoticeKind.ASSIGNED.value, NoticeKind.CHANGED.value]),
            notices.c.person_id.in_(people),
        )
        for row in await self._connection.execute(lists):
            versions = (row.detail or {}).get("versions", {})
            for assignment_id in (row.detail or {}).get("assignments", ()):
                heard[row.person_id, assignment_id].add_list(row.state, versions.get(str(assignment_id)))
                heard[row.person_id, assignment_id].count(row.state, row.claimed_at)
        return heard


class _Heard:
    """What one person was told of one assignment."""

    def __init__(self) -> None:
        self.versions: set[int] = set()
        self.is_listed = False
        self.will_hear = False
        self.will_hear_of_changes = False
        self.has_heard = False
        self._last_at: datetime | None = None
        self._of_term: Counter[int] = Counter()

    def count(self, state: str, at: datetime | None, due_version: int = 0) -> None:
        """One more message that went out to him, when the term of his own was of that version."""
        if state in _GONE and at is not None:
            self._last_at = max(at, self._last_at or at)
            self._of_term[due_version] += 1

    def messages(self, due_version: int) -> Heard | None:
        """A term of his own is reminded of anew: what went out before counts for the gap, and not for the most."""
        return None if self._last_at is None else Heard(self._last_at, self._of_term[due_version])

    def add(self, version: int | None, state: str) -> None:
        if version is not None:
            self.versions.add(version)
        self.has_heard = self.has_heard or state in _GONE

    def add_list(self, state: str, version: int | None) -> None:
        """A list names the matters as they are when it is sent; of those that have changed it knows the version."""
        self.is_listed = True
        if version is not None:
            self.versions.add(version)
            self.will_hear_of_changes = self.will_hear_of_changes or state == NoticeState.PLANNED.value
        self.has_heard = self.has_heard or state in _GONE
        self.will_hear = self.will_hear or state == NoticeState.PLANNED.value

    def told(self, version: int) -> Told:
        if self.has_heard:
            return Told.HAS_HEARD
        is_planned = version in self.versions or (version == 1 and self.is_listed)
        return Told.WILL_HEAR if is_planned or self.will_hear else Told.NOTHING


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
_READER = (persons.c.timezone.label("own_timezone"), persons.c.quiet_from, persons.c.quiet_to)


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


def _concerned(occurrence_ids: Sequence[OccurrenceId]) -> Any:
    """person, assignment, occurrence, school, and whether the person stands above the school."""
    owed = and_(assignments.c.occurrence_id.in_(occurrence_ids), assignments.c.withdrawn_at.is_(None))
    columns = (
        assignments.c.id.label("assignment_id"),
        assignments.c.occurrence_id,
        assignments.c.unit_id,
        assignments.c.due_at,
        assignments.c.due_on,
        assignments.c.due_version,
    )
    himself = (
        select(assignments.c.person_id, *columns, literal(0).label("is_above"))
        .join(persons, persons.c.id == assignments.c.person_id)
        .where(owed, _IS_REACHABLE)
    )
    of_the_school = (
        select(memberships.c.person_id, *columns, literal(0).label("is_above"))
        .join(memberships, and_(memberships.c.unit_id == assignments.c.unit_id, _COORDINATES))
        .join(persons, persons.c.id == memberships.c.person_id)
        .where(owed, assignments.c.person_id.is_(None), _IS_REACHABLE)
    )
    unattended = select(assignments.c.unit_id).where(owed, assignments.c.person_id.is_(None), ~_has_coordinator())
    above = _nearest_above(unattended.distinct()).subquery("above")
    from_above = (
        select(above.c.person_id, *columns, literal(1).label("is_above"))
        .join(above, above.c.school_id == assignments.c.unit_id)
        .where(owed, assignments.c.person_id.is_(None))
    )
    return union_all(himself, of_the_school, from_above)


def _has_coordinator() -> ColumnElement[bool]:
    return (
        select(memberships.c.id)
        .join(persons, persons.c.id == memberships.c.person_id)
        .where(memberships.c.unit_id == assignments.c.unit_id, _COORDINATES, _IS_REACHABLE)
        .correlate(assignments)
        .exists()
    )


def _nearest_above(schools: Select[Any]) -> Select[Any]:
    """school_id, person_id, above_id: the reachable coordinators of the nearest unit above that has any."""
    school, upper = units.alias("school"), units.alias("upper")
    is_above = and_(upper.c.id != school.c.id, func.substr(school.c.path, 1, func.length(upper.c.path)) == upper.c.path)
    ways = (
        select(
            school.c.id.label("school_id"),
            memberships.c.person_id,
            upper.c.id.label("above_id"),
            func.rank().over(partition_by=school.c.id, order_by=func.length(upper.c.path).desc()).label("way"),
        )
        .join(upper, is_above)
        .join(memberships, and_(memberships.c.unit_id == upper.c.id, _COORDINATES))
        .join(persons, persons.c.id == memberships.c.person_id)
        .where(school.c.id.in_(schools), _IS_REACHABLE)
        .subquery("ways")
    )
    return select(ways.c.school_id, ways.c.person_id, ways.c.above_id).where(ways.c.way == 1)


def _with_readers(concerned: Subquery, people: Sequence[int]) -> Select[Any]:
    own = units.alias("own_unit")
    zone_of_member = (
        select(own.c.timezone)
        .join(memberships, memberships.c.unit_id == own.c.id)
        .where(memberships.c.person_id == persons.c.id, memberships.c.standing != Standing.LEFT.value)
        .order_by(memberships.c.id)
        .limit(1)
        .correlate(persons)
        .scalar_subquery()
    )
    return (
        select(concerned, func.coalesce(zone_of_member, units.c.timezone).label("timezone"), *_READER)
        .join(persons, persons.c.id == concerned.c.person_id)
        .join(units, units.c.id == concerned.c.unit_id)
        .where(concerned.c.person_id.in_(people))
        .order_by(concerned.c.person_id, concerned.c.assignment_id)
    )


def _recipient(
    row: Row[Any], versions: Mapping[OccurrenceId, int], heard: Mapping[tuple[int, int], _Heard]
) -> Recipient:
    known = heard.get((row.person_id, row.assignment_id), _Heard())
    version = versions[row.occurrence_id]
    return Recipient(
        person_id=PersonId(row.person_id),
        occurrence_id=OccurrenceId(row.occurrence_id),
        assignment_id=AssignmentId(row.assignment_id),
        unit_id=UnitId(row.unit_id),
        reader=_reader(row, row.timezone),
        told=known.told(version),
        knows_version=version in known.versions or known.will_hear_of_changes,
        is_above=bool(row.is_above),
        heard=known.messages(row.due_version),
        own_due=None if row.due_at is None else DueMoment(row.due_at, row.due_on, has_time=False),
        due_version=row.due_version,
    )


def _reader(row: Row[Any], timezone: str) -> Reader:
    return Reader(ZoneInfo(row.own_timezone or timezone), QuietHours(row.quiet_from, row.quiet_to))


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
    )
