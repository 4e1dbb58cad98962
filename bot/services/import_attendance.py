"""The list that a webinar platform saved: matched with those invited, looked at, and only then applied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.attendance import can_be_marked, may_overwrite
from bot.domain.events import Attendance, MarkSource
from bot.domain.ids import AssignmentId, OccurrenceId
from bot.domain.network import Actor
from bot.domain.platform_table import Invitee, PlatformRow, TableMatching, match_table
from bot.ports.attendance import Attendee, EventFacts
from bot.ports.storage import Storage, Stores
from bot.services.mark_attendance import TooEarlyError, led_event


@dataclass(frozen=True, slots=True)
class TablePreview:
    """What applying would do now. ``new`` become present, ``known`` are present already; of ``kept`` the leader has
    said something else, and that stays. ``people``: those invited, by their assignments."""

    event: EventFacts
    matching: TableMatching
    new: tuple[AssignmentId, ...]
    known: tuple[AssignmentId, ...]
    kept: tuple[AssignmentId, ...]
    people: dict[AssignmentId, Attendee]


async def match_attendance(
    storage: Storage,
    *,
    actor: Actor,
    occurrence_id: OccurrenceId,
    rows: Sequence[PlatformRow],
    known: TableMatching | None = None,
    now: datetime,
) -> TablePreview:
    """The table's names with the people who have them, after those of an earlier table (``known``). Changes nothing.

    Raises NotFoundError where the event is not the actor's to lead, TooEarlyError before it.
    """
    async with storage.read() as tx:
        event = await led_event(tx, actor, occurrence_id)
        if not can_be_marked(event.due_at, now):
            raise TooEarlyError(event)
        people = await tx.attendance.attendees(occurrence_id, ["/"])
    invited = [Invitee(one.assignment_id, one.full_name, one.unit_title) for one in people]
    matching = match_table(rows, invited)
    return _preview(event, matching if known is None else known.joined(matching), people)


async def preview_attendance(
    storage: Storage, *, actor: Actor, occurrence_id: OccurrenceId, matching: TableMatching
) -> TablePreview:
    """What applying would do, as of now. Raises NotFoundError as ``match_attendance``."""
    async with storage.read() as tx:
        return await _previewed(tx, actor, occurrence_id, matching)


async def apply_attendance(
    storage: Storage, *, actor: Actor, occurrence_id: OccurrenceId, matching: TableMatching, now: datetime
) -> TablePreview:
    """Marks as present whom the table shows; nobody becomes absent by not being in it, so a second table adds.

    Returns what was done; applying again finds everybody known. Raises NotFoundError as ``match_attendance``.
    """
    async with storage.write() as tx:
        preview = await _previewed(tx, actor, occurrence_id, matching)
        if preview.new:
            by, unit_id = actor.person.id, preview.event.unit_id
            await tx.attendance.mark(preview.new, Attendance.PRESENT, source=MarkSource.TABLE, by=by, now=now)
            detail = {"occurrence": occurrence_id, "people": len(preview.new)}
            await tx.audit.record("attendance table applied", by=by, unit_id=unit_id, detail=detail, now=now)
    return preview


async def _previewed(tx: Stores, actor: Actor, occurrence_id: OccurrenceId, matching: TableMatching) -> TablePreview:
    event = await led_event(tx, actor, occurrence_id)
    return _preview(event, matching, await tx.attendance.attendees(occurrence_id, ["/"]))


def _preview(event: EventFacts, matching: TableMatching, attendees: Sequence[Attendee]) -> TablePreview:
    people = {one.assignment_id: one for one in attendees}
    new, known, kept = [], [], []
    for assignment_id in matching.present:
        attendee = people.get(assignment_id)
        if attendee is None:  # withdrawn since the table was read
            continue
        if attendee.attendance is Attendance.PRESENT:
            known.append(assignment_id)
        elif attendee.attendance is None or may_overwrite(attendee.source, MarkSource.TABLE):
            new.append(assignment_id)
        else:
            kept.append(assignment_id)
    return TablePreview(event, matching, tuple(new), tuple(known), tuple(kept), people)
