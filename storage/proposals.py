"""What is sent in on calls for proposals, and the calls with their counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, case, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.calls import Proposal, ProposalState, ProposalText
from bot.domain.ids import AssignmentId, OccurrenceId, PersonId, ProposalId, UnitId
from bot.domain.matters import ActivityKind, Answer, OccurrenceState
from bot.ports.calls import CallLine, NewProposal, UnitProposals
from storage.subtrees import within
from storage.tables import activities, assignments, occurrences, persons, units
from storage.task_tables import proposals

_ABOVE = units.alias("above_unit")
_STANDS = proposals.c.state != ProposalState.WITHDRAWN.value
_IS_NEW = proposals.c.state == ProposalState.NEW.value


class ProposalStore:
    """Implements ``bot.ports.calls.Proposals``."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def lines(self, paths: Sequence[str], *, limit: int, offset: int) -> tuple[CallLine, ...]:
        page = (
            _lines()
            .where(within(self._connection, paths))
            .order_by(occurrences.c.due_at.desc(), occurrences.c.id.desc())
        )
        rows = await self._connection.execute(page.limit(limit).offset(offset))
        return tuple(_line(row) for row in rows)

    async def count_new(self, paths: Sequence[str]) -> int:
        calls = _lines().where(within(self._connection, paths)).subquery()
        new = select(func.count()).select_from(proposals.join(calls, calls.c.id == proposals.c.occurrence_id))
        return int((await self._connection.execute(new.where(_IS_NEW))).scalar_one())

    async def line(self, occurrence_id: OccurrenceId) -> CallLine | None:
        row = (await self._connection.execute(_lines().where(occurrences.c.id == occurrence_id))).one_or_none()
        return None if row is None else _line(row)

    async def by_unit(self, occurrence_id: OccurrenceId) -> tuple[UnitProposals, ...]:
        new = _how_many(_IS_NEW).label("new")
        statement = (
            select(units.c.id, units.c.title, _ABOVE.c.title.label("above"), func.count().label("total"), new)
            .select_from(
                proposals.join(units, units.c.id == proposals.c.unit_id).outerjoin(
                    _ABOVE, _ABOVE.c.id == units.c.parent_id
                )
            )
            .where(proposals.c.occurrence_id == occurrence_id, _STANDS)
            .group_by(units.c.id, units.c.title, _ABOVE.c.title)
            .order_by((new == 0), _ABOVE.c.title, units.c.title, units.c.id)
        )
        rows = await self._connection.execute(statement)
        return tuple(UnitProposals(UnitId(r.id), r.title, r.above or "", r.total, r.new) for r in rows)

    async def get(self, proposal_id: ProposalId) -> Proposal | None:
        return await self._one(_proposals().where(proposals.c.id == proposal_id))

    async def of_source(self, source: str) -> Proposal | None:
        return await self._one(_proposals().where(proposals.c.source == source))

    async def of_person(self, occurrence_id: OccurrenceId, person_id: PersonId) -> tuple[Proposal, ...]:
        his = and_(proposals.c.occurrence_id == occurrence_id, proposals.c.person_id == person_id, _STANDS)
        rows = await self._connection.execute(_proposals().where(his).order_by(proposals.c.id))
        return tuple(_proposal(row) for row in rows)

    async def all_of(self, occurrence_id: OccurrenceId) -> tuple[Proposal, ...]:
        standing = _proposals().where(proposals.c.occurrence_id == occurrence_id, _STANDS)
        rows = await self._connection.execute(standing.order_by(units.c.title, persons.c.full_name, proposals.c.id))
        return tuple(_proposal(row) for row in rows)

    async def next_one(
        self, occurrence_id: OccurrenceId, state: ProposalState, *, unit_id: UnitId | None, after: ProposalId
    ) -> Proposal | None:
        waiting = _proposals().where(
            proposals.c.occurrence_id == occurrence_id, proposals.c.state == state.value, proposals.c.id > after
        )
        if unit_id is not None:
            waiting = waiting.where(proposals.c.unit_id == unit_id)
        return await self._one(waiting.order_by(proposals.c.id).limit(1))

    async def add(self, proposal: NewProposal) -> ProposalId:
        content = proposal.content
        row = {
            "occurrence_id": proposal.occurrence_id,
            "unit_id": proposal.unit_id,
            "person_id": proposal.person_id,
            "text": content.text or None,
            "file_kind": content.file_kind,
            "file_id": content.file_id,
            "file_name": content.file_name,
            "state": ProposalState.NEW.value,
            "given_at": proposal.given_at,
            "source": proposal.source,
        }
        result = await self._connection.execute(insert(proposals).values(row).returning(proposals.c.id))
        await self._connection.execute(
            update(assignments)
            .where(_asked(proposal.occurrence_id, proposal.person_id))
            .values(answer=Answer.DONE.value, answered_at=proposal.given_at, answered_by=proposal.person_id)
        )
        return ProposalId(result.scalar_one())

    async def withdraw(self, proposal_id: ProposalId) -> bool:
        statement = (
            update(proposals)
            .where(proposals.c.id == proposal_id, _IS_NEW)
            .values(state=ProposalState.WITHDRAWN.value)
            .returning(proposals.c.occurrence_id, proposals.c.person_id)
        )
        row = (await self._connection.execute(statement)).one_or_none()
        if row is None:
            return False
        if not await self.of_person(OccurrenceId(row.occurrence_id), PersonId(row.person_id)):
            nothing = {"answer": None, "answered_at": None, "answered_by": None}
            owed = update(assignments).where(_asked(row.occurrence_id, row.person_id))
            await self._connection.execute(owed.values(nothing))
        return True

    async def decide(
        self,
        proposal_id: ProposalId,
        to: ProposalState,
        *,
        seen: ProposalState,
        by: PersonId | None,
        at: datetime | None,
        word: str | None,
    ) -> bool:
        statement = (
            update(proposals)
            .where(proposals.c.id == proposal_id, proposals.c.state == seen.value)
            .values(state=to.value, decided_by=by, decided_at=at, decision=word)
        )
        return (await self._connection.execute(statement)).rowcount == 1

    async def assignment_of(self, occurrence_id: OccurrenceId, person_id: PersonId) -> AssignmentId | None:
        found = await self._connection.execute(select(assignments.c.id).where(_asked(occurrence_id, person_id)))
        known = found.scalar_one_or_none()
        return None if known is None else AssignmentId(known)

    async def _one(self, statement: Select[Any]) -> Proposal | None:
        row = (await self._connection.execute(statement)).one_or_none()
        return None if row is None else _proposal(row)


