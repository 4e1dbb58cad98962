"""A return that is undone leaves everything as it was: whether it was accepted, and what stands beside the answer."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select

from bot.domain.ids import AssignmentId, DecisionId
from bot.domain.matters import Answer, Assignment
from bot.services.undo_decision import undo_return
from storage.database import Database
from storage.task_tables import decisions
from tests.acting import actor_of
from tests.factories import SmallNetwork
from tests.opening import assignment, matter
from tests.services.replying import reply
from tests.services.reviewing import LATER, accept, give_back, mark_of, open_reviewed_task, say_done


async def reviewed_task(database: Database, network: SmallNetwork) -> AssignmentId:
    return await assignment(database, await open_reviewed_task(database, network), school=network.school_1)


async def returned_and_undone(database: Database, network: SmallNetwork, owed: AssignmentId, time: int) -> Assignment:
    """What stands of the assignment after that. ``time``: in minutes, too."""
    now = LATER + timedelta(minutes=time)
    await give_back(database, network.municipal, owed, await mark_of(database, owed), source=f"r{time}", now=now)
    async with database.read() as tx:
        last = DecisionId((await tx._connection.execute(select(func.max(decisions.c.id)))).scalar_one())
    actor = await actor_of(database, network.municipal)
    await undo_return(database, actor=actor, decision_id=last, source=f"u{time}", now=now)
    return (await matter(database, owed)).assignment


async def test_an_accepted_answer_is_accepted_however_often_it_is_returned_by_mistake(
    database: Database, network: SmallNetwork
) -> None:
    owed = await reviewed_task(database, network)
    await say_done(database, network.coordinator_1, owed)
    await accept(database, network.municipal, owed, await mark_of(database, owed))
    for time in range(3):
        await returned_and_undone(database, network, owed, time)
        assert (await matter(database, owed)).is_accepted


async def test_the_comment_is_the_one_that_stood_beside_the_answer(database: Database, network: SmallNetwork) -> None:
    owed, school, minute = await reviewed_task(database, network), network.coordinator_1, timedelta(minutes=1)
    await say_done(database, school, owed, Answer.PROBLEM, "нет бланка", now=LATER)
    await say_done(database, school, owed, now=LATER + minute)
    assert (await returned_and_undone(database, network, owed, 2)).comment is None, "the problem went with its answer"
    await reply(database, school, owed, None, "приказ № 5", now=LATER + 3 * minute)
    assert (await returned_and_undone(database, network, owed, 4)).comment == "приказ № 5"
    mark = await mark_of(database, owed)
    await give_back(database, network.municipal, owed, mark, source="return", now=LATER + 5 * minute)
    await say_done(database, school, owed, now=LATER + 6 * minute)
    assert (await returned_and_undone(database, network, owed, 7)).comment is None, "it was said of the answer before"
