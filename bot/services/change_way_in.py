"""The link, the place or the code of an event changes, and those who may have noted the old one are told."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from bot.domain.delivery import PASSES_QUIET, NoticeKind
from bot.domain.errors import NotFoundError
from bot.domain.events import EventDetails, WayIn, end_of
from bot.domain.ids import OccurrenceId
from bot.domain.matters import Occurrence
from bot.domain.network import Actor
from bot.domain.steps import WEBINAR_LADDER
from bot.ports.matters import OccurrenceFacts
from bot.ports.notices import NewNotice
from bot.ports.storage import Storage, Stores
from bot.ports.webinars import LinkReader
from bot.services.move_occurrence import ensure_current, managed_date
from bot.services.refresh_messages import refresh_way_in


async def change_way_in(
    storage: Storage,
    *,
    actor: Actor,
    occurrence_id: OccurrenceId,
    version: int,
    way: WayIn,
    words: str | None,
    now: datetime,
) -> int | None:
    """Messages in chats are edited, later ones say the new thing by themselves; returns how many are told at once.

    ``words``: the link, the place or the code, checked by the caller; None takes the place or the code away. People
    are told until the end of the event: a link that lets nobody in is noticed when it begins. Who said that he does
    not come, or waits for a seat, is not told. The same again changes nothing and returns None. Raises NotFoundError
    outside the actor's part of the network, DateClosedError, OutdatedError.
    """
    async with storage.write() as tx:
        facts = await managed_date(tx, actor, occurrence_id)
        if await tx.webinars.get(occurrence_id) is None:
            raise NotFoundError(f"occurrence {occurrence_id} is no webinar")
        ensure_current(facts, version)
        edits = await _change(tx, facts, way, words)
        if edits is None:
            return None
        date = facts.occurrence
        told: tuple[LinkReader, ...] = ()
        if now < end_of(date.due_at, date.ends_at):
            await refresh_way_in(tx, facts, edits=edits, now=now)
            told = await tx.webinars.told_of(occurrence_id)
        mark = sha256(f"{words} {now.isoformat()}".encode()).hexdigest()[:12]
        await tx.notices.plan([_notice(one, date, way, mark, now) for one in told], now=now)
        unit_id, detail = facts.activity.unit_id, {"occurrence": occurrence_id, "people": len(told)}
        await tx.audit.record(f"{way.value} changed", by=actor.person.id, unit_id=unit_id, detail=detail, now=now)
    return len(told)


async def _change(tx: Stores, facts: OccurrenceFacts, way: WayIn, words: str | None) -> int | None:
    """The how manieth change of this event it was; None where it said so already."""
    old = facts.activity.event or EventDetails()
    new = old
    if way is WayIn.PLACE:
        new = replace(old, place=words)
    elif way is WayIn.CODE:
        new = replace(old, access_code=words)
    is_new = await tx.webinars.change_link(facts.activity.id, words) if way is WayIn.LINK and words else new != old
    if not is_new:
        return None
    await tx.afterwards.set_details(facts.activity.id, replace(new, edits=old.edits + 1))
    return old.edits + 1


def _notice(to: LinkReader, date: Occurrence, way: WayIn, mark: str, now: datetime) -> NewNotice:
    detail: dict[str, object] = {"event": way.value}
    last_word = WEBINAR_LADDER.starts_soon
    assert last_word is not None, "the last message before an event brings its link"
    if to.comes and now >= date.due_at - last_word:  # it has brought him the old one, at whatever hour
        detail[PASSES_QUIET] = True
    return NewNotice(
        key=f"{way.value}:{to.assignment_id}:{mark}",
        person_id=to.person_id,
        kind=NoticeKind.INFO,
        due_at=now,
        expires_at=end_of(date.due_at, date.ends_at),
        occurrence_id=date.id,
        occurrence_version=date.version,
        assignment_id=to.assignment_id,
        detail=detail,
    )
