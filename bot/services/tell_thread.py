"""Who hears what is written in a thread, and when."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.calendar import WorkCalendar
from bot.domain.delivery import NoticeKind
from bot.domain.ids import PersonId, ThreadMessageId
from bot.domain.network import Actor, Reach
from bot.domain.quiet import Reader, next_allowed
from bot.domain.threads import Side, Thread, side_of
from bot.ports.notices import HOME, NewNotice
from bot.ports.storage import Stores

HELPS_FOR = timedelta(days=30)
"""After a month without reaching anybody the message is found in the list of questions alone."""


@dataclass(frozen=True, slots=True)
class Written:
    """What became of words in a thread: ``people`` were told (none: nobody of that side can be reached).

    ``side`` is the writer's. ``at``: when the first of them will hear, where the night or a day off holds it.
    """

    thread: Thread
    side: Side
    people: int
    at: datetime | None = None
    is_repeat: bool = False


async def tell_thread(
    tx: Stores,
    thread: Thread,
    *,
    actor: Actor,
    side: Side,
    since: ThreadMessageId | None,
    owner_accounts: Collection[int],
    now: datetime,
) -> Written:
    """Plans one message to each of the other side, unless one waits for him already: that one will bring this too.

    ``since``: the first message that is new to them; None where only the question was closed.
    """
    readers = await recipients(tx, thread, side.other, owner_accounts)
    readers = tuple(one for one in readers if one != actor.person.id)
    owners = set(await tx.people.by_accounts(owner_accounts))
    notices = [
        thread_news(thread, person_id, since, owners, now=now)
        for person_id in readers
        if not await tx.threads.is_told_soon(thread.id, person_id)
    ]
    await tx.notices.plan(notices, now=now)
    await tx.threads.note_seen(thread.id, actor.person.id)
    at = min([await _allowed_at(tx, one, now) for one in readers], default=now)
    return Written(thread, side, len(readers), at if at > now else None)


def thread_news(
    thread: Thread, person_id: PersonId, since: ThreadMessageId | None, owners: Collection[PersonId], *, now: datetime
) -> NewNotice:
    """What tells one person of everything from that message on, or that the question was closed."""
    step = f"m{since}" if since is not None else f"closed:{now.isoformat()}"
    return NewNotice(
        key=f"thread:{thread.id}:{person_id}:{step}",
        person_id=person_id,
        kind=NoticeKind.INFO,
        due_at=now,
        expires_at=now + HELPS_FOR,
        # No words and no names are kept here: what is told is read when it is sent, and whether he may hear it is
        # asked of the thread then. With its unit, who coordinated that once and does no more would hear nothing.
        detail={"event": "thread", "thread": thread.id, "since": since, "as_owner": person_id in owners},
    )


async def recipients(tx: Stores, thread: Thread, side: Side, owner_accounts: Collection[int]) -> tuple[PersonId, ...]:
    """Those of one side who can be written to now.

    Below: the person, or all coordinators of the unit. Above: the nearest coordinators, and who has joined in from
    further up and still may; with none of them the owner.
    """
    if side is Side.BELOW:
        return await _below(tx, thread)
    owners = [one for one in await tx.people.by_accounts(owner_accounts) if one != thread.opened_by]
    found: list[PersonId] = []
    if thread.unit_id is not None:
        is_own = thread.person_id is not None
        found += await tx.replies.coordinators_for(thread.unit_id, with_own=is_own, besides=thread.opened_by)
    for person_id in await tx.threads.writers(thread.id, Side.ABOVE):
        if person_id not in found and await _stands_above(tx, thread, person_id, is_owner=person_id in owners):
            found.append(person_id)
    return tuple(found or owners)


async def _below(tx: Stores, thread: Thread) -> tuple[PersonId, ...]:
    if thread.person_id is not None:
        person = await tx.people.get(thread.person_id)
        return (person.id,) if person is not None and person.reach is Reach.REACHABLE else ()
    return () if thread.unit_id is None else tuple(await tx.memberships.coordinators_of(thread.unit_id))


async def _stands_above(tx: Stores, thread: Thread, person_id: PersonId, *, is_owner: bool) -> bool:
    person = await tx.people.get(person_id)
    if person is None or person.reach is not Reach.REACHABLE:
        return False
    actor = Actor(person, tuple(await tx.memberships.of_person(person_id)), is_owner=is_owner)
    return side_of(actor, thread) is Side.ABOVE


async def _allowed_at(tx: Stores, person_id: PersonId, now: datetime) -> datetime:
    person = await tx.people.get(person_id)
    if person is None:
        return now
    memberships = await tx.memberships.of_person(person_id)
    zone = person.timezone or next((one.unit.timezone for one in memberships), HOME.key)
    return next_allowed(now, Reader(ZoneInfo(zone), person.quiet_hours), WorkCalendar())
