"""The figures of a form cost the storage the same, however many questions it asks."""

from __future__ import annotations

from typing import Any

from sqlalchemy import event

from bot.domain.forms import Question, QuestionKind
from bot.domain.ids import OccurrenceId
from bot.services.show_indicators import show_indicator, show_indicators
from storage.database import Database
from tests.acting import actor_of
from tests.factories import SmallNetwork
from tests.forms import MENTORS, ORDER, form_on, handed_in_with
from tests.opening import assignment, open_task

SHARE = Question("share", QuestionKind.DECIMAL, "Доля педагогов с категорией", unit="%")
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


async def test_shares_are_averaged_by_school_and_by_period(database: Database, network: SmallNetwork) -> None:
    occurrence = await open_task(database, network)
    await form_on(database, network, occurrence, [SHARE])
    schools = {network.school_1: network.coordinator_1, network.school_2: network.coordinator_2}
    for (school, person), share in zip(schools.items(), ("80", "50"), strict=True):
        owed = await assignment(database, occurrence, school=school)
        await handed_in_with(database, person, owed, share)
    regional = await actor_of(database, network.regional)
    shown = await show_indicator(
        database, actor=regional, occurrence_id=occurrence, question="share", unit_id=network.suzdal
    )
    assert shown.whole.number == 65
    assert [number for _, number in shown.periods] == [65]
    assert [one.number for one in shown.below] == [80, 50]
