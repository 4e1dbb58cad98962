"""What goes into a calendar file: one matter of one's own, or all of them."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.errors import NotFoundError
from bot.domain.ids import AssignmentId, OccurrenceId
from bot.domain.matters import Assignment, Matter
from bot.domain.network import Actor
from bot.ports.matters import OccurrenceFacts
from bot.ports.storage import Storage
from bot.services.accept_reply import find_own_matter
from bot.services.import_document import managed_paths
from bot.services.move_occurrence import managed_date

KEPT_FOR = timedelta(days=31)
"""What has passed stays in the file so long: a calendar that is read anew should not lose the week that was."""

MOST = 500
MOST_EVENTS = 100


@dataclass(frozen=True, slots=True)
class CalendarExport:
    """``installation``: a random name that makes the entries of this bot its own in everybody's calendar."""

    installation: str
    matters: tuple[Matter, ...]


async def export_matter(storage: Storage, *, actor: Actor, assignment_id: AssignmentId) -> CalendarExport:
    """One matter in whatever state, so that a file taken after a call-off takes it out. Raises NotFoundError."""
    matter = await find_own_matter(storage, actor=actor, assignment_id=assignment_id)
    return CalendarExport(await _installation(storage), (matter,))


async def export_calendar(storage: Storage, *, actor: Actor, now: datetime) -> CalendarExport:
    """Everything of the last month and of the time ahead that the actor or his schools owe or owed, at most ``MOST``.

    What was called off or is his no more comes along, so that a newer file takes it out of the calendar.
    """
    schools = [unit.id for unit in actor.coordinated]
    async with storage.read() as tx:
        ids = await tx.calendars.of_person(actor.person.id, schools, since=now - KEPT_FOR, limit=MOST)
        matters = await tx.replies.matters(ids) if ids else ()
    return CalendarExport(await _installation(storage), matters)


async def export_event(storage: Storage, *, actor: Actor, occurrence_id: OccurrenceId) -> CalendarExport:
    """An event of the actor's part of the network, for whoever looks after it. Raises NotFoundError."""
    async with storage.read() as tx:
        facts = await managed_date(tx, actor, occurrence_id)
    if facts.activity.event is None:
        raise NotFoundError(f"occurrence {occurrence_id} is of no event")
    return CalendarExport(await _installation(storage), (_led(facts),))


async def export_events(storage: Storage, *, actor: Actor, now: datetime) -> CalendarExport:
    """The events ahead that were announced in the actor's part of the network, at most ``MOST_EVENTS``."""
    async with storage.read() as tx:
        found, _ = await tx.webinars.upcoming(managed_paths(actor), since=now, offset=0, limit=MOST_EVENTS)
        facts = [await tx.matters.occurrence_facts(one.occurrence_id) for one in found]
    return CalendarExport(await _installation(storage), tuple(_led(one) for one in facts if one is not None))


def _led(facts: OccurrenceFacts) -> Matter:
    """As a matter of nobody: the same entry as those who are invited have, so that two files make one."""
    activity, date = facts.activity, facts.occurrence
    return Matter(
        assignment=Assignment(AssignmentId(0), date.id, activity.unit_id, None),
        activity_id=activity.id,
        kind=activity.kind,
        title=activity.title,
        responsible=activity.responsible,
        result=activity.result,
        phrase=activity.phrase,
        link=activity.link,
        document=None,
        unit_title="",
        version=date.version,
        due_at=date.due_at,
        due_on=date.due_on,
        has_time=date.has_time,
        timezone=date.timezone,
        state=date.state,
        event=activity.event,
        series_id=activity.series_id,
        ends_at=date.ends_at,
    )


async def _installation(storage: Storage) -> str:
    async with storage.read() as tx:
        known = await tx.calendars.installation()
    if known is not None:
        return known
    async with storage.write() as tx:
        return await tx.calendars.name_installation(secrets.token_hex(8))
