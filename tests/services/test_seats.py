"""Seats: given in the transaction of the answer, never more than there are, and passed on when freed."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import datetime, timedelta

import pytest
from sqlalchemy import insert, select

from bot.domain.errors import NotFoundError
from bot.domain.events import EventDetails, Seats, SeatsPer, SeatState
from bot.domain.ids import AssignmentId, OccurrenceId, PersonId
from bot.domain.matters import Answer, Matter
from bot.domain.network import Actor, Person, QuietHours, Reach
from bot.services.accept_reply import EventBegunError, GivenReply, ReasonNeededError, accept_reply
from bot.services.arrange_seats import SeatsFullError, change_seats, give_seat, list_seats, take_seat
from bot.services.keep_seats import NoSeatsError, pass_on_seats
from bot.services.move_occurrence import move_occurrence
from storage.database import Database
from storage.event_tables import seats as seats_table
from storage.tables import assignments, audit, memberships, notices, persons, replies
from tests.acting import actor_of
from tests.calendar_days import MONDAY
from tests.factories import NetworkFactory, SmallNetwork
from tests.opening import assignment, matter, open_event

LATER = MONDAY + timedelta(hours=1)
PEOPLE = 1000


async def test_a_thousand_taps_at_once_on_fifty_seats_end_with_fifty_and_an_ordered_reserve(
    database: Database, network: SmallNetwork
) -> None:
    """Three times in a row; each tap is an update of its own, and all of them run at the same time."""
    people = await a_crowd(database, network)
    for attempt in range(3):
        occurrence = await seated_event(database, network, Seats(50, 25), source=f"event:{attempt}")
        owed = await assignments_of(database, occurrence)
        outcomes = Counter(await asyncio.gather(*(tap(database, person, owed[person], attempt) for person in people)))

        assert outcomes == {"seat": 50, "reserve": 25, "none": PEOPLE - 75}
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


async def seated_event(
    database: Database, network: SmallNetwork, seats: Seats, *, source: str = "event:test", in_days: int = 3
) -> OccurrenceId:
    details = EventDetails(seats=seats)
    dates = (MONDAY + timedelta(days=in_days),)
    opened = await open_event(database, network, details=details, source=source, dates=dates)
    return opened.occurrence_ids[0]


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
