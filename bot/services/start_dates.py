"""New dates of a planned activity: an event has come, a new term begins, a schedule is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.awaiting import Awaited, awaited, event_of, with_event
from bot.domain.drafts import PlannedDate
from bot.domain.errors import DomainError, OutdatedError
from bot.domain.ids import ActivityId, OccurrenceId
from bot.domain.matters import ActivityState, Occurrence, OccurrenceState
from bot.domain.network import Actor
from bot.domain.terms.model import Term
from bot.domain.terms.occurrences import day_of
from bot.ports.matters import NewOccurrence, OpenedActivity
from bot.ports.storage import Storage, Stores
from bot.services.foresee_notices import Foreseen, foresee
from bot.services.move_occurrence import PastDateError, managed_date, move_within
from bot.services.name_dates import NamedDates, understand_dates
from bot.services.show_plan import managed_activity, version_of


class ActivityChangedError(OutdatedError):
    """Its dates are not those that the preview showed; nothing was done."""

    def __init__(self, activity_id: ActivityId) -> None:
        super().__init__(f"activity {activity_id} has other dates")
        self.activity_id = activity_id


class NothingNewError(DomainError):
    """All the dates that were named stand already, or are over."""


@dataclass(frozen=True, slots=True)
class StartPreview:
    """``dates`` would be opened (one that is over only where an event gives it); ``known`` stand already."""

    opened: OpenedActivity
    asked: Awaited
    named: NamedDates
    dates: tuple[PlannedDate, ...]
    known: tuple[PlannedDate, ...]
    foreseen: Foreseen
    version: int


@dataclass(frozen=True, slots=True)
class CorrectionPreview:
    """``old`` would move to ``date``, or be called off where that stands already (``is_merge``).

    ``told``: how many messages about it have gone out.
    """

    opened: OpenedActivity
    named: NamedDates
    old: Occurrence
    date: PlannedDate
    is_merge: bool
    told: int
    version: int


@dataclass(frozen=True, slots=True)
class Started:
    """``dates``: what was opened now; ``is_repeat``: all of them stood already."""

    dates: tuple[PlannedDate, ...]
    is_repeat: bool


async def preview_start(
    storage: Storage, *, actor: Actor, activity_id: ActivityId, words: str, read_at: datetime, now: datetime
) -> StartPreview:
    """What the words, typed at ``read_at``, would open.

    Raises as ``understand_dates``, PastDateError, NotFoundError.
    """
    async with storage.read() as tx:
        opened = await managed_activity(tx, actor, activity_id)
        named = _understood(opened, words, read_at, now)
        new, known = _sorted_out(opened, named)
        ladder = opened.activity.ladder
        foreseen = await foresee(tx, [opened.activity.audience], [(due, ladder) for due in new], now=now)
    return StartPreview(opened, asked_of(opened), named, new, known, foreseen, version_of(opened))


async def start_dates(
    storage: Storage,
    *,
    actor: Actor,
    activity_id: ActivityId,
    version: int,
    words: str,
    read_at: datetime,
    now: datetime,
) -> Started:
    """Opens what the preview showed; everyone of the audience owes it. A second tap opens nothing.

    Raises as ``preview_start``, ActivityChangedError, NothingNewError.
    """
    async with storage.write() as tx:
        opened = await managed_activity(tx, actor, activity_id)
        named = _understood(opened, words, read_at, now)
        new, known = _sorted_out(opened, named)
        if not new:
            if not known:
                raise NothingNewError(f"activity {activity_id}")
            return Started(known, is_repeat=True)
        if version_of(opened) != version or opened.activity.state is not ActivityState.ACTIVE:
            raise ActivityChangedError(activity_id)
        added = await open_more(tx, opened, new, now=now)
        event = event_of(named.term) if named.awaited is Awaited.EVENT else None
        if event is not None:
            await tx.matters.note_event(activity_id, event)
        detail = {"activity": activity_id, "occurrences": list(added), "event": event and event.isoformat()}
        unit_id = opened.activity.unit_id
        await tx.audit.record("dates added", by=actor.person.id, unit_id=unit_id, detail=detail, now=now)
    return Started(new, is_repeat=False)


async def preview_correction(
    storage: Storage, *, actor: Actor, activity_id: ActivityId, words: str, read_at: datetime, now: datetime
) -> CorrectionPreview:
    """Where the date of the last event would move. Raises as ``preview_start``, OutdatedError where it is gone."""
    async with storage.read() as tx:
        opened = await managed_activity(tx, actor, activity_id)
        old, named, due = _corrected(opened, words, read_at, now)
        facts = await tx.matters.occurrence_facts(old.id)
        assert facts is not None, "an occurrence of the activity"
    is_merge = stands_already(opened, old, due)
    return CorrectionPreview(opened, named, old, due, is_merge, facts.told, version_of(opened))


async def correct_event(
    storage: Storage,
    *,
    actor: Actor,
    activity_id: ActivityId,
    version: int,
    words: str,
    read_at: datetime,
    now: datetime,
) -> PlannedDate:
    """The event was on another day: its date moves there, and those who were told hear of it.

    Raises as ``preview_correction``, ActivityChangedError, PastDateError.
    """
    async with storage.write() as tx:
        opened = await managed_activity(tx, actor, activity_id)
        named = _understood(opened, words, read_at, now)
        if opened.activity.event_on == event_of(named.term):
            return (named.ahead or named.over)[0]
        if version_of(opened) != version:
            raise ActivityChangedError(activity_id)
        old, named, due = _corrected(opened, words, read_at, now)
        if stands_already(opened, old, due):
            await tx.matters.cancel_occurrence(old.id, from_version=old.version)
        elif (old.due_at, old.has_time) != (due.due_at, due.has_time):
            facts = await managed_date(tx, actor, old.id)
            await move_within(tx, facts, actor=actor, version=old.version, to=due, now=now)
        event = event_of(named.term)
        assert event is not None, "what was corrected is the day of the event"
        await tx.matters.note_event(activity_id, event)
        detail = {"activity": activity_id, "event": event.isoformat(), "was": str(opened.activity.event_on)}
        unit_id = opened.activity.unit_id
        await tx.audit.record("event corrected", by=actor.person.id, unit_id=unit_id, detail=detail, now=now)
    return due


async def open_more(
    tx: Stores, opened: OpenedActivity, dates: tuple[PlannedDate, ...], *, now: datetime
) -> tuple[OccurrenceId, ...]:
    """Gives an activity more dates, which its audience owes, inside the caller's transaction.

    A date that was called off, or moved away, is opened again as another one.
    """
    # The place in the list keeps the key new where a date of the same day was moved away or called off.
    count = len(opened.occurrences)
    new = [
        NewOccurrence(f"{due.key} +{count + place}", due.due_at, due.due_on, due.has_time, due.timezone)
        for place, due in enumerate(dates)
    ]
    activity = opened.activity
    added = await tx.matters.add_occurrences(activity.id, new, now=now)
    await tx.matters.assign(activity.id, activity.audience, since=min(due.due_at for due in dates), now=now)
    return added


def asked_of(opened: OpenedActivity) -> Awaited:
    """What is asked where a date is added: the event, the schedule, or, of any other activity, one more date."""
    found = awaited(Term.from_json(opened.activity.term)) if opened.activity.term else None
    return found if found in (Awaited.EVENT, Awaited.SCHEDULE) else Awaited.START


def date_of_event(opened: OpenedActivity) -> Occurrence | None:
    """The open date that the last event gave; None where it was moved by hand, called off, or counted in hours."""
    event = opened.activity.event_on
    settled = None if event is None else with_event(Term.from_json(opened.activity.term), event)
    if settled is None:
        return None
    ends = {day_of(part.end) for part in settled.term.parts or (settled.term,) if part.offset is not None}
    found = [date for date in opened.occurrences if date.state is OccurrenceState.OPEN and date.due_on in ends]
    return found[-1] if found else None


def stands_already(opened: OpenedActivity, old: Occurrence, due: PlannedDate) -> bool:
    """Whether another event has given that very date: then the wrong one is not moved there but called off."""
    return any(
        found.id != old.id
        and (found.state, found.due_at, found.has_time) == (OccurrenceState.OPEN, due.due_at, due.has_time)
        for found in opened.occurrences
    )


def _understood(opened: OpenedActivity, words: str, read_at: datetime, now: datetime) -> NamedDates:
    activity = opened.activity
    asked = asked_of(opened)
    term = Term.from_json(activity.term)
    named = understand_dates(term, words, asked=asked, zone=ZoneInfo(activity.timezone), read_at=read_at, now=now)
    if asked is Awaited.START and not named.ahead:
        raise PastDateError(words)
    return named


def _sorted_out(opened: OpenedActivity, named: NamedDates) -> tuple[tuple[PlannedDate, ...], tuple[PlannedDate, ...]]:
    """The dates that are to be opened, and those that stand already. Only an event opens what is over."""
    wanted = named.ahead or named.over if named.awaited is Awaited.EVENT else named.ahead
    standing = {(at.due_at, at.has_time) for at in opened.occurrences if at.state is OccurrenceState.OPEN}
    new = tuple(due for due in wanted if (due.due_at, due.has_time) not in standing)
    return new, tuple(due for due in wanted if due not in new)


def _corrected(
    opened: OpenedActivity, words: str, read_at: datetime, now: datetime
) -> tuple[Occurrence, NamedDates, PlannedDate]:
    old = date_of_event(opened)
    if old is None:
        raise OutdatedError(f"the date of the event of activity {opened.activity.id} is gone")
    named = _understood(opened, words, read_at, now)
    if not named.ahead:
        raise PastDateError(words)
    return old, named, named.ahead[0]
