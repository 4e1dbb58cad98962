"""What follows an event: its materials and who got them, feedback, and the lists for the files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, String, and_, cast, delete, func, insert, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.afterwards import FeedbackTally, Receivers, is_asked_at
from bot.domain.delivery import NoticeKind, NoticeState
from bot.domain.event_drafts import DraftMaterial
from bot.domain.events import Attendance, EventDetails, MaterialPhase, SeatState
from bot.domain.ids import ActivityId, AssignmentId, MaterialId, OccurrenceId, PersonId
from bot.domain.matters import ActivityKind, OccurrenceState
from bot.domain.network import Reach, Role, Standing
from bot.ports.afterwards import Feedback, ListRow, Material, Questioned, Receiver
from storage.attendance import AttendanceStore
from storage.dialect import insert_each_new
from storage.event_tables import feedback, materials, seats
from storage.tables import activities, assignments, memberships, notices, occurrences, persons, units

_STANDS = and_(assignments.c.person_id.is_not(None), assignments.c.withdrawn_at.is_(None))
_GOT = (
    NoticeState.PLANNED.value, NoticeState.SENDING.value, NoticeState.SENT.value, NoticeState.IN_DOUBT.value,
)  # fmt: skip


class AfterwardsStore:
    """Implements ``bot.ports.afterwards.Afterwards``."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def materials(self, activity_id: ActivityId, phase: MaterialPhase) -> tuple[Material, ...]:
        statement = (
            select(materials)
            .where(materials.c.activity_id == activity_id, materials.c.phase == phase.value)
            .order_by(materials.c.id)
        )
        return tuple(_material(row) for row in await self._connection.execute(statement))

    async def material(self, material_id: MaterialId) -> Material | None:
        row = (await self._connection.execute(select(materials).where(materials.c.id == material_id))).one_or_none()
        return None if row is None else _material(row)

    async def add_material(
        self, activity_id: ActivityId, phase: MaterialPhase, new: DraftMaterial, *, by: PersonId, now: datetime
    ) -> tuple[MaterialId, bool]:
        known = await self._connection.execute(
            select(materials.c.id).where(
                materials.c.activity_id == activity_id,
                materials.c.phase == phase.value,
                materials.c.link.is_not_distinct_from(new.link),
                materials.c.file_id.is_not_distinct_from(new.file_id),
            )
        )
        found = known.scalars().first()
        if found is not None:
            return MaterialId(found), False
        values = {
            "activity_id": activity_id,
            "phase": phase.value,
            "title": new.title,
            "link": new.link,
            "file_id": new.file_id,
            "added_by": by,
            "added_at": now,
        }
        added = await self._connection.execute(insert(materials).values(values).returning(materials.c.id))
        return MaterialId(added.scalar_one()), True

    async def drop_material(self, material_id: MaterialId) -> None:
        await self._connection.execute(delete(materials).where(materials.c.id == material_id))

    async def mark_told(self, material_ids: Sequence[MaterialId], *, now: datetime) -> None:
        untold = and_(materials.c.id.in_(material_ids), materials.c.told_at.is_(None))
        await self._connection.execute(update(materials).where(untold).values(told_at=now))

    async def receivers(self, occurrence_id: OccurrenceId, to: Receivers) -> tuple[Receiver, ...]:
        had: dict[int, set[MaterialId]] = defaultdict(set)
        told: dict[int, int] = defaultdict(int)
        sent = select(notices.c.assignment_id, notices.c.state, notices.c.detail).where(
            notices.c.occurrence_id == occurrence_id,
            notices.c.kind == NoticeKind.INFO.value,
            notices.c.key.startswith("materials:"),
        )
        for row in await self._connection.execute(sent):
            told[row.assignment_id] += 1
            if row.state in _GOT and row.detail:
                had[row.assignment_id].update(MaterialId(one) for one in row.detail["materials"])
        people = (
            select(assignments.c.id, assignments.c.person_id, assignments.c.attendance)
            .join(persons, persons.c.id == assignments.c.person_id)
            .where(assignments.c.occurrence_id == occurrence_id, _STANDS, persons.c.reach == Reach.REACHABLE.value)
            .order_by(assignments.c.id)
        )
        return tuple(
            Receiver(
                PersonId(row.person_id),
                AssignmentId(row.id),
                _state(row.attendance),
                frozenset(had[row.id]),
                told[row.id],
            )
            for row in await self._connection.execute(people)
            if to.include(_state(row.attendance))
        )

    async def to_ask(self, *, began_after: datetime, now: datetime) -> tuple[Questioned, ...]:
        events = (
            select(occurrences.c.id, occurrences.c.version, occurrences.c.due_at, occurrences.c.ends_at)
            .add_columns(activities.c.event)
            .join(activities, activities.c.id == occurrences.c.activity_id)
            .where(
                activities.c.kind == ActivityKind.WEBINAR.value,
                occurrences.c.state == OccurrenceState.OPEN.value,
                occurrences.c.due_at.between(began_after, now),
            )
        )
        ended = {
            row.id: row.version
            for row in await self._connection.execute(events)
            if _details(row.event).asks_feedback and is_asked_at(row.due_at, row.ends_at, now)
        }
        if not ended:
            return ()
        # By the whole key, which has an index: by the assignment every notice there is was looked at for each person.
        key = literal("feedback:") + cast(assignments.c.id, String)
        was_asked = select(notices.c.id).where(notices.c.key == key).correlate(assignments).exists()
        answered = select(feedback.c.assignment_id)
        statement = (
            select(assignments.c.id, assignments.c.person_id, assignments.c.occurrence_id)
            .where(
                assignments.c.occurrence_id.in_(list(ended)),
                _STANDS,
                assignments.c.attendance == Attendance.PRESENT.value,
                ~was_asked,
                assignments.c.id.not_in(answered),
            )
            .order_by(assignments.c.id)
        )
        return tuple(
            Questioned(
                PersonId(row.person_id), AssignmentId(row.id), OccurrenceId(row.occurrence_id), ended[row.occurrence_id]
            )
            for row in await self._connection.execute(statement)
        )

    async def feedback_of(self, assignment_id: AssignmentId) -> Feedback | None:
        statement = select(feedback.c.rating, feedback.c.text).where(feedback.c.assignment_id == assignment_id)
        row = (await self._connection.execute(statement)).one_or_none()
        return None if row is None else Feedback(row.rating, row.text)

    async def rate(self, assignment_id: AssignmentId, rating: int, *, now: datetime) -> None:
        await self._give(assignment_id, {"rating": rating}, now)

    async def write_line(self, assignment_id: AssignmentId, text: str, *, now: datetime) -> None:
        await self._give(assignment_id, {"text": text}, now)

    async def feedback_tally(self, occurrence_id: OccurrenceId) -> FeedbackTally:
        of_event = feedback.join(assignments, assignments.c.id == feedback.c.assignment_id)
        is_of_it = assignments.c.occurrence_id == occurrence_id
        rated = (
            select(feedback.c.rating, func.count().label("n"))
            .select_from(of_event)
            .where(is_of_it, feedback.c.rating.is_not(None))
            .group_by(feedback.c.rating)
        )
        written = select(func.count()).select_from(of_event).where(is_of_it, feedback.c.text.is_not(None))
        asked = select(func.count()).where(
            notices.c.occurrence_id == occurrence_id, _IS_QUESTION, notices.c.state.in_(_GOT)
        )
        return FeedbackTally(
            ratings={row.rating: row.n for row in await self._connection.execute(rated)},
            asked=(await self._connection.execute(asked)).scalar_one(),
            lines=(await self._connection.execute(written)).scalar_one(),
        )

    async def feedback_lines(self, occurrence_id: OccurrenceId, *, offset: int, limit: int) -> tuple[Feedback, ...]:
        statement = (
            select(feedback.c.rating, feedback.c.text)
            .join(assignments, assignments.c.id == feedback.c.assignment_id)
            .where(assignments.c.occurrence_id == occurrence_id, feedback.c.text.is_not(None))
            .order_by(feedback.c.given_at.desc(), feedback.c.assignment_id.desc())
            .offset(offset)
            .limit(limit)
        )
        return tuple(Feedback(row.rating, row.text) for row in await self._connection.execute(statement))

    async def set_details(self, activity_id: ActivityId, details: EventDetails) -> None:
        statement = update(activities).where(activities.c.id == activity_id).values(event=details.to_json())
        await self._connection.execute(statement)

    async def list_rows(self, occurrence_id: OccurrenceId) -> tuple[ListRow, ...]:
        people = await AttendanceStore(self._connection).attendees(occurrence_id, ["/"])
        of_event = assignments.c.occurrence_id == occurrence_id
        above = units.alias("above")
        unit_above = (
            select(units.c.id, above.c.title)
            .select_from(units.outerjoin(above, above.c.id == units.c.parent_id))
            .where(units.c.id.in_(select(assignments.c.unit_id).where(of_event)))
        )
        titles = {row.id: row.title or "" for row in await self._connection.execute(unit_above)}
        given = select(feedback).join(assignments, assignments.c.id == feedback.c.assignment_id).where(of_event)
        said = {row.assignment_id: Feedback(row.rating, row.text) for row in await self._connection.execute(given)}
        waiting = select(seats.c.assignment_id).where(
            seats.c.occurrence_id == occurrence_id, seats.c.state != SeatState.MAIN.value
        )
        without_seat = set((await self._connection.execute(waiting)).scalars())
        roles = await self._roles(of_event)
        return tuple(
            ListRow(
                attendee=one,
                above=titles[one.unit_id],
                roles=tuple(roles[one.assignment_id]),
                waits_for_seat=one.assignment_id in without_seat,
                feedback=said.get(one.assignment_id),
            )
            for one in people
        )

    async def _roles(self, of_event: ColumnElement[bool]) -> dict[int, list[Role]]:
        """Of each in the school that he is invited from."""
        statement: Select[Any] = (
            select(assignments.c.id, memberships.c.role)
            .join(
                memberships,
                and_(
                    memberships.c.person_id == assignments.c.person_id, memberships.c.unit_id == assignments.c.unit_id
                ),
            )
            .where(of_event, memberships.c.standing != Standing.LEFT.value)
            .order_by(memberships.c.id)
        )
        found: dict[int, list[Role]] = defaultdict(list)
        for row in await self._connection.execute(statement):
            if Role(row.role) not in found[row.id]:
                found[row.id].append(Role(row.role))
        return found

    async def _give(self, assignment_id: AssignmentId, values: dict[str, Any], now: datetime) -> None:
        row = {"assignment_id": assignment_id, "given_at": now}
        await self._connection.execute(insert_each_new(self._connection.dialect.name, feedback), [row])
        of_him = update(feedback).where(feedback.c.assignment_id == assignment_id)
        await self._connection.execute(of_him.values(**values, given_at=now))


_IS_QUESTION = and_(notices.c.kind == NoticeKind.INFO.value, notices.c.key.startswith("feedback:"))


def _material(row: Row[Any]) -> Material:
    return Material(
        id=MaterialId(row.id),
        activity_id=ActivityId(row.activity_id),
        phase=MaterialPhase(row.phase),
        title=row.title,
        link=row.link,
        file_id=row.file_id,
        told_at=row.told_at,
    )


def _details(stored: dict[str, Any] | None) -> EventDetails:
    return EventDetails() if stored is None else EventDetails.from_json(stored)


def _state(value: str | None) -> Attendance | None:
    return None if value is None else Attendance(value)
