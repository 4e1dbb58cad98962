"""One more message in a thread, by anybody of either side."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from bot.domain.errors import NotFoundError
from bot.domain.ids import ThreadId
from bot.domain.network import Actor
from bot.domain.threads import Said, Side, Thread, ThreadClosedError, ThreadState, side_of
from bot.ports.storage import Storage, Stores
from bot.ports.threads import NewThreadMessage
from bot.services.tell_thread import Written, tell_thread


async def write_in_thread(
    storage: Storage,
    *,
    actor: Actor,
    thread_id: ThreadId,
    said: Said,
    source: str,
    owner_accounts: Collection[int],
    now: datetime,
    is_reopening: bool = False,
) -> Written:
    """Stores the message and plans its telling in one transaction; the same update handled again adds nothing.

    ``is_reopening``: he knows that the question was closed, and goes on all the same.
    Raises NotFoundError, ThreadClosedError.
    """
    async with storage.write() as tx:
        thread, side = await thread_of(tx, actor, thread_id)
        known = await tx.threads.message_of(source)
        if known is not None:
            return Written(thread, side, people=1, is_repeat=True)
        thread = await ensure_open(tx, thread, actor, is_reopening=is_reopening, now=now)
        since = await tx.threads.add_message(NewThreadMessage(thread.id, actor.person.id, side, said, now, source))
        return await tell_thread(
            tx, thread, actor=actor, side=side, since=since, owner_accounts=owner_accounts, now=now
        )


async def thread_of(tx: Stores, actor: Actor, thread_id: ThreadId) -> tuple[Thread, Side]:
    """A thread that was begun, with the side of it that the actor stands on now. Raises NotFoundError."""
    thread = await tx.threads.thread(thread_id)
    side = None if thread is None or thread.state is ThreadState.DRAFT else side_of(actor, thread)
    if thread is None or side is None:
        raise NotFoundError(f"thread {thread_id} for person {actor.person.id}")
    return thread, side


async def ensure_open(tx: Stores, thread: Thread, actor: Actor, *, is_reopening: bool, now: datetime) -> Thread:
    """The thread, open: a closed one is opened again on purpose only. Raises ThreadClosedError."""
    if not thread.is_closed:
        return thread
    if not is_reopening:
        raise ThreadClosedError(thread.id)
    await tx.threads.reopen(thread.id)
    detail = {"thread": thread.id}
    await tx.audit.record("thread reopened", by=actor.person.id, unit_id=thread.unit_id, detail=detail, now=now)
    opened = await tx.threads.thread(thread.id)
    assert opened is not None, "it was read in this very transaction"
    return opened
