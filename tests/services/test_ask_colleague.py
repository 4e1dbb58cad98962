"""«Вместо меня придёт …»: the colleague says himself whether he does, and takes the seat over."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.events import Seats, SeatState, SubstitutionState
from bot.domain.ids import PersonId
from bot.domain.matters import Answer
from bot.services.keep_seats import NoSeatsError, pass_on_seats
from storage.database import Database
from storage.tables import memberships
from tests.factories import NetworkFactory, SmallNetwork
from tests.opening import matter
from tests.services.substituting import LATER, WORDS, asks, moves, opened, owed_by, replies_to, says, told


async def test_the_colleague_who_agrees_comes_in_the_seat_of_the_first(
    database: Database, network: SmallNetwork, colleague: PersonId
) -> None:
    occurrence = await opened(database, network, Seats(1, 1))
    first = await owed_by(database, occurrence, network.teacher_1)
    await says(database, first, network.teacher_1, Answer.COMING, minutes=0)
    substitution = await asks(database, occurrence, network.teacher_1, colleague)

    done = await replies_to(database, substitution, colleague, agrees=True)
    again = await replies_to(database, substitution, colleague, agrees=True)

    assert (done.is_repeat, again.is_repeat) == (False, True)
    assert done.matter is not None
    assert (done.matter.assignment.answer, done.matter.comes_for) == (Answer.COMING, "Смирнова Дарья Павловна")
    assert done.matter.seat is not None
    assert done.matter.seat.state is SeatState.MAIN
    his = await matter(database, first)
    assert (his.assignment.answer, his.assignment.comment, his.seat) == (Answer.NOT_COMING, WORDS, None)
    assert his.substitute is not None
    assert his.substitute.state is SubstitutionState.AGREED
    assert await told(database) == [(colleague, "asked"), (network.teacher_1, "agreed")]


async def test_no_colleague_is_asked_where_not_even_the_reserve_has_a_place(
    database: Database, network: SmallNetwork, colleague: PersonId
) -> None:
    occurrence = await opened(database, network, Seats(1, 0))
    await says(
        database, await owed_by(database, occurrence, network.teacher_2), network.teacher_2, Answer.COMING, minutes=0
    )

    with pytest.raises(NoSeatsError):
        await asks(database, occurrence, network.teacher_1, colleague)

    assert await told(database) == []


async def test_who_asked_may_come_himself_after_all(
    database: Database, network: SmallNetwork, colleague: PersonId
) -> None:
    occurrence = await opened(database, network, Seats(1, 1))
    first = await owed_by(database, occurrence, network.teacher_1)
    await says(database, first, network.teacher_1, Answer.COMING, minutes=0)
    substitution = await asks(database, occurrence, network.teacher_1, colleague)
    done = await replies_to(database, substitution, colleague, agrees=True)
    assert done.matter is not None

    his = await says(database, first, network.teacher_1, Answer.COMING, minutes=2)

    assert his.seat is not None
    assert (his.seat.state, his.substitute) == (SeatState.MAIN, None), "the very seat comes back"
    theirs = await matter(database, done.matter.assignment.id)
    assert (theirs.is_withdrawn, theirs.seat, theirs.comes_for) == (True, None, None), "he was never invited himself"
    assert (await told(database))[-1] == (colleague, "withdrawn")


async def test_an_invited_colleague_is_asked_anew_when_he_need_not_come_instead(
    database: Database, factory: NetworkFactory, network: SmallNetwork
) -> None:
    second = factory.person("Яшина Елена Петровна", network.school_1)
    occurrence = await opened(database, network)
    first = await owed_by(database, occurrence, network.teacher_1)
    substitution = await asks(database, occurrence, network.teacher_1, second)
    await replies_to(database, substitution, second, agrees=True)

    await says(database, first, network.teacher_1, Answer.COMING, minutes=2)

    theirs = await matter(database, await owed_by(database, occurrence, second))
    assert (theirs.is_withdrawn, theirs.assignment.answer) == (False, None)


async def test_a_substitute_who_falls_ill_leaves_the_first_to_find_another(
    database: Database, network: SmallNetwork, colleague: PersonId
) -> None:
    occurrence = await opened(database, network)
    substitution = await asks(database, occurrence, network.teacher_1, colleague)
    done = await replies_to(database, substitution, colleague, agrees=True)
    assert done.matter is not None

    await says(database, done.matter.assignment.id, colleague, Answer.NOT_COMING, minutes=2)

    assert (await told(database))[-1] == (network.teacher_1, "declined")
    assert (await matter(database, await owed_by(database, occurrence, network.teacher_1))).substitute is None


@pytest.mark.parametrize("seats", [None, Seats(1, 1)], ids=["seats are not counted", "in the only seat"])
async def test_a_substitute_who_leaves_the_school_leaves_the_first_to_find_another(
    database: Database, network: SmallNetwork, colleague: PersonId, seats: Seats | None
) -> None:
    occurrence = await opened(database, network, seats)
    substitution = await asks(database, occurrence, network.teacher_1, colleague)
    done = await replies_to(database, substitution, colleague, agrees=True)
    assert done.matter is not None
    async with database.write() as tx:
        his = memberships.update().where(memberships.c.person_id == colleague)
        await tx._connection.execute(his.values(standing="left"))

    for _ in range(2):
        await pass_on_seats(database, now=LATER + timedelta(minutes=5))

    assert await told(database) == [
        (colleague, "asked"), (network.teacher_1, "agreed"), (network.teacher_1, "declined")
    ]  # fmt: skip
    assert (await matter(database, await owed_by(database, occurrence, network.teacher_1))).substitute is None
    theirs = await matter(database, done.matter.assignment.id)
    assert (theirs.is_withdrawn, theirs.seat) == (True, None)


async def test_a_substitute_who_finds_one_himself_tells_the_first_that_he_does_not_come(
    database: Database, factory: NetworkFactory, network: SmallNetwork, colleague: PersonId
) -> None:
    third = factory.person("Яковлев Илья", network.school_1)
    occurrence = await opened(database, network)
    await replies_to(database, await asks(database, occurrence, network.teacher_1, colleague), colleague, agrees=True)

    passed_on = await asks(database, occurrence, colleague, third)
    await replies_to(database, passed_on, third, agrees=True, minutes=2)

    assert (network.teacher_1, "declined") in await told(database)
    assert (await matter(database, await owed_by(database, occurrence, network.teacher_1))).substitute is None
    theirs = (await matter(database, await owed_by(database, occurrence, colleague))).substitute
    assert theirs is not None
    assert theirs.state is SubstitutionState.AGREED


async def test_another_day_needs_no_substitute_any_more_and_he_is_told(
    database: Database, network: SmallNetwork, colleague: PersonId
) -> None:
    """He was never invited himself, so he is asked nothing of the new day either."""
    occurrence = await opened(database, network)
    substitution = await asks(database, occurrence, network.teacher_1, colleague)
    done = await replies_to(database, substitution, colleague, agrees=True)
    assert done.matter is not None

    await moves(database, network, occurrence, timedelta(days=4))

    theirs = await matter(database, done.matter.assignment.id)
    assert (theirs.is_withdrawn, theirs.assignment.answer) == (True, None)
    assert (await told(database))[-1] == (colleague, "withdrawn")


async def test_erasing_the_colleague_takes_his_name_out_of_the_answer(
    database: Database, network: SmallNetwork, colleague: PersonId
) -> None:
    occurrence = await opened(database, network)
    substitution = await asks(database, occurrence, network.teacher_1, colleague)
    await replies_to(database, substitution, colleague, agrees=True)

    async with database.write() as tx:
        await tx.people.erase(colleague, now=LATER)

    first = await owed_by(database, occurrence, network.teacher_1)
    assert (await matter(database, first)).assignment.comment is None
    async with database.read() as tx:
        assert {past.text for past in await tx.replies.history(first)} == {None}
