"""What the senders of broadcasts are to be shown of them now, and that they have been."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.broadcasts import LEAST_SHOWN, Broadcast
from bot.domain.ids import BroadcastId
from bot.ports.storage import Storage
from bot.services.steer_broadcast import Progress

_REST = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class ToShow:
    """``account``: of its sender."""

    progress: Progress
    account: int


class Rests:
    """The broadcasts of which nothing is due: all their messages are counted at every look (0.4 s of a core for 300,000
    of them), so such a one is looked at once a minute, or as soon as it is paused, resumed or shown elsewhere.

    Kept in memory: after a restart each is looked at anew.
    """

    def __init__(self) -> None:
        self._seen: dict[BroadcastId, tuple[datetime, Broadcast]] = {}

    def hold(self, broadcast: Broadcast, now: datetime) -> bool:
        """Whether it is as it was when it began to rest, less than a minute ago."""
        since, as_it_was = self._seen.get(broadcast.id, (None, None))
        return since is not None and as_it_was == broadcast and timedelta(0) <= now - since < _REST

    def begin(self, broadcast: Broadcast, now: datetime) -> None:
        self._seen = {key: seen for key, seen in self._seen.items() if now - seen[0] < _REST}
        self._seen[broadcast.id] = (now, broadcast)


async def progress_to_show(storage: Storage, *, now: datetime, rests: Rests | None = None) -> tuple[ToShow, ...]:
    """The broadcasts of which their senders see older figures, or nothing yet.

    Those that ended without a message worth showing, being small or their senders gone, are watched no more.
    ``rests``: what the looks before this one found resting; without it every one is looked at.
    """
    found, over = [], []
    async with storage.read() as tx:
        for broadcast, account in await tx.broadcasts.running():
            if rests is not None and rests.hold(broadcast, now):
                continue
            flight = await tx.broadcasts.flight(broadcast.id, now=now)
            if rests is not None and flight.is_resting:
                rests.begin(broadcast, now)
            is_shown = broadcast.message_id is not None or flight.total + flight.failed >= LEAST_SHOWN
            if account is not None and is_shown and flight.is_planned and flight.mark != broadcast.shown:
                found.append(ToShow(Progress(broadcast, flight), account))
            elif account is None or flight.is_over:
                over.append(broadcast.id)
    if over:
        async with storage.write() as tx:
            for broadcast_id in over:
                await tx.broadcasts.end(broadcast_id, now=now)
    return tuple(found)


async def note_shown(storage: Storage, shown: ToShow, *, message_id: int, now: datetime) -> None:
    """He sees it in that message, the last time where it is over.

    Stored after the message was sent: killed in between, the program sends him a second one.
    """
    broadcast, flight = shown.progress.broadcast, shown.progress.flight
    async with storage.write() as tx:
        await tx.broadcasts.note_shown(broadcast.id, message_id=message_id, mark=flight.mark)
        if flight.is_over:
            await tx.broadcasts.end(broadcast.id, now=now)


async def stop_showing(storage: Storage, broadcast_id: BroadcastId, *, now: datetime) -> None:
    """He has blocked the bot, or deleted the message: it goes on unwatched.

    A paused one stays, and a new message offers to let it go on: what it holds must not be lost with the old one.
    """
    async with storage.write() as tx:
        await tx.broadcasts.forget_message(broadcast_id)
        await tx.broadcasts.end(broadcast_id, now=now)
