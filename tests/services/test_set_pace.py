"""«Постоянно» in a plan: reminded of monthly, quarterly or never, and the choice can be changed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from bot.domain.awaiting import Pace
from bot.domain.errors import OutdatedError
from bot.domain.ids import ActivityId
from bot.domain.matters import OccurrenceState
from bot.services.open_occurrences import open_occurrences
from bot.services.plan_document import plan_document
from bot.services.set_pace import preview_pace, set_pace
from bot.services.show_plan import show_activity, show_plan, version_of
from bot.services.start_dates import ActivityChangedError, start_dates
from storage.database import Database
from storage.program_tables import audit
from tests.acting import actor_of
from tests.calendar_days import MONDAY
from tests.drafts import READY, accepted
from tests.factories import SmallNetwork


async def test_a_pace_opens_dates_and_the_daily_job_goes_on(database: Database, network: SmallNetwork) -> None:
    activity_id = await _planned(database, network)

    await _set(database, network, activity_id, Pace.MONTHLY)

    days = await _days(database, network, activity_id)
    assert days[:2] == [date(2026, 9, 30), date(2026, 10, 30)]
    assert await open_occurrences(database, now=MONDAY) == 0
    assert await open_occurrences(database, now=MONDAY + timedelta(days=62)) == 2


async def test_another_pace_calls_off_what_it_does_not_share(database: Database, network: SmallNetwork) -> None:
    activity_id = await _planned(database, network)
    await _set(database, network, activity_id, Pace.MONTHLY)
    actor = await actor_of(database, network.regional)

    preview = await preview_pace(database, actor=actor, activity_id=activity_id, pace=Pace.QUARTERLY, now=MONDAY)
    await _set(database, network, activity_id, Pace.QUARTERLY)

    assert (len(preview.dates), len(preview.dropped)) == (0, 8)
    assert (await _days(database, network, activity_id))[:2] == [date(2026, 9, 30), date(2026, 12, 30)]


async def test_never_again_and_then_monthly_once_more(database: Database, network: SmallNetwork) -> None:
    activity_id = await _planned(database, network)
    for pace in (Pace.MONTHLY, Pace.NEVER):
        await _set(database, network, activity_id, pace)
    assert await _days(database, network, activity_id) == []
    assert await open_occurrences(database, now=MONDAY + timedelta(days=62)) == 0

    await _set(database, network, activity_id, Pace.MONTHLY)

    assert len(await _days(database, network, activity_id)) == 13


async def test_a_date_that_was_added_by_hand_stays(database: Database, network: SmallNetwork) -> None:
    activity_id = await _planned(database, network)
    await _set(database, network, activity_id, Pace.MONTHLY)
    actor = await actor_of(database, network.regional)
    seen = version_of((await show_activity(database, actor=actor, activity_id=activity_id)).opened)
    await start_dates(
        database, actor=actor, activity_id=activity_id, version=seen, words="15 октября", read_at=MONDAY, now=MONDAY
    )
    await _set(database, network, activity_id, Pace.NEVER)
    assert await _days(database, network, activity_id) == [date(2026, 10, 15)]


async def test_the_same_tap_again_does_nothing(database: Database, network: SmallNetwork) -> None:
    activity_id = await _planned(database, network)
    assert await _set(database, network, activity_id, Pace.MONTHLY)
    assert not await _set(database, network, activity_id, Pace.MONTHLY)
    async with database.read() as tx:
        acts = list((await tx._connection.execute(select(audit.c.act))).scalars())
    assert acts.count("pace set") == 1


async def test_the_second_of_two_coordinators_is_told(database: Database, network: SmallNetwork) -> None:
    activity_id = await _planned(database, network)
    await _set(database, network, activity_id, Pace.MONTHLY)
    actor = await actor_of(database, network.regional)
    with pytest.raises(ActivityChangedError):
        await set_pace(database, actor=actor, activity_id=activity_id, version=0, pace=Pace.QUARTERLY, now=MONDAY)


async def test_a_dated_activity_knows_no_pace(database: Database, network: SmallNetwork) -> None:
    activity_id = await _planned(database, network, READY)
    with pytest.raises(OutdatedError):
        await _set(database, network, activity_id, Pace.MONTHLY)


async def _planned(database: Database, network: SmallNetwork, phrase: str = "Постоянно") -> ActivityId:
    document_id = await accepted(database, network.regional, phrase)
    actor = await actor_of(database, network.regional)
    await plan_document(database, actor=actor, document_id=document_id, version=2, now=MONDAY)
    return (await show_plan(database, actor=actor, document_id=document_id)).activities[0].activity.id


async def _set(database: Database, network: SmallNetwork, activity_id: ActivityId, pace: Pace) -> bool:
    actor = await actor_of(database, network.regional)
    seen = version_of((await show_activity(database, actor=actor, activity_id=activity_id)).opened)
    return await set_pace(database, actor=actor, activity_id=activity_id, version=seen, pace=pace, now=MONDAY)


async def _days(database: Database, network: SmallNetwork, activity_id: ActivityId) -> list[date]:
    actor = await actor_of(database, network.regional)
    opened = (await show_activity(database, actor=actor, activity_id=activity_id)).opened
    return [found.due_on for found in opened.occurrences if found.state is OccurrenceState.OPEN]
