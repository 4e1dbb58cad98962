"""Colleagues who are asked to come instead."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, and_, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.delivery import NoticeState
from bot.domain.events import SubstitutionState
from bot.domain.ids import AssignmentId, OccurrenceId, PersonId, SubstitutionId, UnitId
from bot.domain.matters import Answer, OccurrenceState
from bot.domain.network import Reach, Standing
from bot.ports.substitutes import Colleague, Substitution
from storage.dialect import insert_new, upsert
from storage.event_tables import substitutions
from storage.tables import assignments, memberships, notices, occurrences, persons

_GONE = (NoticeState.SENT.value, NoticeState.SENDING.value, NoticeState.IN_DOUBT.value)
_STANDS = (SubstitutionState.ASKED.value, SubstitutionState.AGREED.value)
_THEIRS = assignments.alias("theirs")


class SubstituteStore:
    """Implements ``bot.ports.substitutes.Substitutes``."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def colleagues(
        self, assignment_id: AssignmentId, *, offset: int, limit: int
    ) -> tuple[tuple[Colleague, ...], int]:
        found = _colleagues(assignment_id)
        total = (await self._connection.execute(select(func.count()).select_from(found.subquery()))).scalar_one()
        page = found.order_by(persons.c.full_name, persons.c.id).offset(offset).limit(limit)
        rows = await self._connection.execute(page)
        return tuple(Colleague(PersonId(row.id), row.full_name) for row in rows), total

    async def is_colleague(self, assignment_id: AssignmentId, person_id: PersonId) -> bool:
        found = _colleagues(assignment_id).where(persons.c.id == person_id)
        return (await self._connection.execute(found)).first() is not None

    async def ask(self, assignment_id: AssignmentId, colleague_id: PersonId, *, now: datetime) -> SubstitutionId:
        row = {
            "assignment_id": assignment_id,
            "person_id": colleague_id,
            "state": SubstitutionState.ASKED.value,
            "asked_at": now,
            "decided_at": None,
        }
        statement = upsert(self._connection, substitutions, row, key=("assignment_id", "person_id"))
        found = await self._connection.execute(statement.returning(substitutions.c.id))
        return SubstitutionId(found.scalar_one())

    async def substitution(self, substitution_id: SubstitutionId) -> Substitution | None:
        row = (await self._connection.execute(_substitutions(substitutions.c.id == substitution_id))).one_or_none()
        return None if row is None else _substitution(row)

    async def has_heard(self, substitution: Substitution) -> bool:
        found = select(notices.c.id).where(
            notices.c.occurrence_id == substitution.occurrence_id,
            notices.c.state.in_(_GONE),
            notices.c.key.startswith(f"substitution:{substitution.id}:asked:"),
        )
        return (await self._connection.execute(found.limit(1))).first() is not None

    async def substitutions_about(self, assignment_id: AssignmentId) -> tuple[Substitution, ...]:
        own = select(assignments.c.person_id, assignments.c.occurrence_id).where(assignments.c.id == assignment_id)
        subject = own.subquery("subject")
        is_his = and_(
            substitutions.c.person_id == select(subject.c.person_id).scalar_subquery(),
            assignments.c.occurrence_id == select(subject.c.occurrence_id).scalar_subquery(),
        )
        condition = and_(
            substitutions.c.state.in_(_STANDS), or_(substitutions.c.assignment_id == assignment_id, is_his)
        )
        return tuple(_substitution(row) for row in await self._connection.execute(_substitutions(condition)))

    async def deserted(self, now: datetime) -> tuple[Substitution, ...]:
        stands = exists().where(
            memberships.c.person_id == _THEIRS.c.person_id,
            memberships.c.unit_id == _THEIRS.c.unit_id,
            memberships.c.standing != Standing.LEFT.value,
        )
        is_ahead = exists().where(
            occurrences.c.id == assignments.c.occurrence_id,
            occurrences.c.state == OccurrenceState.OPEN.value,
            occurrences.c.due_at > now,
        )
        agreed = substitutions.c.state == SubstitutionState.AGREED.value
        gone = and_(agreed, is_ahead, or_(_THEIRS.c.withdrawn_at.is_not(None), ~stands))
        return tuple(_substitution(row) for row in await self._connection.execute(_substitutions(gone)))

    async def of_date(self, occurrence_id: OccurrenceId) -> tuple[Substitution, ...]:
        condition = and_(assignments.c.occurrence_id == occurrence_id, substitutions.c.state.in_(_STANDS))
        return tuple(_substitution(row) for row in await self._connection.execute(_substitutions(condition)))

    async def decide(
        self, substitution_ids: Sequence[SubstitutionId], state: SubstitutionState, *, now: datetime
    ) -> None:
        statement = update(substitutions).where(substitutions.c.id.in_(substitution_ids))
        await self._connection.execute(statement.values(state=state.value, decided_at=now))

    async def assign_to(
        self, occurrence_id: OccurrenceId, person_id: PersonId, unit_id: UnitId, *, now: datetime
    ) -> AssignmentId:
        row = {"occurrence_id": occurrence_id, "unit_id": unit_id, "person_id": person_id, "created_at": now}
        await self._connection.execute(insert_new(self._connection, assignments, [row]))
        his = and_(assignments.c.occurrence_id == occurrence_id, assignments.c.person_id == person_id)
        await self._connection.execute(
            update(assignments).where(his, assignments.c.withdrawn_at.is_not(None)).values(
                withdrawn_at=None, unit_id=unit_id, created_at=now
            )
        )  # fmt: skip
        # What is still ahead of his ladder is planned for him too.
        await self._connection.execute(
            update(occurrences).where(occurrences.c.id == occurrence_id).values(needs_planning=True)
        )
        return AssignmentId((await self._connection.execute(select(assignments.c.id).where(his))).scalar_one())

    async def take_back(self, assignment_id: AssignmentId, *, withdraw: bool, now: datetime) -> None:
        values: dict[str, Any] = {"answer": None, "answered_at": None, "answered_by": None, "comment": None}
        if withdraw:
            values["withdrawn_at"] = now
        await self._connection.execute(update(assignments).where(assignments.c.id == assignment_id).values(values))


