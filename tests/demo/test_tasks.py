from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.demo.network import actor_named, fill_network
from bot.demo.tasks import open_checklist
from bot.demo.webinars import announce_series
from bot.services.review_answers import list_queue
from bot.services.show_indicators import show_indicators
from storage.database import Database


@pytest.mark.parametrize(
    "now",
    [
        pytest.param(datetime(2026, 9, 7, 6, 0, tzinfo=UTC), id="a Monday morning"),
        pytest.param(datetime(2026, 12, 15, 22, 30, tzinfo=UTC), id="a night, with the term among the holidays"),
    ],
)
async def test_a_visitor_meets_a_form_an_answer_to_check_and_a_request(database: Database, now: datetime) -> None:
    await fill_network(database, now=now)
    await announce_series(database, now=now)
    await open_checklist(database, now=now)
    for full_name in ("Орлова Вера Ильинична", "Белов Пётр Андреевич"):
        queue = await list_queue(database, actor=await actor_named(database, full_name), page=0)
        assert [one.matter.unit_title for one in queue.answers] == ["Школа № 1 г. Суздаля"]
        assert [matter.unit_title for _, matter in queue.requests] == ["Новосельская школа"]
    above = await actor_named(database, "Орлова Вера Ильинична")
    occurrence_id = queue.answers[0].matter.assignment.occurrence_id
    board = await show_indicators(database, actor=above, occurrence_id=occurrence_id)
    assert [one.whole.number for one in board.indicators] == [6, 24, 1, None], "of a choice there is no sum"
    school = await actor_named(database, "Грачёва Ольга Петровна")
    async with database.read() as tx:
        owed = await tx.replies.open_matters(
            school.person.id, [unit.id for unit in school.coordinated], since=now, offset=0, limit=10
        )
    assert [one.form is not None for one in owed.matters].count(True) == 1, "the others have a form to fill in"
