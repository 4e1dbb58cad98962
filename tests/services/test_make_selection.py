"""How a selection begins: what it cannot be announced without, and rows that become one."""

from __future__ import annotations

import pytest

from bot.domain.errors import NotFoundError
from bot.domain.selection_drafts import SelectionUnfinishedError
from bot.services.announce_selection import announce_selection
from bot.services.make_selection import start_selection, start_selection_of_activity, start_selection_of_row
from storage.database import Database
from tests.acting import actor_of
from tests.calendar_days import MONDAY
from tests.drafts import imported, row_of, version_of
from tests.factories import SmallNetwork
from tests.forms import activity_of
from tests.opening import open_task


async def test_nothing_unfinished_is_announced(database: Database, network: SmallNetwork) -> None:
    actor = await actor_of(database, network.regional)
    view = await start_selection(database, actor=actor, unit_id=network.vladimir, now=MONDAY)
    with pytest.raises(SelectionUnfinishedError):
        await announce_selection(database, actor=actor, draft_id=view.stored.id, version=1, now=MONDAY)


async def test_a_row_of_a_plan_begins_a_selection(database: Database, network: SmallNetwork) -> None:
    activity_id = await activity_of(database, await open_task(database, network, title="Отбор тьюторов инициативы"))
    actor = await actor_of(database, network.regional)
    view = await start_selection_of_activity(database, actor=actor, activity_id=activity_id, now=MONDAY)
    assert view.draft.title == "Отбор тьюторов инициативы"
    stranger = await actor_of(database, network.amur_regional)
    with pytest.raises(NotFoundError):
        await start_selection_of_activity(database, actor=stranger, activity_id=activity_id, now=MONDAY)


async def test_a_row_of_a_draft_begins_one_too_and_stays_as_it_is(database: Database, network: SmallNetwork) -> None:
    document_id = await imported(database, network.regional, "до 1 октября 2026 года")
    actor = await actor_of(database, network.regional)
    row_id = await row_of(database, document_id, 1)
    before = await version_of(database, document_id)
    view = await start_selection_of_row(database, actor=actor, row_id=row_id, now=MONDAY)
    assert view.draft.title
    assert await version_of(database, document_id) == before
    stranger = await actor_of(database, network.amur_regional)
    with pytest.raises(NotFoundError):
        await start_selection_of_row(database, actor=stranger, row_id=row_id, now=MONDAY)
