"""Those who are told of dates, each with what he has heard of them before."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Integer, Row, Select, and_, bindparam, case, func, literal, or_, select, union_all
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.delivery import NoticeKind, NoticeState
from bot.domain.ids import AssignmentId, OccurrenceId, PersonId, UnitId
from bot.domain.ladder import DueMoment, Heard
from bot.domain.network import QuietHours, Reach, Role
from bot.domain.quiet import Reader
from bot.ports.planning import DateToPlan, Recipient, Share, Told
from storage.coordinators import COORDINATES
from storage.readers import zone_of_member
from storage.tables import assignments, memberships, notices, persons, units

IS_REACHABLE = and_(persons.c.reach == Reach.REACHABLE.value, persons.c.erased_at.is_(None))
GONE = frozenset({NoticeState.SENT.value, NoticeState.SENDING.value, NoticeState.IN_DOUBT.value})


class AnyShare:
    """A share whose bounds come when the statement runs, as ``bounds_of`` gives them: it is built for all of them."""


def bounds_of(share: Share) -> dict[str, int]:
    """The parameters of a statement about ``AnyShare``."""
    return {"share_after": share.after, "share_upto": share.upto}


async def recipients_of(
    connection: AsyncConnection, dates: Sequence[DateToPlan], people: Share | Sequence[PersonId]
) -> tuple[Recipient, ...]:
    """Of these people everybody who owes an answer or coordinates a school that does."""
    return await _recipients(connection, dates, concerned(dates, people), people)


async def recipients_from_above(connection: AsyncConnection, dates: Sequence[DateToPlan]) -> tuple[Recipient, ...]:
    """Those who stand above schools that owe an answer and have nobody to write to."""
    unattended = select(_unattended(dates).c.unit_id)
    schools = (await connection.execute(unattended)).scalars().all()
    if not schools:
        return ()
    above = (await connection.execute(_nearest_above(unattended))).all()
    people = sorted({PersonId(row.person_id) for row in above})
    return await _recipients(connection, dates, _from_above(dates, unattended), people) if people else ()


def concerned(
    dates: Sequence[DateToPlan] | Select[Any], people: Share | AnyShare | Sequence[PersonId] | None
) -> tuple[Select[Any], Select[Any]]:
    """person, assignment, occurrence, school: those who owe an answer, and those whose school does.

    ``dates``: themselves, or a question that finds their ids.
    """
    himself = (
        select(assignments.c.person_id, *_OWED_COLUMNS, literal(0).label("is_above"))
        .join(persons, persons.c.id == assignments.c.person_id)
        .where(_owed(dates), IS_REACHABLE)
    )
    of_the_school = (
        select(memberships.c.person_id, *_OWED_COLUMNS, literal(0).label("is_above"))
        .select_from(memberships)
        .join(assignments, assignments.c.unit_id == memberships.c.unit_id)
        .join(persons, persons.c.id == memberships.c.person_id)
        .where(_owed(dates), COORDINATES, assignments.c.person_id.is_(None), IS_REACHABLE)
    )
    if people is None:
        return himself, of_the_school
    # Said of the school too: else SQLite reads all that a date owes for each share of its people.
    member = memberships.alias("member")
    theirs = select(member.c.unit_id).where(among(member.c.person_id, people), member.c.role == Role.COORDINATOR.value)
    return (
        himself.where(among(assignments.c.person_id, people)),
        of_the_school.where(among(memberships.c.person_id, people), assignments.c.unit_id.in_(theirs)),
    )


def among(column: ColumnElement[Any], people: Share | AnyShare | Sequence[PersonId]) -> ColumnElement[bool]:
    if isinstance(people, AnyShare):
        return and_(column > bindparam("share_after", type_=Integer), column <= bindparam("share_upto", type_=Integer))
    if isinstance(people, Share):
        return and_(column > people.after, column <= people.upto)
    return column.in_(people)


async def _recipients(
    connection: AsyncConnection,
    dates: Sequence[DateToPlan],
    parts: Sequence[Select[Any]],
    people: Share | Sequence[PersonId],
) -> tuple[Recipient, ...]:
    rows = (await connection.execute(_with_readers(parts))).all()
    if not rows:
        return ()
    heard = await _heard_of(connection, dates, among(notices.c.person_id, people))
    versions = {date.occurrence_id: date.version for date in dates}
    return tuple(_recipient(row, versions, heard) for row in rows)


def _owed(dates: Sequence[DateToPlan] | Select[Any]) -> ColumnElement[bool]:
    ids = dates if isinstance(dates, Select) else [date.occurrence_id for date in dates]
    return and_(assignments.c.occurrence_id.in_(ids), assignments.c.withdrawn_at.is_(None))


_OWED_COLUMNS = (
    assignments.c.id.label("assignment_id"),
    assignments.c.occurrence_id,
    assignments.c.unit_id,
    assignments.c.due_at,
    assignments.c.due_on,
    assignments.c.due_version,
)


def _unattended(dates: Sequence[DateToPlan]) -> Any:
    """The schools that owe an answer and have no coordinator who can be written to; each is looked at once."""
    owing = select(assignments.c.unit_id).where(_owed(dates), assignments.c.person_id.is_(None)).distinct().subquery()
    has_coordinator = (
        select(memberships.c.id)
        .join(persons, persons.c.id == memberships.c.person_id)
        .where(memberships.c.unit_id == owing.c.unit_id, COORDINATES, IS_REACHABLE)
        .correlate(owing)
        .exists()
    )
    return select(owing.c.unit_id).where(~has_coordinator).subquery("unattended")


def _from_above(dates: Sequence[DateToPlan], unattended: Select[Any]) -> tuple[Select[Any]]:
    above = _nearest_above(unattended).subquery("above")
    return (
        select(above.c.person_id, *_OWED_COLUMNS, literal(1).label("is_above"))
        .join(above, above.c.school_id == assignments.c.unit_id)
        .where(_owed(dates), assignments.c.person_id.is_(None)),
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
        .join(memberships, and_(memberships.c.unit_id == upper.c.id, COORDINATES))
        .join(persons, persons.c.id == memberships.c.person_id)
        .where(school.c.id.in_(schools), IS_REACHABLE)
        .subquery("ways")
    )
    return select(ways.c.school_id, ways.c.person_id, ways.c.above_id).where(ways.c.way == 1)


def _with_readers(parts: Sequence[Select[Any]]) -> Select[Any]:
    concerned = union_all(*parts).subquery("concerned")
    return (
        select(concerned, func.coalesce(zone_of_member(persons.c.id), units.c.timezone).label("timezone"), *_READER)
        .join(persons, persons.c.id == concerned.c.person_id)
        .join(units, units.c.id == concerned.c.unit_id)
        .order_by(concerned.c.person_id, concerned.c.assignment_id)
    )


_READER = (persons.c.timezone.label("own_timezone"), persons.c.quiet_from, persons.c.quiet_to)


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


async def _heard_of(
    connection: AsyncConnection, dates: Sequence[DateToPlan], people: ColumnElement[bool]
) -> dict[tuple[int, int], _Heard]:
    """What each of the people was told of each assignment, by person and assignment.

    They are few beside all who were told of the dates: the sums with nothing keep the indexes of these out, or every
    few people would read what everybody was told.
    """
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
        (notices.c.occurrence_id + 0).in_([date.occurrence_id for date in dates]),
        people,
    )
    for row in await connection.execute(by_matter):
        heard[row.person_id, row.assignment_id].add(row.version, row.state)
        if row.kind != NoticeKind.INFO.value:
            its_term = row.assignment_due_version
            heard[row.person_id, row.assignment_id].count(row.state, row.claimed_at, its_term)
    documents = {date.document_id for date in dates if date.document_id is not None}
    of_series = {date.event_series for date in dates if date.event_series is not None}
    listing = (notices.c.person_id, notices.c.detail, notices.c.state, notices.c.claimed_at)
    lists: Select[Any] = select(*listing).where(
        or_((notices.c.document_id + 0).in_(documents), (notices.c.series_id + 0).in_(of_series)),
        notices.c.kind.in_([NoticeKind.ASSIGNED.value, NoticeKind.CHANGED.value]),
        people,
    )
    for row in await connection.execute(lists):
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
        if state in GONE and at is not None:
            self._last_at = max(at, self._last_at or at)
            self._of_term[due_version] += 1

    def messages(self, due_version: int) -> Heard | None:
        """A term of his own is reminded of anew: what went out before counts for the gap, and not for the most."""
        return None if self._last_at is None else Heard(self._last_at, self._of_term[due_version])

    def add(self, version: int | None, state: str) -> None:
        if version is not None:
            self.versions.add(version)
        self.has_heard = self.has_heard or state in GONE

    def add_list(self, state: str, version: int | None) -> None:
        """A list names the matters as they are when it is sent; of those that have changed it knows the version."""
        self.is_listed = True
        if version is not None:
            self.versions.add(version)
            self.will_hear_of_changes = self.will_hear_of_changes or state == NoticeState.PLANNED.value
        self.has_heard = self.has_heard or state in GONE
        self.will_hear = self.will_hear or state == NoticeState.PLANNED.value

    def told(self, version: int) -> Told:
        if self.has_heard:
            return Told.HAS_HEARD
        is_planned = version in self.versions or (version == 1 and self.is_listed)
        return Told.WILL_HEAR if is_planned or self.will_hear else Told.NOTHING
