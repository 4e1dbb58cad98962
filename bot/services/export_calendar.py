"""What goes into a calendar file: one matter of one's own, or all of them."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.ids import AssignmentId
from bot.domain.matters import Matter
from bot.domain.network import Actor
from bot.ports.storage import Storage
from bot.services.accept_reply import find_own_matter

KEPT_FOR = timedelta(days=31)
"""What has passed stays in the file so long: a calendar that is read anew should not lose the week that was."""

MOST = 500


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


async def _installation(storage: Storage) -> str:
    async with storage.read() as tx:
        known = await tx.calendars.installation()
    if known is not None:
        return known
    async with storage.write() as tx:
        return await tx.calendars.name_installation(secrets.token_hex(8))
