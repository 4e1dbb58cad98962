"""Seats of an event: who gets one, who waits, and for how long a freed one is held for the next of the reserve."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.errors import DomainError
from bot.domain.events import Seats, SeatState, SubstitutionState
from bot.domain.ids import UnitId
from bot.domain.quiet import Reader, WorkingDays, is_allowed, next_allowed

MOST_SEATS = 100_000
"""More than any hall or platform holds; what is typed above it is a slip of the finger."""

# How far off the event still is, and how long one has to answer then: the nearer, the shorter.
_ANSWERING_TIMES = (
    (timedelta(days=3), timedelta(hours=24)),
    (timedelta(days=1), timedelta(hours=6)),
    (timedelta(hours=6), timedelta(hours=2)),
)
_AT_THE_LAST = timedelta(minutes=30)
_AFTER_A_NIGHT = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Seat:
    """Where one who asked for a seat stands. ``place``: in the reserve, counted from 1; ``offered_until``: of an
    offer."""

    state: SeatState
    place: int | None = None
    offered_until: datetime | None = None

    @property
    def is_held(self) -> bool:
        """A seat that is his, or kept for him while he thinks."""
        return self.state is not SeatState.RESERVE


@dataclass(frozen=True, slots=True)
class Substitute:
    """A colleague who was named to come instead, and what he says to it."""

    full_name: str
    state: SubstitutionState


@dataclass(frozen=True, slots=True)
class TakenSeats:
    """``held``: seats taken or on offer; ``waiting``: in the reserve; ``held_in_part``: of one school or municipality,
    where a quota counts below it."""

    held: int
    waiting: int
    held_in_part: int = 0


class BadSeatsError(DomainError):
    """Not a number of seats: nothing to sit on, or more than any hall has."""


def seat_for(seats: Seats, taken: TakenSeats) -> SeatState | None:
    """What somebody who asks now gets: a seat, a place in the reserve, or nothing.

    It never promises more than there is: called and followed in one write transaction, of which there is one at a time.
    """
    is_part_full = seats.each is not None and taken.held_in_part >= seats.each
    if taken.held < seats.main and not is_part_full:
        return SeatState.MAIN
    return SeatState.RESERVE if taken.waiting < seats.reserve else None


def next_in_line(seats: Seats, held: Mapping[UnitId, int], waiting: Sequence[UnitId]) -> tuple[int, ...]:
    """Which of those who wait (their parts of the network, in the order of the reserve) the free seats are for.

    ``held``: how many seats each part has already. One whose part is full is passed over and keeps his place.
    """
    free = seats.main - sum(held.values())
    by_part = Counter(held)
    chosen: list[int] = []
    for position, part in enumerate(waiting):
        if len(chosen) >= free:
            break
        if seats.each is None or by_part[part] < seats.each:
            by_part[part] += 1
            chosen.append(position)
    return tuple(chosen)


def answering_time(left: timedelta) -> timedelta:
    """How long a freed seat is kept for the one it is offered to, ``left`` before the beginning."""
    return next((time for at_least, time in _ANSWERING_TIMES if left >= at_least), _AT_THE_LAST)


def offered_until(begins_at: datetime, reader: Reader, *, now: datetime, days: WorkingDays) -> datetime | None:
    """Until when a seat freed at ``now`` waits for the answer of this reader; None where he could not hear in time.

    His time runs from the moment at which he may be written to, and does not run out at night or on a day off: then
    he has the first hour of the next working morning too. It ends at the beginning at the latest.
    """
    hears_at = next_allowed(now, reader, days)
    if hears_at >= begins_at:
        return None
    until = hears_at + answering_time(begins_at - hears_at)
    if not is_allowed(until, reader, days):
        until = next_allowed(until, reader, days) + _AFTER_A_NIGHT
    return min(until, begins_at)


def until_after_move(
    until: datetime, begins_at: datetime, reader: Reader, *, now: datetime, days: WorkingDays
) -> datetime:
    """Until when an offer that runs already waits, once the event begins at another hour.

    He decides about another hour now, so his time is counted anew from the move. Where he could not hear of it before
    the new beginning, he keeps what was left of the old time; beyond the beginning nothing waits.
    """
    return offered_until(begins_at, reader, now=now, days=days) or min(until, begins_at)


def checked_seats(seats: Seats) -> Seats:
    """The same where it can be meant. Raises BadSeatsError."""
    each = seats.each if seats.each is not None else 1
    if not (1 <= seats.main <= MOST_SEATS and 0 <= seats.reserve <= MOST_SEATS and each >= 1):
        raise BadSeatsError(f"{seats.main} seats, {seats.reserve} in reserve, {seats.each} each")
    return seats
