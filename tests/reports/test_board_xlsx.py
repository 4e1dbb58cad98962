"""The exported board, read back by another library than the one that wrote it."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from bot.domain.board import BoardEntry, BoardLine, Status, Tally
from bot.domain.ids import ActivityId, AssignmentId, OccurrenceId
from bot.domain.matters import ActivityKind, Answer, OccurrenceState
from tests.reports.boards import board_xlsx

DUE = datetime(2026, 9, 15, 20, 59, 59, tzinfo=UTC)
NOW = datetime(2026, 9, 16, 6, 0, tzinfo=UTC)
LINE = BoardLine(
    OccurrenceId(1), ActivityId(1), 1, ActivityKind.TASK, "Мониторинг", DUE, date(2026, 9, 15), False,
    "Europe/Moscow", OccurrenceState.OPEN, Tally(in_time=1, silent=2),
)  # fmt: skip


def _entry(comment: str | None = None, status: Status = Status.IN_TIME) -> BoardEntry:
    is_answered = status is Status.IN_TIME
    return BoardEntry(
        AssignmentId(1),
        "Школа № 1",
        None,
        status,
        Answer.DONE if is_answered else None,
        datetime(2026, 9, 14, 9, 30, tzinfo=UTC) if is_answered else None,
        "Зимина Анна" if is_answered else None,
        comment,
    )


def _cells(data: bytes) -> list[tuple[object, ...]]:
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    return [tuple(row) for row in sheet.iter_rows(values_only=True)]


def test_one_line_for_each_who_owes_and_the_sums_on_top() -> None:
    entries = [("Суздальский район", _entry()), ("Суздальский район", _entry(status=Status.SILENT))]
    rows = _cells(board_xlsx(LINE, entries, reader=ZoneInfo("Europe/Moscow"), now=NOW))
    assert rows[0][0] == "Мониторинг"
    assert ("молчит", 2) in [row[:2] for row in rows]
    assert ("Всего", 3) in [row[:2] for row in rows]
    assert rows[-2] == (
        "Суздальский район", "Школа № 1", "школа в целом", "в срок", "Выполнено", "14.09.2026 12:30", "Зимина Анна",
        "",
    )  # fmt: skip
    assert rows[-1][3] == "молчит"


@pytest.mark.parametrize(
    ("kind", "has", "has_not"),
    [(ActivityKind.WEBINAR, "под вопросом", "в работе"), (ActivityKind.TASK, "в работе", "под вопросом")],
)
def test_the_sums_name_what_can_be_said_of_such_a_matter(kind: ActivityKind, has: str, has_not: str) -> None:
    line = replace(LINE, kind=kind, tally=Tally(in_time=1, silent=2, maybe=4 if kind is ActivityKind.WEBINAR else 0))
    rows = _cells(board_xlsx(line, [], reader=ZoneInfo("Europe/Moscow"), now=NOW))[3:-1]
    sums = {str(row[0]): row[1] for row in rows if isinstance(row[1], int)}
    assert has in sums
    assert has_not not in sums
    assert sums["Всего"] == line.tally.total == sum(n for name, n in sums.items() if name != "Всего")


def test_times_are_on_the_readers_clock() -> None:
    rows = _cells(board_xlsx(LINE, [("", _entry())], reader=ZoneInfo("Asia/Yakutsk"), now=NOW))
    assert rows[-1][5] == "14.09.2026 18:30"


@pytest.mark.parametrize("typed", ['=HYPERLINK("http://x")', "+7 900", "<b>жирно</b> 🙂", "https://x.ru"])
def test_what_people_typed_stays_text(typed: str) -> None:
    """A spreadsheet must not run what a stranger wrote into a comment."""
    data = board_xlsx(LINE, [("", _entry(typed))], reader=ZoneInfo("Europe/Moscow"), now=NOW)
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    cell = sheet.cell(sheet.max_row, 8)
    assert (cell.value, cell.data_type, cell.hyperlink) == (typed, "s", None)


def test_an_empty_board_is_still_a_file() -> None:
    assert _cells(board_xlsx(LINE, [], reader=ZoneInfo("Europe/Moscow"), now=NOW))[0][0] == "Мониторинг"
