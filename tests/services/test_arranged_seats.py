"""What the organiser does with seats by hand, and what moving the event does with them."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from bot.domain.errors import NotFoundError
from bot.domain.events import Seats, SeatState
from bot.domain.ids import PersonId
from bot.domain.matters import Answer
from bot.domain.network import Reach
from bot.services.arrange_seats import SeatsFullError, change_seats, give_seat, list_seats, take_seat
from bot.services.show_webinars import list_invited, show_webinar
from storage.database import Database
from storage.program_tables import audit
from storage.tables import occurrences
from tests.acting import actor_of
from tests.calendar_days import MONDAY
from tests.factories import SmallNetwork
from tests.opening import assignment, matter, move_date, open_event
from tests.services.seating import LATER, says, seated_event, standing, told


async def test_more_seats_lift_the_reserve_and_fewer_throw_nobody_out(
    database: Database, network: SmallNetwork, crew: list[PersonId]
) -> None:
    occurrence = await seated_event(database, network, Seats(1, 3))
    for person in crew:
        await says(database, occurrence, person)
    organiser = await actor_of(database, network.regional)

    raised = await change_seats(database, actor=organiser, occurrence_id=occurrence, seats=Seats(3, 3), now=LATER)
    assert (raised.moved_up, raised.over) == (2, 0)
    assert await told(database, "seat_given") == crew[1:3]

    lowered = await change_seats(database, actor=organiser, occurrence_id=occurrence, seats=Seats(1, 3), now=LATER)
    assert (lowered.moved_up, lowered.over) == (0, 2)
    assert [await standing(database, occurrence, person) for person in crew] == ["main"] * 3 + ["reserve 1"]

    await says(database, occurrence, crew[0], Answer.NOT_COMING)
    assert await standing(database, occurrence, crew[3]) == "reserve 1", "two sit on one seat: none is free"


async def test_who_said_yes_before_seats_were_counted_has_one(
    database: Database, network: SmallNetwork, crew: list[PersonId]
) -> None:
    occurrence = (await open_event(database, network)).occurrence_ids[0]
    for person in crew[:2]:
        await says(database, occurrence, person)
    organiser = await actor_of(database, network.regional)

    changed = await change_seats(database, actor=organiser, occurrence_id=occurrence, seats=Seats(1, 1), now=LATER)

    assert changed.over == 1
    assert [await standing(database, occurrence, person) for person in crew[:2]] == ["main", "main"]


async def test_the_organiser_moves_people_between_the_lists(
    database: Database, network: SmallNetwork, crew: list[PersonId]
) -> None:
    occurrence = await seated_event(database, network, Seats(1, 3))
    for person in crew[:3]:
        await says(database, occurrence, person)
    organiser = await actor_of(database, network.regional)
    first, last = [await assignment(database, occurrence, person=crew[place]) for place in (0, 2)]

    with pytest.raises(SeatsFullError):
        await give_seat(database, actor=organiser, assignment_id=last, now=LATER)
    await give_seat(database, actor=organiser, assignment_id=last, instead_of=first, now=LATER)

    assert [await standing(database, occurrence, one) for one in crew[:3]] == ["reserve 2", "reserve 1", "main"]
    assert (await told(database, "seat_given"), await told(database, "seat_taken")) == ([crew[2]], [crew[0]])

    await take_seat(database, actor=organiser, assignment_id=last, now=LATER)
    assert [await standing(database, occurrence, one) for one in crew[:3]] == ["reserve 1", "offered", "reserve 2"]
    found = await list_seats(database, actor=organiser, occurrence_id=occurrence, state=SeatState.MAIN, page=1)
    assert [(one.full_name, one.state) for one in found.seated] == [("Мухина Ирина", SeatState.OFFERED)]
    assert (found.counts.main, found.counts.offered, found.counts.reserve) == (0, 1, 2)
    async with database.read() as tx:
        acts = (await tx._connection.execute(select(audit.c.act))).scalars().all()
    assert acts.count("seat moved") == 2


async def test_nobody_gives_way_to_one_who_was_offered_a_seat_meanwhile(
    database: Database, network: SmallNetwork, crew: list[PersonId]
) -> None:
    """The organiser chose whom to send to the reserve; before he tapped, the other seat became free."""
    occurrence = await seated_event(database, network, Seats(2, 3))
    for person in crew[:3]:
        await says(database, occurrence, person)
    await says(database, occurrence, crew[1], Answer.NOT_COMING)
    stays, offered = [await assignment(database, occurrence, person=crew[place]) for place in (0, 2)]

    organiser = await actor_of(database, network.regional)
    await give_seat(database, actor=organiser, assignment_id=offered, instead_of=stays, now=LATER)

    assert [await standing(database, occurrence, one) for one in (crew[0], crew[2])] == ["main", "main"]
    assert await told(database, "seat_taken") == []


async def test_seats_are_arranged_by_who_manages_the_event_alone(
    database: Database, network: SmallNetwork, crew: list[PersonId]
) -> None:
    occurrence = await seated_event(database, network, Seats(1, 3))
    await says(database, occurrence, crew[0])
    owed = await assignment(database, occurrence, person=crew[0])
    for stranger in (network.municipal, network.amur_regional, crew[0]):
        actor = await actor_of(database, stranger)
        with pytest.raises(NotFoundError):
            await list_seats(database, actor=actor, occurrence_id=occurrence, state=SeatState.MAIN, page=1)
        with pytest.raises(NotFoundError):
            await take_seat(database, actor=actor, assignment_id=owed, now=LATER)
        with pytest.raises(NotFoundError):
            await change_seats(database, actor=actor, occurrence_id=occurrence, seats=Seats(9), now=LATER)


@pytest.mark.parametrize(
    ("moved_at", "to", "until", "why"),
    [
        (LATER, timedelta(days=3, hours=5), LATER + timedelta(days=1), "more than three days off now: a day to answer"),
        (LATER, timedelta(days=3, hours=-2), LATER + timedelta(hours=6), "counted by the same rule as any offer"),
        (
            MONDAY + timedelta(hours=6, minutes=50),
            timedelta(hours=6, minutes=55),
            MONDAY + timedelta(hours=6, minutes=55),
            "never after the new beginning",
        ),
    ],
)
async def test_a_seat_on_offer_waits_by_the_new_hour(
    database: Database,
    network: SmallNetwork,
    crew: list[PersonId],
    moved_at: datetime,
    to: timedelta,
    until: datetime,
    why: str,
) -> None:
    occurrence = await seated_event(database, network, Seats(1, 3), in_days=3)
    for person in crew[:3]:
        await says(database, occurrence, person)
    await says(database, occurrence, crew[0], Answer.NOT_COMING)
    begins = MONDAY + to
    async with database.write() as tx:  # the same day of the calendar, whatever hour of it is tried
        await tx._connection.execute(occurrences.update().values(due_on=begins.date()))

    await move_date(database, network, occurrence, to=begins, now=moved_at)

    offered = (await matter(database, await assignment(database, occurrence, person=crew[1]))).seat
    assert offered is not None
    assert (offered.state, offered.offered_until) == (SeatState.OFFERED, until), why
    assert await told(database, "seat_offered") == [crew[1]], "the news of the move tells of the new end"
    assert await standing(database, occurrence, crew[2]) == "reserve 1", "the others keep their places"


async def test_another_day_asks_everybody_and_gives_the_seats_out_anew(
    database: Database, network: SmallNetwork, crew: list[PersonId]
) -> None:
    occurrence = await seated_event(database, network, Seats(1, 3))
    for person in crew[:2]:
        await says(database, occurrence, person)
    to = MONDAY + timedelta(days=4)

    await move_date(database, network, occurrence, to=to, now=LATER)
    await says(database, occurrence, crew[1], now=LATER + timedelta(minutes=1))

    assert [await standing(database, occurrence, person) for person in crew[:2]] == ["–", "main"]


async def test_the_organiser_counts_the_reserve_and_the_unreachable_apart(
    database: Database, network: SmallNetwork, crew: list[PersonId]
) -> None:
    """One seat; two wait for it, two are silent of those who can be reached, one has blocked the bot."""
    occurrence = await seated_event(database, network, Seats(1, 2))
    for person in crew[:3]:
        await says(database, occurrence, person)
    async with database.write() as tx:
        await tx.people.set_reach(crew[3], Reach.BLOCKED, now=LATER)
    actor = await actor_of(database, network.regional)
    shown = await show_webinar(database, actor=actor, occurrence_id=occurrence, now=MONDAY)
    assert (shown.coming, shown.in_reserve, shown.silent, shown.unreachable) == (1, 2, 2, 1)
    come = await list_invited(database, actor=actor, occurrence_id=occurrence, answer=Answer.COMING, page=1)
    assert [one.full_name for one in come.invited] == ["Лебедев Олег"]
