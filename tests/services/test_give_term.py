"""«Дать другой срок»: a coordinator gives one school another term without being asked for it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.domain.calendar import WorkCalendar
from bot.domain.errors import NotFoundError
from bot.domain.ids import AssignmentId, PersonId
from bot.domain.matters import Answer, Matter
from bot.domain.own_terms import TermNoLaterError, TermPastError
from bot.domain.reviewing import AssignmentRequestState
from bot.services.accept_reply import GivenReply, MatterClosedError, accept_reply
from bot.services.give_term import give_term
from bot.services.show_history import show_history
from storage.database import Database
from tests.acting import actor_of
from tests.factories import SmallNetwork
from tests.opening import assignment
from tests.planning import plan_notices
from tests.services.postponing import END_OF_FRIDAY, FRIDAY, LATER, ask, owed_by_school_1, steps, told


async def give(
    database: Database, person: PersonId, owed: AssignmentId, on: date = FRIDAY, *, source: str = "update 7"
) -> Matter:
    return await give_term(
        database,
        actor=await actor_of(database, person),
        assignment_id=owed,
        due_on=on,
        source=source,
        now=LATER + timedelta(hours=1),
    )


async def test_the_term_and_the_reminders_of_this_school_alone_move_and_it_is_told_once(
    database: Database, network: SmallNetwork
) -> None:
    occurrence, owed = await owed_by_school_1(database, network)
    other = await assignment(database, occurrence, school=network.school_2)
    await plan_notices(database, days=WorkCalendar(), now=LATER)
    before = await steps(database, other)
    for source in ("update 7", "update 7", "update 8"):
        moved = await give(database, network.municipal, owed, source=source)
    await plan_notices(database, days=WorkCalendar(), now=LATER + timedelta(hours=1))

    assert (moved.due_on, moved.due_at) == (FRIDAY, END_OF_FRIDAY)
    assert (await steps(database, owed))["planned"] == ["11.09 v1", "15.09 v1", "17.09 v1", "18.09 v1"]
    assert await steps(database, other) == before, "nobody else is moved"
    assert await told(database, "extended:") == [network.coordinator_1]
    history = await show_history(database, actor=await actor_of(database, network.coordinator_1), assignment_id=owed)
    assert [(one.what, one.on) for one in history.entries] == [("extended", FRIDAY)]


async def test_a_request_that_waits_is_granted_by_it(database: Database, network: SmallNetwork) -> None:
    _, owed = await owed_by_school_1(database, network)
    asked = await ask(database, network.coordinator_1, owed, wanted_on=date(2026, 9, 30))
    for _ in range(2):
        await give(database, network.municipal, owed)
    async with database.read() as tx:
        request = await tx.reviews.request(asked.request.id)
    assert request is not None
    assert (request.state, request.granted_on) == (AssignmentRequestState.GRANTED, FRIDAY)
    assert (await told(database, "postponed:"), await told(database, "extended:")) == ([network.coordinator_1], [])


@pytest.mark.parametrize(("on", "refusal"), [(date(2026, 9, 4), TermPastError), (date(2026, 9, 14), TermNoLaterError)])
async def test_the_day_is_ahead_and_later_than_the_term(
    database: Database, network: SmallNetwork, on: date, refusal: type[Exception]
) -> None:
    _, owed = await owed_by_school_1(database, network)
    with pytest.raises(refusal):
        await give(database, network.municipal, owed, on)


@pytest.mark.parametrize("who", ["coordinator_1", "coordinator_2", "amur_regional"])
async def test_only_those_above_give_it(database: Database, network: SmallNetwork, who: str) -> None:
    _, owed = await owed_by_school_1(database, network)
    with pytest.raises(NotFoundError):
        await give(database, getattr(network, who), owed)


async def test_what_is_answered_needs_no_other_term(database: Database, network: SmallNetwork) -> None:
    _, owed = await owed_by_school_1(database, network)
    actor = await actor_of(database, network.coordinator_1)
    reply = GivenReply(owed, Answer.DONE, None, version=1)
    await accept_reply(database, actor=actor, reply=reply, source="done", now=LATER)
    with pytest.raises(MatterClosedError):
        await give(database, network.municipal, owed)
