"""Prepared statements give what the usual way gives, in the same transaction."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ids import AssignmentId
from bot.ports.dialogues import Dialogue
from storage.database import Database
from storage.dialect import create_writer
from storage.prepared import Prepared
from storage.program_tables import dialogues
from storage.sqlite_driver import Connection
from tests.calendar_days import MONDAY

_KEYS = ["a", "b", "c"]
_COLUMNS = (dialogues.c.key, dialogues.c.state, dialogues.c.data, dialogues.c.changed_at)


def _in_state() -> Prepared:
    return Prepared(
        lambda: (
            select(*_COLUMNS)
            .where(dialogues.c.key.in_(_KEYS), dialogues.c.state == bindparam("of_state"))
            .order_by(dialogues.c.key)
        )
    )


async def _fill(connection: AsyncConnection) -> None:
    rows = [{"key": key, "state": "s", "data": {"ключ": [key]}, "changed_at": MONDAY} for key in [*_KEYS, "d"]]
    await connection.execute(insert(dialogues), rows)


async def test_rows_are_those_of_the_usual_way(database_file: Path) -> None:
    """Lists among the constants, JSON and instants included; and again, when it is compiled already."""
    engine = create_writer(f"sqlite+aiosqlite:///{database_file}")
    async with engine.begin() as connection:
        await _fill(connection)
        usual = select(*_COLUMNS).where(dialogues.c.key.in_(_KEYS)).order_by(dialogues.c.key)
        expected = [tuple(row) for row in await connection.execute(usual)]
        prepared = _in_state()
        for _ in range(2):
            assert [tuple(row) for row in await prepared.all(connection, of_state="s")] == expected
        assert await prepared.all(connection, of_state="other") == []
        first = await prepared.first(connection, of_state="s")
        assert (first.key, first.data, first.changed_at) == ("a", {"ключ": ["a"]}, MONDAY)
    await engine.dispose()


async def test_only_what_differs_is_bound(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite plans a statement anew whenever a value is bound that it compared with the condition of a partial index:
    to read one matter took 670 µs, and 50 with its constants in the words."""
    bound: list[Any] = []
    run = Connection.run_at_hand

    def seen(connection: Connection, operation: str, parameters: Any, **options: Any) -> Any:
        bound.extend(parameters)
        return run(connection, operation, parameters, **options)

    monkeypatch.setattr(Connection, "run_at_hand", seen)
    async with database.read() as tx:
        assert await tx.replies.matter(AssignmentId(17)) is None
        assert await tx.replies.matter_and_source(AssignmentId(19), "update") == (None, False)
        assert await tx.people.actor_by_account(23, is_owner=False) is None
        assert await tx.people.actor_in_dialogue(29, "key", is_owner=False) == (None, Dialogue())
        assert await _in_state().all(tx._connection, of_state="s") == []
    assert [value for value in bound if value != 0] == [
        17,
        "update",
        19,
        23,
        "key",
        29,
        "s",
    ]  # the dialect itself binds «OFFSET 0»


async def test_what_is_prepared_is_undone_with_its_transaction(database: Database) -> None:
    prepared = Prepared(
        lambda: update(dialogues).where(dialogues.c.key == bindparam("of_key")).values(state=bindparam("new_state"))
    )
    async with database.write() as tx:
        await tx.dialogues.put("k", Dialogue("before"), now=MONDAY)
    with pytest.raises(RuntimeError, match="half-way"):  # noqa: PT012 - the block under test is the transaction
        async with database.write() as tx:
            await prepared.all(tx._connection, of_key="k", new_state="after")
            assert await tx.dialogues.get("k") == Dialogue("after")
            raise RuntimeError("half-way")
    async with database.read() as tx:
        assert await tx.dialogues.get("k") == Dialogue("before")


async def test_a_reader_that_begins_with_a_prepared_one_sees_one_state_of_the_database(database: Database) -> None:
    async with database.write() as tx:
        await tx.dialogues.put("k", Dialogue("before"), now=MONDAY)
    async with database.read() as reader:
        assert await reader.dialogues.get("k") == Dialogue("before")
        async with database.write() as tx:
            await tx.dialogues.put("k", Dialogue("after"), now=MONDAY)
        assert await reader.dialogues.get("k") == Dialogue("before")


async def test_a_refusal_of_the_database_is_the_usual_one_and_names_no_values(database_file: Path) -> None:
    """What somebody wrote must not come into a log by way of an error."""
    add = Prepared(
        lambda: insert(dialogues).values(
            key=bindparam("new_key"), state=bindparam("new_state"), data={}, changed_at=MONDAY
        )
    )
    engine = create_writer(f"sqlite+aiosqlite:///{database_file}")
    async with engine.begin() as connection:
        await add.all(connection, new_key="k", new_state="письмо")
        with pytest.raises(IntegrityError) as refusal:
            await add.all(connection, new_key="k", new_state="письмо")
    assert "письмо" not in str(refusal.value)
    await engine.dispose()


@pytest.mark.parametrize(
    ("asked", "found", "reason"),
    [
        ([], [], "nobody"),
        (["a"], ["a"], "one"),
        (["c", "a", "d"], ["a", "c", "d"], "three, filled up to four: nothing is found twice"),
        (["a", "b", "c", "d", "e"], ["a", "b", "c", "d"], "one of them is not there"),
        (["a", "b", "c", "d", "e", "f", "g"], ["a", "b", "c", "d"], "as many statements as before"),
    ],
)
async def test_a_list_may_be_of_any_length(
    database_file: Path, asked: list[str], found: list[str], reason: str
) -> None:
    engine = create_writer(f"sqlite+aiosqlite:///{database_file}")
    of_keys = select(dialogues.c.key, dialogues.c.changed_at).where(
        dialogues.c.key.in_(bindparam("keys", expanding=True)), dialogues.c.state == bindparam("of_state")
    )
    prepared = Prepared(lambda: of_keys.order_by(dialogues.c.key), lists=["keys"])
    async with engine.begin() as connection:
        await _fill(connection)
        for _ in range(2):
            rows = await prepared.all(connection, keys=asked, of_state="s")
            assert [tuple(row) for row in rows] == [(key, MONDAY) for key in found], reason
    await engine.dispose()


async def test_many_rows_are_changed_each_by_its_own_values(database_file: Path) -> None:
    engine = create_writer(f"sqlite+aiosqlite:///{database_file}")
    prepared = Prepared(
        lambda: (
            update(dialogues)
            .where(dialogues.c.key == bindparam("of_key"))
            .values(state=bindparam("new_state"), changed_at=bindparam("new_at", type_=dialogues.c.changed_at.type))
        )
    )
    later = MONDAY.replace(hour=23)
    async with engine.begin() as connection:
        await _fill(connection)
        rows = [{"of_key": key, "new_state": f"{key}!", "new_at": later} for key in ("a", "b")]
        assert await prepared.each(connection, [*rows, {**rows[0], "of_key": "nobody's"}]) == 2
        assert await prepared.each(connection, []) == 0
        stand = select(dialogues.c.key, dialogues.c.state, dialogues.c.changed_at).order_by(dialogues.c.key)
        assert [tuple(row) for row in await connection.execute(stand)] == [
            ("a", "a!", later),
            ("b", "b!", later),
            ("c", "s", MONDAY),
            ("d", "s", MONDAY),
        ]
    await engine.dispose()
