"""The lists of a selection as a file: by municipality, the reserve in its order, and what people typed stays text."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import openpyxl

from bot.domain.forms import FormVersion, Given, Question, QuestionKind, Submission, SubmissionState, Value
from bot.domain.ids import (
    ActivityId,
    ApplicationId,
    AssignmentId,
    FormId,
    FormVersionId,
    OccurrenceId,
    PersonId,
    SubmissionId,
    UnitId,
)
from bot.domain.matters import OccurrenceState
from bot.domain.selection import Application, ApplicationState, Selection, lists_of
from bot.ports.selections import SelectionLine
from bot.reports.selection_xlsx import selection_xlsx
from bot.services.select_applicants import SelectionExport, SelectionView
from tests.calendar_days import MONDAY

MOSCOW = ZoneInfo("Europe/Moscow")
TYNDA, ZEYA = UnitId(1), UnitId(2)
SELECTION = Selection(places=3, reserve=2, quotas={TYNDA: 2, ZEYA: 1})
FIRST = Application(
    id=ApplicationId(1),
    occurrence_id=OccurrenceId(1),
    assignment_id=AssignmentId(1),
    number=1,
    unit_id=UnitId(11),
    unit_title="Школа № 7",
    part=TYNDA,
    part_title="г. Тында",
    person_id=None,
    person_name=None,
    about="Петров Иван",
    state=ApplicationState.MAIN,
    version=2,
    applied_at=MONDAY,
    told=ApplicationState.MAIN,
)
RESERVED = replace(FIRST, id=ApplicationId(2), about="Седова Анна", state=ApplicationState.RESERVE, place=5, told=None)
AHEAD = replace(RESERVED, id=ApplicationId(3), about="Яшин Глеб", place=2)
DECLINED = replace(
    FIRST, id=ApplicationId(4), part=ZEYA, part_title="г. Зея", about="=1+1", state=ApplicationState.DECLINED,
    reason="Нет согласия", told=None,
)  # fmt: skip
GONE = replace(FIRST, id=ApplicationId(5), state=ApplicationState.WITHDRAWN)
QUESTION = Question("why", QuestionKind.TEXT, "Почему?")


def test_the_main_list_is_counted_through_and_the_reserve_by_its_line() -> None:
    """As in the chat: by municipality both, and the number of the second municipality goes on."""
    before = replace(FIRST, id=ApplicationId(6), part=ZEYA, part_title="г. Зея", about="Яковлев Ян")
    sheets = _sheets(FIRST, RESERVED, AHEAD, DECLINED, GONE, before)
    assert sheets["Основной список"][-1] == ("2", "г. Тында", "Школа № 7", "Петров Иван", "07.09.2026 12:00")
    assert [(row[0], row[3]) for row in sheets["Основной список"][-2:-1]] == [("1", "Яковлев Ян")]
    assert [(row[0], row[3]) for row in sheets["Резерв"][-2:]] == [("1", "Яшин Глеб"), ("2", "Седова Анна")]


def test_all_that_stand_are_there_with_their_answers_and_decisions() -> None:
    rows = _sheets(FIRST, DECLINED, GONE)["Все заявки"]
    assert rows[3][-2:] == ("Причина", "Почему?")
    assert rows[-1][2:] == ("Петров Иван", "07.09.2026 12:00", "основной список", "да", "", "=2+2")
    assert rows[-2][2:7] == ("=1+1", "07.09.2026 12:00", "отклонена", "нет", "Нет согласия")
    assert len(rows) == 6, "who stepped back is in no list"


def test_the_quotas_add_up() -> None:
    rows = _sheets(FIRST, RESERVED)["Квоты"]
    assert rows[-2:] == [("г. Тында", "2", "1", "1", "0"), ("Всего", "3", "1", "1", "0")]


def _sheets(*applications: Application) -> Mapping[str, list[tuple[object, ...]]]:
    counts = {state: sum(one.state is state for one in applications) for state in ApplicationState}
    line = SelectionLine(
        OccurrenceId(1),
        ActivityId(1),
        1,
        OccurrenceState.OPEN,
        UnitId(9),
        "/9/",
        "Отбор тьюторов",
        "",
        MONDAY + timedelta(days=20),
        "Europe/Moscow",
        SELECTION,
        is_of_people=False,
        asked=4,
        counts=counts,
    )
    view = SelectionView(line, applications, lists_of(SELECTION, applications, {}), None)
    version = FormVersion(FormVersionId(1), FormId(1), 1, (QUESTION,))
    given = {"why": Given(Value("=2+2"), PersonId(1), "Зимина Анна", MONDAY)}
    submission = Submission(
        SubmissionId(1), AssignmentId(1), 1, version, SubmissionState.HANDED_IN, MONDAY, MONDAY, given
    )
    data = selection_xlsx(SelectionExport(view, {FIRST.id: submission}), reader=MOSCOW, now=MONDAY)
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert all(cell.data_type != "f" for sheet in book for row in sheet for cell in row), "formulas are words"
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}
