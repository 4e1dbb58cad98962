"""`python -m bot people`: what the owner sees of an import on the command line."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from bot.config import Settings
from bot.people_import import PeopleImportError, run_import
from tests.calendar_days import MONDAY

HEADER = ["Регион", "Муниципалитет", "Школа", "ФИО", "Роль"]
KIM = ["Амурская область", "", "", "Ким [b]Елена[/b]", "координатор"]
TSOY = ["Амурская область", "г. Тында", "Школа № 4", "Цой Марина", "учитель"]


def table(folder: Path, *rows: list[str]) -> Path:
    book = openpyxl.Workbook()
    for row in (HEADER, *rows):
        book.worksheets[0].append(row)
    file = folder / "люди.xlsx"
    book.save(file)
    return file


@pytest.fixture
def settings(database_file: Path) -> Settings:
    return Settings(
        _env_file=None,  # type: ignore[call-arg]  # pydantic-settings takes it beside the fields
        database_url=f"sqlite+aiosqlite:///{database_file}",
        bot_username="@vestovoy_bot",
    )


def test_each_newcomer_gets_a_whole_link_in_his_line(tmp_path: Path, settings: Settings) -> None:
    lines = run_import(table(tmp_path, TSOY), settings=settings, qr_folder=None, now=MONDAY)
    assert lines[0] == "Добавлено регионов, районов и школ: 3, ролей людей в них: 1."
    [line] = [line for line in lines if "Цой Марина" in line]
    assert "педагог" in line
    assert "https://t.me/vestovoy_bot?start=" in line


def test_without_a_name_of_the_bot_the_payload_is_printed(tmp_path: Path, settings: Settings) -> None:
    nameless = settings.model_copy(update={"bot_username": ""})
    lines = run_import(table(tmp_path, TSOY), settings=nameless, qr_folder=None, now=MONDAY)
    assert any(" start=" in line for line in lines)
    assert "BOT_USERNAME" in lines[-1]


def test_a_second_run_prints_the_same_links(tmp_path: Path, settings: Settings) -> None:
    file = table(tmp_path, TSOY)
    first = run_import(file, settings=settings, qr_folder=None, now=MONDAY)
    second = run_import(file, settings=settings, qr_folder=None, now=MONDAY)
    assert second == ["Добавлено регионов, районов и школ: 0, ролей людей в них: 0.", *first[1:]]


def test_pictures_for_printing_are_named_after_people(tmp_path: Path, settings: Settings) -> None:
    run_import(table(tmp_path, TSOY), settings=settings, qr_folder=tmp_path / "qr", now=MONDAY)
    [picture] = (tmp_path / "qr").iterdir()
    assert picture.name == "0001_Школа_4_Цой_Марина.png"
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_a_bad_row_is_named_with_its_reason(tmp_path: Path, settings: Settings) -> None:
    with pytest.raises(PeopleImportError) as refused:
        run_import(table(tmp_path, TSOY, KIM), settings=settings, qr_folder=None, now=MONDAY)
    assert refused.value.lines == (
        "Ничего не загружено: в таблице 1 ошибка. Исправьте и запустите ещё раз.",
        "Строка 3: «Ким [b]Елена[/b]» не похоже на фамилию и имя: нужно хотя бы два слова из букв, до 100 знаков",
    )


def test_a_missing_file_is_told(tmp_path: Path, settings: Settings) -> None:
    with pytest.raises(PeopleImportError) as refused:
        run_import(tmp_path / "нет.xlsx", settings=settings, qr_folder=None, now=MONDAY)
    assert "не открывается" in refused.value.lines[0]


def test_a_database_of_a_newer_program_is_refused_in_words(
    tmp_path: Path, settings: Settings, database_file: Path
) -> None:
    with sqlite3.connect(database_file) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(PeopleImportError) as refused:
        run_import(table(tmp_path, TSOY), settings=settings, qr_folder=None, now=MONDAY)
    assert "более новой версией" in refused.value.lines[0]


def test_the_command_imports_no_messenger(tmp_path: Path) -> None:
    told = "import sys, bot.cli, bot.people_import; print('aiogram' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
