from __future__ import annotations

import io
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from openpyxl import load_workbook

from bot.domain.board import BoardEntry, BoardLine, Status, Tally
from bot.domain.forms import SKIPPED, FormVersion, Given, Question, QuestionKind, Submission, SubmissionState, Value
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
from tests.reports.boards import board_xlsx

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
LINE = BoardLine(
    OccurrenceId(1), ActivityId(1), 1, ActivityKind.TASK, "Мониторинг", NOW, date(2026, 11, 21), False,
    "Europe/Moscow", OccurrenceState.OPEN, Tally(in_time=1, silent=1),
)  # fmt: skip
MENTORS = Question("mentors", QuestionKind.WHOLE, "Сколько наставников?", unit="чел.")
NOTE = Question("note", QuestionKind.TEXT, "Что мешает?")
OLD = Question("old", QuestionKind.YES_NO, "Прежний вопрос")
SCAN = Question("scan", QuestionKind.FILE, "Скан", is_required=False)


def _submission(number: int, questions: tuple[Question, ...], **values: Value) -> Submission:
    given = {key: Given(value, PersonId(1), "Зимина Анна", NOW) for key, value in values.items()}
    version = FormVersion(FormVersionId(number), FormId(1), number, questions)
    return Submission(
        SubmissionId(number), AssignmentId(number), 1, version, SubmissionState.HANDED_IN, NOW, NOW, given,
        PersonId(1), "Зимина Анна Олеговна", NOW,
    )  # fmt: skip


def _entry(number: int, title: str) -> BoardEntry:
    return BoardEntry(AssignmentId(number), title, None, Status.IN_TIME, Answer.DONE, NOW, "Зимина")


def test_a_column_a_question_and_a_line_a_school() -> None:
    forms = {
        AssignmentId(1): _submission(1, (MENTORS, OLD), mentors=Value("17 чел", 17), old=Value("да", 1)),
        AssignmentId(2): _submission(2, (NOTE, MENTORS, SCAN), mentors=Value("9", 9), note=Value("=1+1"), scan=SKIPPED),
    }
    entries = [("Район", _entry(1, "Школа № 1")), ("Район", _entry(2, "Школа № 2")), ("Район", _entry(3, "Школа № 3"))]
    data = board_xlsx(LINE, entries, reader=ZoneInfo("Europe/Moscow"), now=NOW, forms=forms)
    sheet = load_workbook(io.BytesIO(data))["Форма"]
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    assert rows[0][4:] == ["Что мешает?", "Сколько наставников?, чел.", "Скан", "Прежний вопрос"], "newest first"
    assert rows[1] == ["Район", "Школа № 1", "21.11.2026 12:00", "Зимина Анна Олеговна", None, 17, None, "да"]
    assert rows[2][4:] == ["=1+1", 9, None, None], "figures are figures, and what was typed is no formula"
    assert rows[3][2:] == [None] * 6, "who has handed in nothing has an empty line"


def test_without_forms_there_is_no_such_sheet() -> None:
    data = board_xlsx(LINE, [("", _entry(1, "Школа"))], reader=ZoneInfo("Europe/Moscow"), now=NOW)
    assert len(load_workbook(io.BytesIO(data)).sheetnames) == 1
