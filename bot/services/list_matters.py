"""What a person has to answer for: his own matters and those of the schools he coordinates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from zoneinfo import ZoneInfo

from bot.domain.ids import AssignmentId
from bot.domain.matters import Matter
from bot.domain.network import Actor
from bot.domain.quiet import local_instant
from bot.ports.replies import LaterDates, MatterPage
from bot.ports.storage import Storage, Stores

PAGE = 5


@dataclass(frozen=True, slots=True)
class MyMatters:
    """One page of ``PAGE`` matters; pages are counted from 1. ``later``: the dates that a repeating one stands for."""

    matters: tuple[Matter, ...]
    total: int
    page: int
    later: Mapping[AssignmentId, LaterDates] = field(default_factory=dict)

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE))


async def list_matters(
    storage: Storage, *, actor: Actor, answered: bool, page: int, reader: ZoneInfo, now: datetime
) -> MyMatters:
    """The open ones, most urgent first, or the answered ones, latest first. A page beyond the end is the last one.

    Of what repeats the nearest date stands for those after it. Of events those that are over before the day of the
    ``reader``'s clock are owed no more.
    """
    page = max(page, 1)
    since = local_instant(now.astimezone(reader).date(), time(0), reader)
    async with storage.read() as tx:
        found = await _page(tx, actor, answered=answered, page=page, since=since)
        last = max(1, -(-found.total // PAGE))
        if page > last:
            page = last
            found = await _page(tx, actor, answered=answered, page=page, since=since)
        shown = () if answered else [matter.assignment.id for matter in found.matters]
        later = await tx.replies.later_dates(shown, since=since) if shown else {}
    return MyMatters(found.matters, found.total, page, later)


async def matter_of_message(storage: Storage, *, actor: Actor, message_id: int) -> AssignmentId | None:
    """The matter of the notice that reached the actor as that message; the right to answer is checked on answering."""
    async with storage.read() as tx:
        return await tx.replies.matter_of_message(actor.person.id, message_id)


async def _page(tx: Stores, actor: Actor, *, answered: bool, page: int, since: datetime) -> MatterPage:
    person, schools = actor.person.id, [unit.id for unit in actor.coordinated]
    offset = (max(page, 1) - 1) * PAGE
    if answered:
        return await tx.replies.answered_matters(person, schools, offset=offset, limit=PAGE)
    return await tx.replies.open_matters(person, schools, since=since, offset=offset, limit=PAGE)
