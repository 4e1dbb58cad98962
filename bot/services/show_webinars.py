"""The webinars ahead, and who comes to one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.errors import NotFoundError
from bot.domain.ids import OccurrenceId
from bot.domain.matters import Answer
from bot.domain.network import Actor
from bot.ports.storage import Storage, Stores
from bot.ports.webinars import Invited, WebinarSummary

PAGE = 5
NAMES = 20
STAYS_LISTED = timedelta(hours=12)
"""After its end (its beginning, where no end was named) it is still looked up: for the link, or for who came."""


@dataclass(frozen=True, slots=True)
class WebinarPage:
    webinars: tuple[WebinarSummary, ...]
    total: int
    page: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE))


@dataclass(frozen=True, slots=True)
class InvitedPage:
    webinar: WebinarSummary
    invited: tuple[Invited, ...]
    total: int
    page: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // NAMES))


async def list_webinars(storage: Storage, *, actor: Actor, page: int, now: datetime) -> WebinarPage:
    """Those announced in the actor's part of the network, the next first. A page beyond the end is the last one."""
    paths = ["/"] if actor.is_owner else [unit.path for unit in actor.coordinated]
    since = now - STAYS_LISTED
    page = max(page, 1)
    async with storage.read() as tx:
        found, total = await tx.webinars.upcoming(paths, since=since, offset=(page - 1) * PAGE, limit=PAGE)
        if not found and total:
            page = -(-total // PAGE)
            found, _ = await tx.webinars.upcoming(paths, since=since, offset=(page - 1) * PAGE, limit=PAGE)
    return WebinarPage(found, total, page)


async def show_webinar(storage: Storage, *, actor: Actor, occurrence_id: OccurrenceId, now: datetime) -> WebinarSummary:
    """With its announcement's flight. Raises NotFoundError outside the actor's part of the network."""
    async with storage.read() as tx:
        webinar = await _managed_webinar(tx, actor, occurrence_id)
        return replace(webinar, flight=await tx.broadcasts.announcement(occurrence_id, now=now))


async def list_invited(
    storage: Storage, *, actor: Actor, occurrence_id: OccurrenceId, answer: Answer | None, page: int
) -> InvitedPage:
    """Who gave this answer (None: none yet). Raises NotFoundError outside the actor's part of the network."""
    page = max(page, 1)
    async with storage.read() as tx:
        webinar = await _managed_webinar(tx, actor, occurrence_id)
        found, total = await tx.webinars.invited(occurrence_id, answer, offset=(page - 1) * NAMES, limit=NAMES)
    return InvitedPage(webinar, found, total, page)


async def _managed_webinar(tx: Stores, actor: Actor, occurrence_id: OccurrenceId) -> WebinarSummary:
    webinar = await tx.webinars.get(occurrence_id)
    if webinar is None or not actor.can_manage(webinar.unit_path):
        raise NotFoundError(f"webinar {occurrence_id} for person {actor.person.id}")
    return webinar
