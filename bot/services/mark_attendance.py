"""The leader says who was there: one by one, or all the others at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.attendance import can_be_marked, state_of_absent
from bot.domain.errors import DomainError, NotFoundError
from bot.domain.events import Attendance, MarkSource
from bot.domain.ids import AssignmentId, OccurrenceId, PersonId
from bot.domain.network import Actor
from bot.ports.attendance import Attendee, EventFacts
from bot.ports.storage import Storage, Stores
from bot.services.check_in import open_event


class TooEarlyError(DomainError):
    """Nobody can have been there yet."""

    def __init__(self, event: EventFacts) -> None:
        super().__init__(f"occurrence {event.occurrence_id} begins at {event.due_at}")
        self.event = event


@dataclass(frozen=True, slots=True)
class Marked:
    """``is_repeat``: the mark stood already, and nothing was stored."""

    event: EventFacts
    attendee: Attendee
    is_repeat: bool


@dataclass(frozen=True, slots=True)
class RestMarked:
    """How many of those who had no mark were absent, and how many had said why beforehand."""

    event: EventFacts
    absent: int
    excused: int


async def mark_attendance(
    storage: Storage, *, actor: Actor, assignment_id: AssignmentId, state: Attendance | None, now: datetime
) -> Marked:
    """The leader's mark of one person; None takes a mark back. The same mark again changes nothing.

    Raises NotFoundError (no such person, or the event is not the actor's to lead) and TooEarlyError.
    """
    async with storage.write() as tx:
        found = await tx.attendance.attendee(assignment_id)
        if found is None:
            raise NotFoundError(f"assignment {assignment_id}")
        event = await led_event(tx, actor, found[0])
        _ensure_begun(event, now)
        if found[1].attendance is state:
            return Marked(event, found[1], is_repeat=True)
        await _record(tx, actor, event, [assignment_id], state, now)
        marked = await tx.attendance.attendee(assignment_id)
        assert marked is not None, "he was found in this very transaction"
        return Marked(event, marked[1], is_repeat=False)


async def mark_rest(storage: Storage, *, actor: Actor, occurrence_id: OccurrenceId, now: datetime) -> RestMarked:
    """«Все остальные не были»: of those without a mark, who said why beforehand is excused, the others are absent.

    Raises NotFoundError, and TooEarlyError before the beginning.
    """
    async with storage.write() as tx:
        event = await led_event(tx, actor, occurrence_id)
        if now < event.due_at:
            raise TooEarlyError(event)
        counts = {Attendance.ABSENT: 0, Attendance.EXCUSED: 0}
        unmarked = [one for one in await tx.attendance.attendees(occurrence_id, ["/"]) if one.attendance is None]
        for state in counts:
            ids = [one.assignment_id for one in unmarked if state_of_absent(has_reason=one.is_excusable) is state]
            counts[state] = len(ids)
            await _record(tx, actor, event, ids, state, now)
    return RestMarked(event, counts[Attendance.ABSENT], counts[Attendance.EXCUSED])


async def admit_guest(
    storage: Storage, *, actor: Actor, occurrence_id: OccurrenceId, person_id: PersonId, now: datetime
) -> Marked:
    """Puts one who came without an invitation on the list, and marks him as present.

    Only who knocked himself is admitted: the leader picks nobody from another part of the network. Raises
    NotFoundError, also where that person has left meanwhile.
    """
    async with storage.write() as tx:
        event = await led_event(tx, actor, occurrence_id)
        known = await tx.attendance.invited(occurrence_id, person_id)
        if known is None:
            memberships = await tx.memberships.of_person(person_id)
            if not memberships or not await tx.attendance.has_knocked(event, person_id):
                raise NotFoundError(f"guest {person_id} of occurrence {occurrence_id}")
            await tx.attendance.add_guest(occurrence_id, memberships[0].unit.id, person_id, now=now)
            known = await tx.attendance.invited(occurrence_id, person_id)
            assert known is not None, "he was added in this very transaction"
        if known.attendance is Attendance.PRESENT:
            return Marked(event, known, is_repeat=True)
        await _record(tx, actor, event, [known.assignment_id], Attendance.PRESENT, now)
        return Marked(event, known, is_repeat=False)


async def led_event(tx: Stores, actor: Actor, occurrence_id: OccurrenceId) -> EventFacts:
    """An event that the actor's side leads and that was not called off. Raises NotFoundError."""
    event = await open_event(tx, occurrence_id)
    if not actor.can_manage(event.unit_path):
        raise NotFoundError(f"occurrence {occurrence_id} for person {actor.person.id}")
    return event


def _ensure_begun(event: EventFacts, now: datetime) -> None:
    if not can_be_marked(event.due_at, now):
        raise TooEarlyError(event)


async def _record(
    tx: Stores,
    actor: Actor,
    event: EventFacts,
    assignment_ids: list[AssignmentId],
    state: Attendance | None,
    now: datetime,
) -> None:
    if not assignment_ids:
        return
    by = actor.person.id
    await tx.attendance.mark(assignment_ids, state, source=MarkSource.LEADER, by=by, now=now)
    detail = {"occurrence": event.occurrence_id, "state": state and state.value, "assignments": assignment_ids}
    await tx.audit.record("attendance marked", by=by, unit_id=event.unit_id, detail=detail, now=now)
