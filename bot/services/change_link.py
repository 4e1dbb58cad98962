"""The link of a webinar changes, and those who may have noted the old one are told."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from bot.domain.afterwards import end_of
from bot.domain.delivery import PASSES_QUIET, NoticeKind
from bot.domain.errors import NotFoundError
from bot.domain.ids import OccurrenceId
from bot.domain.ladder import WEBINAR_LADDER
from bot.domain.matters import Occurrence
from bot.domain.network import Actor
from bot.ports.notices import NewNotice
from bot.ports.storage import Storage
from bot.ports.webinars import LinkReader
from bot.services.move_occurrence import ensure_current, managed_date


async def change_link(
    storage: Storage, *, actor: Actor, occurrence_id: OccurrenceId, version: int, link: str, now: datetime
) -> int:
    """Later messages carry the new link by themselves; returns how many people are told of it at once.

    Until the end of the event: a link that lets nobody in is noticed when it begins. Who said that he does not come,
    or waits for a seat, is not told. The same link again changes nothing. Raises NotFoundError outside the actor's
    part of the network, DateClosedError, OutdatedError.
    """
    async with storage.write() as tx:
        facts = await managed_date(tx, actor, occurrence_id)
        if await tx.webinars.get(occurrence_id) is None:
            raise NotFoundError(f"occurrence {occurrence_id} is no webinar")
        ensure_current(facts, version)
        if not await tx.webinars.change_link(facts.activity.id, link):
            return 0
        date = facts.occurrence
        is_over = end_of(date.due_at, date.ends_at) <= now
        told = () if is_over else await tx.webinars.told_of(occurrence_id)
        mark = sha256(f"{link} {now.isoformat()}".encode()).hexdigest()[:12]
        await tx.notices.plan([_notice(one, date, mark, now) for one in told], now=now)
        unit_id, detail = facts.activity.unit_id, {"occurrence": occurrence_id, "people": len(told)}
        await tx.audit.record("link changed", by=actor.person.id, unit_id=unit_id, detail=detail, now=now)
    return len(told)


def _notice(to: LinkReader, date: Occurrence, mark: str, now: datetime) -> NewNotice:
    detail: dict[str, object] = {"event": "link"}
    last_word = WEBINAR_LADDER.starts_soon
    assert last_word is not None, "the last message before an event brings its link"
    if to.comes and now >= date.due_at - last_word:  # it has brought him the old link, at whatever hour
        detail[PASSES_QUIET] = True
    return NewNotice(
        key=f"link:{to.assignment_id}:{mark}",
        person_id=to.person_id,
        kind=NoticeKind.INFO,
        due_at=now,
        expires_at=end_of(date.due_at, date.ends_at),
        occurrence_id=date.id,
        occurrence_version=date.version,
        assignment_id=to.assignment_id,
        detail=detail,
    )
