"""Seats follow the answers: given, kept for the next when freed, passed on when nobody takes them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.calendar import WorkCalendar
from bot.domain.delivery import NoticeKind
from bot.domain.errors import DomainError
from bot.domain.events import SeatState
from bot.domain.ids import AssignmentId, OccurrenceId, PersonId
from bot.domain.matters import Answer, Matter, OccurrenceState
from bot.domain.quiet import WorkingDays
from bot.domain.seats import TakenSeats, next_in_line, offered_until, seat_for, until_after_move
from bot.ports.notices import NewNotice
from bot.ports.seats import SeatedDate, Waiting
from bot.ports.storage import Storage, Stores
from bot.services.follow_substitution import release_deserted
from bot.services.refresh_messages import Change, refresh_standing

_NEWS_LIFE = timedelta(days=2)
_IN_VAIN = timedelta(minutes=10)  # who is told later that no seat came has seen it himself


class NoSeatsError(DomainError):
    """Neither a seat nor a place in the reserve is left: «Приду» is not recorded.

    ``full_part``: whose limit is reached while others still have seats, the school's or the municipality's; None where
    all seats are taken.
    """

    def __init__(self, matter: Matter, taken: TakenSeats) -> None:
        super().__init__(f"no seats for assignment {matter.assignment.id}")
        self.matter = matter
        quota = matter.quota
        self.full_part = quota.per if quota is not None and taken.held < quota.main else None


async def settle_seat(tx: Stores, matter: Matter, answer: Answer | None, *, now: datetime) -> None:
    """What an answer does to the seats of an event that counts them, in the transaction that stores the answer.

    «Приду» takes a seat, the one that is on offer, or a place in the reserve; any other answer gives up what there
    was, and a freed seat is offered to the next at once. Raises NoSeatsError.
    """
    quota = matter.quota
    if quota is None or answer is None:
        return
    mine, date_id = matter.assignment, matter.assignment.occurrence_id
    if answer is not Answer.COMING:
        if matter.seat is not None and await tx.seats.free(mine.id) and matter.seat.is_held:
            await offer_freed(tx, date_id, now=now)
    elif matter.seat is None:
        taken = await tx.seats.taken(date_id, mine.unit_id, quota.per)
        state = seat_for(quota, taken)
        if state is None:
            raise NoSeatsError(matter, taken)
        await tx.seats.put(mine.id, date_id, state, now=now)
    elif matter.seat.state is SeatState.OFFERED:
        await tx.seats.put(mine.id, date_id, SeatState.MAIN, now=now)


@dataclass(frozen=True, slots=True)
class Offer:
    """A free seat for the next one of the reserve, kept for him ``until`` then."""

    to: Waiting
    until: datetime


async def offer_freed(tx: Stores, occurrence_id: OccurrenceId, *, now: datetime) -> int:
    """Offers the free seats of a date to the reserve in its order; returns how many. Nothing once it has begun."""
    date = await tx.seats.date(occurrence_id)
    if date is None:
        return 0
    offers = await _offers(tx, date, days=WorkCalendar(), now=now)
    for offer in offers:
        await tx.seats.put(offer.to.assignment_id, occurrence_id, SeatState.OFFERED, now=now, offered_until=offer.until)
    await tx.notices.plan(
        [
            seat_notice(date, offer.to.assignment_id, offer.to.person_id, "seat_offered", now=now, until=offer.until)
            for offer in offers
        ],
        now=now,
    )
    await refresh_standing(tx, [offer.to.assignment_id for offer in offers], Change.SEAT, now=now)
    return len(offers)


async def move_up(tx: Stores, occurrence_id: OccurrenceId, *, now: datetime) -> int:
    """Gives free seats to the reserve at once, without asking: there are more of them now. Returns how many."""
    date = await tx.seats.date(occurrence_id)
    if date is None or not _takes(date, now):
        return 0
    waiting = await tx.seats.waiting(occurrence_id, date.seats.per)
    held = await tx.seats.held_by_part(occurrence_id, date.seats.per)
    chosen = [waiting[place] for place in next_in_line(date.seats, held, [one.part for one in waiting])]
    for one in chosen:
        await tx.seats.put(one.assignment_id, occurrence_id, SeatState.MAIN, now=now)
    notices = [seat_notice(date, one.assignment_id, one.person_id, "seat_given", now=now) for one in chosen]
    await tx.notices.plan(notices, now=now)
    await refresh_standing(tx, [one.assignment_id for one in chosen], Change.SEAT, now=now)
    return len(chosen)


async def retime_offers(tx: Stores, occurrence_id: OccurrenceId, *, now: datetime) -> int:
    """Gives the running offers of a date whose hour has moved another end; returns how many.

    What tells of the move shows it: no message of its own is planned.
    """
    date = await tx.seats.date(occurrence_id)
    if date is None or not _takes(date, now):
        return 0
    days, running = WorkCalendar(), [one for one in await tx.seats.offered(occurrence_id) if one.until > now]
    for one in running:
        until = until_after_move(one.until, date.due_at, one.reader, now=now, days=days)
        await tx.seats.put(one.assignment_id, occurrence_id, SeatState.OFFERED, now=now, offered_until=until)
    return len(running)


async def pass_on_seats(storage: Storage, *, now: datetime) -> int:
    """The job: seats that were not taken in time, or whose owners have left, go to the next.

    Who was silent has no place any more and may ask again; his «Приду» does not count, so he is asked like anybody.
    Who still waits when the event begins is told so, once. Returns how many seats moved and how many were told.
    A substitute who has left is let go first: his seat goes the same way, and who counted on him is told.
    """
    moved = await release_deserted(storage, now=now)
    async with storage.read() as tx:
        lapsed = await tx.seats.lapsed(now)
        concerned = {*(offer.occurrence_id for offer in lapsed), *await _with_free_seats(tx, now)}
    for occurrence_id in sorted(concerned):
        async with storage.write() as tx:
            moved += await _let_lapse(tx, occurrence_id, now)
            moved += await offer_freed(tx, occurrence_id, now=now)
    return moved + await _tell_in_vain(storage, now)


def seat_notice(
    date: SeatedDate,
    assignment_id: AssignmentId,
    person_id: PersonId,
    event: str,
    *,
    now: datetime,
    until: datetime | None = None,
) -> NewNotice:
    """News about somebody's own seat; its words are chosen, and its truth is looked at again, when it is sent."""
    return NewNotice(
        key=f"seat:a{assignment_id}:{event}:{now:%Y%m%dT%H%M%S%f}",
        person_id=person_id,
        kind=NoticeKind.INFO,
        due_at=now,
        expires_at=until or min(date.due_at, now + _NEWS_LIFE),
        occurrence_id=date.occurrence_id,
        occurrence_version=date.version,
        assignment_id=assignment_id,
        detail={"event": event},
    )


