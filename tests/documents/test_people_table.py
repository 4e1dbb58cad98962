"""The .xlsx of people: columns are found by their words; what cannot be read is named."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

import openpyxl
import pytest

from bot.documents.people_table import PeopleTableError, PeopleTableFault, read_people
from bot.domain.people_rows import PersonRow

HEADER = ["Регион", "Муниципалитет", "Школа", "ФИО", "Роль", "Когорта"]
ROW = ["Амурская область", "г. Тында", "Школа № 4", "Цой Марина", "учитель", 2026]


def xlsx(*rows: Sequence[object]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(list(row))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_rows_keep_the_spreadsheets_numbers() -> None:
    assert read_people(xlsx(["Список участников"], [], HEADER, ROW, [], ROW)) == [
        PersonRow(4, "Амурская область", "г. Тында", "Школа № 4", "Цой Марина", "учитель", "2026"),
        PersonRow(6, "Амурская область", "г. Тында", "Школа № 4", "Цой Марина", "учитель", "2026"),
    ]


def test_columns_are_found_by_words_in_any_order() -> None:
    header: list[object] = [
        "№", "Роль в проекте", "Фамилия, имя, отчество", "Образовательная организация", "Муниципальное образование",
        "Субъект РФ",
    ]  # fmt: skip
    [row] = read_people(xlsx(header, [1, "учитель", "Цой Марина", "Школа № 4", "г. Тында", "Амурская область"]))
    assert row == PersonRow(2, "Амурская область", "г. Тында", "Школа № 4", "Цой Марина", "учитель")


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", PeopleTableFault.NOT_XLSX),
        (b"a,b,c", PeopleTableFault.NOT_XLSX),
        (xlsx(HEADER, ROW)[:200], PeopleTableFault.NOT_XLSX),
        (b"x" * (5 * 1024 * 1024 + 1), PeopleTableFault.TOO_LARGE),
        (xlsx(), PeopleTableFault.NO_HEADER),
        (xlsx(ROW), PeopleTableFault.NO_HEADER),
        (xlsx(list(HEADER)), PeopleTableFault.EMPTY),
    ],
    ids=["no bytes", "a csv", "a cut file", "over 5 MB", "an empty sheet", "no header", "a header alone"],
)
def test_a_file_that_is_no_table_of_people_is_refused(data: bytes, fault: PeopleTableFault) -> None:
    with pytest.raises(PeopleTableError) as refused:
        read_people(data)
    assert refused.value.fault is fault


def test_another_office_archive_is_no_table() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    with pytest.raises(PeopleTableError) as refused:
        read_people(file.getvalue())
    assert refused.value.fault is PeopleTableFault.NOT_XLSX


def test_an_archive_that_unpacks_into_gigabytes_is_not_unpacked() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"\0" * (100 * 1024 * 1024))
    with pytest.raises(PeopleTableError) as refused:
        read_people(file.getvalue())
    assert refused.value.fault is PeopleTableFault.TOO_LARGE


def test_the_missing_columns_are_named() -> None:
    with pytest.raises(PeopleTableError) as refused:
        read_people(xlsx(["Регион", "Школа", "ФИО"], ["a", "b", "c"]))
    assert refused.value.missing == ("municipality", "role")
