"""A date is called off; those who were told hear of it from the planner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.broadcasts import BroadcastKind
from bot.domain.ids import OccurrenceId, UnitId
from bot.domain.matters import ActivityKind, OccurrenceState
from bot.domain.network import Actor
from bot.ports.storage import Storage, Stores
from bot.services.move_occurrence import ensure_current, managed_date
from bot.services.watch_news import watch_news


class Line(Protocol):
    """A call or a selection as its coordinator sees it."""

    @property
    def occurrence_id(self) -> OccurrenceId: ...
    @property
    def unit_id(self) -> UnitId: ...
    @property
    def state(self) -> OccurrenceState: ...


@dataclass(frozen=True, slots=True)
class CancelledDate:
    """``told``: how many messages about it had gone out; ``is_repeat``: it had been called off before."""

    told: int
    is_repeat: bool


async def cancel_occurrence(
    storage: Storage, *, actor: Actor, occurrence_id: OccurrenceId, version: int, now: datetime
) -> CancelledDate:
    """Calls one date off; a webinar has no other, so it goes as a whole. Idempotent.

    Raises NotFoundError outside the actor's part of the network, DateClosedError, OutdatedError.
    """
    async with storage.write() as tx:
        facts = await managed_date(tx, actor, occurrence_id)
        if facts.occurrence.state is OccurrenceState.CANCELLED:
            return CancelledDate(facts.told, is_repeat=True)
        ensure_current(facts, version)
        await tx.matters.cancel_occurrence(occurrence_id, from_version=version)
        if facts.activity.kind is ActivityKind.WEBINAR:
            await tx.matters.cancel_activities([facts.activity.id])
        await watch_news(tx, BroadcastKind.CALLED_OFF, facts.activity, by=actor.person.id, now=now)
        unit_id, detail = facts.activity.unit_id, {"occurrence": occurrence_id}
        await tx.audit.record("date cancelled", by=actor.person.id, unit_id=unit_id, detail=detail, now=now)
    return CancelledDate(facts.told, is_repeat=False)


async def end_early(tx: Stores, line: Line, *, actor: Actor, version: int, audited: str, now: datetime) -> None:
    """Nothing more is taken from now on; what came stays, and those who were told hear of it.

    One that has ended already, or has changed since ``version``, stays as it is. The caller has checked the rights.
    """
    if line.state is not OccurrenceState.OPEN:
        return
    if await tx.matters.cancel_occurrence(line.occurrence_id, from_version=version):
        facts = await managed_date(tx, actor, line.occurrence_id)
        await watch_news(tx, BroadcastKind.ENDED, facts.activity, by=actor.person.id, now=now)
        detail = {"occurrence": line.occurrence_id}
        await tx.audit.record(audited, by=actor.person.id, unit_id=line.unit_id, detail=detail, now=now)
