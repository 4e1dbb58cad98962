"""A series of events as one thing: to its organiser, to a coordinator of some of its people, to one of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.errors import NotFoundError
from bot.domain.events import Attendance, MaterialPhase
from bot.domain.ids import ActivityId, AssignmentId, SeriesId
from bot.domain.matters import OccurrenceState
from bot.domain.network import Actor
from bot.ports.afterwards import Material
from bot.ports.series import SeriesDate, SeriesFacts, SeriesPerson, SeriesVisit
from bot.ports.storage import Storage, Stores

DATES = 10
MISSED = 5


@dataclass(frozen=True, slots=True)
class SeriesSheet:
    """``turnout``: how many people were at exactly so many of its events that have begun."""

    series: SeriesFacts
    dates: tuple[SeriesDate, ...]
    begun: int
    turnout: Mapping[int, int]
    page: int

    @property
    def pages(self) -> int:
        return max(1, -(-len(self.dates) // DATES))

    @property
    def shown(self) -> Sequence[SeriesDate]:
        return self.dates[self.page * DATES : (self.page + 1) * DATES]


@dataclass(frozen=True, slots=True)
class SeriesExport:
    """The people of the actor's part by the events that were not called off."""

    series: SeriesFacts
    dates: tuple[SeriesDate, ...]
    people: tuple[SeriesPerson, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class MissedEvent:
    """``recordings``: what was sent round after it."""

    visit: SeriesVisit
    recordings: tuple[Material, ...]


@dataclass(frozen=True, slots=True)
class MissedPage:
    events: tuple[MissedEvent, ...]
    total: int
    page: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // MISSED))


@dataclass(frozen=True, slots=True)
class MySeries:
    """One's own events of a series; of those past without a mark of presence the recordings too."""

    series: SeriesFacts
    visits: tuple[SeriesVisit, ...]
    present: int
    begun: int
    recordings: Mapping[ActivityId, tuple[Material, ...]]


async def show_series(
    storage: Storage, *, actor: Actor, series_id: SeriesId, page: int = 0, now: datetime
) -> SeriesSheet:
    """Whole to the side that leads it, else the counts of the actor's own people.

    Raises NotFoundError where he neither leads it nor has people in it.
    """
    async with storage.read() as tx:
        series, paths = await _visible(tx, actor, series_id)
        dates = await tx.series.dates(series_id, paths)
        turnout = await tx.series.turnout(series_id, paths, now=now)
    begun = sum(one.state is OccurrenceState.OPEN and one.due_at <= now for one in dates)
    page = min(max(page, 0), max(0, -(-len(dates) // DATES) - 1))
    return SeriesSheet(series, dates, begun, turnout, page)


async def export_series(storage: Storage, *, actor: Actor, series_id: SeriesId, now: datetime) -> SeriesExport:
    """Raises NotFoundError as ``show_series``. Names leave the bot, so it is audited."""
    async with storage.write() as tx:
        series, paths = await _visible(tx, actor, series_id)
        dates = await tx.series.dates(series_id, paths)
        people = await tx.series.people(series_id, paths)
        detail, by = {"series": series_id, "people": len(people)}, actor.person.id
        await tx.audit.record("attendance exported", by=by, unit_id=series.unit_id, detail=detail, now=now)
    return SeriesExport(series, tuple(one for one in dates if one.state is OccurrenceState.OPEN), people)


async def my_series(storage: Storage, *, actor: Actor, assignment_id: AssignmentId, now: datetime) -> MySeries:
    """The series of one of the actor's events. Raises NotFoundError where it is of none, or not his."""
    async with storage.read() as tx:
        found = await tx.attendance.attendee(assignment_id)
        series = None if found is None else await tx.series.of_date(found[0])
        visits = () if series is None else await tx.series.visits(series.id, actor.person.id)
        if series is None or not visits:
            raise NotFoundError(f"series of assignment {assignment_id} for person {actor.person.id}")
        begun = [one for one in visits if one.due_at <= now]
        present = sum(one.attendance is Attendance.PRESENT for one in begun)
        missed = [one for one in begun if one.attendance is not Attendance.PRESENT]
        recordings = {one.activity_id: await _recordings(tx, one.activity_id) for one in missed}
    return MySeries(series, visits, present, len(begun), recordings)


async def next_to_answer(
    storage: Storage, *, actor: Actor, assignment_id: AssignmentId, now: datetime
) -> SeriesVisit | None:
    """The next event of the same series that the actor has not answered yet; None where there is none, or no series.

    The later ones first, then those that were passed over.
    """
    async with storage.read() as tx:
        found = await tx.attendance.attendee(assignment_id)
        series = None if found is None else await tx.series.of_date(found[0])
        visits = () if series is None else await tx.series.visits(series.id, actor.person.id)
    places = {one.assignment_id: place for place, one in enumerate(visits)}
    here = places.get(assignment_id, -1)
    asked = [one for one in visits if one.answer is None and one.due_at > now and one.assignment_id != assignment_id]
    return min(asked, key=lambda one: (places[one.assignment_id] < here, places[one.assignment_id]), default=None)


async def list_missed(storage: Storage, *, actor: Actor, page: int, now: datetime) -> MissedPage:
    """The actor's past events where he was not, the latest first, each with its recordings."""
    async with storage.read() as tx:
        found, total = await tx.series.missed(actor.person.id, before=now, offset=max(page, 0) * MISSED, limit=MISSED)
        page = min(max(page, 0), max(0, -(-total // MISSED) - 1))
        if not found and total:
            found, _ = await tx.series.missed(actor.person.id, before=now, offset=page * MISSED, limit=MISSED)
        events = tuple([MissedEvent(one, await _recordings(tx, one.activity_id)) for one in found])
    return MissedPage(events, total, page)


async def _visible(tx: Stores, actor: Actor, series_id: SeriesId) -> tuple[SeriesFacts, list[str]]:
    series = await tx.series.get(series_id)
    if series is None:
        raise NotFoundError(f"series {series_id}")
    if actor.can_manage(series.unit_path):
        return series, ["/"]
    paths = [unit.path for unit in actor.coordinated]
    if not paths or not await tx.series.has_people(series_id, paths):
        raise NotFoundError(f"series {series_id} for person {actor.person.id}")
    return series, paths


async def _recordings(tx: Stores, activity_id: ActivityId) -> tuple[Material, ...]:
    found = await tx.afterwards.materials(activity_id, MaterialPhase.AFTER)
    return tuple(one for one in found if one.told_at is not None)
