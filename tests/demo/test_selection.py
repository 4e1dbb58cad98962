from __future__ import annotations

from datetime import UTC, datetime

from bot.demo.network import actor_named, fill_network
from bot.demo.selection import open_selection
from bot.domain.selection import ApplicationState
from bot.services.select_applicants import list_selections, show_selection
from storage.database import Database

NOW = datetime(2026, 9, 7, 6, 0, tzinfo=UTC)


async def test_a_visitor_meets_a_selection_with_applications_to_read(database: Database) -> None:
    await fill_network(database, now=NOW)
    await open_selection(database, now=NOW)
    actor = await actor_named(database, "Ким Елена Сергеевна")
    [line] = (await list_selections(database, actor=actor)).selections
    lists = (await show_selection(database, actor=actor, occurrence_id=line.occurrence_id)).lists
    assert lists.count(ApplicationState.WAITING) == 2
    assert lists.count(ApplicationState.MAIN) == 1
    assert (lists.untold, lists.is_announced) == (1, False)