def _asked(occurrence_id: int, person_id: int) -> ColumnElement[bool]:
    return and_(assignments.c.occurrence_id == occurrence_id, assignments.c.person_id == person_id)


def _how_many(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _lines() -> Select[Any]:
    asked = (
        select(func.count())
        .select_from(assignments)
        .where(assignments.c.occurrence_id == occurrences.c.id, assignments.c.withdrawn_at.is_(None))
    )
    total = select(func.count()).select_from(proposals).where(proposals.c.occurrence_id == occurrences.c.id, _STANDS)
    new = select(func.count()).select_from(proposals).where(proposals.c.occurrence_id == occurrences.c.id, _IS_NEW)
    counts = {"asked": asked, "total": total, "new": new}
    return (
        select(
            occurrences.c.id,
            occurrences.c.version,
            occurrences.c.state,
            occurrences.c.due_at,
            occurrences.c.timezone,
            activities.c.unit_id,
            activities.c.title,
            activities.c.result,
            units.c.path,
            *(query.correlate(occurrences).scalar_subquery().label(name) for name, query in counts.items()),
        )
        .select_from(
            occurrences.join(activities, activities.c.id == occurrences.c.activity_id).join(
                units, units.c.id == activities.c.unit_id
            )
        )
        .where(activities.c.kind == ActivityKind.CALL.value)
    )


def _line(row: Row[Any]) -> CallLine:
    return CallLine(
        occurrence_id=OccurrenceId(row.id),
        version=row.version,
        state=OccurrenceState(row.state),
        unit_id=UnitId(row.unit_id),
        unit_path=row.path,
        title=row.title,
        question=row.result,
        due_at=row.due_at,
        timezone=row.timezone,
        asked=row.asked,
        total=row.total,
        new=row.new,
    )


def _proposals() -> Select[Any]:
    return select(proposals, units.c.title.label("unit_title"), persons.c.full_name.label("person_name")).select_from(
        proposals.join(units, units.c.id == proposals.c.unit_id).join(persons, persons.c.id == proposals.c.person_id)
    )


def _proposal(row: Row[Any]) -> Proposal:
    return Proposal(
        id=ProposalId(row.id),
        occurrence_id=OccurrenceId(row.occurrence_id),
        unit_id=UnitId(row.unit_id),
        unit_title=row.unit_title,
        person_id=PersonId(row.person_id),
        person_name=row.person_name,
        content=ProposalText(row.text or "", row.file_kind, row.file_id, row.file_name),
        state=ProposalState(row.state),
        given_at=row.given_at,
        decided_by=None if row.decided_by is None else PersonId(row.decided_by),
        decided_at=row.decided_at,
        decision=row.decision,
    )
