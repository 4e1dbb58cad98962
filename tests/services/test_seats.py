"""Seats: given in the transaction of the answer, never more than there are, and passed on when freed."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import insert, select

from bot.domain.events import EventDetails, Seats, SeatsPer, SeatState
from bot.domain.ids import AssignmentId, OccurrenceId, PersonId
from bot.domain.matters import Answer
from bot.domain.network import Actor, Person, QuietHours, Reach
from bot.services.accept_reply import EventBegunError, GivenReply, ReasonNeededError, accept_reply
from bot.services.keep_seats import NoSeatsError, pass_on_seats
from storage.database import Database
from storage.event_tables import seats as seats_table
from storage.tables import assignments, memberships, persons, replies
from tests.calendar_days import MONDAY
from tests.factories import NetworkFactory, SmallNetwork
from tests.opening import assignment, matter, open_event
from tests.services.seating import LATER, says, seated_event, standing, told

PEOPLE = 1000
CROWDS = (PEOPLE, 120, 120)
"""Beyond fifty seats and a reserve more taps are more refusals: the order in which they come is what matters again."""


async def test_a_thousand_taps_at_once_on_fifty_seats_end_with_fifty_and_an_ordered_reserve(
    database: Database, network: SmallNetwork
) -> None:
    """Three times in a row; each tap is an update of its own, and all of them run at the same time."""
    everybody, chance = await a_crowd(database, network), random.Random(50)
    for attempt, size in enumerate(CROWDS):
        people = chance.sample(everybody, size)
        occurrence = await seated_event(database, network, Seats(50, 25), source=f"event:{attempt}")
        owed = await assignments_of(database, occurrence)
        outcomes = Counter(await asyncio.gather(*(tap(database, person, owed[person], attempt) for person in people)))

        assert outcomes == {"seat": 50, "reserve": 25, "none": size - 75}
        async with database.read() as tx:
            main, total = await tx.seats.seated(occurrence, SeatState.MAIN, offset=0, limit=PEOPLE)
            waiting, reserve = await tx.seats.seated(occurrence, SeatState.RESERVE, offset=0, limit=PEOPLE)
            rows = (
                await tx._connection.execute(
                    select(seats_table.c.place, seats_table.c.assignment_id)
                    .where(seats_table.c.occurrence_id == occurrence)
                    .order_by(seats_table.c.place)
                )
            ).all()
            answered = await tx._connection.execute(
                select(assignments.c.id).where(
                    assignments.c.occurrence_id == occurrence, assignments.c.answer == Answer.COMING.value
                )
            )
            assert {row.assignment_id for row in rows} == set(answered.scalars()), "no answer without a seat"
        assert (total, reserve) == (50, 25)
        assert [row.place for row in rows] == list(range(1, 76)), "nobody shares a place"
        assert [one.assignment_id for one in (*main, *waiting)] == [row.assignment_id for row in rows]


async def a_crowd(database: Database, network: SmallNetwork) -> list[PersonId]:
    """A thousand teachers of one school, besides those of the network."""
    async with database.write() as tx:
        row = {"quiet_from": QuietHours().start, "quiet_to": QuietHours().end, "reach": Reach.REACHABLE.value}
        row |= {"consent_version": 1, "consented_at": MONDAY, "created_at": MONDAY}
        rows = [{**row, "full_name": f"Учитель {number}"} for number in range(PEOPLE)]
        added = await tx._connection.execute(insert(persons).returning(persons.c.id), rows)
        ids = [PersonId(person) for person in added.scalars()]
        member = {"unit_id": network.school_3, "role": "teacher", "standing": "main", "created_at": MONDAY}
        await tx._connection.execute(insert(memberships), [{**member, "person_id": person} for person in ids])
    return ids


async def assignments_of(database: Database, occurrence: OccurrenceId) -> dict[PersonId, AssignmentId]:
    async with database.read() as tx:
        found = await tx._connection.execute(
            select(assignments.c.person_id, assignments.c.id).where(assignments.c.occurrence_id == occurrence)
        )
        return {PersonId(row.person_id): AssignmentId(row.id) for row in found}


async def tap(database: Database, person: PersonId, owed: AssignmentId, attempt: int) -> str:
    actor = Actor(Person(person, "", None, QuietHours(), Reach.REACHABLE, 1, MONDAY))
    source = f"telegram:{attempt * PEOPLE + person}"
    try:
        accepted = await accept_reply(
            database, actor=actor, reply=GivenReply(owed, Answer.COMING, version=1), source=source, now=LATER
        )
    except NoSeatsError:
        return "none"
    assert accepted.matter.seat is not None
    return "seat" if accepted.matter.seat.state is SeatState.MAIN else "reserve"


async def test_seats_then_the_reserve_in_order_then_nothing(
    database: Database, network: SmallNetwork, crew: list[PersonId]
) -> None:
    occurrence = await seated_event(database, network, Seats(1, 2))
    for person in crew[:3]:
        await says(database, occurrence, person)

    with pytest.raises(NoSeatsError):
        await says(database, occurrence, crew[3])

    assert [await standing(database, occurrence, person) for person in crew] == ["main", "reserve 1", "reserve 2", "–"]
    late = await matter(database, await assignment(database, occurrence, person=crew[3]))
    assert late.assignment.answer is None, "an answer without a seat would be counted as coming"


@pytest.mark.parametrize("answer", [Answer.NOT_COMING, Answer.MAYBE])
async def test_a_freed_seat_is_offered_to_the_next_and_taken_by_a_tap(
    database: Database, network: SmallNetwork, crew: list[PersonId], answer: Answer
) -> None:
    occurrence = await seated_event(database, network, Seats(1, 3))
    for person in crew:
        await says(database, occurrence, person)

    await says(database, occurrence, crew[0], answer)

    offered = (await matter(database, await assignment(database, occurrence, person=crew[1]))).seat
    assert offered is not None
    assert (offered.state, offered.offered_until) == (SeatState.OFFERED, LATER + timedelta(hours=6))
    assert await told(database, "seat_offered") == [crew[1]]
    assert await standing(database, occurrence, crew[2]) == "reserve 1", "the others move up"

    await says(database, occurrence, crew[1], now=LATER + timedelta(minutes=1))
    assert await standing(database, occurrence, crew[1]) == "main"


async def test_an_offer_that_nobody_answers_passes_on_and_may_be_asked_for_again(
    database: Database, network: SmallNetwork, crew: list[PersonId]
) -> None:
    occurrence = await seated_event(database, network, Seats(1, 3))
    for person in crew:
        await says(database, occurrence, person)
    await says(database, occurrence, crew[0], Answer.NOT_COMING)
    in_time, too_late = LATER + timedelta(hours=5, minutes=59), LATER + timedelta(hours=6)

    assert await pass_on_seats(database, now=in_time) == 0
    assert await pass_on_seats(database, now=too_late) == 2, "one lapsed, one offered"
    assert await pass_on_seats(database, now=too_late) == 0, "a second run of the job finds nothing"

    assert [await standing(database, occurrence, person) for person in crew] == ["–", "–", "offered", "reserve 1"]
    assert await told(database, "seat_lapsed") == [crew[1]]
    silent = await matter(database, await assignment(database, occurrence, person=crew[1]))
    assert silent.assignment.answer is None, "he is asked like anybody who has not answered"
    await says(database, occurrence, crew[1], now=too_late + timedelta(minutes=1))
    assert await standing(database, occurrence, crew[1]) == "reserve 2", "at the end of the line"


async def test_nothing_is_offered_or_answered_after_the_beginning(
    database: Database, network: SmallNetwork, crew: list[PersonId]
) -> None:
    occurrence = await seated_event(database, network, Seats(1, 3))
    for person in crew[:3]:
        await says(database, occurrence, person)
    await says(database, occurrence, crew[0], Answer.NOT_COMING)
    begun = MONDAY + timedelta(days=3)

    assert await pass_on_seats(database, now=begun) == 1, "who waits still hears that no seat came; no seat is moved"
    assert await told(database, "seat_none") == [crew[2]]
    with pytest.raises(EventBegunError):
        await says(database, occurrence, crew[1], now=begun)
    assert await standing(database, occurrence, crew[2]) == "reserve 1"


async def test_who_leaves_the_reserve_is_followed_by_the_next(
    database: Database, network: SmallNetwork, crew: list[PersonId]
) -> None:
    occurrence = await seated_event(database, network, Seats(1, 3))
    for person in crew:
        await says(database, occurrence, person)

    await says(database, occurrence, crew[1], Answer.NOT_COMING, text="вышли из резерва")

    assert await standing(database, occurrence, crew[2]) == "reserve 1"
    assert await told(database, "seat_offered") == [], "no seat was freed"


async def test_the_seat_of_somebody_who_left_the_network_goes_to_the_next(
    database: Database, network: SmallNetwork, crew: list[PersonId]
) -> None:
    occurrence = await seated_event(database, network, Seats(1, 3))
    for person in crew[:2]:
        await says(database, occurrence, person)
    async with database.write() as tx:
        gone = memberships.update().where(memberships.c.person_id == crew[0]).values(standing="left")
        await tx._connection.execute(gone)

    await pass_on_seats(database, now=LATER)

    assert [await standing(database, occurrence, person) for person in crew[:2]] == ["–", "offered"]
    assert await told(database, "seat_lapsed") == [], "it is nothing to one who has left"


@pytest.mark.parametrize(
    ("per", "expected"),
    [(SeatsPer.SCHOOL, ["main", "reserve 1", "main"]), (SeatsPer.MUNICIPALITY, ["main", "reserve 1", "reserve 2"])],
)
async def test_a_quota_below_the_whole_keeps_seats_for_others(
    database: Database, factory: NetworkFactory, network: SmallNetwork, per: SeatsPer, expected: list[str]
) -> None:
    """Two of school 1 and one of school 2, both of Suzdal."""
    second = factory.person("Второй Учитель", network.school_1)
    occurrence = await seated_event(database, network, Seats(10, 5, per, 1))
    people = [network.teacher_1, second, network.teacher_2]
    for person in people:
        await says(database, occurrence, person)

    assert [await standing(database, occurrence, person) for person in people] == expected

    await says(database, occurrence, network.teacher_1, Answer.NOT_COMING)
    assert await standing(database, occurrence, second) == "offered", "the first of the reserve whose part has room"


async def test_the_same_update_handled_twice_takes_one_seat(
    database: Database, network: SmallNetwork, crew: list[PersonId]
) -> None:
    occurrence = await seated_event(database, network, Seats(2, 0))
    for _ in range(2):
        await says(database, occurrence, crew[0])
    await says(database, occurrence, crew[1])
    async with database.read() as tx:
        assert len((await tx._connection.execute(select(replies.c.id))).all()) == 2


async def test_where_a_reason_is_wanted_none_is_no_answer(database: Database, network: SmallNetwork) -> None:
    opened = await open_event(database, network, details=EventDetails(needs_reason=True))
    occurrence = opened.occurrence_ids[0]

    with pytest.raises(ReasonNeededError):
        await says(database, occurrence, network.teacher_1, Answer.NOT_COMING)
    await says(database, occurrence, network.teacher_1, Answer.NOT_COMING, text="урок")

    owed = await assignment(database, occurrence, person=network.teacher_1)
    assert (await matter(database, owed)).assignment.comment == "урок"
