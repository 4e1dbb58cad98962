"""How the database goes about a nudge: from the silent ones to their people, not from all people to the silent ones."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import event

from storage.database import Database
from tests.calendar_days import MONDAY
from tests.factories import SmallNetwork
from tests.storage.test_board import open_task


async def test_a_nudge_reads_no_table_from_end_to_end(
    database: Database, database_file: Path, network: SmallNetwork
) -> None:
    occurrence = await open_task(database, network, network.vladimir)
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        asked.append((statement, parameters))

    event.listen(database._reader.sync_engine, "before_cursor_execute", note)
    async with database.read() as tx:
        found = await tx.board.silent(occurrence, ["/"], nudged_since=MONDAY)
    assert {one.person_id for one in found} == {network.coordinator_1, network.coordinator_2, network.coordinator_3}

    [(statement, parameters)] = [(text, values) for text, values in asked if text.startswith("SELECT")]
    with sqlite3.connect(database_file) as connection:
        steps = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)]
    assert [step for step in steps if step.startswith("SCAN")] == []
