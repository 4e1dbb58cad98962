"""Copies of the database: whole although the bot works, kept for some days, put back only when they are sound."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storage.backups import last_backup, make_backup, make_nightly, restore
from storage.errors import BadDatabaseError, DatabaseInUseError, DatabaseUnusableError
from storage.instance_lock import only_instance

NIGHT = datetime(2026, 9, 7, 3, 10, tzinfo=UTC)
_NOTE = "INSERT INTO dialogues (key, data, changed_at) VALUES (?, '{}', '2026-09-07 00:00:00.000000')"


def note(file: Path, key: str) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(_NOTE, (key,))


def notes(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as connection:
        return [key for (key,) in connection.execute("SELECT key FROM dialogues ORDER BY key")]


def test_a_copy_holds_what_was_committed_while_a_writer_is_at_work(database_file: Path, tmp_path: Path) -> None:
    note(database_file, "committed")
    with closing(sqlite3.connect(database_file)) as writer:
        writer.execute("PRAGMA journal_mode=WAL")
        writer.execute(_NOTE, ("half",))
        make_backup(database_file, tmp_path / "copy.sqlite3")
    assert notes(tmp_path / "copy.sqlite3") == ["committed"]


def test_a_copy_that_fails_leaves_no_half_file(tmp_path: Path) -> None:
    foreign = tmp_path / "foreign.sqlite3"
    foreign.write_bytes(b"not a database at all" * 100)
    with pytest.raises(DatabaseUnusableError):
        make_backup(foreign, tmp_path / "copies" / "copy.sqlite3")
    assert list((tmp_path / "copies").iterdir()) == []


def test_one_copy_a_night_and_the_old_ones_go(database_file: Path) -> None:
    made = [make_nightly(database_file, today=NIGHT + timedelta(hours=hour), keep_days=3) for hour in range(24 * 5)]
    assert sum(made) == 6, "from 03:10 of the first day five days reach into a sixth"
    kept = sorted(copy.name[-8:] for copy in (database_file.parent / "backups").iterdir())
    assert kept == ["20260910", "20260911", "20260912"]


def test_copies_made_by_hand_are_never_thrown_away(database_file: Path) -> None:
    by_hand = database_file.parent / "backups" / f"{database_file.name}.manual.20200101-000000"
    make_backup(database_file, by_hand)
    make_nightly(database_file, today=NIGHT, keep_days=1)
    assert by_hand.exists()
    assert last_backup(database_file) is not None


def test_a_restored_database_is_the_copy_and_the_present_one_is_kept(database_file: Path, tmp_path: Path) -> None:
    note(database_file, "old")
    copy = tmp_path / "copy.sqlite3"
    make_backup(database_file, copy)
    note(database_file, "new")
    done = restore(copy, database_file, now=NIGHT)
    assert notes(database_file) == ["old"]
    assert done.kept is not None
    assert notes(done.kept) == ["new", "old"]


@pytest.mark.parametrize("of_its_head", [True, False], ids=["not even a database", "torn inside"])
def test_a_damaged_database_does_not_stand_in_the_way_of_its_copy(
    database_file: Path, tmp_path: Path, of_its_head: bool
) -> None:
    """Which is what a copy is for; a fault that let nothing be read used to keep the copy out as well."""
    note(database_file, "old")
    copy = tmp_path / "copy.sqlite3"
    make_backup(database_file, copy)
    content = bytearray(database_file.read_bytes())
    start = 0 if of_its_head else 2 * 4096
    content[start : start + 4096] = b"\xff" * 4096
    database_file.write_bytes(content)
    done = restore(copy, database_file, now=NIGHT)
    assert notes(database_file) == ["old"]
    assert done.kept is not None
    assert b"\xff" * 4096 in done.kept.read_bytes()


def test_what_was_put_aside_for_a_copy_is_no_copy_to_go_back_to(database_file: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite3"
    make_backup(database_file, copy)
    restore(copy, database_file, now=NIGHT)
    assert last_backup(database_file) is None


def test_a_database_that_another_program_holds_is_given_up_soon_and_nothing_is_restored_over_it(
    database_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.migrating._LOCK_ENDURED", 0)
    copy = tmp_path / "copy.sqlite3"
    make_backup(database_file, copy)
    note(database_file, "mine")
    with closing(sqlite3.connect(database_file)) as other:
        other.execute("BEGIN EXCLUSIVE")
        for attempt in (
            lambda: make_backup(database_file, tmp_path / "x"),
            lambda: restore(copy, database_file, now=NIGHT),
        ):
            with pytest.raises(DatabaseUnusableError, match="locked"):
                attempt()
    assert notes(database_file) == ["mine"]


def test_what_the_log_of_the_old_database_held_does_not_leak_into_the_restored(
    database_file: Path, tmp_path: Path
) -> None:
    """A write-ahead log that stayed behind would be played into the copy."""
    copy = tmp_path / "copy.sqlite3"
    make_backup(database_file, copy)
    with closing(sqlite3.connect(database_file)) as writer:
        writer.execute("PRAGMA journal_mode=WAL")
        writer.execute("PRAGMA wal_autocheckpoint=0")
        writer.execute(_NOTE, ("logged",))
        writer.commit()
        restore(copy, database_file, now=NIGHT)
    assert notes(database_file) == []


@pytest.mark.parametrize(
    ("content", "fault"),
    [(None, "missing"), (b"", "foreign"), (b"not a database at all" * 100, "foreign")],
)
def test_a_file_that_is_no_copy_touches_nothing(
    database_file: Path, tmp_path: Path, content: bytes | None, fault: str
) -> None:
    note(database_file, "mine")
    copy = tmp_path / "copy.sqlite3"
    if content is not None:
        copy.write_bytes(content)
    with pytest.raises(BadDatabaseError) as caught:
        restore(copy, database_file, now=NIGHT)
    assert (caught.value.fault, notes(database_file)) == (fault, ["mine"])


def test_a_copy_of_a_newer_program_is_refused(database_file: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite3"
    make_backup(database_file, copy)
    with closing(sqlite3.connect(copy)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(BadDatabaseError) as caught:
        restore(copy, database_file, now=NIGHT)
    assert caught.value.fault == "newer"


def test_a_damaged_copy_is_refused(database_file: Path, tmp_path: Path) -> None:
    for number in range(300):
        note(database_file, f"note {number}")
    copy = tmp_path / "copy.sqlite3"
    make_backup(database_file, copy)
    content = bytearray(copy.read_bytes())
    with closing(sqlite3.connect(copy)) as connection:
        (root,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'dialogues'").fetchone()
    content[(root - 1) * 4096 : (root - 1) * 4096 + 100] = b"\xff" * 100
    copy.write_bytes(content)
    with pytest.raises(BadDatabaseError) as caught:
        restore(copy, database_file, now=NIGHT)
    assert caught.value.fault == "damaged"


def test_nothing_is_restored_under_a_working_bot(database_file: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite3"
    make_backup(database_file, copy)
    note(database_file, "mine")
    with only_instance(f"sqlite+aiosqlite:///{database_file}"), pytest.raises(DatabaseInUseError):
        restore(copy, database_file, now=NIGHT)
    assert notes(database_file) == ["mine"]


def test_a_second_bot_on_the_same_database_is_told_who_holds_it(database_file: Path) -> None:
    url = f"sqlite+aiosqlite:///{database_file}"
    with only_instance(url), pytest.raises(DatabaseInUseError) as caught, only_instance(url):
        pass
    assert caught.value.process.isdigit()
    with only_instance(url):
        pass  # the first has gone: nothing is left behind that would lock anybody out
