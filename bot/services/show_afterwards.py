"""«После события»: what was handed out, what those who were there think of it, and the switches of the organiser."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.afterwards import FeedbackTally, Receivers
from bot.domain.attendance import AttendanceTally
from bot.domain.events import CertificateFormat, EventDetails, MaterialPhase
from bot.domain.ids import MaterialId, OccurrenceId
from bot.domain.network import Actor
from bot.ports.afterwards import Feedback, Material, Receiver
from bot.ports.attendance import EventFacts
from bot.ports.series import SeriesFacts
from bot.ports.storage import Storage, Stores
from bot.services.mark_attendance import led_event

LINES = 8


@dataclass(frozen=True, slots=True)
class AfterwardsSheet:
    """``waiting``: to how many of each kind something can be sent that they have not had."""

    event: EventFacts
    tally: AttendanceTally
    materials: tuple[Material, ...]
    waiting: Mapping[Receivers, int]
    feedback: FeedbackTally
    series: SeriesFacts | None


@dataclass(frozen=True, slots=True)
class FeedbackPage:
    """A page of the lines, from 0; whose they are stands in the file only."""

    event: EventFacts
    tally: FeedbackTally
    lines: tuple[Feedback, ...]
    page: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.tally.lines // LINES))


async def show_afterwards(storage: Storage, *, actor: Actor, occurrence_id: OccurrenceId) -> AfterwardsSheet:
    """Raises NotFoundError where the actor's side does not lead the event, or it was called off."""
    async with storage.read() as tx:
        event = await led_event(tx, actor, occurrence_id)
        found = await tx.afterwards.materials(event.activity_id, MaterialPhase.AFTER)
        lacking = await unserved(tx, event, Receivers.ALL, found)
        waiting = {to: sum(to.include(one.attendance) for one, _ in lacking) for to in Receivers}
        return AfterwardsSheet(
            event=event,
            tally=await tx.attendance.tally(occurrence_id, ["/"]),
            materials=found,
            waiting=waiting,
            feedback=await tx.afterwards.feedback_tally(occurrence_id),
            series=await tx.series.of_date(occurrence_id),
        )


async def show_feedback(storage: Storage, *, actor: Actor, occurrence_id: OccurrenceId, page: int) -> FeedbackPage:
    """The latest lines first; a page beyond is the last one. Raises NotFoundError as ``show_afterwards``."""
    async with storage.read() as tx:
        event = await led_event(tx, actor, occurrence_id)
        tally = await tx.afterwards.feedback_tally(occurrence_id)
        page = min(max(page, 0), max(0, -(-tally.lines // LINES) - 1))
        lines = await tx.afterwards.feedback_lines(occurrence_id, offset=page * LINES, limit=LINES)
    return FeedbackPage(event, tally, lines, page)


async def switch_afterwards(
    storage: Storage,
    *,
    actor: Actor,
    occurrence_id: OccurrenceId,
    asks_feedback: bool | None = None,
    gives_certificate: bool | None = None,
    certificate_as: CertificateFormat | None = None,
    now: datetime,
) -> EventDetails:
    """Turns them on or off, and chooses the kind of certificate; None leaves it.

    Raises NotFoundError as ``show_afterwards``.
    """
    async with storage.write() as tx:
        event = await led_event(tx, actor, occurrence_id)
        old = event.details
        new = replace(
            old,
            asks_feedback=old.asks_feedback if asks_feedback is None else asks_feedback,
            gives_certificate=old.gives_certificate if gives_certificate is None else gives_certificate,
            certificate_as=certificate_as or old.certificate_as,
        )
        if new != old:
            await tx.afterwards.set_details(event.activity_id, new)
            detail = {
                "occurrence": occurrence_id,
                "asks_feedback": new.asks_feedback,
                "gives_certificate": new.gives_certificate,
                "certificate_as": new.certificate_as.value,
            }
            act, by = "event switched", actor.person.id
            await tx.audit.record(act, by=by, unit_id=event.unit_id, detail=detail, now=now)
    return new


async def unserved(
    tx: Stores, event: EventFacts, to: Receivers, found: tuple[Material, ...]
) -> list[tuple[Receiver, list[MaterialId]]]:
    """Those of ``to`` who can be written to, each with what he has not had yet."""
    ids = [one.id for one in found]
    people = await tx.afterwards.receivers(event.occurrence_id, to) if ids else ()
    wanted = ((person, [one for one in ids if one not in person.had]) for person in people)
    return [(person, lacks) for person, lacks in wanted if lacks]
