"""Nothing is written into the void: what somebody writes outside a dialogue is kept until he says what it is about."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from bot.domain.errors import NotFoundError
from bot.domain.ids import AssignmentId, PersonId, ThreadId, UnitId
from bot.domain.matters import ActivityKind, Matter, OccurrenceState
from bot.domain.network import Actor
from bot.domain.quiet import local_instant
from bot.domain.threads import DraftGoneError, Said, Side, Thread, ThreadMessage, ThreadState, side_of
from bot.ports.storage import Storage, Stores
from bot.ports.threads import ListedThread, NewThread, NewThreadMessage, ThreadReader
from bot.services.ask_about_form import AskedView, view_asked
from bot.services.open_thread import note_opened
from bot.services.tell_thread import Written, recipients, tell_thread
from bot.services.write_in_thread import ensure_open, thread_of

_MATTERS = 6
_THREADS = 6
_ASKED = 3


@dataclass(frozen=True, slots=True)
class Addressing:
    """What was written, and what it may be about. ``can_ask_above``: somebody above can be reached.

    ``asked``: what a colleague has asked him, which it may answer.
    """

    draft: Thread
    messages: tuple[ThreadMessage, ...]
    matters: tuple[Matter, ...]
    threads: tuple[ListedThread, ...]
    can_ask_above: bool
    asked: tuple[AskedView, ...] = ()
    closed: Thread | None = None

    @property
    def has_nowhere_to_go(self) -> bool:
        return not self.can_ask_above and not self.threads and not self.asked


async def keep_words(
    storage: Storage,
    *,
    actor: Actor,
    said: Said,
    source: str,
    owner_accounts: Collection[int],
    reader: ZoneInfo,
    now: datetime,
    closed_id: ThreadId | None = None,
) -> Addressing:
    """Keeps the message, after whatever he has written before and not sent yet, and says what it may be about.

    ``closed_id``: it was meant for this thread, which is closed. The same update handled again adds nothing.
    """
    async with storage.write() as tx:
        if await tx.threads.message_of(source) is None:
            draft = await tx.threads.draft_of(actor.person.id)
            draft_id = draft.id if draft is not None else await tx.threads.add(_draft_of(actor, now))
            await tx.threads.add_message(NewThreadMessage(draft_id, actor.person.id, Side.BELOW, said, now, source))
        draft = await tx.threads.draft_of(actor.person.id)
        if draft is None:
            raise DraftGoneError(f"of update {source}")
        closed = None if closed_id is None else (await thread_of(tx, actor, closed_id))[0]
        return await _addressing(tx, actor, draft, owner_accounts, closed, reader=reader, now=now)


async def send_about(
    storage: Storage,
    *,
    actor: Actor,
    draft_id: ThreadId,
    assignment_id: AssignmentId | None,
    owner_accounts: Collection[int],
    now: datetime,
) -> Written:
    """The draft becomes a thread with those above, about this matter (where one is open: goes on in it) or about none.

    Raises DraftGoneError, NotFoundError.
    """
    async with storage.write() as tx:
        draft = await tx.threads.thread(draft_id)
        if draft is not None and draft.state is not ThreadState.DRAFT and draft.opened_by == actor.person.id:
            return Written(draft, Side.BELOW, people=1, is_repeat=True)
        ensure_own_draft(draft, actor)
        unit_id, person_id = _place_of(actor)
        if assignment_id is not None:
            matter = await tx.replies.matter(assignment_id)
            if matter is None or not matter.assignment.can_be_answered_by(actor):
                raise NotFoundError(f"assignment {assignment_id} for person {actor.person.id}")
            unit_id, person_id = matter.assignment.unit_id, matter.assignment.person_id
            open_one = await tx.threads.open_about(assignment_id)
            # The one of a school that the actor has left for another is not his to go on in.
            if open_one is not None and side_of(actor, open_one) is Side.BELOW:
                return await _into(tx, actor, draft_id, open_one.id, owner_accounts, now)
        await tx.threads.begin(draft_id, unit_id=unit_id, person_id=person_id, assignment_id=assignment_id, now=now)
        thread, side = await thread_of(tx, actor, draft_id)
        await note_opened(tx, thread, actor, now)
        since = (await tx.threads.messages(thread.id))[0].id
        return await tell_thread(
            tx, thread, actor=actor, side=side, since=since, owner_accounts=owner_accounts, now=now
        )


async def send_into(
    storage: Storage,
    *,
    actor: Actor,
    draft_id: ThreadId,
    thread_id: ThreadId,
    owner_accounts: Collection[int],
    now: datetime,
) -> Written:
    """The draft goes on in that thread; a closed one is open again. Raises DraftGoneError, NotFoundError."""
    async with storage.write() as tx:
        ensure_own_draft(await tx.threads.thread(draft_id), actor)
        return await _into(tx, actor, draft_id, thread_id, owner_accounts, now)


async def last_words(storage: Storage, *, actor: Actor, draft_id: ThreadId) -> ThreadMessage:
    """The last of what he wrote and has not sent yet. Raises DraftGoneError."""
    async with storage.read() as tx:
        ensure_own_draft(await tx.threads.thread(draft_id), actor)
        return (await tx.threads.messages(draft_id))[-1]


async def drop_message(storage: Storage, *, actor: Actor, message: ThreadMessage) -> None:
    """Only this of what he wrote has found its place; the draft goes with the last of it. Raises DraftGoneError."""
    async with storage.write() as tx:
        ensure_own_draft(await tx.threads.thread(message.thread_id), actor)
        await tx.threads.drop_message(message.id)
        if not await tx.threads.messages(message.thread_id):
            await tx.threads.drop(message.thread_id)


async def drop_words(storage: Storage, *, actor: Actor, draft_id: ThreadId) -> None:
    """«Это не вопрос»: what he wrote is forgotten. Raises DraftGoneError."""
    async with storage.write() as tx:
        ensure_own_draft(await tx.threads.thread(draft_id), actor)
        await tx.threads.drop(draft_id)


async def find_words(
    storage: Storage,
    *,
    actor: Actor,
    owner_accounts: Collection[int],
    reader: ZoneInfo,
    now: datetime,
) -> Addressing | None:
    """What he has written and not sent yet."""
    async with storage.read() as tx:
        draft = await tx.threads.draft_of(actor.person.id)
        if draft is None:
            return None
        return await _addressing(tx, actor, draft, owner_accounts, None, reader=reader, now=now)


def reader_of(actor: Actor) -> ThreadReader:
    """For whom threads are listed."""
    units = actor.coordinated
    return ThreadReader(
        actor.person.id, [unit.id for unit in units], [unit.path for unit in units], is_owner=actor.is_owner
    )


def ensure_own_draft(draft: Thread | None, actor: Actor) -> None:
    """Raises DraftGoneError where he has sent it already, or it is another's."""
    if draft is None or draft.state is not ThreadState.DRAFT or draft.opened_by != actor.person.id:
        raise DraftGoneError(f"draft of person {actor.person.id}")


