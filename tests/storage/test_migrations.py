"""Migrations go forward only; the schema that they build is the schema that the code means."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

import storage.migrating
from storage.errors import DatabaseUnusableError
from storage.migrating import back_up, migrate
from storage.tables import metadata
from tests.calendar_days import MONDAY


def test_migrated_schema_equals_the_tables_of_the_code(database_file: Path) -> None:
    engine = create_engine(f"sqlite:///{database_file}")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "render_as_batch": True})
        difference = compare_metadata(context, metadata)
    engine.dispose()
    assert difference == []


def test_there_is_one_line_of_migrations() -> None:
    """Two heads would make «upgrade» ambiguous on somebody's machine."""
    assert len(ScriptDirectory(str(Path(storage.migrating.__file__).parent / "migrations")).get_heads()) == 1


def test_the_same_tables_can_be_created_on_postgresql() -> None:
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]  # SQLAlchemy leaves it untyped
    for table in metadata.sorted_tables:
        assert "CREATE TABLE" in str(CreateTable(table).compile(dialect=dialect))
        for index in table.indexes:
            assert "CREATE" in str(CreateIndex(index).compile(dialect=dialect))


async def test_an_existing_file_is_backed_up_before_it_is_changed(
    database_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The upgrade is played with a pretended older revision: the copy must hold the data as it was before."""
    url = f"sqlite+aiosqlite:///{database_file}"
    with sqlite3.connect(database_file) as other_hand:
        other_hand.execute(
            "INSERT INTO units (kind, path, title, timezone, created_at)"
            " VALUES ('region', '/1/', 'Амурская область', 'Asia/Yakutsk', '2026-09-01 00:00:00.000000')"
        )
    upgraded: list[str] = []

    def upgrade(connection: Any, head: str) -> None:
        upgraded.append(head)
        connection.exec_driver_sql("DELETE FROM units")

    monkeypatch.setattr(storage.migrating, "_upgrade", upgrade)
    monkeypatch.setattr(ScriptDirectory, "get_current_head", lambda _self: "9999")
    report = await migrate(url, now=MONDAY)
    assert upgraded == ["9999"]
    assert report.backup is not None
    assert report.backup.parent == database_file.parent / "backups"
    with sqlite3.connect(report.backup) as copy:
        assert copy.execute("SELECT title FROM units").fetchall() == [("Амурская область",)]


@pytest.mark.parametrize("fault", [sqlite3.OperationalError("database or disk is full"), PermissionError("no rights")])
async def test_what_cannot_be_backed_up_is_not_changed_and_leaves_no_half_of_a_copy(
    database_file: Path, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    """Its owner hears why instead of reading a trace, and finds nothing that looks like a copy to go back to."""

    def copy_half(_source: Path, target: Path) -> None:
        target.write_bytes(b"SQLite format 3")
        raise fault

    monkeypatch.setattr(storage.migrating, "_copy", copy_half)
    monkeypatch.setattr(storage.migrating, "_upgrade", lambda *_: pytest.fail("there is no way back"))
    monkeypatch.setattr(ScriptDirectory, "get_current_head", lambda _self: "9999")
    with pytest.raises(DatabaseUnusableError, match=str(fault)):
        await migrate(f"sqlite+aiosqlite:///{database_file}", now=MONDAY)
    assert [*(database_file.parent / "backups").iterdir()] == []


def test_files_of_documents_are_kept_once_when_the_schema_of_files_comes(tmp_path: Path) -> None:
    """Revision 0002: two documents of one file, and one that never had a file, keep what they had."""
    engine = create_engine(f"sqlite:///{tmp_path / 'old.sqlite'}")
    with engine.begin() as connection:
        storage.migrating._upgrade(connection, "0001")
        connection.exec_driver_sql(
            "INSERT INTO units (id, kind, path, title, timezone, created_at)"
            " VALUES (1, 'region', '/1/', 'Амурская область', 'Asia/Yakutsk', '2026-09-01 00:00:00.000000')"
        )
        connection.exec_driver_sql(
            "INSERT INTO persons (id, full_name, quiet_from, quiet_to, reach, created_at)"
            " VALUES (1, 'Анна', '21:00:00', '08:00:00', 'reachable', '2026-09-01 00:00:00.000000')"
        )
        for number, file_hash, content in ((1, "ab", b"PK"), (2, "ab", b"PK"), (3, None, None)):
            connection.exec_driver_sql(
                "INSERT INTO documents (id, unit_id, kind, title, state, version, audience, problems, created_by,"
                " created_at, file_hash, file) VALUES (?, 1, 'roadmap', 'План', 'draft', 1, '{}', '[]', 1,"
                " '2026-09-01 00:00:00.000000', ?, ?)",
                (number, file_hash, content),
            )
        storage.migrating._upgrade(connection, "0002")
        assert connection.exec_driver_sql("SELECT hash, content FROM files").fetchall() == [("ab", b"PK")]
        kept = connection.exec_driver_sql("SELECT file_hash, quotes, mentions FROM documents ORDER BY id").fetchall()
    engine.dispose()
    assert kept == [("ab", "{}", "[]"), ("ab", "{}", "[]"), (None, "{}", "[]")]


def test_open_dialogues_keep_their_messages_when_these_are_named_apart(tmp_path: Path) -> None:
    """Revision 0020: no edit comes over a question that was asked before."""
    engine = create_engine(f"sqlite:///{tmp_path / 'old.sqlite'}")
    with engine.begin() as connection:
        storage.migrating._upgrade(connection, "0019")
        for key, state, data in (
            ("1:7:7", "Postponing:day", '{"message": 12}'),
            ("1:8:8", None, '{"message": 13}'),
            ("1:9:9", "Naming:name", "{}"),
        ):
            connection.exec_driver_sql(
                "INSERT INTO dialogues (key, state, data, changed_at) VALUES (?, ?, ?, '2026-09-01 00:00:00.000000')",
                (key, state, data),
            )
        storage.migrating._upgrade(connection, "0020")
        found = connection.exec_driver_sql("SELECT key, message_id FROM dialogues ORDER BY key").fetchall()
    engine.dispose()
    assert found == [("1:7:7", 12), ("1:8:8", None), ("1:9:9", None)]


def test_announcements_that_stand_stay_so_when_broadcasts_come(tmp_path: Path) -> None:
    """Revision 0019: stopped dates become one stopped broadcast of their activity, a series has one of its own."""
    engine = create_engine(f"sqlite:///{tmp_path / 'old.sqlite'}")
    at, later = "2026-09-01 00:00:00.000000", "2026-09-02 00:00:00.000000"
    with engine.begin() as connection:
        storage.migrating._upgrade(connection, "0018")
        for statement in (
            (
                "INSERT INTO units (id, kind, path, title, timezone, created_at)"
                f" VALUES (1, 'region', '/1/', 'Амурская область', 'Asia/Yakutsk', '{at}')"
            ),
            (
                "INSERT INTO persons (id, full_name, quiet_from, quiet_to, reach, created_at)"
                f" VALUES (1, 'Анна', '21:00:00', '08:00:00', 'reachable', '{at}')"
            ),
            f"INSERT INTO series (id, unit_id, title, created_by, created_at) VALUES (4, 1, 'Курс', 1, '{at}')",
        ):
            connection.exec_driver_sql(statement)
        for number, series, stopped in ((1, None, at), (2, None, None), (3, 4, at), (5, 4, at)):
            connection.exec_driver_sql(
                "INSERT INTO activities (id, kind, unit_id, title, responsible, result, phrase, term, audience,"
                " timezone, state, created_by, created_at, series_id)"
                " VALUES (?, 'webinar', 1, 'Встреча', '', '', '', '{}', '{}', 'UTC', 'active', 1, ?, ?)",
                (number, at, series),
            )
            for key, since in (("one", stopped), ("two", stopped and later)):
                connection.exec_driver_sql(
                    "INSERT INTO occurrences (activity_id, key, version, due_at, due_on, has_time, timezone, state,"
                    " needs_planning, created_at, stopped_at)"
                    " VALUES (?, ?, 1, ?, '2026-09-01', 1, 'UTC', 'open', 0, ?, ?)",
                    (number, key, at, at, since),
                )
        storage.migrating._upgrade(connection, "0019")
        kept = connection.exec_driver_sql(
            "SELECT title, activity_id, series_id, stopped_at FROM broadcasts ORDER BY id"
        ).fetchall()
    engine.dispose()
    assert kept == [("Встреча", 1, None, at), ("Курс", None, 4, at)]


def test_a_backup_of_a_file_in_use_is_whole(database_file: Path, tmp_path: Path) -> None:
    with sqlite3.connect(database_file) as writer:
        writer.execute("PRAGMA journal_mode=WAL")
        writer.execute(
            "INSERT INTO dialogues (key, data, changed_at) VALUES ('k', '{}', ?)", (str(MONDAY - timedelta(1)),)
        )
        writer.commit()
        back_up(database_file, tmp_path / "copy.sqlite3")
    with sqlite3.connect(tmp_path / "copy.sqlite3") as copy:
        assert copy.execute("SELECT key FROM dialogues").fetchall() == [("k",)]
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
