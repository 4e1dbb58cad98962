"""An activity that is planned already is reminded of by another ladder: what waits changes, what went out stays."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from bot.domain.calendar import WorkCalendar
from bot.domain.errors import NotFoundError, OutdatedError
from bot.domain.ids import ActivityId
from bot.domain.matters import LadderName
from bot.domain.own_ladders import with_bounds
from bot.services.attach_ladder import attach_ladder, make_obligatory, show_choice
from bot.services.edit_ladders import change_ladder, copy_ladder, show_ladder
from storage.database import Database
from storage.tables import activities, notices
from tests.acting import actor_of
from tests.calendar_days import MONDAY
from tests.factories import SmallNetwork
from tests.opening import open_task
from tests.planning import plan_notices

DAYS = WorkCalendar()


async def planned(database: Database, network: SmallNetwork) -> ActivityId:
    await open_task(database, network, network.school_1)
    await plan_notices(database, days=DAYS, now=MONDAY)
    async with database.read() as tx:
        return ActivityId((await tx._connection.execute(select(activities.c.id))).scalar_one())


async def steps(database: Database, *states: str) -> list[int]:
    async with database.read() as tx:
        rows = await tx._connection.execute(
            select(notices.c.days_before)
            .where(notices.c.state.in_(states), notices.c.days_before.is_not(None))
            .order_by(notices.c.due_at)
        )
        return list(rows.scalars())


async def test_what_waits_is_planned_by_the_other_ladder(database: Database, network: SmallNetwork) -> None:
    activity = await planned(database, network)
    assert await steps(database, "planned") == [3, 0]
    actor = await actor_of(database, network.regional)
    assert await attach_ladder(database, actor=actor, activity_id=activity, name=LadderName.STRICT, now=MONDAY) == 1
    await plan_notices(database, days=DAYS, now=MONDAY)
    assert await steps(database, "planned") == [5, 3, 0]
    assert await steps(database, "cancelled") == [3, 0], "every notice has an outcome"


async def test_what_went_out_stays_and_is_not_sent_again(database: Database, network: SmallNetwork) -> None:
    activity = await planned(database, network)
    async with database.write() as tx:
        sent = update(notices).where(notices.c.days_before == 3).values(state="sent", claimed_at=MONDAY, attempts=1)
        await tx._connection.execute(sent)
    actor = await actor_of(database, network.regional)
    await attach_ladder(database, actor=actor, activity_id=activity, name=LadderName.URGENT, now=MONDAY)
    await plan_notices(database, days=DAYS, now=MONDAY)
    assert await steps(database, "sent") == [3]
    assert 3 not in await steps(database, "planned")


async def test_the_same_ladder_again_changes_nothing(database: Database, network: SmallNetwork) -> None:
    activity = await planned(database, network)
    actor = await actor_of(database, network.regional)
    assert await attach_ladder(database, actor=actor, activity_id=activity, name=LadderName.USUAL, now=MONDAY) == 0
    assert await steps(database, "cancelled") == []


async def test_rights_follow_the_tree(database: Database, network: SmallNetwork) -> None:
    activity = await planned(database, network)
    stranger = await actor_of(database, network.amur_regional)
    with pytest.raises(NotFoundError):
        await show_choice(database, actor=stranger, activity_id=activity)
    foreign = await copy_ladder(
        database, actor=stranger, name=LadderName.CALM, title="Амурская", source="Амурская", now=MONDAY
    )
    actor = await actor_of(database, network.regional)
    with pytest.raises(NotFoundError):
        await show_ladder(database, actor=actor, ladder_id=foreign)
    with pytest.raises(NotFoundError):
        await attach_ladder(database, actor=actor, activity_id=activity, name=LadderName.USUAL, own=foreign, now=MONDAY)


async def test_an_older_version_of_a_ladder_is_not_written_over(database: Database, network: SmallNetwork) -> None:
    actor = await actor_of(database, network.regional)
    own = await copy_ladder(database, actor=actor, name=LadderName.USUAL, title="Своя", source="Своя", now=MONDAY)

    async def change(most: int) -> None:
        await change_ladder(
            database,
            actor=actor,
            ladder_id=own,
            version=1,
            change=lambda ladder: with_bounds(ladder, most=most),
            source=f"at most {most}",
            now=MONDAY,
        )

    await change(3)
    with pytest.raises(OutdatedError):
        await change(5)
    assert (await show_ladder(database, actor=actor, ladder_id=own)).own.ladder.most == 3


async def test_what_is_not_obligatory_keeps_its_ladder(database: Database, network: SmallNetwork) -> None:
    activity = await planned(database, network)
    actor = await actor_of(database, network.regional)
    own = await copy_ladder(database, actor=actor, name=LadderName.CALM, title="Своя", source="Своя", now=MONDAY)
    await attach_ladder(database, actor=actor, activity_id=activity, name=LadderName.USUAL, own=own, now=MONDAY)
    await make_obligatory(database, actor=actor, activity_id=activity, is_obligatory=False, now=MONDAY)
    attached = (await show_choice(database, actor=actor, activity_id=activity)).attached
    assert attached.own is not None
    assert (attached.own.id, attached.is_obligatory) == (own, False)
