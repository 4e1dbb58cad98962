"""What the use cases about seats need of the storage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.domain.events import Seats, SeatsPer, SeatState
from bot.domain.ids import ActivityId, AssignmentId, OccurrenceId, PersonId, UnitId
from bot.domain.matters import OccurrenceState
from bot.domain.quiet import Reader
from bot.domain.seats import TakenSeats


@dataclass(frozen=True, slots=True)
class SeatedDate:
    """A date whose seats are counted, as far as the rules of seats look at it."""

    occurrence_id: OccurrenceId
    activity_id: ActivityId
    version: int
    due_at: datetime
    state: OccurrenceState
    title: str
    unit_id: UnitId
    unit_path: str
    seats: Seats


@dataclass(frozen=True, slots=True)
class Waiting:
    """One of the reserve. ``part``: his school or municipality, where the quota counts by it."""

    assignment_id: AssignmentId
    person_id: PersonId
    part: UnitId
    reader: Reader


@dataclass(frozen=True, slots=True)
class RunningOffer:
    """A seat that is kept ``until`` then for somebody who has not answered yet."""

    assignment_id: AssignmentId
    reader: Reader
    until: datetime


@dataclass(frozen=True, slots=True)
class LapsedOffer:
    """A seat whose time to be taken has run out, or whose owner is of the network no more (``has_left``)."""

    assignment_id: AssignmentId
    occurrence_id: OccurrenceId
    person_id: PersonId
    has_left: bool


@dataclass(frozen=True, slots=True)
class Seated:
    """A line of the lists of seats. ``place``: in the reserve, from 1."""

    assignment_id: AssignmentId
    full_name: str = field(repr=False)
    unit_title: str
    state: SeatState
    place: int
    offered_until: datetime | None


@dataclass(frozen=True, slots=True)
class SeatCounts:
    main: int
    reserve: int
    offered: int


class SeatBook(Protocol):
    async def date(self, occurrence_id: OccurrenceId) -> SeatedDate | None:
        """None where seats are not counted."""

    async def taken(self, occurrence_id: OccurrenceId, unit_id: UnitId, per: SeatsPer | None) -> TakenSeats:
        """As somebody of this unit sees them who asks for a seat."""

    async def held_by_part(self, occurrence_id: OccurrenceId, per: SeatsPer | None) -> Mapping[UnitId, int]:
        """How many seats are taken or on offer, by school or municipality."""

    async def waiting(self, occurrence_id: OccurrenceId, per: SeatsPer | None) -> tuple[Waiting, ...]:
        """The reserve in its order."""

    async def offered(self, occurrence_id: OccurrenceId) -> tuple[RunningOffer, ...]:
        """The seats that somebody thinks about."""

    async def put(
        self,
        assignment_id: AssignmentId,
        occurrence_id: OccurrenceId,
        state: SeatState,
        *,
        now: datetime,
        offered_until: datetime | None = None,
        at_the_end: bool = False,
    ) -> None:
        """Gives a seat or a place; who has one keeps his turn unless he goes ``at_the_end`` of the reserve."""

    async def free(self, assignment_id: AssignmentId) -> bool:
        """He has neither seat nor place any more; whether he had."""

    async def hand_over(self, from_id: AssignmentId, to_id: AssignmentId) -> None:
        """The seat or the place of the first becomes the second's, who has none."""

    async def adopt(self, occurrence_id: OccurrenceId, *, now: datetime) -> int:
        """Everyone who said «Приду» before seats were counted gets one, the earliest answer first."""

    async def clear(self, occurrence_id: OccurrenceId) -> None:
        """Nobody has a seat any more: everybody is asked anew."""

    async def lapsed(self, now: datetime) -> tuple[LapsedOffer, ...]:
        """Offers of which the time is over, and seats of those who left the network."""

    async def with_reserve(self, now: datetime) -> tuple[OccurrenceId, ...]:
        """Open dates that have not begun and for which somebody waits."""

    async def begun_with_reserve(self, since: datetime, until: datetime) -> tuple[OccurrenceId, ...]:
        """Dates not called off that have begun between these, and still have somebody waiting."""

    async def seated(
        self, occurrence_id: OccurrenceId, state: SeatState, *, offset: int, limit: int
    ) -> tuple[tuple[Seated, ...], int]:
        """The main list (with those who think about an offer) or the reserve, in the order of asking; and how many."""

    async def counts(self, occurrence_id: OccurrenceId) -> SeatCounts: ...

    async def dates_of(self, activity_id: ActivityId) -> tuple[OccurrenceId, ...]:
        """The open dates of an activity."""
