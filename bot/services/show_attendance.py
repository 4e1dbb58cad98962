"""Who was at an event: all of them to the side that leads it, his own people to a coordinator."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.attendance import OPENS_BEFORE, AttendanceTally
from bot.domain.errors import NotFoundError
from bot.domain.ids import AssignmentId, OccurrenceId, UnitId
from bot.domain.matters import OccurrenceState
from bot.domain.name_forms import has_words
from bot.domain.network import Actor
from bot.ports.attendance import (
    Attendee,
    EventAttendance,
    EventFacts,
    PastMark,
    PersonAttendance,
    UnitAttendance,
    Visit,
)
from bot.ports.storage import Storage, Stores

ATTENDEES = 8
UNITS = 8
VISITS = 10
EVENTS = 5
PEOPLE = 20


@dataclass(frozen=True, slots=True)
class AttendanceSheet:
    """``is_led``: the actor's side leads the event; else the counts are of his own people only."""

    event: EventFacts
    tally: AttendanceTally
    is_led: bool


@dataclass(frozen=True, slots=True)
class AttendeePage:
    """A page of those invited, from 0; ``unit_title``: of the one school it is of; ``query``: what was looked for."""

    sheet: AttendanceSheet
    attendees: tuple[Attendee, ...]
    total: int
    page: int
    unit_id: UnitId | None = None
    unit_title: str | None = None
    query: str | None = None

    @property
    def pages(self) -> int:
        return _pages(self.total, ATTENDEES)


@dataclass(frozen=True, slots=True)
class UnitPage:
    sheet: AttendanceSheet
    units: tuple[UnitAttendance, ...]
    total: int
    page: int

    @property
    def pages(self) -> int:
        return _pages(self.total, UNITS)


@dataclass(frozen=True, slots=True)
class Trace:
    """One person at one event, with everything that was ever said of it."""

    sheet: AttendanceSheet
    attendee: Attendee
    marks: tuple[PastMark, ...]


@dataclass(frozen=True, slots=True)
class VisitPage:
    visits: tuple[Visit, ...]
    tally: AttendanceTally
    page: int

    @property
    def pages(self) -> int:
        return _pages(self.tally.total, VISITS)


@dataclass(frozen=True, slots=True)
class EventPage:
    events: tuple[EventAttendance, ...]
    total: int
    page: int

    @property
    def pages(self) -> int:
        return _pages(self.total, EVENTS)


@dataclass(frozen=True, slots=True)
class PeoplePage:
    people: tuple[PersonAttendance, ...]
    total: int
    page: int

    @property
    def pages(self) -> int:
        return _pages(self.total, PEOPLE)


async def show_attendance(storage: Storage, *, actor: Actor, occurrence_id: OccurrenceId) -> AttendanceSheet:
    """Raises NotFoundError where the actor neither leads the event nor has people at it."""
    async with storage.read() as tx:
        return await _sheet(tx, actor, occurrence_id)


async def list_attendees(
    storage: Storage,
    *,
    actor: Actor,
    occurrence_id: OccurrenceId,
    page: int = 0,
    unit_id: UnitId | None = None,
    query: str | None = None,
) -> AttendeePage:
    """Those invited, by school and name; of one school, or those whose name begins so. A page beyond is the last one.

    Raises NotFoundError as ``show_attendance``.
    """
    async with storage.read() as tx:
        sheet = await _sheet(tx, actor, occurrence_id)
        paths = _paths(actor, sheet)
        if unit_id is None and query is None:  # of an event with thousands a page alone is read
            page = _within(page, _pages(sheet.tally.total, ATTENDEES))
            shown = await tx.attendance.attendees(occurrence_id, paths, offset=page * ATTENDEES, limit=ATTENDEES)
            return AttendeePage(sheet, shown, sheet.tally.total, page)
        found = await tx.attendance.attendees(occurrence_id, paths, unit_id=unit_id)
    if query is not None:
        found = tuple(one for one in found if has_words(one.full_name, query))
    page = _within(page, _pages(len(found), ATTENDEES))
    shown = found[page * ATTENDEES : (page + 1) * ATTENDEES]
    title = found[0].unit_title if unit_id is not None and found else None
    return AttendeePage(sheet, shown, len(found), page, unit_id, title, query)


