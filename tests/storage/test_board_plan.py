"""How the database counts the board: by its index alone, and of the reader's own part, whatever else there is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.ids import OccurrenceId, PersonId
from bot.ports.storage import Stores
from storage.database import Database
from tests.calendar_days import MONDAY
from tests.factories import SmallNetwork
from tests.storage.test_board import open_task
from tests.storage.test_job_plans import steps_of

DATE, READER = OccurrenceId(1), PersonId(1)
_WINDOW = {"since": MONDAY - timedelta(days=60), "until": MONDAY + timedelta(days=90), "settled_since": MONDAY}

Question = Callable[[Stores, str], Awaitable[object]]


async def which_dates(tx: Stores, path: str) -> object:
    return await tx.board.dates([path], **_WINDOW)


async def how_they_stand(tx: Stores, path: str) -> object:
    return await tx.board.lines([DATE], [path])


async def how_each_part_stands(tx: Stores, path: str) -> object:
    return await tx.board.line_in_parts(DATE, [path], [path])


async def what_waits_for_a_word(tx: Stores, path: str) -> object:
    return await tx.reviews.queue_size([path], READER)


@pytest.mark.parametrize("question", [which_dates, how_they_stand, how_each_part_stands])
@pytest.mark.parametrize("path", ["/", "/1/2/"])
async def test_the_board_is_counted_by_its_index_alone(
    database: Database, database_file: Path, network: SmallNetwork, question: Question, path: str
) -> None:
    await open_task(database, network, network.vladimir)

    steps = await steps_of(database, database_file, lambda tx: question(tx, path), "assignments")

    looked = {step for step in steps if " assignments " in step}
    by_school = "" if path == "/" else " AND unit_id=?"
    assert looked == {f"SEARCH assignments USING COVERING INDEX ix_assignments_board (occurrence_id=?{by_school})"}
    assert sum(" assignments " in step for step in steps) == 1 or question is which_dates, "counted once"
    assert [step for step in steps if step.startswith(("SCAN persons", "SCAN units", "SCAN assignments"))] == []


@pytest.mark.parametrize("path", ["/", "/1/2/"])
async def test_what_waits_is_found_without_what_was_decided(
    database: Database, database_file: Path, network: SmallNetwork, path: str
) -> None:
    await open_task(database, network, network.vladimir)

    steps = await steps_of(database, database_file, lambda tx: what_waits_for_a_word(tx, path), "assignments")

    looked = {step.split(" USING ")[1] for step in steps if " assignments " in step}
    assert looked == {
        "INDEX ix_assignments_undecided (answer=?)",  # of «не относится» alone
        "INDEX ix_assignments_undecided (answer=? AND occurrence_id=?)",
        "INTEGER PRIMARY KEY (rowid=?)",
    }
    assert sum(step.endswith("ix_assignments_undecided (answer=?)") for step in steps) == 1
    assert [step for step in steps if step.startswith("SCAN assignment")] == [
        "SCAN assignment_requests USING INDEX uq_assignment_requests_waiting"
    ]


async def test_what_went_astray_is_found_without_what_arrived(
    database: Database, database_file: Path, network: SmallNetwork
) -> None:
    await open_task(database, network, network.vladimir)

    steps = await steps_of(database, database_file, lambda tx: tx.board.misdelivery(DATE, ["/1/"]), "notices")

    looked = {step.split(" USING ")[1] for step in steps if " notices " in step}
    assert looked == {
        "INDEX ix_notices_occurrence (occurrence_id=? AND state=?)",
        "INDEX ix_notices_doubted (occurrence_id=?)",
    }
