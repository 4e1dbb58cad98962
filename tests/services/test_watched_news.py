"""Who moves or calls off what many were told of sees how they hear of it, and cannot hold it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.clock import MovableClock
from bot.domain.delivery import NoticeKind
from bot.domain.errors import NotFoundError
from bot.domain.ids import OccurrenceId
from bot.services import plan_notices as planner
from bot.services.cancel_occurrence import cancel_occurrence
from bot.services.steer_broadcast import stop_announcement, stop_broadcast
from storage.database import Database
from storage.tables import notices
from tests.acting import actor_of
from tests.broadcasting import DAYS, LATER, claimed, latest, standing
from tests.calendar_days import MONDAY
from tests.factories import SmallNetwork
from tests.opening import move_date, open_task, open_webinar
from tests.planning import before_transaction, plan_notices


async def told_webinar(database: Database, network: SmallNetwork) -> OccurrenceId:
    """Everybody has got its announcement."""
    occurrence_id = await open_webinar(database, network)
    await plan_notices(database, now=MONDAY, days=DAYS)
    async with database.write() as tx:
        announced = notices.c.kind == NoticeKind.ANNOUNCEMENT.value
        await tx._connection.execute(update(notices).where(announced).values(state="sent"))
    return occurrence_id


async def move(database: Database, network: SmallNetwork, occurrence_id: OccurrenceId) -> None:
    await move_date(database, network, occurrence_id, to=MONDAY + timedelta(days=9), now=LATER)


async def test_who_moves_what_many_were_told_of_watches_how_they_hear_and_cannot_hold_it(
    database: Database, network: SmallNetwork
) -> None:
    occurrence_id = await told_webinar(database, network)
    await move(database, network, occurrence_id)
    news = await latest(database)
    await plan_notices(database, now=LATER, days=DAYS)
    assert await standing(database, news) == (0, 2, False)
    await claimed(database, 1, now=LATER)
    assert await standing(database, news) == (1, 2, False)
    actor = await actor_of(database, network.regional)
    with pytest.raises(NotFoundError):
        await stop_broadcast(database, actor=actor, broadcast_id=news, now=LATER)


async def test_who_moves_an_event_while_a_long_planning_runs_watches_it_too(
    database: Database, network: SmallNetwork, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The news are planned in the same beat, and belong to the moment after his act."""
    occurrence_id = await told_webinar(database, network)
    await open_task(database, network)
    clock = MovableClock(MONDAY, is_frozen=True)

    async def meanwhile() -> None:
        await move(database, network, occurrence_id)
        clock.move_to(LATER + timedelta(seconds=1))

    before_transaction(1, meanwhile, monkeypatch)
    await planner.plan_notices(database, days=DAYS, now=clock.now)
    assert await standing(database, await latest(database)) == (0, 2, False)


async def test_the_next_change_of_the_same_has_figures_of_its_own(database: Database, network: SmallNetwork) -> None:
    occurrence_id = await told_webinar(database, network)
    await move(database, network, occurrence_id)
    await plan_notices(database, now=LATER, days=DAYS)
    moved = await latest(database)
    await claimed(database, 1, now=LATER)
    actor, still_later = await actor_of(database, network.regional), LATER + timedelta(minutes=1)
    await cancel_occurrence(database, actor=actor, occurrence_id=occurrence_id, version=2, now=still_later)
    await plan_notices(database, now=still_later, days=DAYS)
    assert await standing(database, moved) == (1, 1, True), "the others hear no more of it"
    assert await standing(database, await latest(database)) == (0, 2, False)


async def test_news_do_not_take_the_place_of_the_announcement_that_may_be_held(
    database: Database, network: SmallNetwork
) -> None:
    occurrence_id = await told_webinar(database, network)
    actor = await actor_of(database, network.regional)
    await stop_announcement(database, actor=actor, occurrence_id=occurrence_id, now=MONDAY)
    async with database.read() as tx:
        announced = await tx.broadcasts.announcing(occurrence_id)
    await move(database, network, occurrence_id)
    async with database.read() as tx:
        assert announced == await tx.broadcasts.announcing(occurrence_id) != await latest(database)


async def test_a_change_of_something_else_ends_nobodys_figures(database: Database, network: SmallNetwork) -> None:
    occurrence_id, other = await told_webinar(database, network), await open_task(database, network)
    await move(database, network, occurrence_id)
    moved = await latest(database)
    actor, soon = await actor_of(database, network.regional), LATER + timedelta(seconds=1)
    await cancel_occurrence(database, actor=actor, occurrence_id=other, version=1, now=soon)
    await plan_notices(database, now=LATER + timedelta(seconds=5), days=DAYS)
    assert await standing(database, moved) == (0, 2, False)