async def list_schools(storage: Storage, *, actor: Actor, occurrence_id: OccurrenceId, page: int = 0) -> UnitPage:
    """The schools of those invited, with their counts. Raises NotFoundError as ``show_attendance``."""
    async with storage.read() as tx:
        sheet = await _sheet(tx, actor, occurrence_id)
        found = await tx.attendance.units(occurrence_id, _paths(actor, sheet))
    page = _within(page, _pages(len(found), UNITS))
    return UnitPage(sheet, found[page * UNITS : (page + 1) * UNITS], len(found), page)


async def show_trace(storage: Storage, *, actor: Actor, assignment_id: AssignmentId) -> Trace:
    """Raises NotFoundError where the person is neither at an event that the actor leads nor one of his own people."""
    async with storage.read() as tx:
        found = await tx.attendance.attendee(assignment_id)
        if found is None:
            raise NotFoundError(f"assignment {assignment_id}")
        sheet = await _sheet(tx, actor, found[0])
        unit = await tx.units.get(found[1].unit_id)
        if not sheet.is_led and (unit is None or not actor.can_manage(unit.path)):
            raise NotFoundError(f"assignment {assignment_id} for person {actor.person.id}")
        return Trace(sheet, found[1], await tx.attendance.marks(assignment_id))


async def show_visits(storage: Storage, *, actor: Actor, page: int, now: datetime) -> VisitPage:
    """The actor's own record, the latest event first."""
    page = max(page, 0)
    async with storage.read() as tx:
        visits, tally = await tx.attendance.visits(actor.person.id, before=now, offset=page * VISITS, limit=VISITS)
    return VisitPage(visits, tally, page)


async def list_past_events(storage: Storage, *, actor: Actor, page: int, now: datetime) -> EventPage:
    """The events that people of the actor's part of the network were invited to, with the counts of these people.

    Those whose door is open are among them: that is when the leader looks for the list.
    """
    page = max(page, 0)
    async with storage.read() as tx:
        events, total = await tx.attendance.past_events(
            _own_paths(actor), before=now + OPENS_BEFORE, offset=page * EVENTS, limit=EVENTS
        )
    return EventPage(events, total, page)


async def list_people_attendance(storage: Storage, *, actor: Actor, page: int, now: datetime) -> PeoplePage:
    """The people of the actor's part of the network, each with the counts of his events."""
    page = max(page, 0)
    async with storage.read() as tx:
        people, total = await tx.attendance.people(_own_paths(actor), before=now, offset=page * PEOPLE, limit=PEOPLE)
    return PeoplePage(people, total, page)


async def _sheet(tx: Stores, actor: Actor, occurrence_id: OccurrenceId) -> AttendanceSheet:
    event = await tx.attendance.event(occurrence_id)
    if event is None or event.state is not OccurrenceState.OPEN:
        raise NotFoundError(f"occurrence {occurrence_id}")
    is_led = actor.can_manage(event.unit_path)
    tally = await tx.attendance.tally(occurrence_id, ["/"] if is_led else _own_paths(actor))
    if not is_led and not tally.total:
        raise NotFoundError(f"occurrence {occurrence_id} for person {actor.person.id}")
    return AttendanceSheet(event, tally, is_led)


def _paths(actor: Actor, sheet: AttendanceSheet) -> Sequence[str]:
    return ["/"] if sheet.is_led else _own_paths(actor)


def _own_paths(actor: Actor) -> Sequence[str]:
    return ["/"] if actor.is_owner else [unit.path for unit in actor.coordinated]


def _pages(total: int, size: int) -> int:
    return max(1, -(-total // size))


def _within(page: int, pages: int) -> int:
    return min(max(page, 0), pages - 1)