def _draft_of(actor: Actor, now: datetime) -> NewThread:
    unit_id, person_id = _place_of(actor)
    return NewThread(ThreadState.DRAFT, unit_id, person_id, None, actor.person.id, now)


def _place_of(actor: Actor) -> tuple[UnitId | None, PersonId | None]:
    """For whom he speaks where no matter says it: a coordinator for his unit, anybody else for himself."""
    if actor.coordinated:
        return actor.coordinated[0].id, None
    return next((one.unit.id for one in actor.memberships), None), actor.person.id


async def _into(
    tx: Stores, actor: Actor, draft_id: ThreadId, thread_id: ThreadId, owner_accounts: Collection[int], now: datetime
) -> Written:
    thread, side = await thread_of(tx, actor, thread_id)
    thread = await ensure_open(tx, thread, actor, is_reopening=True, now=now)
    moved = len(await tx.threads.messages(draft_id))
    await tx.threads.move(draft_id, thread.id, side, now=now)
    since = (await tx.threads.messages(thread.id))[-moved].id
    return await tell_thread(tx, thread, actor=actor, side=side, since=since, owner_accounts=owner_accounts, now=now)


async def _addressing(
    tx: Stores,
    actor: Actor,
    draft: Thread,
    owner_accounts: Collection[int],
    closed: Thread | None,
    *,
    reader: ZoneInfo,
    now: datetime,
) -> Addressing:
    since = local_instant(now.astimezone(reader).date(), time(0), reader)
    units = [unit.id for unit in actor.coordinated]
    owed = await tx.replies.open_matters(actor.person.id, units, since=since, offset=0, limit=_MATTERS)
    given = await tx.replies.answered_matters(actor.person.id, units, offset=0, limit=_MATTERS)
    # To a call one may send as much as one likes: it takes words for as long as it runs.
    calls = [one for one in given.matters if one.kind is ActivityKind.CALL and _still_takes(one, now)]
    waiting = [await view_asked(tx, one) for one in await tx.asked_questions.waiting_for(actor.person.id, limit=_ASKED)]
    listed = await tx.threads.listed(reader_of(actor), ThreadState.OPEN, limit=_THREADS, offset=0)
    about = {one.thread.assignment_id for one in listed if one.side is Side.BELOW}
    above = [one for one in await recipients(tx, draft, Side.ABOVE, owner_accounts) if one != actor.person.id]
    return Addressing(
        draft,
        await tx.threads.messages(draft.id),
        # What is talked about already stands once, as its thread.
        tuple(one for one in (*calls, *owed.matters) if one.assignment.id not in about) if above else (),
        listed,
        can_ask_above=bool(above),
        asked=tuple(view for view in waiting if view is not None),
        closed=closed,
    )


def _still_takes(call: Matter, now: datetime) -> bool:
    return call.state is OccurrenceState.OPEN and not call.is_withdrawn and call.due_at >= now
