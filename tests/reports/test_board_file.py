"""A board's file of any length: in the format that people can open, and in the memory of one page."""

from __future__ import annotations

import csv
import io
import tracemalloc
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast
from zipfile import ZipFile
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from bot.domain.board import BoardEntry, BoardLine, Status, Tally
from bot.domain.forms import FormVersion, Given, Question, QuestionKind, Submission, SubmissionState, Value
from bot.domain.ids import (
    ActivityId,
    AssignmentId,
    FormId,
    FormVersionId,
    OccurrenceId,
    PersonId,
    SubmissionId,
)
from bot.domain.matters import ActivityKind, Answer, OccurrenceState
from bot.reports import board_csv, board_file
from bot.reports.board_csv import BoardTables
from bot.services.export_board import _ROWS, _UNITS, BoardExport, ExportPage, _parts
from tests.reports.boards import board_xlsx

MOSCOW = ZoneInfo("Europe/Moscow")
NOW = datetime(2026, 9, 16, 6, 0, tzinfo=UTC)
LINE = BoardLine(
    OccurrenceId(1), ActivityId(1), 1, ActivityKind.TASK, "=Мониторинг", NOW, date(2026, 9, 15), False,
    "Europe/Moscow", OccurrenceState.OPEN, Tally(silent=3),
)  # fmt: skip
MENTORS = Question("mentors", QuestionKind.DECIMAL, "Сколько наставников?", unit="чел.")


def entry(number: int, comment: str | None = None) -> tuple[str, BoardEntry]:
    return "Район", BoardEntry(
        AssignmentId(number), f"Школа № {number}", None, Status.IN_TIME, Answer.DONE, NOW, "Зимина Анна", comment
    )


def form(number: int, value: Value) -> Submission:
    version = FormVersion(FormVersionId(1), FormId(1), 1, (MENTORS,))
    given = {"mentors": Given(value, PersonId(1), "Зимина Анна", NOW)}
    return Submission(
        SubmissionId(number), AssignmentId(number), 1, version, SubmissionState.HANDED_IN, NOW, NOW, given,
        PersonId(1), "Зимина", NOW,
    )  # fmt: skip


def tables_of(data: bytes) -> dict[str, list[list[str]]]:
    with ZipFile(io.BytesIO(data)) as archive:
        return {
            name: [*csv.reader(io.StringIO(archive.read(name).decode("utf-8-sig")), delimiter=";")]
            for name in archive.namelist()
        }


def written(entries: Sequence[tuple[str, BoardEntry]], *forms: Submission) -> dict[str, list[list[str]]]:
    target = io.BytesIO()
    tables = BoardTables(target, LINE, reader=MOSCOW, now=NOW, questions=(MENTORS,) if forms else ())
    tables.add(entries, {one.assignment_id: one for one in forms})
    tables.close()
    return tables_of(target.getvalue())


def test_a_table_has_the_columns_of_the_xlsx_and_those_of_the_form() -> None:
    [(name, rows)] = written([entry(1), entry(2)], form(1, Value("4,5", 4.5))).items()
    assert name == "Сводка 1.csv"
    assert rows[1][0] == "Муниципалитет"
    assert rows[1][-1] == "Сколько наставников?, чел."
    assert rows[2] == [
        "Район", "Школа № 1", "школа в целом", "в срок", "Выполнено", "16.09.2026 09:00", "Зимина Анна", "",
        "16.09.2026 09:00", "Зимина", "4,5",
    ]  # fmt: skip
    assert rows[3][-3:] == ["", "", ""], "who has handed in nothing has an empty line"


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        (17.0, "17"),
        (0.5, "0,5"),
        (-3.25, "-3,25"),
        (1_234_567.0, "1234567"),
        (123_456.78, "123456,78"),
        (1e16, "10000000000000000"),
        (0.00001, "0,00001"),
    ],
)
def test_a_figure_is_what_was_handed_in_to_the_last_digit(figure: float, words: str) -> None:
    [rows] = written([entry(1)], form(1, Value(words, figure))).values()
    assert rows[-1][-1] == words
    forms = {AssignmentId(1): form(1, Value(words, figure))}
    sheet = openpyxl.load_workbook(io.BytesIO(board_xlsx(LINE, [entry(1)], reader=MOSCOW, now=NOW, forms=forms)))
    assert sheet.worksheets[1].cell(2, 5).value == figure


