"""What the senders of broadcasts are to be shown of them now, and that they have been."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.broadcasts import LEAST_SHOWN, Broadcast, Flight
from bot.domain.ids import BroadcastId
from bot.ports.storage import Storage
from bot.services.steer_broadcast import Progress

_REST = timedelta(minutes=1)  # where nothing is due
# Of each message, where some are due: to count them takes a seventieth of it.
_REST_OF_EACH = timedelta(microseconds=100)


@dataclass(frozen=True, slots=True)
class ToShow:
    """``account``: of its sender."""

    progress: Progress
    account: int


class Rests:
    """The broadcasts that were looked at a moment ago. All messages of one are counted at every look (0.4 s of a core
    for 300,000 of them), so it is looked at more seldom the larger it is; once a minute while nothing of it is due; and
    as soon as it is paused, resumed or shown elsewhere.

    Kept in memory: after a restart each is looked at anew.
    """

    def __init__(self) -> None:
        self._seen: dict[BroadcastId, tuple[datetime, timedelta, Broadcast]] = {}

    def hold(self, broadcast: Broadcast, now: datetime) -> bool:
        """Whether it is as it was when it began to rest, and has not rested enough."""
        since, rest, as_it_was = self._seen.get(broadcast.id, (now, timedelta(0), None))
        return as_it_was == _unshown(broadcast) and timedelta(0) <= now - since < rest

    def begin(self, broadcast: Broadcast, flight: Flight, now: datetime) -> None:
        rest = _REST if flight.is_resting else flight.total * _REST_OF_EACH
        self._seen = {key: seen for key, seen in self._seen.items() if now - seen[0] < seen[1]}
        self._seen[broadcast.id] = (now, rest, _unshown(broadcast))


def _unshown(broadcast: Broadcast) -> Broadcast:
    """Without what every look changes."""
    return replace(broadcast, shown=None)


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
            if not await tx.broadcasts.is_planned(broadcast.id):
                continue  # and no rest begins: by its end they would have been written, and unseen, for a minute
            flight = await tx.broadcasts.flight(broadcast.id, now=now)
            if rests is not None:
                rests.begin(broadcast, flight, now)
            is_shown = broadcast.message_id is not None or flight.total + flight.failed >= LEAST_SHOWN
            if account is not None and is_shown and flight.mark != broadcast.shown:
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
