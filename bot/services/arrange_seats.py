"""The organiser's own hand on the seats: the two lists, who is moved between them, another number of seats."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.domain.errors import DomainError, NotFoundError
from bot.domain.events import Seats, SeatState
from bot.domain.ids import AssignmentId, OccurrenceId
from bot.domain.matters import Answer, Matter, OccurrenceState
from bot.domain.network import Actor
from bot.domain.seats import checked_seats
from bot.ports.seats import SeatCounts, Seated, SeatedDate
from bot.ports.storage import Storage, Stores
from bot.services.keep_seats import move_up, offer_freed, seat_notice
from bot.services.move_occurrence import DateClosedError, managed_date
from bot.services.refresh_messages import Change, refresh_standing

PAGE = 10


class SeatsFullError(DomainError):
    """All seats are taken: somebody has to give one up first, or there have to be more."""


@dataclass(frozen=True, slots=True)
class SeatList:
    """One page of the main list or of the reserve."""

    date: SeatedDate
    counts: SeatCounts
    state: SeatState
    seated: tuple[Seated, ...]
    total: int
    page: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE))


@dataclass(frozen=True, slots=True)
class ChangedSeats:
    """``moved_up``: who of the reserve got a seat by it; ``over``: how many more sit in the main list than there are
    seats now. They keep theirs: nobody is thrown out silently. ``is_repeat``: there were as many already, and nobody
    moved up now."""

    seats: Seats
    moved_up: int
    over: int
    is_repeat: bool


async def seats_of(storage: Storage, *, actor: Actor, occurrence_id: OccurrenceId) -> Seats | None:
    """How many there are; None where they are not counted. Raises NotFoundError outside the actor's part."""
    async with storage.read() as tx:
        details = (await managed_date(tx, actor, occurrence_id)).activity.event
    if details is None:
        raise NotFoundError(f"occurrence {occurrence_id} is of no event")
    return details.seats


