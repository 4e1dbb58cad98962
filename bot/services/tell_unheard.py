"""Questions that reached nobody after all: who was to hear them blocked the bot, left, or is there only now."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from bot.domain.threads import ThreadMessage
from bot.ports.notices import NewNotice
from bot.ports.storage import Storage, Stores
from bot.services.tell_thread import HELPS_FOR, recipients, thread_news


async def tell_unheard(storage: Storage, *, owner_accounts: Collection[int], now: datetime) -> int:
    """Tells whoever stands there now of what nobody has been told, and nobody has opened; returns how many threads."""
    told = 0
    async with storage.read() as tx:
        waiting = await tx.threads.waiting(since=now - HELPS_FOR)
    for last in waiting:
        async with storage.read() as tx:
            if not await _news_of(tx, last, owner_accounts, now):
                continue
        async with storage.write() as tx:
            told += await tx.notices.plan(await _news_of(tx, last, owner_accounts, now), now=now) > 0
    return told


async def _news_of(tx: Stores, last: ThreadMessage, owner_accounts: Collection[int], now: datetime) -> list[NewNotice]:
    thread = await tx.threads.thread(last.thread_id)
    if thread is None:
        return []
    readers = await recipients(tx, thread, last.side.other, owner_accounts)
    if not readers or await tx.threads.is_heard(last, readers):
        return []
    messages = await tx.threads.messages(thread.id)
    answered = max((one.id for one in messages if one.side is last.side.other), default=0)
    since = next(one.id for one in messages if one.id > answered)
    owners = await tx.people.by_accounts(owner_accounts)
    return [thread_news(thread, person_id, since, owners, now=now) for person_id in readers]
