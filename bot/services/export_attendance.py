"""Everybody of an event, for files: the table, the list for signature, a certificate."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.afterwards import FeedbackTally, ensure_certified
from bot.domain.errors import NotFoundError
from bot.domain.events import Attendance
from bot.domain.ids import AssignmentId, OccurrenceId
from bot.domain.matters import Answer
from bot.domain.network import Actor
from bot.ports.afterwards import ListRow
from bot.ports.attendance import EventFacts, UnitAttendance
from bot.ports.storage import Storage
from bot.services.mark_attendance import led_event


@dataclass(frozen=True, slots=True)
class AttendanceExport:
    event: EventFacts
    organiser: str
    rows: tuple[ListRow, ...] = field(repr=False)
    schools: tuple[UnitAttendance, ...]
    feedback: FeedbackTally

    @property
    def signing(self) -> tuple[ListRow, ...]:
        """Who stands on the list for signature: those who come and have a seat, and whoever was there."""
        return tuple(one for one in self.rows if _signs(one))


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a certificate says. ``organiser``: the title of the unit that held the event."""

    event: EventFacts
    organiser: str
    full_name: str = field(repr=False)
    unit_title: str
    number: str


async def export_attendance(
    storage: Storage, *, actor: Actor, occurrence_id: OccurrenceId, for_signature: bool = False, now: datetime
) -> AttendanceExport:
    """Raises NotFoundError where the actor's side does not lead the event. Names leave the bot, so it is audited."""
    async with storage.write() as tx:
        event = await led_event(tx, actor, occurrence_id)
        unit = await tx.units.get(event.unit_id)
        assert unit is not None, "a unit of an activity is never deleted"
        export = AttendanceExport(
            event=event,
            organiser=unit.title,
            rows=await tx.afterwards.list_rows(occurrence_id),
            schools=await tx.attendance.units(occurrence_id, ["/"]),
            feedback=await tx.afterwards.feedback_tally(occurrence_id),
        )
        detail = {"occurrence": occurrence_id, "people": len(export.rows), "for_signature": for_signature}
        act, by = "attendance exported", actor.person.id
        await tx.audit.record(act, by=by, unit_id=event.unit_id, detail=detail, now=now)
    return export


async def certificate(storage: Storage, *, actor: Actor, assignment_id: AssignmentId) -> Certificate:
    """The actor's own. Raises NotFoundError, and NoCertificateError where none is given or he was not there."""
    async with storage.read() as tx:
        found = await tx.attendance.attendee(assignment_id)
        if found is None or found[1].person_id != actor.person.id:
            raise NotFoundError(f"assignment {assignment_id} for person {actor.person.id}")
        event = await tx.attendance.event(found[0])
        if event is None:
            raise NotFoundError(f"assignment {assignment_id} is of no event")
        ensure_certified(event.details, found[1].attendance)
        unit = await tx.units.get(event.unit_id)
        assert unit is not None, "a unit of an activity is never deleted"
    # The same for the same person at the same event, whenever it is asked for.
    number = f"{event.occurrence_id}-{assignment_id}"
    return Certificate(event, unit.title, found[1].full_name, found[1].unit_title, number)


def _signs(row: ListRow) -> bool:
    one = row.attendee
    comes = one.answer is Answer.COMING and not row.waits_for_seat
    return comes or one.attendance is Attendance.PRESENT
