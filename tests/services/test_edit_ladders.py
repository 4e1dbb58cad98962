"""A ladder of one's own: an update that is handled a second time changes nothing, and says nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from bot.domain.errors import OutdatedError
from bot.domain.matters import LadderName
from bot.domain.steps import Ladder
from bot.services.edit_ladders import change_ladder, copy_ladder, list_ladders, retire_ladder, show_ladder
from storage.database import Database
from storage.program_tables import audit
from tests.acting import actor_of
from tests.calendar_days import MONDAY
from tests.factories import SmallNetwork


async def acts(database: Database) -> int:
    async with database.read() as tx:
        return (await tx._connection.execute(select(func.count()).select_from(audit))).scalar_one()


def with_three(ladder: Ladder) -> Ladder:
    return replace(ladder, most=3)


async def test_acts_handled_again_change_nothing(database: Database, network: SmallNetwork) -> None:
    """The process died after the commit: the update is taken up once more, with the version that it saw."""
    actor = await actor_of(database, network.municipal)
    made = [
        await copy_ladder(database, actor=actor, name=LadderName.CALM, title="Своя", source="update 1", now=MONDAY)
        for _ in range(2)
    ]
    assert made[0] == made[1]
    assert len(await list_ladders(database, actor=actor)) == 1

    for _ in range(2):
        await change_ladder(
            database, actor=actor, ladder_id=made[0], version=1, change=with_three, source="update 2", now=MONDAY
        )
    shown = await show_ladder(database, actor=actor, ladder_id=made[0])
    assert (shown.own.version, shown.own.ladder.most) == (2, 3)

    for _ in range(2):
        await retire_ladder(database, actor=actor, ladder_id=made[0], now=MONDAY)
    assert await acts(database) == 3, "made, changed and retired, once each"


async def test_another_update_with_the_version_of_before_is_told_so(database: Database, network: SmallNetwork) -> None:
    actor = await actor_of(database, network.municipal)
    own = await copy_ladder(database, actor=actor, name=LadderName.CALM, title="Своя", source="update 1", now=MONDAY)
    await change_ladder(database, actor=actor, ladder_id=own, version=1, change=with_three, source="2", now=MONDAY)
    with pytest.raises(OutdatedError):
        await change_ladder(database, actor=actor, ladder_id=own, version=1, change=with_three, source="3", now=MONDAY)
