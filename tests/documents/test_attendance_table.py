"""A webinar platform's list: the columns by their words, in either language and any order; the names where none are."""

from __future__ import annotations

import pytest

from bot.documents.attendance_table import MAX_ROWS, read_attendance_table
from bot.documents.errors import DocumentError
from bot.domain.documents import DocumentFault
from bot.domain.platform_table import PlatformRow
from tests.documents.sheets import book

ZOOM = """Идентификатор конференции,Тема,Время начала,Время завершения,Почта,Продолжительность (минуты),Участники
123 456,Вебинар,10.09.2026 15:00,10.09.2026 16:05,host@example.org,65,2

Имя (настоящее имя),Электронная почта,Время входа,Время выхода,Продолжительность (минуты),Гость
"Иванова Анна (Anna)",a@example.org,10.09.2026 15:00:12,10.09.2026 16:00:12,60,Да
Анна Иванова,,10.09.2026 16:01:00,10.09.2026 16:05:00,4,Да
"""
TEAMS = """1. Summary
Meeting title\tВебинар
Attended participants\t2
Meeting duration\t1h 5m 3s

2. Participants
Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tRole
Ivanova Anna\t9/10/26, 3:00:12 PM\t9/10/26, 4:05:15 PM\t1h 5m 3s\ta@example.org\tPresenter
Kotov Gleb (Unverified)\t9/10/26, 3:00:12 PM\t9/10/26, 3:05:15 PM\t5m 3s\t\tAttendee

3. In-Meeting Activities
Name\tJoin Time\tLeave Time\tDuration\tEmail\tRole
Ivanova Anna\t9/10/26, 3:00:12 PM\t9/10/26, 4:05:15 PM\t1h 5m 3s\ta@example.org\tPresenter
"""


def csv(text: str, encoding: str = "utf-8") -> list[PlatformRow]:
    return read_attendance_table(text.encode(encoding), "participants.csv")


def test_the_table_of_a_report_is_found_below_its_summary() -> None:
    assert csv(ZOOM) == [PlatformRow(5, "Иванова Анна (Anna)", 60), PlatformRow(6, "Анна Иванова", 4)]


def test_a_second_section_does_not_count_the_same_people_again() -> None:
    assert csv(TEAMS, "utf-16") == [PlatformRow(8, "Ivanova Anna", 65), PlatformRow(9, "Kotov Gleb (Unverified)", 5)]


@pytest.mark.parametrize(
    ("text", "expected", "reason"),
    [
        ("Фамилия;Имя;Отчество;Вход;Выход\nЦой;Марина;Ивановна;15:00;16:10\n", ("Цой Марина Ивановна", 70), "in parts"),
        ("Минут;Почта;Участник\n45;a@b.ru;Цой Марина\n", ("Цой Марина", 45), "any order"),
        ("№;Участник;Время присутствия, сек\n1;Цой Марина;3660\nИтого;;\n", ("Цой Марина", 61), "seconds, and a sum"),
        ("Name,Duration\nЦой Марина,1:05:30\n", ("Цой Марина", 66), "hours, minutes, seconds"),
        ("Name,Duration\nЦой Марина,45:10\n", ("Цой Марина", 45), "minutes and seconds"),
        ("ФИО;Длительность\nЦой Марина;1 ч 5 мин\n", ("Цой Марина", 65), "in Russian words"),
        ("ФИО;Длительность\nЦой Марина;0\n", ("Цой Марина", 0), "nothing at all"),
        ("ФИО;Длительность\nЦой Марина;–\n", ("Цой Марина", None), "not counted"),
        ("Name,Join Time,Leave Time\nЦой Марина,11:50 PM,12:10 AM\n", ("Цой Марина", 20), "over midnight"),
        ("sep=;\nФИО;Минут\nЦой Марина;5\n", ("Цой Марина", 5), "as Excel marks its own"),
        ("Имя\nЦой Марина\n", ("Цой Марина", None), "one column"),
        ("Цой Марина\n", ("Цой Марина", None), "no header"),
        ("1;Цой Марина;учитель\n", ("Цой Марина", None), "no header, the names among other things"),
    ],
)
def test_columns_are_known_by_their_words(text: str, expected: tuple[str, int | None], reason: str) -> None:
    for encoding in ("utf-8", "utf-8-sig", "cp1251"):
        if encoding == "cp1251" and "–" in text:
            continue
        assert [(row.name, row.minutes) for row in csv(text, encoding)] == [expected], f"{reason}, {encoding}"


def test_a_workbook_is_read_as_it_is_shown() -> None:
    data = book(
        ("Отчёт о вебинаре",),
        (),
        ("ФИО участника", "Email", "Время присутствия (мин)"),
        ("Цой Марина", "c@example.org", 47),
        ("Котов Глеб", "k@example.org", 12.4),
    )
    assert [(row.name, row.minutes) for row in read_attendance_table(data, "a.xlsx")] == [
        ("Цой Марина", 47),
        ("Котов Глеб", 12),
    ]


@pytest.mark.parametrize("text", ["1;2\n3;4\n", "Название;Цена\nСтол;100\n", "=1+1\n"])
def test_a_table_without_names_has_nobody_in_it(text: str) -> None:
    assert csv(text) == []


@pytest.mark.parametrize(
    ("data", "name", "fault"),
    [
        (b"", "a.csv", DocumentFault.EMPTY_FILE),
        (b"  \n", "a.csv", DocumentFault.EMPTY_FILE),
        (b"PK\x03\x04broken", "a.xlsx", DocumentFault.DAMAGED),
        (b"%PDF-1.7 x", "a.pdf", DocumentFault.UNSUPPORTED_FORMAT),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a.xls", DocumentFault.OLD_EXCEL_FORMAT),
        (b"x" * (5 * 1024 * 1024 + 1), "a.csv", DocumentFault.TOO_LARGE),
        ("ФИО\n".encode() + "Цой Марина\n".encode() * (MAX_ROWS + 1), "a.csv", DocumentFault.TOO_LARGE),
    ],
    ids=["no bytes", "blank", "a torn workbook", "a .pdf", "the old Excel", "over 5 MB", "a crowd"],
)
def test_what_is_no_table_is_refused(data: bytes, name: str, fault: DocumentFault) -> None:
    """That a refusal is no exception in the chat is shown in ``test_isolation.py``."""
    with pytest.raises(DocumentError) as refused:
        read_attendance_table(data, name)
    assert refused.value.code is fault