@pytest.mark.parametrize("typed", ["=1+1", "+7 900", "-", "@сумма", "\tтекст"])
def test_what_was_typed_is_no_formula(typed: str) -> None:
    [rows] = written([entry(1, typed)]).values()
    assert rows[0][0] == "'=Мониторинг"
    assert rows[-1][-1] == f"'{typed}"


def test_after_so_many_lines_the_next_table_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(board_csv, "_ROWS", 2)
    tables = written([entry(number) for number in range(1, 6)])
    assert {name: [row[1] for row in rows if row[0] == "Район"] for name, rows in tables.items()} == {
        "Сводка 1.csv": ["Школа № 1", "Школа № 2"],
        "Сводка 2.csv": ["Школа № 3", "Школа № 4"],
        "Сводка 3.csv": ["Школа № 5"],
    }


class Pages:
    """Stands in for what the database has: as many pages as one likes, each made when it is read."""

    def __init__(self, rows: int) -> None:
        self.line = replace(LINE, tally=Tally(in_time=rows))
        self.questions = ()
        self.rows = rows

    async def pages(self) -> AsyncIterator[ExportPage]:
        for start in range(0, self.rows, 500):
            yield ExportPage(tuple(entry(start + number, f"замечание {start + number}") for number in range(500)))


async def peak_of(rows: int) -> tuple[int, str, int]:
    """The most memory that Python had while it wrote, the file's kind, and how many lines were told of."""
    told: list[int] = []

    async def tell(done: int) -> None:
        told.append(done)

    tracemalloc.start()
    try:
        async with board_file.board_file(cast(BoardExport, Pages(rows)), MOSCOW, NOW, tell) as file:
            return tracemalloc.get_traced_memory()[1], file.suffix, told[-1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(("most", "suffix"), [(100_000, ".xlsx"), (0, ".zip")])
async def test_four_times_the_lines_take_no_more_memory(
    monkeypatch: pytest.MonkeyPatch, most: int, suffix: str
) -> None:
    monkeypatch.setattr(board_file, "MOST_IN_XLSX", most)
    await peak_of(500)  # what is loaded once for all
    few, many = await peak_of(1_000), await peak_of(4_000)
    assert (few[1:], many[1:]) == ((suffix, 1_000), (suffix, 4_000))
    assert many[0] / few[0] < 1.5


async def test_a_file_that_people_open_is_there_until_it_is_sent() -> None:
    async def tell(_: int) -> None:
        """Nobody listens."""

    async with board_file.board_file(cast(BoardExport, Pages(500)), MOSCOW, NOW, tell) as file:
        sheet: Any = openpyxl.load_workbook(file, read_only=True).worksheets[0]
        assert sum(1 for row in sheet.iter_rows(values_only=True) if row[0] == "Район") == 500
    assert not file.exists()


@pytest.mark.parametrize("most", [100_000, 0], ids=["xlsx", "zip"])
async def test_all_that_is_written_lies_in_the_folder_that_goes(
    most: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where it breaks off: what lay beside would stay for good."""
    monkeypatch.setattr(board_file, "MOST_IN_XLSX", most)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    seen: list[str] = []

    async def tell(_: int) -> None:
        seen.extend(names_in(tmp_path))

    async with board_file.board_file(cast(BoardExport, Pages(1_000)), MOSCOW, NOW, tell):
        seen.extend(names_in(tmp_path))
    assert len(seen) == 3, "one folder at each look, and nothing beside it"
    assert {name[: len("vestovoy-board-")] for name in seen} == {"vestovoy-board-"}
    assert names_in(tmp_path) == []


def names_in(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def test_pages_are_bounded_in_lines_and_in_schools() -> None:
    owing = [SimpleNamespace(how_many=n) for n in [1] * 150 + [600, 600, 2_500, 3]]
    parts = [(sum(one.how_many for one in part), len(part)) for part in _parts(cast(Any, owing))]
    assert parts == [(100, _UNITS), (650, 51), (600, 1), (2_500, 1), (3, 1)]
    assert all(rows <= _ROWS or schools == 1 for rows, schools in parts)
