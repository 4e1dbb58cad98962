"""A question to those above about one matter: «Есть проблема», or a file sent in reply to it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from bot.domain.errors import NotFoundError
from bot.domain.ids import AssignmentId
from bot.domain.matters import Matter
from bot.domain.network import Actor
from bot.domain.threads import Said, Side, Thread, ThreadState, side_of
from bot.ports.storage import Storage, Stores
from bot.ports.threads import NewThread, NewThreadMessage
from bot.services.tell_thread import Written, tell_thread


async def open_thread(
    storage: Storage,
    *,
    actor: Actor,
    assignment_id: AssignmentId,
    said: Said,
    source: str,
    owner_accounts: Collection[int],
    now: datetime,
) -> Written:
    """Opens a thread about a matter that the actor answers for, or goes on in the one that is open.

    Handling the same update again changes nothing. Raises NotFoundError.
    """
    async with storage.write() as tx:
        matter = await tx.replies.matter(assignment_id)
        if matter is None or not matter.assignment.can_be_answered_by(actor):
            raise NotFoundError(f"assignment {assignment_id} for person {actor.person.id}")
        return await open_thread_in(
            tx, matter, actor=actor, said=said, source=source, owner_accounts=owner_accounts, now=now
        )


async def open_thread_in(
    tx: Stores,
    matter: Matter,
    *,
    actor: Actor,
    said: Said,
    source: str,
    owner_accounts: Collection[int],
    now: datetime,
) -> Written:
    """The same inside the caller's transaction, who has seen that the matter is the actor's."""
    known = await tx.threads.message_of(source)
    if known is not None:
        thread = await tx.threads.thread(known.thread_id)
        assert thread is not None, "a message belongs to a thread"
        return Written(thread, known.side, people=1, is_repeat=True)
    assignment = matter.assignment
    thread = await tx.threads.open_about(assignment.id)
    # The one of a school that the actor has left for another is not his to go on in.
    if thread is None or side_of(actor, thread) is not Side.BELOW:
        new = NewThread(ThreadState.OPEN, assignment.unit_id, assignment.person_id, assignment.id, actor.person.id, now)
        thread = await added_thread(tx, new, actor, now)
    message = NewThreadMessage(thread.id, actor.person.id, Side.BELOW, said, now, source)
    since = await tx.threads.add_message(message)
    return await tell_thread(
        tx, thread, actor=actor, side=Side.BELOW, since=since, owner_accounts=owner_accounts, now=now
    )


async def added_thread(tx: Stores, new: NewThread, actor: Actor, now: datetime) -> Thread:
    """A new thread as it stands in the storage, with the line of the audit."""
    thread_id = await tx.threads.add(new)
    thread = await tx.threads.thread(thread_id)
    assert thread is not None, "it was stored in this very transaction"
    await note_opened(tx, thread, actor, now)
    return thread


async def note_opened(tx: Stores, thread: Thread, actor: Actor, now: datetime) -> None:
    detail = {"thread": thread.id, "assignment": thread.assignment_id}
    await tx.audit.record("thread opened", by=actor.person.id, unit_id=thread.unit_id, detail=detail, now=now)
