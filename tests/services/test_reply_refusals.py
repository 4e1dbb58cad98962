"""Who may answer for whom, and until when: the rest is refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from bot.domain.errors import NotFoundError, OutdatedError
from bot.domain.ids import AssignmentId, PersonId
from bot.domain.matters import Answer, OccurrenceState
from bot.services.accept_reply import (
    GivenReply,
    MatterClosedError,
    ReplyTooLongError,
    check_reply,
)
from storage.database import Database
from storage.tables import assignments
from tests.acting import actor_of
from tests.calendar_days import MONDAY
from tests.factories import SmallNetwork
from tests.opening import assignment, matter, open_task, open_webinar
from tests.services.replying import (
    LATER,
    history,
    move,
    reply,
    set_state,
)


@dataclass(frozen=True)
class Presser:
    field: str
    may: bool
    reason: str


@pytest.mark.parametrize(
    "presser",
    [
        Presser("coordinator_1", True, "the school's own coordinator"),
        Presser("teacher_1", False, "a teacher does not answer for the school"),
        Presser("coordinator_2", False, "a coordinator of the school next door"),
        Presser("municipal", False, "the coordinator above sees the school's debt, but does not pay it"),
        Presser("regional", False, "nor does the one who sent the task"),
        Presser("coordinator_4", False, "a stranger from another region pressed a forwarded button"),
    ],
    ids=lambda presser: presser.reason,
)
async def test_only_a_coordinator_of_the_school_answers_for_it(
    database: Database, network: SmallNetwork, presser: Presser
) -> None:
    owed = await assignment(database, await open_task(database, network), school=network.school_1)
    person: PersonId = getattr(network, presser.field)

    if presser.may:
        await reply(database, person, owed, Answer.DONE)
    else:
        with pytest.raises(NotFoundError):
            await reply(database, person, owed, Answer.DONE)

    assert (await matter(database, owed)).assignment.answer is (Answer.DONE if presser.may else None)


@pytest.mark.parametrize(
    ("field", "may"),
    [
        pytest.param("teacher_1", True, id="the person himself"),
        pytest.param("coordinator_1", False, id="his coordinator does not come in his stead"),
        pytest.param("teacher_2", False, id="a colleague"),
    ],
)
async def test_a_person_answers_for_himself_alone(
    database: Database, network: SmallNetwork, field: str, may: bool
) -> None:
    owed = await assignment(database, await open_webinar(database, network), person=network.teacher_1)

    if may:
        await reply(database, getattr(network, field), owed, Answer.COMING)
    else:
        with pytest.raises(NotFoundError):
            await reply(database, getattr(network, field), owed, Answer.COMING)

    assert (await matter(database, owed)).assignment.answer is (Answer.COMING if may else None)


async def test_a_button_of_no_matter_at_all_is_refused(database: Database, network: SmallNetwork) -> None:
    with pytest.raises(NotFoundError):
        await reply(database, network.coordinator_1, AssignmentId(999), Answer.DONE)


async def test_a_task_is_not_answered_with_the_answers_of_a_webinar(database: Database, network: SmallNetwork) -> None:
    owed = await assignment(database, await open_task(database, network), school=network.school_1)

    with pytest.raises(NotFoundError):
        await reply(database, network.coordinator_1, owed, Answer.COMING)


async def test_a_cancelled_matter_takes_nothing(database: Database, network: SmallNetwork) -> None:
    occurrence = await open_task(database, network)
    owed = await assignment(database, occurrence, school=network.school_1)
    await set_state(database, occurrence, OccurrenceState.CANCELLED)

    for answer, text in ((Answer.DONE, None), (None, "комментарий")):
        with pytest.raises(MatterClosedError):
            await reply(database, network.coordinator_1, owed, answer, text)

    assert await history(database, owed) == []


async def test_what_is_owed_no_more_takes_nothing(database: Database, network: SmallNetwork) -> None:
    owed = await assignment(database, await open_webinar(database, network), person=network.teacher_1)
    async with database.write() as tx:
        await tx._connection.execute(update(assignments).where(assignments.c.id == owed).values(withdrawn_at=MONDAY))

    with pytest.raises(MatterClosedError):
        await reply(database, network.teacher_1, owed, Answer.COMING)


@pytest.mark.parametrize(
    ("now", "is_taken"),
    [
        pytest.param(datetime(2026, 9, 10, 8, 59, tzinfo=UTC), True, id="a minute before it begins"),
        pytest.param(datetime(2026, 9, 10, 9, 0, tzinfo=UTC), False, id="it has begun: who comes is settled"),
        pytest.param(datetime(2026, 9, 11, 6, 0, tzinfo=UTC), False, id="the morning after: nobody asks any more"),
    ],
)
async def test_a_webinar_is_answered_until_it_begins(
    database: Database, network: SmallNetwork, now: datetime, is_taken: bool
) -> None:
    owed = await assignment(database, await open_webinar(database, network), person=network.teacher_1)

    if is_taken:
        await reply(database, network.teacher_1, owed, Answer.COMING, now=now)
    else:
        with pytest.raises(MatterClosedError):
            await reply(database, network.teacher_1, owed, Answer.COMING, now=now)

    assert (await matter(database, owed)).assignment.answer is (Answer.COMING if is_taken else None)


async def test_an_overdue_task_is_still_answered(database: Database, network: SmallNetwork) -> None:
    owed = await assignment(database, await open_task(database, network), school=network.school_1)

    await reply(database, network.coordinator_1, owed, Answer.DONE, now=MONDAY + timedelta(days=30))

    assert (await matter(database, owed)).assignment.answer is Answer.DONE


async def test_a_button_from_before_the_move_acts_on_nothing(database: Database, network: SmallNetwork) -> None:
    occurrence = await open_task(database, network)
    owed = await assignment(database, occurrence, school=network.school_1)
    await move(database, occurrence)

    with pytest.raises(OutdatedError):
        await reply(database, network.coordinator_1, owed, Answer.DONE, version=1)
    assert await history(database, owed) == []

    await reply(database, network.coordinator_1, owed, Answer.DONE, version=2)
    assert (await matter(database, owed)).assignment.answer is Answer.DONE


async def test_a_text_beyond_the_limit_is_refused_with_both_numbers(database: Database, network: SmallNetwork) -> None:
    owed = await assignment(database, await open_task(database, network), school=network.school_1)

    with pytest.raises(ReplyTooLongError) as refusal:
        await reply(database, network.coordinator_1, owed, Answer.PROBLEM, "а" * 1001)

    assert (refusal.value.length, refusal.value.limit) == (1001, 1000)


async def test_nobody_is_asked_for_a_line_that_would_not_be_taken(database: Database, network: SmallNetwork) -> None:
    occurrence = await open_task(database, network)
    owed = await assignment(database, occurrence, school=network.school_1)
    await set_state(database, occurrence, OccurrenceState.CANCELLED)
    given = GivenReply(owed, Answer.PROBLEM, version=1)

    with pytest.raises(MatterClosedError):
        await check_reply(database, actor=await actor_of(database, network.coordinator_1), reply=given, now=LATER)
