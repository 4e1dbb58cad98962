"""«Вопросы»: the threads of both sides, one of them whole, and what a notice of one needs."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.errors import NotFoundError
from bot.domain.ids import ThreadId, ThreadMessageId
from bot.domain.matters import Matter
from bot.domain.network import Actor
from bot.domain.threads import Side, Thread, ThreadMessage, ThreadState, side_of
from bot.ports.notices import DueNotice
from bot.ports.storage import Storage, Stores
from bot.ports.threads import ListedThread
from bot.services.address_words import reader_of
from bot.services.write_in_thread import thread_of

_PAGE = 6


@dataclass(frozen=True, slots=True)
class ThreadPage:
    """``page`` counts from 0. ``waiting``: how many wait for the reader; ``unsent``: of his own messages."""

    threads: tuple[ListedThread, ...]
    page: int
    pages: int
    total: int
    waiting: int
    is_closed: bool
    unsent: int = 0


@dataclass(frozen=True, slots=True)
class ThreadView:
    """A thread as one of its sides sees it; ``asker``: who speaks for himself in it."""

    thread: Thread
    side: Side
    matter: Matter | None
    messages: tuple[ThreadMessage, ...]
    asker: str = ""


@dataclass(frozen=True, slots=True)
class ThreadNews:
    """``new``: the messages that the notice brings; ``before``: the one that they answer."""

    view: ThreadView
    new: tuple[ThreadMessage, ...]
    before: ThreadMessage | None


async def list_threads(storage: Storage, *, actor: Actor, page: int = 0, is_closed: bool = False) -> ThreadPage:
    """A page beyond the end is the last one."""
    state = ThreadState.CLOSED if is_closed else ThreadState.OPEN
    reader = reader_of(actor)
    async with storage.read() as tx:
        total, waiting = await tx.threads.count(reader, state)
        pages = max(1, -(-total // _PAGE))
        page = min(max(page, 0), pages - 1)
        threads = await tx.threads.listed(reader, state, limit=_PAGE, offset=page * _PAGE)
        draft = await tx.threads.draft_of(actor.person.id)
        unsent = 0 if draft is None else len(await tx.threads.messages(draft.id))
    return ThreadPage(threads, page, pages, total, waiting, is_closed, unsent)


async def show_thread(storage: Storage, *, actor: Actor, thread_id: ThreadId) -> ThreadView:
    """The whole; from now on the actor has seen it. Raises NotFoundError."""
    async with storage.write() as tx:
        thread, side = await thread_of(tx, actor, thread_id)
        await tx.threads.note_seen(thread.id, actor.person.id)
        return await _view(tx, thread, side)


async def find_thread(storage: Storage, *, actor: Actor, thread_id: ThreadId) -> ThreadView:
    """The same without having seen it. Raises NotFoundError."""
    async with storage.read() as tx:
        thread, side = await thread_of(tx, actor, thread_id)
        return await _view(tx, thread, side)


async def find_file(storage: Storage, *, actor: Actor, message_id: ThreadMessageId) -> ThreadMessage:
    """A message with a file that is there still. Raises NotFoundError."""
    async with storage.read() as tx:
        message = await tx.threads.message(message_id)
        if message is None or message.said.file is None:
            raise NotFoundError(f"a file in message {message_id}")
        await thread_of(tx, actor, message.thread_id)
        return message


async def thread_of_message(storage: Storage, *, actor: Actor, message_id: int) -> ThreadId | None:
    """The thread of the notice that reached the actor as that message; his right is checked on writing."""
    async with storage.read() as tx:
        return await tx.threads.thread_of_message(actor.person.id, message_id)


async def view_thread(tx: Stores, due: DueNotice) -> ThreadNews | None:
    """What a notice tells of a thread, read at sending; None for a notice of anything else, or where its reader has
    left, everything was taken back, or he has answered meanwhile."""
    detail = due.notice.detail
    if detail.get("event") != "thread":
        return None
    thread = await tx.threads.thread(ThreadId(detail["thread"]))
    person = await tx.people.get(due.notice.person_id)
    if thread is None or person is None:
        return None
    memberships = tuple(await tx.memberships.of_person(person.id))
    side = side_of(Actor(person, memberships, is_owner=detail.get("as_owner", False)), thread)
    if side is None:
        return None
    view = await _view(tx, thread, side)
    since = detail.get("since")
    new = [one for one in view.messages if since is not None and one.id >= since and one.person_id != person.id]
    before = [one for one in view.messages if since is not None and one.id < since]
    return ThreadNews(view, tuple(new), before[-1] if before else None)


async def _view(tx: Stores, thread: Thread, side: Side) -> ThreadView:
    matter = None if thread.assignment_id is None else await tx.replies.matter(thread.assignment_id)
    person = None if thread.person_id is None else await tx.people.get(thread.person_id)
    messages = await tx.threads.messages(thread.id)
    return ThreadView(thread, side, matter, messages, "" if person is None else person.full_name)
