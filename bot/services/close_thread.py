"""«Закрыть вопрос»: those above say that it is settled, with a word or without."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from bot.domain.errors import NotAllowedError
from bot.domain.ids import ThreadId
from bot.domain.network import Actor
from bot.domain.threads import Said, Side
from bot.ports.storage import Storage
from bot.ports.threads import NewThreadMessage
from bot.services.tell_thread import Written, tell_thread
from bot.services.write_in_thread import thread_of


async def close_thread(
    storage: Storage,
    *,
    actor: Actor,
    thread_id: ThreadId,
    word: Said | None,
    source: str,
    owner_accounts: Collection[int],
    now: datetime,
) -> Written:
    """Those below are told; a thread that is closed already stays as it is.

    Raises NotFoundError, NotAllowedError (only those above close a question).
    """
    async with storage.write() as tx:
        thread, side = await thread_of(tx, actor, thread_id)
        if side is not Side.ABOVE:
            raise NotAllowedError(f"person {actor.person.id} asks in thread {thread_id}")
        if thread.is_closed:
            return Written(thread, side, people=1, is_repeat=True)
        since = None
        if word is not None:
            since = await tx.threads.add_message(NewThreadMessage(thread.id, actor.person.id, side, word, now, source))
        await tx.threads.close(thread.id, by=actor.person.id, now=now)
        detail = {"thread": thread.id}
        await tx.audit.record("thread closed", by=actor.person.id, unit_id=thread.unit_id, detail=detail, now=now)
        closed, _ = await thread_of(tx, actor, thread_id)
        return await tell_thread(
            tx, closed, actor=actor, side=side, since=since, owner_accounts=owner_accounts, now=now
        )
