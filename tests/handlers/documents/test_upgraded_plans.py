"""Plans that the first version of the program made, in the hands of this one.

``planned_by_0001.sql`` is the dump of a database of revision 0001, made by the program of that time: a document of
seven rows, three of them planned and told to everybody, and a draft of two.
"""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.calendar import WorkCalendar
from bot.services.open_occurrences import open_occurrences
from storage.database import Database
from storage.errors import DatabaseUnusableError
from storage.migrating import migrate
from tests.calendar_days import MONDAY
from tests.drafts import QUARTERLY, a_document
from tests.driver import Chat
from tests.handlers.documents.conftest import FakeReader
from tests.planning import plan_notices

DUMP = Path(__file__).resolve().parents[2] / "storage" / "files" / "planned_by_0001.sql"


@pytest.fixture
def old_file(tmp_path: Path) -> Path:
    return _from_dump(tmp_path / "old.sqlite3")


@pytest.fixture(scope="module")
def _upgraded_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = _from_dump(tmp_path_factory.mktemp("old") / "upgraded.sqlite3")
    report = asyncio.run(migrate(f"sqlite+aiosqlite:///{file}", now=MONDAY))
    assert report.before == "0001"
    return file


@pytest.fixture
def database_file(_upgraded_file: Path, tmp_path: Path) -> Path:
    """The people of the dump have the ids of ``network``: the factory gives the same ones in every new database."""
    return Path(shutil.copy(_upgraded_file, tmp_path / "vestovoy.sqlite3"))


def rows(file: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(query).fetchall()


def test_the_data_is_whole_and_the_file_of_each_document_is_kept(database_file: Path) -> None:
    assert rows(database_file, "PRAGMA foreign_key_check") == []
    assert rows(database_file, "PRAGMA integrity_check") == [("ok",)]
    kept = "SELECT d.state, f.content FROM documents d JOIN files f ON f.hash = d.file_hash ORDER BY d.id"
    assert rows(database_file, kept) == [("planned", b"a roadmap"), ("draft", b"another")]
    assert rows(database_file, "SELECT count(*) FROM document_rows") == [(9,)]
    assert rows(database_file, "SELECT DISTINCT ladder, asks FROM activities") == [("usual", None)]


async def test_nobody_is_told_anew_and_the_rules_go_on(database: Database) -> None:
    assert await plan_notices(database, days=WorkCalendar(), now=MONDAY) == 0
    assert await open_occurrences(database, now=MONDAY + timedelta(days=100)) == 1


async def test_the_plan_opens_with_what_it_left_out(vera: Chat) -> None:
    await vera.says("/documents")
    plan = await vera.presses("1. Комплекс мер «Точка роста»")
    assert "Не запланировано строк: 4" in plan["text"]
    row = await vera.presses("➕ Строки вне плана (4)")
    assert "Мероприятие 3" in row["text"]


async def test_a_draft_of_that_time_waits_to_be_accepted(vera: Chat) -> None:
    await vera.says("/drafts")
    await vera.presses("1. Комплекс мер «Точка роста»")
    await vera.presses("✅ Принять все понятые (1)")
    preview = await vera.presses("Дальше: проверить и запланировать ›")
    assert "1 мероприятие, 1 дата" in preview["text"]


async def test_a_newer_edition_moves_the_date_and_tells_those_who_knew(
    vera: Chat, reader: FakeReader, database: Database, database_file: Path
) -> None:
    reader.result = a_document("до 20 октября 2026 года", QUARTERLY)
    await vera.sends("новая.docx", b"a newer edition")
    shown = await vera.presses("⚖️ Сравнить")
    assert "15.10.2026 → 20.10.2026" in shown["text"]
    await vera.presses("Дальше: проверить и применить ›")
    await vera.presses("✅ Применить изменения")
    assert rows(database_file, "SELECT due_on, version FROM occurrences WHERE version > 1") == [("2026-10-20", 2)]
    await plan_notices(database, days=WorkCalendar(), now=MONDAY)
    told = "SELECT count(DISTINCT person_id) FROM notices WHERE kind = 'moved' AND state = 'planned'"
    assert rows(database_file, told) == [(3,)]


async def test_a_failed_upgrade_leaves_the_old_database_and_can_be_begun_again(old_file: Path) -> None:
    """A power cut in the middle: without one transaction the next start would stumble over half of the new tables."""

    _run(old_file, "CREATE TABLE seats (x INTEGER)")
    with pytest.raises(DatabaseUnusableError):
        await migrate(f"sqlite+aiosqlite:///{old_file}", now=MONDAY)
    assert ("files",) not in rows(old_file, "SELECT name FROM sqlite_master")
    _run(old_file, "DROP TABLE seats")
    report = await migrate(f"sqlite+aiosqlite:///{old_file}", now=MONDAY)
    assert report.before == "0001"


def _from_dump(file: Path) -> Path:
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(DUMP.read_text())
    return file


def _run(file: Path, statement: str) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(statement)
        connection.commit()