async def list_seats(
    storage: Storage, *, actor: Actor, occurrence_id: OccurrenceId, state: SeatState, page: int
) -> SeatList:
    """Raises NotFoundError outside the actor's part of the network, or where seats are not counted."""
    page = max(page, 1)
    async with storage.read() as tx:
        date = await _managed(tx, actor, occurrence_id)
        seated, total = await tx.seats.seated(occurrence_id, state, offset=(page - 1) * PAGE, limit=PAGE)
        if not seated and total:
            page = -(-total // PAGE)
            seated, _ = await tx.seats.seated(occurrence_id, state, offset=(page - 1) * PAGE, limit=PAGE)
        return SeatList(date, await tx.seats.counts(occurrence_id), state, seated, total, page)


@dataclass(frozen=True, slots=True)
class SeatedPerson:
    """One of the lists, as he stands now."""

    matter: Matter
    full_name: str = field(repr=False)


async def show_seated(storage: Storage, *, actor: Actor, assignment_id: AssignmentId) -> SeatedPerson:
    """One of the lists, whatever became of him since. Raises NotFoundError outside the actor's part of the network."""
    async with storage.read() as tx:
        matter = await tx.replies.matter(assignment_id)
        if matter is None:
            raise NotFoundError(f"assignment {assignment_id}")
        await _managed(tx, actor, matter.assignment.occurrence_id)
        person = None if matter.assignment.person_id is None else await tx.people.get(matter.assignment.person_id)
        return SeatedPerson(matter, "" if person is None else person.full_name)


async def give_seat(
    storage: Storage,
    *,
    actor: Actor,
    assignment_id: AssignmentId,
    instead_of: AssignmentId | None = None,
    now: datetime,
) -> Matter:
    """Somebody of the reserve gets a seat past the order, in the place of ``instead_of`` who goes to the reserve.

    Where he has been offered a seat meanwhile he gets that one, and nobody gives way: a seat freed for nothing would
    go straight back to whom it was taken from. Both are told. Doing it again changes nothing. Raises NotFoundError,
    DateClosedError, SeatsFullError.
    """
    async with storage.write() as tx:
        matter, date = await _of_reserve(tx, actor, assignment_id, now)
        assert matter.seat is not None, "it was looked at"
        if matter.seat.state is SeatState.MAIN:
            return matter
        if instead_of is not None and not matter.seat.is_held:
            other = await tx.replies.matter(instead_of)
            is_of_it = other is not None and other.assignment.occurrence_id == date.occurrence_id
            if other is None or not is_of_it or other.seat is None:
                raise NotFoundError(f"no seat of assignment {instead_of}")
            if other.seat.is_held:
                await _send_to_reserve(tx, date, other, now)
        held = await tx.seats.held_by_part(date.occurrence_id, None)
        if not matter.seat.is_held and sum(held.values()) >= date.seats.main:
            raise SeatsFullError(f"occurrence {date.occurrence_id} has {date.seats.main} seats")
        await tx.seats.put(assignment_id, date.occurrence_id, SeatState.MAIN, now=now)
        await _tell(tx, date, matter, "seat_given", now)
        await _record(tx, actor, date, {"up": assignment_id, "down": instead_of}, now)
        return await _read(tx, assignment_id)


async def take_seat(storage: Storage, *, actor: Actor, assignment_id: AssignmentId, now: datetime) -> Matter:
    """Somebody of the main list goes to the end of the reserve, and is told; the seat goes to the next in line.

    Raises NotFoundError, DateClosedError.
    """
    async with storage.write() as tx:
        matter, date = await _of_reserve(tx, actor, assignment_id, now)
        assert matter.seat is not None, "it was looked at"
        if not matter.seat.is_held:
            return matter
        # The next in line is found before he joins the line: else he would be offered his own seat.
        await tx.seats.free(assignment_id)
        await offer_freed(tx, date.occurrence_id, now=now)
        await _send_to_reserve(tx, date, matter, now)
        await _record(tx, actor, date, {"down": assignment_id}, now)
        return await _read(tx, assignment_id)


async def change_seats(
    storage: Storage, *, actor: Actor, occurrence_id: OccurrenceId, seats: Seats, now: datetime
) -> ChangedSeats:
    """Another number of seats, or of places in the reserve, for every date of the event.

    More seats go to the reserve in its order, and these are told. Fewer take nobody's seat away: new ones are given
    out again once enough have been given up. Who had said «Приду» before seats were counted at all gets one. Raises
    NotFoundError, DateClosedError, BadSeatsError.
    """
    checked_seats(seats)
    async with storage.write() as tx:
        facts = await managed_date(tx, actor, occurrence_id)
        details = facts.activity.event
        if details is None:
            raise NotFoundError(f"occurrence {occurrence_id} is of no event")
        if facts.occurrence.state is not OccurrenceState.OPEN or facts.occurrence.due_at <= now:
            raise DateClosedError(f"occurrence {occurrence_id} is over or cancelled")
        await tx.afterwards.set_details(facts.activity.id, replace(details, seats=seats))
        moved_up = 0
        for date_id in await tx.seats.dates_of(facts.activity.id):
            if details.seats is None:
                await tx.seats.adopt(date_id, now=now)
            moved_up += await move_up(tx, date_id, now=now)
        is_repeat = details.seats == seats and not moved_up
        counts = await tx.seats.counts(occurrence_id)
        detail = {"occurrence": occurrence_id, "from": details.seats and details.seats.to_json()}
        await tx.audit.record(
            "seats changed",
            by=actor.person.id,
            unit_id=facts.activity.unit_id,
            detail={**detail, "to": seats.to_json()},
            now=now,
        )
    return ChangedSeats(seats, moved_up, max(0, counts.main + counts.offered - seats.main), is_repeat)


async def _of_reserve(
    tx: Stores, actor: Actor, assignment_id: AssignmentId, now: datetime
) -> tuple[Matter, SeatedDate]:
    matter = await tx.replies.matter(assignment_id)
    if matter is None or matter.seat is None or matter.assignment.answer is not Answer.COMING:
        raise NotFoundError(f"no seat of assignment {assignment_id}")
    date = await _managed(tx, actor, matter.assignment.occurrence_id)
    if date.state is not OccurrenceState.OPEN or date.due_at <= now:
        raise DateClosedError(f"occurrence {date.occurrence_id} is over or cancelled")
    return matter, date


async def _managed(tx: Stores, actor: Actor, occurrence_id: OccurrenceId) -> SeatedDate:
    date = await tx.seats.date(occurrence_id)
    if date is None or not actor.can_manage(date.unit_path):
        raise NotFoundError(f"seats of occurrence {occurrence_id} for person {actor.person.id}")
    return date


async def _send_to_reserve(tx: Stores, date: SeatedDate, matter: Matter, now: datetime) -> None:
    await tx.seats.put(matter.assignment.id, date.occurrence_id, SeatState.RESERVE, now=now, at_the_end=True)
    await _tell(tx, date, matter, "seat_taken", now)


async def _tell(tx: Stores, date: SeatedDate, matter: Matter, event: str, now: datetime) -> None:
    assert matter.assignment.person_id is not None, "a seat is a person's"
    notice = seat_notice(date, matter.assignment.id, matter.assignment.person_id, event, now=now)
    await tx.notices.plan([notice], now=now)
    await refresh_standing(tx, [matter.assignment.id], Change.SEAT, now=now)


async def _record(
    tx: Stores, actor: Actor, date: SeatedDate, moved: dict[str, AssignmentId | None], now: datetime
) -> None:
    detail = {"occurrence": date.occurrence_id, **moved}
    await tx.audit.record("seat moved", by=actor.person.id, unit_id=date.unit_id, detail=detail, now=now)


async def _read(tx: Stores, assignment_id: AssignmentId) -> Matter:
    matter = await tx.replies.matter(assignment_id)
    assert matter is not None, "it was read in this very transaction"
    return matter
