"""A return that is undone leaves everything as it was: whether it was accepted, and what stands beside the answer."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select

from bot.domain.ids import AssignmentId, DecisionId
from bot.domain.matters import Assignment
from bot.services.undo_return import undo_return
from storage.database import Database
from storage.task_tables import decisions
from tests.acting import actor_of
from tests.factories import SmallNetwork
from tests.opening import assignment, matter
from tests.services.reviewing import LATER, accept, give_back, mark_of, open_reviewed_task, say_done


async def reviewed_task(database: Database, network: SmallNetwork) -> AssignmentId:
    return await assignment(database, await open_reviewed_task(database, network), school=network.school_1)


async def returned_and_undone(database: Database, network: SmallNetwork, owed: AssignmentId, time: int) -> Assignment:
    """What stands of the assignment after that."""
    await give_back(database, network.municipal, owed, await mark_of(database, owed), source=f"return:{time}")
    async with database.read() as tx:
        last = DecisionId((await tx._connection.execute(select(func.max(decisions.c.id)))).scalar_one())
    actor = await actor_of(database, network.municipal)
    await undo_return(database, actor=actor, decision_id=last, source=f"undo:{time}", now=LATER)
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
