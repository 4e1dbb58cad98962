"""A webinar is announced: everyone of its audience owes a «приду» or a «не смогу»."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.audiences import PARTS_OF
from bot.domain.calendar import WorkCalendar
from bot.domain.errors import DomainError, NotFoundError
from bot.domain.ids import ActivityId, AssignmentId, OccurrenceId, PersonId, UnitId
from bot.domain.ladder import WEBINAR_LADDER, DueMoment, first_notice_at
from bot.domain.matters import ActivityKind, AnsweredBy, Assignment, Audience, Matter, OccurrenceState
from bot.domain.network import Actor, Role, Unit
from bot.domain.quiet import Reader
from bot.domain.webinars import BadWebinarError, WebinarDraft, WebinarProblem
from bot.ports.matters import AudienceSize, NewActivity, NewOccurrence
from bot.ports.storage import Storage, Stores
from bot.services.open_activity import open_activity


class NobodyInvitedError(DomainError):
    """The audience has nobody in it."""


@dataclass(frozen=True, slots=True)
class WebinarAudience:
    """``parts``: what can be chosen below the unit, by title; empty below a school."""

    unit: Unit
    parts: tuple[Unit, ...]
    audience: Audience
    size: AudienceSize


@dataclass(frozen=True, slots=True)
class WebinarPreview:
    """``matter`` is what a reader will see; ``first_at`` when the first message comes to the readers of each zone."""

    matter: Matter
    size: AudienceSize
    first_at: Mapping[str, datetime]


@dataclass(frozen=True, slots=True)
class AnnouncedWebinar:
    """``is_repeat``: it had been announced in this dialogue before, and nothing was done now."""

    occurrence_id: OccurrenceId
    size: AudienceSize
    is_repeat: bool


async def webinar_places(storage: Storage, *, actor: Actor) -> tuple[Unit, ...]:
    """The units in whose name the actor may announce: what he coordinates; for the owner the roots of the network."""
    if actor.coordinated:
        return actor.coordinated
    if not actor.is_owner:
        return ()
    async with storage.read() as tx:
        return tuple(await tx.units.children(None))


async def webinar_audience(storage: Storage, *, actor: Actor, audience: Audience, unit_id: UnitId) -> WebinarAudience:
    """Who would be invited, and what there is to choose from. Raises NotFoundError outside the actor's part."""
    async with storage.read() as tx:
        unit = await _managed_unit(tx, actor, unit_id)
        kind = PARTS_OF[unit.kind]
        parts = await tx.units.subtree([unit.path], kind) if kind else ()
        by_title = tuple(sorted(parts, key=lambda part: part.title))
        return WebinarAudience(unit, by_title, audience, await tx.matters.audience_size([audience]))


async def preview_webinar(storage: Storage, *, actor: Actor, draft: WebinarDraft, now: datetime) -> WebinarPreview:
    """What «Объявить» would send at this moment. Raises NotFoundError, BadWebinarError when it would have begun."""
    _ensure_ahead(draft, now)
    async with storage.read() as tx:
        unit = await _checked(tx, actor, draft)
        zones = await tx.matters.zones_of([draft.audience])
        size = await tx.matters.audience_size([draft.audience])
    return WebinarPreview(_as_read(draft, unit), size, _first_notices(draft, zones, now))


async def announce_webinar(
    storage: Storage, *, actor: Actor, draft: WebinarDraft, source: str, now: datetime
) -> AnnouncedWebinar:
    """Opens the webinar for everyone of its audience, in one transaction; the planner sends the announcement.

    ``source`` names the dialogue: what was announced in it is not announced again. Raises NotFoundError outside the
    actor's part of the network, NobodyInvitedError, BadWebinarError when its hour has come meanwhile.
    """
    async with storage.write() as tx:
        unit = await _checked(tx, actor, draft)
        size = await tx.matters.audience_size([draft.audience])
        before = await tx.webinars.announced(source)
        if before is not None:
            return AnnouncedWebinar(before, size, is_repeat=True)
        _ensure_ahead(draft, now)
        if size.people == 0:
            raise NobodyInvitedError(f"unit {unit.id}")
        await open_activity(tx, _activity(draft, actor, source), [_date(draft)], now=now)
        occurrence_id = await tx.webinars.announced(source)
        assert occurrence_id is not None, "it was opened in this very transaction"
        detail = {"occurrence": occurrence_id, "people": size.people}
        await tx.audit.record("webinar announced", by=actor.person.id, unit_id=unit.id, detail=detail, now=now)
    return AnnouncedWebinar(occurrence_id, size, is_repeat=False)


def everyone_of(unit_id: UnitId) -> Audience:
    """What the choice of an audience begins with: the teachers of the whole unit."""
    return Audience((unit_id,), AnsweredBy.PERSON, (Role.TEACHER,))


async def _managed_unit(tx: Stores, actor: Actor, unit_id: UnitId) -> Unit:
    unit = await tx.units.get(unit_id)
    if unit is None or not actor.can_manage(unit.path):
        raise NotFoundError(f"unit {unit_id} for person {actor.person.id}")
    return unit


async def _checked(tx: Stores, actor: Actor, draft: WebinarDraft) -> Unit:
    for unit_id in draft.audience.unit_ids:
        await _managed_unit(tx, actor, unit_id)
    return await _managed_unit(tx, actor, draft.unit_id)


def _ensure_ahead(draft: WebinarDraft, now: datetime) -> None:
    if draft.beginning.at <= now:
        raise BadWebinarError(WebinarProblem.PAST)


def _first_notices(draft: WebinarDraft, zones: tuple[str, ...], now: datetime) -> dict[str, datetime]:
    """By the very rule that the planner will follow, for readers with ordinary quiet hours."""
    due = DueMoment(draft.beginning.at, draft.beginning.on, has_time=True)
    days, found = WorkCalendar(), {}
    for zone in zones:
        reader = Reader(ZoneInfo(zone))
        at = first_notice_at(WEBINAR_LADDER, due, reader, now=now, days=days)
        if at is not None:
            found[zone] = at
    return found


def _activity(draft: WebinarDraft, actor: Actor, source: str) -> NewActivity:
    return NewActivity(
        kind=ActivityKind.WEBINAR,
        unit_id=draft.unit_id,
        title=draft.title,
        audience=draft.audience,
        timezone=draft.beginning.timezone,
        created_by=actor.person.id,
        phrase=draft.beginning.phrase,
        link=draft.link,
        source=source,
    )


def _date(draft: WebinarDraft) -> NewOccurrence:
    beginning = draft.beginning
    return NewOccurrence(
        key=beginning.on.isoformat(),
        due_at=beginning.at,
        due_on=beginning.on,
        has_time=True,
        timezone=beginning.timezone,
    )


def _as_read(draft: WebinarDraft, unit: Unit) -> Matter:
    """The matter as its reader will get it: it has no ids yet, so its buttons must not be shown."""
    nobody = Assignment(AssignmentId(0), OccurrenceId(0), unit.id, PersonId(0))
    return Matter(
        assignment=nobody,
        activity_id=ActivityId(0),
        kind=ActivityKind.WEBINAR,
        title=draft.title,
        responsible="",
        result="",
        phrase=draft.beginning.phrase,
        link=draft.link,
        document=None,
        unit_title=unit.title,
        version=1,
        due_at=draft.beginning.at,
        due_on=draft.beginning.on,
        has_time=True,
        timezone=draft.beginning.timezone,
        state=OccurrenceState.OPEN,
    )
