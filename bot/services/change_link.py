"""The link of a webinar changes, and those who may have noted the old one are told."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from bot.domain.delivery import NoticeKind
from bot.domain.errors import NotFoundError
from bot.domain.ids import OccurrenceId
from bot.domain.network import Actor
from bot.ports.notices import NewNotice
from bot.ports.storage import Storage
from bot.services.move_occurrence import ensure_current, managed_date


async def change_link(
    storage: Storage, *, actor: Actor, occurrence_id: OccurrenceId, version: int, link: str, now: datetime
) -> int:
    """Later messages carry the new link by themselves; returns how many people are told of it at once.

    Who said that he does not come is not told. The same link again changes nothing. Raises NotFoundError outside the
    actor's part of the network, DateClosedError, OutdatedError.
    """
    async with storage.write() as tx:
        facts = await managed_date(tx, actor, occurrence_id)
        if await tx.webinars.get(occurrence_id) is None:
            raise NotFoundError(f"occurrence {occurrence_id} is no webinar")
        ensure_current(facts, version)
        if not await tx.webinars.change_link(facts.activity.id, link):
            return 0
        told = await tx.webinars.told_of(occurrence_id)
        mark = sha256(f"{link} {now.isoformat()}".encode()).hexdigest()[:12]
        await tx.notices.plan(
            [
                NewNotice(
                    key=f"link:{assignment_id}:{mark}",
                    person_id=person_id,
                    kind=NoticeKind.INFO,
                    due_at=now,
                    expires_at=facts.occurrence.due_at,
                    occurrence_id=occurrence_id,
                    occurrence_version=facts.occurrence.version,
                    assignment_id=assignment_id,
                    detail={"event": "link"},
                )
                for person_id, assignment_id in told
            ],
            now=now,
        )
        unit_id, detail = facts.activity.unit_id, {"occurrence": occurrence_id, "people": len(told)}
        await tx.audit.record("link changed", by=actor.person.id, unit_id=unit_id, detail=detail, now=now)
    return len(told)
