"""Who is silent, who stands above, and whom to call: what the collective summary is made of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.delivery import NoticeKind, NoticeState
from bot.domain.escalation import Post
from bot.domain.ids import DocumentId, NoticeId, OccurrenceId, PersonId, UnitId
from bot.domain.network import Reach, UnitKind
from bot.domain.steps import LEVEL_OF, Level
from bot.ports.escalation import Candidate, Contact, Debt, SentSummary, SilentUnit, Summary
from bot.ports.planning import OverdueDate
from storage.coordinators import COORDINATES
from storage.due import term_at
from storage.overdue import is_silent
from storage.readers import READER, reader_from
from storage.subtrees import within
from storage.tables import activities, assignments, documents, memberships, notices, occurrences, persons, units

_IS_REACHABLE = and_(persons.c.reach == Reach.REACHABLE.value, persons.c.erased_at.is_(None))
# Word for word the condition of the partial index: with bound parameters SQLite would not recognise it.
_IS_SUMMARY = text("notices.kind = 'overdue'")


class EscalationStore:
    """Implements ``bot.ports.escalation.Escalation``."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def debts(self, dates: Sequence[OverdueDate], *, after: UnitId, units: int) -> tuple[Debt, ...]:
        [occurrence_id] = {date.occurrence_id for date in dates}
        owed = and_(
            assignments.c.occurrence_id == occurrence_id,
            is_silent,
            term_at.in_({date.due.at for date in dates}),  # others of the date have a term of their own
        )
        of_date = assignments.join(occurrences, occurrences.c.id == assignments.c.occurrence_id)
        unit_id = assignments.c.unit_id
        next_ones = select(unit_id).select_from(of_date).where(owed, unit_id > after).distinct()
        statement: Select[Any] = (
            select(unit_id, term_at.label("due_at"), assignments.c.person_id.is_(None).label("is_of_school"))
            .select_from(of_date)
            .where(owed, unit_id.in_(next_ones.order_by(unit_id).limit(units)))
            .distinct()
            .order_by(unit_id)
        )
        return tuple(
            Debt(occurrence_id, row.due_at, UnitId(row.unit_id), bool(row.is_of_school))
            for row in await self._connection.execute(statement)
        )

    async def posts(self, unit_ids: Collection[UnitId]) -> Mapping[UnitId, tuple[Post, ...]]:
        rows = await self._connection.execute(select(units.c.id, units.c.path).where(units.c.id.in_(unit_ids)))
        above = {row.id: [int(part) for part in row.path.strip("/").split("/")] for row in rows}
        holders = await self._holders({unit_id for ids in above.values() for unit_id in ids})
        return {
            UnitId(unit_id): tuple(post for upper in ids for post in holders.get(upper, ()))
            for unit_id, ids in above.items()
        }

    async def controllers(self, occurrence_ids: Collection[OccurrenceId]) -> Mapping[OccurrenceId, Post]:
        statement: Select[Any] = (
            select(occurrences.c.id, persons.c.id.label("person_id"), units.c.id.label("unit_id"), *READER)
            .join(activities, activities.c.id == occurrences.c.activity_id)
            .join(documents, documents.c.id == activities.c.document_id)
            .join(persons, persons.c.id == documents.c.controller_id)
            .join(units, units.c.id == documents.c.unit_id)
            .where(occurrences.c.id.in_(occurrence_ids), _IS_REACHABLE, _stands_above())
        )
        return {
            OccurrenceId(row.id): Post(PersonId(row.person_id), UnitId(row.unit_id), Level.CONTROLLER, reader_from(row))
            for row in await self._connection.execute(statement)
        }

    async def candidates(self, unit_path: str) -> tuple[Candidate, ...]:
        above = [int(part) for part in unit_path.strip("/").split("/")]
        statement = (
            select(persons.c.id, persons.c.full_name, units.c.title)
            .select_from(memberships)
            .join(units, units.c.id == memberships.c.unit_id)
            .join(persons, persons.c.id == memberships.c.person_id)
            .where(memberships.c.unit_id.in_(above), COORDINATES, persons.c.erased_at.is_(None))
            .order_by(units.c.path, persons.c.full_name)
        )
        found = {
            person_id: Candidate(PersonId(person_id), full_name, title)
            for person_id, full_name, title in await self._connection.execute(statement)
        }
        return tuple(found.values())

    async def controller_of(self, document_id: DocumentId) -> PersonId | None:
        statement = select(documents.c.controller_id).where(documents.c.id == document_id)
        found = (await self._connection.execute(statement)).scalar_one_or_none()
        return None if found is None else PersonId(found)

    async def set_controller(self, document_id: DocumentId, person_id: PersonId | None) -> None:
        statement = update(documents).where(documents.c.id == document_id)
        await self._connection.execute(statement.values(controller_id=person_id))

    async def owed_by_schools(self, occurrence_ids: Collection[OccurrenceId]) -> frozenset[OccurrenceId]:
        statement = (
            select(assignments.c.occurrence_id)
            .where(assignments.c.occurrence_id.in_(occurrence_ids), assignments.c.person_id.is_(None))
            .distinct()
        )
        return frozenset(OccurrenceId(i) for i in (await self._connection.execute(statement)).scalars())

    async def silent_page(
        self, occurrence_id: OccurrenceId, scope: Sequence[str], *, at: datetime, limit: int, offset: int
    ) -> tuple[tuple[SilentUnit, ...], int]:
        statement: Select[Any] = (
            select(units.c.id, units.c.title, func.count().label("count"))
            .select_from(assignments.join(occurrences, occurrences.c.id == assignments.c.occurrence_id))
            .join(units, units.c.id == assignments.c.unit_id)
            .where(
                assignments.c.occurrence_id == occurrence_id, is_silent, term_at < at, within(self._connection, scope)
            )
            .group_by(units.c.id)
        )
        total = (await self._connection.execute(select(func.count()).select_from(statement.subquery()))).scalar_one()
        page = statement.order_by(units.c.title, units.c.id).limit(limit).offset(offset)
        rows = (await self._connection.execute(page)).all()
        contacts = await self._contacts([row.id for row in rows])
        found = (SilentUnit(UnitId(row.id), row.title, row.count, tuple(contacts.get(row.id, ()))) for row in rows)
        return tuple(found), total

    async def summary(self, notice_id: NoticeId, person_id: PersonId) -> SentSummary | None:
        statement = select(notices.c.detail, notices.c.due_at).where(
            notices.c.id == notice_id,
            notices.c.person_id == person_id,
            notices.c.kind == NoticeKind.OVERDUE.value,
        )
        row = (await self._connection.execute(statement)).one_or_none()
        return None if row is None or not row.detail else SentSummary(row.detail, row.due_at)

    async def known(self, person_ids: Collection[PersonId], *, after: datetime) -> tuple[Summary, ...]:
        return await self._summaries(notices.c.person_id.in_(person_ids), notices.c.expires_at > after)

    async def expired(self, *, after: datetime, until: datetime) -> tuple[Summary, ...]:
        states = [state.value for state in (NoticeState.PLANNED, NoticeState.IN_DOUBT, NoticeState.EXPIRED)]
        ended = and_(notices.c.expires_at > after, notices.c.expires_at <= until)
        return await self._summaries(notices.c.state.in_(states), ended)

    async def extend(self, notice_id: NoticeId, detail: Mapping[str, Any]) -> bool:
        statement = update(notices).where(notices.c.id == notice_id, notices.c.state == NoticeState.PLANNED.value)
        return (await self._connection.execute(statement.values(detail=dict(detail)))).rowcount > 0

    async def _summaries(self, *which: ColumnElement[bool]) -> tuple[Summary, ...]:
        statement = select(notices.c.id, notices.c.person_id, notices.c.detail, notices.c.expires_at)
        rows = await self._connection.execute(statement.where(_IS_SUMMARY, *which).order_by(notices.c.id))
        return tuple(Summary(NoticeId(row.id), PersonId(row.person_id), row.detail, row.expires_at) for row in rows)

    async def _holders(self, unit_ids: Collection[int]) -> Mapping[int, list[Post]]:
        statement: Select[Any] = (
            select(persons.c.id.label("person_id"), units.c.id.label("unit_id"), units.c.kind, *READER)
            .select_from(memberships)
            .join(units, units.c.id == memberships.c.unit_id)
            .join(persons, persons.c.id == memberships.c.person_id)
            .where(memberships.c.unit_id.in_(unit_ids), COORDINATES, _IS_REACHABLE)
            .order_by(units.c.id, persons.c.id)
        )
        found: dict[int, list[Post]] = defaultdict(list)
        for row in await self._connection.execute(statement):
            level = LEVEL_OF[UnitKind(row.kind)]
            found[row.unit_id].append(Post(PersonId(row.person_id), UnitId(row.unit_id), level, reader_from(row)))
        return found

    async def _contacts(self, unit_ids: Collection[int]) -> Mapping[int, list[Contact]]:
        statement = (
            select(memberships.c.unit_id, persons.c.full_name, persons.c.phone)
            .join(persons, persons.c.id == memberships.c.person_id)
            .where(memberships.c.unit_id.in_(unit_ids), COORDINATES, persons.c.erased_at.is_(None))
            .order_by(persons.c.full_name, persons.c.id)
        )
        found: dict[int, list[Contact]] = defaultdict(list)
        for unit_id, full_name, phone in await self._connection.execute(statement):
            found[unit_id].append(Contact(full_name, phone))
        return found


def _stands_above() -> ColumnElement[bool]:
    """He still coordinates the unit of the document or one above it: what he reads goes by his part of the network."""
    his = units.alias("his_unit")
    return (
        select(memberships.c.id)
        .join(his, his.c.id == memberships.c.unit_id)
        .where(
            memberships.c.person_id == persons.c.id,
            COORDINATES,
            func.substr(units.c.path, 1, func.length(his.c.path)) == his.c.path,
        )
        .correlate(persons, units)
        .exists()
    )