async def _tell_in_vain(storage: Storage, now: datetime) -> int:
    """Who is still in the reserve when the event begins hears, once, that no seat came."""
    async with storage.read() as tx:
        begun = await tx.seats.begun_with_reserve(now - _IN_VAIN, now)
    if not begun:
        return 0
    async with storage.write() as tx:
        notices = [notice for occurrence_id in begun for notice in await _in_vain(tx, occurrence_id, now)]
        return await tx.notices.plan(notices, now=now)


async def _in_vain(tx: Stores, occurrence_id: OccurrenceId, now: datetime) -> list[NewNotice]:
    date = await tx.seats.date(occurrence_id)
    if date is None:
        return []
    return [
        replace(
            seat_notice(date, one.assignment_id, one.person_id, "seat_none", now=now, until=date.due_at + _IN_VAIN),
            key=f"seat:a{one.assignment_id}:seat_none:v{date.version}",
        )
        for one in await tx.seats.waiting(occurrence_id, date.seats.per)
    ]


async def _let_lapse(tx: Stores, occurrence_id: OccurrenceId, now: datetime) -> int:
    """Looked at again inside the transaction: he may have taken the seat in the very last second."""
    lapsed = [offer for offer in await tx.seats.lapsed(now) if offer.occurrence_id == occurrence_id]
    date = await tx.seats.date(occurrence_id)
    if date is None:
        return 0
    for offer in lapsed:
        await tx.seats.free(offer.assignment_id)
        await tx.substitutes.take_back(offer.assignment_id, withdraw=False, now=now)
    notices = [
        seat_notice(date, offer.assignment_id, offer.person_id, "seat_lapsed", now=now)
        for offer in lapsed
        if not offer.has_left
    ]
    await tx.notices.plan(notices, now=now)
    await refresh_standing(tx, [offer.assignment_id for offer in lapsed if not offer.has_left], Change.SEAT, now=now)
    return len(lapsed)


async def _with_free_seats(tx: Stores, now: datetime) -> Iterable[OccurrenceId]:
    """Dates with somebody who waits for a seat that is free: the night is over, or the places were changed."""
    days, found = WorkCalendar(), []
    for occurrence_id in await tx.seats.with_reserve(now):
        date = await tx.seats.date(occurrence_id)
        if date is not None and await _offers(tx, date, days=days, now=now):
            found.append(occurrence_id)
    return found


async def _offers(tx: Stores, date: SeatedDate, *, days: WorkingDays, now: datetime) -> list[Offer]:
    held = await tx.seats.held_by_part(date.occurrence_id, date.seats.per)
    if not _takes(date, now) or sum(held.values()) >= date.seats.main:
        return []  # the job asks every few seconds of each date with a reserve: mostly nothing is free
    heard = []
    for one in await tx.seats.waiting(date.occurrence_id, date.seats.per):
        until = offered_until(date.due_at, one.reader, now=now, days=days)
        if until is not None:  # else he could not hear of it before the beginning: it is the next one's
            heard.append(Offer(one, until))
    return [heard[place] for place in next_in_line(date.seats, held, [offer.to.part for offer in heard])]


def _takes(date: SeatedDate, now: datetime) -> bool:
    return date.state is OccurrenceState.OPEN and now < date.due_at
