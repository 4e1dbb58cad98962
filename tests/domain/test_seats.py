from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.calendar import WorkCalendar
from bot.domain.events import Seats, SeatsPer, SeatState
from bot.domain.ids import UnitId
from bot.domain.quiet import Reader
from bot.domain.seats import (
    MOST_SEATS,
    BadSeatsError,
    TakenSeats,
    answering_time,
    checked_seats,
    next_in_line,
    offered_until,
    seat_for,
    until_after_move,
)

MOSCOW = Reader(ZoneInfo("Europe/Moscow"))
A, B = UnitId(1), UnitId(2)


@pytest.mark.parametrize(
    ("seats", "taken", "expected", "reason"),
    [
        (Seats(2, 1), TakenSeats(1, 0), SeatState.MAIN, "one seat is free"),
        (Seats(2, 1), TakenSeats(2, 0), SeatState.RESERVE, "all taken, one may wait"),
        (Seats(2, 1), TakenSeats(2, 1), None, "the reserve is full too"),
        (Seats(2), TakenSeats(2, 0), None, "there is no reserve"),
        (Seats(1, 1), TakenSeats(3, 0), SeatState.RESERVE, "more sit than there are seats since they became fewer"),
        (Seats(9, 1, SeatsPer.SCHOOL, 1), TakenSeats(3, 0, 1), SeatState.RESERVE, "his school has sent its one"),
        (Seats(9, 1, SeatsPer.SCHOOL, 2), TakenSeats(3, 0, 1), SeatState.MAIN, "his school may send another"),
    ],
)
def test_what_somebody_who_asks_gets(seats: Seats, taken: TakenSeats, expected: SeatState | None, reason: str) -> None:
    assert seat_for(seats, taken) is expected, reason


@pytest.mark.parametrize(
    ("seats", "held", "waiting", "expected", "reason"),
    [
        (Seats(2), {A: 1}, [A, B], (0,), "one free seat is for the first"),
        (Seats(3), {A: 1}, [A, B], (0, 1), "two free seats, in the order of asking"),
        (Seats(2), {A: 2}, [A, B], (), "none is free"),
        (Seats(1), {A: 2}, [B], (), "more sit than there are seats"),
        (
            Seats(9, 0, SeatsPer.SCHOOL, 1),
            {A: 1},
            [A, B, B],
            (1,),
            "the first one's school is full, and then the other",
        ),
        (Seats(2), {}, [], (), "nobody waits"),
    ],
)
def test_whom_the_free_seats_are_for(
    seats: Seats, held: dict[UnitId, int], waiting: list[UnitId], expected: tuple[int, ...], reason: str
) -> None:
    assert next_in_line(seats, held, waiting) == expected, reason


def test_the_nearer_the_event_the_shorter_the_time_to_answer() -> None:
    lefts = [timedelta(days=10), timedelta(days=2), timedelta(hours=12), timedelta(hours=2), timedelta(minutes=5)]
    times = [answering_time(left) for left in lefts]
    assert times == [timedelta(hours=24), timedelta(hours=6), timedelta(hours=2), *[timedelta(minutes=30)] * 2]


def moscow(day: int, hour: int, minute: int = 0) -> datetime:
    """Of September 2026; the 7th is a Monday."""
    return datetime(2026, 9, day, hour, minute, tzinfo=ZoneInfo("Europe/Moscow")).astimezone(UTC)


@pytest.mark.parametrize(
    ("now", "begins", "expected", "reason"),
    [
        (moscow(7, 12), moscow(14, 12), moscow(8, 12), "a week ahead: a day"),
        (moscow(7, 12), moscow(9, 12), moscow(7, 18), "two days ahead: six hours"),
        (moscow(7, 12), moscow(7, 22), moscow(7, 14), "the same day: two hours"),
        (moscow(7, 12), moscow(7, 15), moscow(7, 12, 30), "the last hours: half an hour"),
        (moscow(7, 12), moscow(7, 12, 10), moscow(7, 12, 10), "never after it began"),
        (moscow(7, 20), moscow(9, 12), moscow(8, 9), "six hours end in the night: the first hour of the morning too"),
        (moscow(7, 23), moscow(9, 12), moscow(8, 14), "freed at night: his time runs from eight"),
        (moscow(7, 23), moscow(8, 8, 15), moscow(8, 8, 15), "a quarter of an hour is all there is"),
        (moscow(7, 23), moscow(8, 7), None, "he could not hear of it before it begins"),
        (moscow(11, 12), moscow(21, 12), moscow(14, 9), "a day that ends on Saturday ends on Monday at nine"),
    ],
)
def test_until_when_a_freed_seat_waits_for_an_answer(
    now: datetime, begins: datetime, expected: datetime | None, reason: str
) -> None:
    assert offered_until(begins, MOSCOW, now=now, days=WorkCalendar()) == expected, reason


@pytest.mark.parametrize(
    ("now", "until", "begins", "expected", "reason"),
    [
        (moscow(7, 12), moscow(7, 14), moscow(7, 23), moscow(7, 14), "later the same day: two hours from the move"),
        (moscow(7, 12), moscow(7, 12, 5), moscow(9, 12), moscow(7, 18), "five minutes were left: counted anew"),
        (moscow(7, 12), moscow(7, 18), moscow(7, 15), moscow(7, 12, 30), "much nearer now: half an hour"),
        (moscow(7, 12), moscow(7, 18), moscow(7, 12, 20), moscow(7, 12, 20), "never after the new beginning"),
        (moscow(7, 23), moscow(8, 9), moscow(8, 7), moscow(8, 7), "he sleeps until after it: the beginning ends it"),
        (moscow(7, 23), moscow(7, 23, 30), moscow(8, 7), moscow(7, 23, 30), "nor does he get more of the night"),
    ],
)
def test_until_when_an_offer_waits_once_the_hour_has_moved(
    now: datetime, until: datetime, begins: datetime, expected: datetime, reason: str
) -> None:
    assert until_after_move(until, begins, MOSCOW, now=now, days=WorkCalendar()) == expected, reason


@pytest.mark.parametrize(
    ("seats", "reason"),
    [
        (Seats(0), "nothing to sit on"),
        (Seats(MOST_SEATS + 1), "a slip of the finger"),
        (Seats(1, -1), "less than nobody waits"),
        (Seats(1, 0, SeatsPer.SCHOOL, 0), "nobody of any school"),
    ],
)
def test_what_is_no_number_of_seats(seats: Seats, reason: str) -> None:
    with pytest.raises(BadSeatsError):
        checked_seats(seats)
    assert checked_seats(Seats(1)) == Seats(1), reason
