"""How the database goes about the jobs that run every minute: a region has hundreds of thousands of notices."""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bot.domain.events import EventDetails
from bot.domain.ids import AssignmentId, DecisionId, OccurrenceId, PersonId
from bot.ports.storage import Stores
from storage import sqlite_driver
from storage.circumstances import worked_in
from storage.coordinators import COORDINATES
from storage.database import Database
from storage.due import plan_anew, stale_steps
from storage.tables import memberships
from tests.calendar_days import MONDAY
from tests.factories import SmallNetwork
from tests.opening import open_event

BEGINS = MONDAY + timedelta(days=3)


async def whom_to_ask(tx: Stores) -> object:
    return await tx.afterwards.to_ask(began_after=MONDAY, now=BEGINS + timedelta(hours=2))


async def whom_to_tell_of_teams(tx: Stores) -> object:
    return await tx.teams.team_readers(now=MONDAY)


@pytest.mark.parametrize("question", [whom_to_ask, whom_to_tell_of_teams])
async def test_a_job_finds_whom_it_has_told_without_reading_every_notice(
    database: Database, database_file: Path, network: SmallNetwork, question: Callable[[Stores], Awaitable[object]]
) -> None:
    await open_event(database, network, dates=(BEGINS,), details=EventDetails(least_per_school=1))

    steps = await steps_of(database, database_file, question, "notices")

    assert [step for step in steps if "notices" in step], "it looks whom it has told"
    assert [step for step in steps if step.startswith("SCAN notices")] == []


async def whether_a_guest_has_knocked(tx: Stores) -> object:
    event = await tx.attendance.event(OccurrenceId(1))
    assert event is not None
    return await tx.attendance.has_knocked(event, PersonId(1))


async def whom_the_lists_of_a_series_have_told(tx: Stores) -> object:
    return await tx.matters.occurrence_facts(OccurrenceId(1))


async def how_often_a_word_was_wrong(tx: Stores) -> object:
    return await tx.audit.instants("wrong word", by=PersonId(1), since=MONDAY)


async def who_has_heard_of_a_return(tx: Stores) -> object:
    return await tx.reviews.told_of_return(DecisionId(1))


async def what_reviewers_have_heard(tx: Stores) -> object:
    return await tx.reviews.reviewers([PersonId(1), PersonId(2)], apart_since=MONDAY)


async def which_edits_would_come_over_a_question(tx: Stores) -> object:
    edit = SimpleNamespace(id=1, kind="refresh", detail={"replaces": 12}, account=7)
    return await worked_in(tx.notices._connection, [edit])  # type: ignore[attr-defined, list-item]  # the store's own


async def who_was_reminded_of_a_matter_among_others(tx: Stores) -> object:
    return await tx.sent_messages.reminding([AssignmentId(1)])


@pytest.mark.parametrize(
    ("question", "table"),
    [
        (who_was_reminded_of_a_matter_among_others, "notices"),
        (who_has_heard_of_a_return, "notices"),
        (what_reviewers_have_heard, "notices"),
        (whether_a_guest_has_knocked, "notices"),
        (whom_the_lists_of_a_series_have_told, "notices"),
        (how_often_a_word_was_wrong, "audit"),
        (which_edits_would_come_over_a_question, "dialogues"),
    ],
)
async def test_a_tap_reads_no_table_that_only_grows_from_end_to_end(
    database: Database,
    database_file: Path,
    network: SmallNetwork,
    question: Callable[[Stores], Awaitable[object]],
    table: str,
) -> None:
    await open_event(database, network, dates=(BEGINS, BEGINS + timedelta(days=7)))

    steps = await steps_of(database, database_file, question, table)

    assert [step for step in steps if table in step], "it is looked at"
    assert [step for step in steps if step.startswith((f"SCAN {table}", "SCAN member", "SCAN named"))] == []


async def test_another_term_of_one_reads_its_own_steps_and_not_those_of_all(
    database: Database, database_file: Path, network: SmallNetwork
) -> None:
    await open_event(database, network, dates=(BEGINS,))
    with _noting() as asked:
        async with database.write() as tx:
            await plan_anew(tx._connection, AssignmentId(1), now=MONDAY)
    with sqlite3.connect(database_file) as connection:
        ((words, values),) = [one for one in asked if one[0].startswith("UPDATE notices")]
        steps = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {words}", values)]
    assert steps[0].startswith("SEARCH notices USING INDEX sqlite_autoindex_notices_1 (key>? AND key<?)"), steps


def test_on_postgresql_it_reads_the_steps_of_its_date_and_not_of_all_dates() -> None:
    """No index there finds the beginning of a key."""
    words = str(stale_steps("postgresql", AssignmentId(1)))
    assert "notices.occurrence_id =" in words
    assert "LIKE" not in words


def test_coordinators_are_asked_for_in_the_words_of_their_index() -> None:
    """With a value to be bound SQLite plans the statement anew at each run, or does without the index."""
    (index,) = [index for index in memberships.indexes if index.name == "ix_memberships_coordinators"]
    of_index = index.dialect_options["sqlite"]["where"].compile(compile_kwargs={"literal_binds": True})
    asked = COORDINATES.compile()
    assert (str(asked), asked.params) == (str(of_index), {})


@contextmanager
def _noting() -> Iterator[list[tuple[str, Any]]]:
    """What SQLite is asked until the end of the block, with its values."""
    asked: list[tuple[str, Any]] = []
    run = sqlite_driver._run

    def noting(connection: sqlite3.Connection, operation: str, parameters: Any, *, is_many: bool) -> Any:
        asked.append((operation, parameters))
        return run(connection, operation, parameters, is_many=is_many)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sqlite_driver, "_run", noting)
        yield asked


async def steps_of(
    database: Database, database_file: Path, question: Callable[[Stores], Awaitable[object]], table: str
) -> list[str]:
    """What the database does for each of its questions to the table, whether SQLAlchemy has asked it or not."""
    with _noting() as asked:
        async with database.read() as tx:
            await question(tx)
    with sqlite3.connect(database_file) as connection:
        return [
            row[3]
            for statement, parameters in asked
            if statement.startswith("SELECT") and table in statement
            for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
        ]
