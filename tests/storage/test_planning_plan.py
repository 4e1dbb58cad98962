"""How the database takes a share of the people to plan: by the people, and not by all that the date owes."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import event

from bot.domain.ids import PersonId
from bot.ports.planning import Share
from storage.database import Database
from tests.calendar_days import MONDAY
from tests.factories import SmallNetwork
from tests.storage.test_board import open_task


async def test_a_share_costs_what_its_people_do(database: Database, database_file: Path, network: SmallNetwork) -> None:
    await open_task(database, network, network.vladimir)
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        asked.append((statement, parameters))

    event.listen(database._writer.sync_engine, "before_cursor_execute", note)
    async with database.write() as tx:
        dates = await tx.planning.next_dates(1, now=MONDAY)
        await tx.planning.take_share(dates, Share(PersonId(0), PersonId(3)), is_untouched=False)

    taking = [(statement, values) for statement, values in asked if "INSERT INTO planning_share" in statement]
    with sqlite3.connect(database_file) as connection:
        for statement, _ in asked:
            if statement.lstrip().startswith("CREATE TEMPORARY"):
                connection.execute(statement)
        steps = [row[3] for text, values in taking for row in connection.execute(f"EXPLAIN QUERY PLAN {text}", values)]
    looked = [step for step in steps if " assignments " in step]
    assert len(looked) == 2, "those who owe it themselves, and those whose school does"
    assert [step for step in looked if step.endswith("(occurrence_id=?)") or step.startswith("SCAN")] == []
    assert [step for step in steps if step.startswith(("SCAN notices", "SCAN memberships", "SCAN persons"))] == []