def _colleagues(assignment_id: AssignmentId) -> Select[Any]:
    own, theirs = assignments.alias("own"), assignments.alias("theirs")
    comes_anyway = exists().where(
        theirs.c.person_id == persons.c.id,
        theirs.c.occurrence_id == own.c.occurrence_id,
        theirs.c.withdrawn_at.is_(None),
        theirs.c.answer == Answer.COMING.value,
    )
    return (
        select(persons.c.id, persons.c.full_name)
        .distinct()
        .select_from(own)
        .join(memberships, memberships.c.unit_id == own.c.unit_id)
        .join(persons, persons.c.id == memberships.c.person_id)
        .where(
            own.c.id == assignment_id,
            memberships.c.standing != Standing.LEFT.value,
            persons.c.id != own.c.person_id,
            persons.c.reach == Reach.REACHABLE.value,
            persons.c.erased_at.is_(None),
            ~comes_anyway,
        )
    )


def _substitutions(condition: Any) -> Select[Any]:
    first, colleague = persons.alias("first"), persons.alias("colleague")
    return (
        select(
            substitutions.c.id,
            substitutions.c.assignment_id,
            substitutions.c.state,
            substitutions.c.decided_at,
            assignments.c.person_id,
            assignments.c.occurrence_id,
            first.c.full_name,
            substitutions.c.person_id.label("colleague_id"),
            colleague.c.full_name.label("colleague_name"),
            _THEIRS.c.id.label("their_assignment_id"),
            _THEIRS.c.created_at.label("their_beginning"),
        )
        .join(assignments, assignments.c.id == substitutions.c.assignment_id)
        .join(first, first.c.id == assignments.c.person_id)
        .join(colleague, colleague.c.id == substitutions.c.person_id)
        .outerjoin(
            _THEIRS,
            and_(_THEIRS.c.occurrence_id == assignments.c.occurrence_id, _THEIRS.c.person_id == colleague.c.id),
        )
        .where(condition)
        .order_by(substitutions.c.id)
    )


def _substitution(row: Row[Any]) -> Substitution:
    return Substitution(
        id=SubstitutionId(row.id),
        assignment_id=AssignmentId(row.assignment_id),
        person_id=PersonId(row.person_id),
        full_name=row.full_name,
        colleague_id=PersonId(row.colleague_id),
        colleague_name=row.colleague_name,
        state=SubstitutionState(row.state),
        occurrence_id=OccurrenceId(row.occurrence_id),
        their_assignment_id=None if row.their_assignment_id is None else AssignmentId(row.their_assignment_id),
        # Made in the very transaction in which he agreed; an invitation is older.
        made_for_it=row.decided_at is not None and row.their_beginning == row.decided_at,
    )


def comes_for() -> Any:
    """The name of the one whom the person of the assignment has agreed to come instead of."""
    agreed, other, first = substitutions.alias("agreed"), assignments.alias("other"), persons.alias("first")
    return (
        select(func.min(first.c.full_name))
        .select_from(agreed)
        .join(other, other.c.id == agreed.c.assignment_id)
        .join(first, first.c.id == other.c.person_id)
        .where(
            agreed.c.person_id == assignments.c.person_id,
            agreed.c.state == SubstitutionState.AGREED.value,
            # The sum keeps SQLite from reading everybody invited to the event to find the one who agreed.
            other.c.occurrence_id + 0 == assignments.c.occurrence_id,
        )
        .correlate(assignments)
        .scalar_subquery()
    )
