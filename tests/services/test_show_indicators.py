"""The figures of a form cost the storage the same, however many questions it asks."""

from __future__ import annotations

from typing import Any

from sqlalchemy import event

from bot.domain.forms import Question, QuestionKind
from bot.domain.ids import OccurrenceId
from bot.services.show_indicators import show_indicators
from storage.database import Database
from tests.acting import actor_of
from tests.factories import SmallNetwork
from tests.forms import MENTORS, ORDER, form_on
from tests.opening import open_task

PUPILS = Question("pupils", QuestionKind.WHOLE, "Сколько учеников?")


async def statements(database: Database, network: SmallNetwork, occurrence: OccurrenceId) -> int:
    asked = []

    def listen(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        asked.append(statement)

    async with database.read() as tx:
        engine = tx._connection.engine.sync_engine
    event.listen(engine, "before_cursor_execute", listen)
    try:
        await show_indicators(
            database, actor=await actor_of(database, network.regional), occurrence_id=occurrence, unit_id=network.suzdal
        )
    finally:
        event.remove(engine, "before_cursor_execute", listen)
    return len(asked)


async def test_three_questions_are_asked_of_the_storage_as_one(database: Database, network: SmallNetwork) -> None:
    one, three = [await open_task(database, network, title=title) for title in ("Первое", "Второе")]
    await form_on(database, network, one, [MENTORS], source="one")
    await form_on(database, network, three, [MENTORS, ORDER, PUPILS], source="three")
    assert await statements(database, network, three) == await statements(database, network, one)
