"""The table of an event opens as a table: every word a text, every count a number."""

from __future__ import annotations

import io
from datetime import timedelta
from zoneinfo import ZoneInfo

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from bot.domain.events import Attendance
from bot.domain.matters import Answer
from bot.ports.afterwards import Feedback
from bot.reports.attendance_xlsx import attendance_xlsx, series_xlsx
from tests.reports.exports import BEGINS, export, row, series_export

MOSCOW = ZoneInfo("Europe/Moscow")
MADE = BEGINS + timedelta(hours=3)


def sheet(data: bytes, name: str) -> Worksheet:
    found = openpyxl.load_workbook(io.BytesIO(data))[name]
    assert isinstance(found, Worksheet)
    return found


def lines(data: bytes, name: str) -> list[tuple[object, ...]]:
    return [tuple(cells) for cells in sheet(data, name).iter_rows(values_only=True)]


def test_the_table_says_who_was_there_who_says_so_and_what_he_thinks() -> None:
    there = row(1, "Смирнова Дарья Павловна", feedback=Feedback(5, "Полезно"))
    ill = row(2, "Котов Глеб Романович", attendance=Attendance.EXCUSED, answer=Answer.NOT_COMING, comment="болезнь")
    waits = row(3, "Цой Марина", attendance=None, waits=True)

    found = lines(attendance_xlsx(export(there, ill, waits), reader=MOSCOW, now=MADE), "Участники")

    assert found[0][0] == "Наставники"
    assert found[1][0] == "Начало: 10.09.2026 12:00"
    people = {line[2]: line[3:] for line in found[6:]}
    assert people["Смирнова Дарья Павловна"] == ("педагог, наставник", "Приду", "", "был", "сам", 5, "Полезно")
    assert people["Котов Глеб Романович"][1:4] == ("Не смогу", "болезнь", "уважительная причина")
    assert people["Цой Марина"][1] == "Приду (в резерве)"


def test_what_people_typed_is_never_a_formula() -> None:
    evil = row(1, "=1+1", comment="@SUM(A1)", feedback=Feedback(4, "=cmd|' /C calc'!A0"))
    data = attendance_xlsx(export(evil), reader=MOSCOW, now=MADE)

    for name in ("Участники", "По школам", "Отзывы"):
        cells = [cell for cells in sheet(data, name).iter_rows() for cell in cells]
        assert not [cell.coordinate for cell in cells if cell.data_type == "f"], name


def test_the_turnout_of_schools_is_in_numbers() -> None:
    found = lines(attendance_xlsx(export(row(1, "Котов Глеб")), reader=MOSCOW, now=MADE), "По школам")

    assert found[-1] == ("=СУММ(Школа № 1)", 1, 3, 33, 1, 0, 1)


def test_the_feedback_has_its_average_and_distribution() -> None:
    found = lines(attendance_xlsx(export(), reader=MOSCOW, now=MADE), "Отзывы")

    assert found[1][0] == "Средняя оценка: 4,50 · ответили 2 из 3"
    assert [line[0] for line in found[2:7]] == [
        "Оценка 5: 1",
        "Оценка 4: 1",
        "Оценка 3: 0",
        "Оценка 2: 0",
        "Оценка 1: 0",
    ]


def test_an_event_without_people_is_a_table_with_its_head() -> None:
    found = lines(attendance_xlsx(export(), reader=MOSCOW, now=MADE), "Участники")

    assert found[5][:3] == ("Над школой", "Организация", "ФИО")
    assert len(found) == 6


def test_a_series_is_people_by_events() -> None:
    found = lines(series_xlsx(series_export(), reader=MOSCOW, now=MADE + timedelta(days=30)), "Участники")

    assert found[3][2] == "17.09.2026\nВебинар 1"
    assert found[-1] == ("Школа № 1", "=HYPERLINK(1)", "был", "", "–", 1, 2), "not invited to the third"


def test_nobody_has_missed_what_is_to_come() -> None:
    found = lines(series_xlsx(series_export(), reader=MOSCOW, now=MADE + timedelta(days=7)), "Участники")
    assert found[-1][-2:] == (1, 1), "the second meeting is a week ahead"
