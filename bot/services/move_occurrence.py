"""A date is put on another moment; those who were told hear of it from the planner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain.broadcasts import BroadcastKind
from bot.domain.drafts import PlannedDate
from bot.domain.errors import DomainError, NotFoundError, OutdatedError
from bot.domain.events import end_after_move
from bot.domain.ids import OccurrenceId
from bot.domain.matters import ActivityKind, OccurrenceState
from bot.domain.network import Actor
from bot.ports.matters import OccurrenceFacts
from bot.ports.storage import Storage, Stores
from bot.services.follow_substitution import withdraw_all
from bot.services.keep_seats import retime_offers
from bot.services.refresh_messages import refresh_questions
from bot.services.watch_news import watch_news


class DateClosedError(DomainError):
    """The date is cancelled or closed: it is moved and cancelled no more."""


class PastDateError(DomainError):
    """Nothing is moved to a moment that has passed."""


@dataclass(frozen=True, slots=True)
class MovedOccurrence:
    """``told``: how many messages about it had gone out; ``cleared``: how many answers do not count any more."""

    occurrence_id: OccurrenceId
    told: int
    cleared: int
    is_repeat: bool


async def move_occurrence(
    storage: Storage,
    *,
    actor: Actor,
    occurrence_id: OccurrenceId,
    version: int,
    due_at: datetime,
    due_on: date,
    has_time: bool,
    now: datetime,
    ends_at: datetime | None = None,
) -> MovedOccurrence:
    """Moves a date: its version grows, so that what was planned for the old one is not sent and old buttons do nothing.

    Who said «Приду» to a webinar still comes when only the hour changes; on another day everybody is asked anew, and
    the old answers stay in the history. A seat on offer waits by the new hour. What was done of a task stays done.
    Moving to the same moment again (a second tap, a crash) changes nothing. An event keeps its length unless
    ``ends_at`` names another end.

    Raises NotFoundError outside the actor's part of the network, DateClosedError, OutdatedError, PastDateError.
    """
    async with storage.write() as tx:
        facts = await managed_date(tx, actor, occurrence_id)
        to = PlannedDate(due_at, due_on, has_time, facts.occurrence.timezone)
        return await move_within(tx, facts, actor=actor, version=version, to=to, now=now, ends_at=ends_at)


async def move_within(
    tx: Stores,
    facts: OccurrenceFacts,
    *,
    actor: Actor,
    version: int,
    to: PlannedDate,
    now: datetime,
    ends_at: datetime | None = None,
    is_watched: bool = True,
) -> MovedOccurrence:
    """The same inside the caller's transaction; the caller has checked the rights. ``is_watched``: False where the
    actor watches already how those who were told hear of it."""
    old = facts.occurrence
    if ends_at is None and old.ends_at is not None:
        ends_at = end_after_move(old.ends_at, begins_from=old.due_at, begins_to=to.due_at, zone=ZoneInfo(old.timezone))
    moment = (to.due_at, to.has_time, ends_at)
    if (old.due_at, old.has_time, old.ends_at) == moment and old.state is OccurrenceState.OPEN:
        return MovedOccurrence(old.id, facts.told, cleared=0, is_repeat=True)
    ensure_current(facts, version)
    if to.due_at <= now:
        raise PastDateError(f"occurrence {old.id} to {to.due_at}")
    await tx.matters.move(
        old.id,
        from_version=version,
        due_at=to.due_at,
        due_on=to.due_on,
        has_time=to.has_time,
        ends_at=ends_at,
    )
    cleared = 0
    if facts.activity.kind is ActivityKind.WEBINAR and to.due_on != old.due_on:
        cleared = await _ask_anew(tx, old.id, actor=actor, now=now)
    elif facts.activity.kind is ActivityKind.WEBINAR:
        await retime_offers(tx, old.id, now=now)
        await refresh_questions(tx, old.id, version=version + 1, now=now)
    detail = {"occurrence": old.id, "from": old.due_at.isoformat(), "to": to.due_at.isoformat()}
    unit_id = facts.activity.unit_id
    if is_watched:
        await watch_news(tx, BroadcastKind.MOVED, facts.activity, by=actor.person.id, now=now)
    await tx.audit.record("date moved", by=actor.person.id, unit_id=unit_id, detail=detail, now=now)
    return MovedOccurrence(old.id, facts.told, cleared, is_repeat=False)


async def managed_date(tx: Stores, actor: Actor, occurrence_id: OccurrenceId) -> OccurrenceFacts:
    """A date of any state, checked against the actor's part of the network. Raises NotFoundError."""
    facts = await tx.matters.occurrence_facts(occurrence_id)
    if facts is None or not actor.can_manage(facts.unit_path):
        raise NotFoundError(f"occurrence {occurrence_id} for person {actor.person.id}")
    return facts


def ensure_current(facts: OccurrenceFacts, version: int) -> None:
    """Raises DateClosedError, or OutdatedError where the date has moved since the button was shown."""
    if facts.occurrence.state is not OccurrenceState.OPEN:
        raise DateClosedError(f"occurrence {facts.occurrence.id} is {facts.occurrence.state}")
    if facts.occurrence.version != version:
        raise OutdatedError(f"occurrence {facts.occurrence.id}: version {version} of {facts.occurrence.version}")


async def _ask_anew(tx: Stores, occurrence_id: OccurrenceId, *, actor: Actor, now: datetime) -> int:
    """Who comes on one day may not come on another; returns how many answers do not count any more."""
    cleared = await tx.replies.clear_answers(occurrence_id)
    await tx.attendance.clear(occurrence_id, by=actor.person.id, now=now)
    await withdraw_all(tx, occurrence_id, now=now)
    await tx.seats.clear(occurrence_id)
    return cleared
