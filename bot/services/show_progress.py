"""What the senders of broadcasts are to be shown of them now, and that they have been."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.broadcasts import LEAST_SHOWN
from bot.domain.ids import BroadcastId
from bot.ports.storage import Storage
from bot.services.steer_broadcast import Progress


@dataclass(frozen=True, slots=True)
class ToShow:
    """``account``: of its sender."""

    progress: Progress
    account: int


async def progress_to_show(storage: Storage, *, now: datetime) -> tuple[ToShow, ...]:
    """The broadcasts of which their senders see older figures, or nothing yet.

    Those that ended without a message worth showing, being small or their senders gone, are watched no more.
    """
    found, over = [], []
    async with storage.read() as tx:
        for broadcast, account in await tx.broadcasts.running():
            flight = await tx.broadcasts.flight(broadcast.id, now=now)
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
