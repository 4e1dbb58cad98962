"""An event, or a series of them, is announced: everyone of its audience owes a «приду» or a «не смогу»."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.attendance import another_word
from bot.domain.broadcasts import BroadcastKind, NewBroadcast
from bot.domain.errors import DomainError
from bot.domain.event_drafts import EventDate, EventDraft, Missing
from bot.domain.events import EventDetails
from bot.domain.ids import OccurrenceId, SeriesId
from bot.domain.matters import ActivityKind
from bot.domain.network import Actor
from bot.domain.webinars import BadWebinarError, WebinarProblem
from bot.ports.matters import AudienceSize, NewActivity, NewOccurrence
from bot.ports.storage import Storage, Stores
from bot.services.open_activity import announce_activity, open_activity
from bot.services.show_audience import addressing_unit


class NobodyInvitedError(DomainError):
    """The audience has nobody in it."""


class UnfinishedError(DomainError):
    """The draft lacks what no event can do without."""

    def __init__(self, missing: tuple[Missing, ...]) -> None:
        super().__init__(f"the event lacks {', '.join(missing)}")
        self.missing = missing


@dataclass(frozen=True, slots=True)
class AnnouncedEvent:
    """``occurrence_ids``: one for each date, in their order; ``series_id`` where there are several.

    ``is_repeat``: it had been announced of this source before, and nothing was done now.
    """

    occurrence_ids: tuple[OccurrenceId, ...]
    series_id: SeriesId | None
    size: AudienceSize
    is_repeat: bool

    @property
    def occurrence_id(self) -> OccurrenceId:
        """The first date."""
        return self.occurrence_ids[0]


async def announce_event(
    storage: Storage, *, actor: Actor, draft: EventDraft, source: str, now: datetime
) -> AnnouncedEvent:
    """Opens the event for everyone of its audience, in one transaction; the planner sends the announcement.

    Several dates open a series of events, of which everybody is told in one message. ``source`` (at most 48
    characters) names the draft: what was announced of it is not announced again. Raises NotFoundError outside the
    actor's part of the network, UnfinishedError, NobodyInvitedError, BadWebinarError when an hour has come meanwhile.
    """
    async with storage.write() as tx:
        return await announce_within(tx, actor=actor, draft=draft, source=source, now=now)


async def announce_within(tx: Stores, *, actor: Actor, draft: EventDraft, source: str, now: datetime) -> AnnouncedEvent:
    """The same inside the caller's transaction."""
    unit = await addressing_unit(tx, actor, draft.unit_id, draft.audience)
    size = await tx.matters.audience_size([draft.audience])
    before = await _announced(tx, source)
    if before is not None:
        return AnnouncedEvent(before[1], before[0], size, is_repeat=True)
    ensure_ready(draft, now)
    if size.people == 0:
        raise NobodyInvitedError(f"unit {unit.id}")
    await _open(tx, actor, draft, source, now)
    opened = await _announced(tx, source)
    assert opened is not None, "it was opened in this very transaction"
    series_id, occurrence_ids = opened
    detail = {"occurrence": occurrence_ids[0], "people": size.people, "dates": len(occurrence_ids)}
    await tx.audit.record("webinar announced", by=actor.person.id, unit_id=unit.id, detail=detail, now=now)
    return AnnouncedEvent(occurrence_ids, series_id, size, is_repeat=False)


def ensure_ready(draft: EventDraft, now: datetime) -> None:
    """Raises UnfinishedError, or BadWebinarError where a date is not ahead."""
    if draft.missing:
        raise UnfinishedError(draft.missing)
    if any(date.at <= now for date in draft.dates):
        raise BadWebinarError(WebinarProblem.PAST)


async def _announced(tx: Stores, source: str) -> tuple[SeriesId | None, tuple[OccurrenceId, ...]] | None:
    single = await tx.webinars.announced(source)
    return (None, (single,)) if single is not None else await tx.announcing.series_of(source)


async def _open(tx: Stores, actor: Actor, draft: EventDraft, source: str, now: datetime) -> None:
    by = actor.person.id
    series_id = None
    if draft.is_series:
        title = draft.series_title
        series_id = await tx.announcing.add_series(draft.unit_id, title, source=source, created_by=by, now=now)
        whole = NewBroadcast(BroadcastKind.EVENT, title, by, draft.unit_id, series_id=series_id)
        await tx.broadcasts.begin(whole, now=now)
    dates = zip(draft.event_titles, draft.dates, _details_of_dates(draft), strict=True)
    for place, (title, date, details) in enumerate(dates, start=1):
        activity = NewActivity(
            kind=ActivityKind.WEBINAR,
            unit_id=draft.unit_id,
            title=title,
            audience=draft.audience,
            timezone=date.timezone,
            created_by=by,
            phrase=date.phrase,
            link=draft.link,
            source=source if series_id is None else f"{source}:{place}",
            event=details,
            series_id=series_id,
            series_place=None if series_id is None else place,
        )
        activity_id = await open_activity(tx, activity, [new_date(date)], now=now)
        await tx.announcing.add_materials(activity_id, draft.materials, by=by, now=now)
        if series_id is None:
            await announce_activity(tx, activity_id, activity, now=now)


def _details_of_dates(draft: EventDraft) -> list[EventDetails]:
    """Of each date: an invented code word is the first one's, and every other gets another."""
    known = draft.details
    if known.code_word is None or not known.has_own_words:
        return [known] * len(draft.dates)
    words = [known.code_word]
    while len(words) < len(draft.dates):
        words.append(another_word(words))
    return [replace(known, code_word=word) for word in words]


def new_date(date: EventDate) -> NewOccurrence:
    """The date as it is opened."""
    return NewOccurrence(
        key=date.on.isoformat(),
        due_at=date.at,
        due_on=date.on,
        has_time=True,
        timezone=date.timezone,
        ends_at=date.ends_at,
    )
