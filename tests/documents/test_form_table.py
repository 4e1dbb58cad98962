"""Questions out of files: the template with the numbers of its rows, and the indicators that documents have."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.documents.errors import DamagedError, NoTableError
from bot.documents.form_table import read_form_table
from bot.documents.isolation import read_form
from bot.domain.documents import DocumentFault
from bot.domain.form_rows import BadRow, BadRowsError, FormRow, FormTable, RowFault, questions_of
from bot.domain.forms import FormProblem, Question, QuestionKind
from bot.ports.documents import Unreadable
from bot.reports.form_template_xlsx import form_template_xlsx
from tests.documents.sheets import book, books

HEADER = ("Вопрос", "Тип", "Варианты", "Единица", "План", "Не меньше", "Не больше", "Обязательно")
INDICATORS = (
    "№",
    "Наименование индикатора/показателя",
    "Единица измерения",
    "Минимальное значение, с 2021 года",
    "Факт",
)
PASSPORT = Path(__file__).resolve().parents[2] / "../shared/documents/004_bcbd5f2ee03c1525.txt"


def asked(data: bytes, name: str = "форма.xlsx") -> list[Question]:
    return [one.question for one in questions_of(read_form_table(data, name))]


def test_the_template_is_read_as_it_is_written() -> None:
    table = read_form_table(form_template_xlsx(), "вопросы.xlsx")
    assert table == FormTable((), is_template=True), "its examples are not taken for questions"


def test_a_filled_template_becomes_questions() -> None:
    data = book(
        HEADER,
        ("Пример: Сколько?", "целое число"),
        ("Сколько наставников?", "целое число", None, "человек", 20, 0, 500, "да"),
        (),
        ("Где проходит?", "Выбор", "В школе; Дома", None, None, None, None, "нет"),
        ("Какие кружки?", "несколько", "Шахматы; Театр; Хор"),
        ("Доля, прошедших курсы", "число", None, "%", "12,5"),
        ("Приказ издан? (да/нет)",),
        ("Когда издан (дата)", "дата"),
        ("Скан приказа (файл)",),
        ("Номер приказа (дата)", "текст"),
    )
    proposed = questions_of(read_form_table(data, "форма.xlsx"))
    assert [one.question for one in proposed] == [
        Question("", QuestionKind.WHOLE, "Сколько наставников?", unit="чел.", at_least=20.0, low=0.0, high=500.0),
        Question("", QuestionKind.CHOICE, "Где проходит?", is_required=False, options=("В школе", "Дома")),
        Question("", QuestionKind.SEVERAL, "Какие кружки?", options=("Шахматы", "Театр", "Хор")),
        Question("", QuestionKind.DECIMAL, "Доля, прошедших курсы", unit="%", at_least=12.5),
        Question("", QuestionKind.YES_NO, "Приказ издан?"),
        Question("", QuestionKind.DATE, "Когда издан"),
        Question("", QuestionKind.FILE, "Скан приказа"),
        Question("", QuestionKind.TEXT, "Номер приказа (дата)"),
    ]
    assert [one.is_guessed for one in proposed] == [False, False, False, False, True, False, True, False], (
        "an empty kind is guessed, and said so"
    )


def test_bad_rows_are_named_with_the_numbers_of_the_sheet_and_nothing_is_taken() -> None:
    data = book(
        HEADER,
        ("Сколько?", "целое число"),
        (),
        ("Где?", "выбор", "В школе"),
        ("Когда?", "время"),
        ("Сколько?", "целое число", None, None, "много"),
        ("Что?", "текст", None, None, None, None, None, "иногда"),
        ("Кто?", "текст", None, "чел."),
        (None, "текст"),
    )
    with pytest.raises(BadRowsError) as refusal:
        asked(data)
    assert refusal.value.rows == (
        BadRow(4, FormProblem.FEW_OPTIONS),
        BadRow(5, RowFault.UNKNOWN_KIND, "время"),
        BadRow(6, RowFault.NOT_A_FIGURE, "много"),
        BadRow(7, RowFault.UNKNOWN_REQUIRED, "иногда"),
        BadRow(8, FormProblem.NOT_A_FIGURE),
        BadRow(9, FormProblem.NO_TEXT),
    )


def test_a_table_of_indicators_becomes_figures() -> None:
    data = book(
        ("Показатели деятельности центров",),
        INDICATORS,
        (1, 2, 3, 4, 5),
        (1, "Численность обучающихся", "человек", 100),
        (2, "Доля педагогов", "%", "100"),
        (3, "Число мероприятий", "единиц в год", "не менее 5"),
        (None, "Итого", None, 205),
    )
    assert asked(data) == [
        Question("", QuestionKind.WHOLE, "Численность обучающихся", unit="чел.", at_least=100.0),
        Question("", QuestionKind.DECIMAL, "Доля педагогов", unit="%", at_least=100.0),
        Question("", QuestionKind.WHOLE, "Число мероприятий", unit="единиц в год", at_least=5.0),
    ]


def test_the_answers_that_a_table_tells_become_choices() -> None:
    data = book(
        ("№", "Вопрос", "Варианты ответа"),
        (1, "Какие кружки работают?", "☐ шахматы\n☐ театр\n☐ хор (можно выбрать несколько)"),
        (2, "Где проходят занятия?", "в школе; дома"),
        (3, "Приказ издан?", "да/нет"),
        (4, "Что мешает?", None),
    )
    clubs = ("шахматы", "театр", "хор")
    assert asked(data) == [
        Question("", QuestionKind.SEVERAL, "Какие кружки работают?", options=clubs),
        Question("", QuestionKind.CHOICE, "Где проходят занятия?", options=("в школе", "дома")),
        Question("", QuestionKind.YES_NO, "Приказ издан?"),
        Question("", QuestionKind.TEXT, "Что мешает?"),
    ]


def test_of_several_plans_none_is_chosen_for_the_author() -> None:
    data = book(("Показатель", "Ед. изм.", "План 2025", "План 2026"), ("Наставники", "чел.", 10, 20))
    assert asked(data) == [Question("", QuestionKind.WHOLE, "Наставники", unit="чел.")]
    assert read_form_table(data, "план.xlsx").has_several_plans, "and he is told"


def test_tables_that_are_left_are_counted() -> None:
    header = ("Показатель", "Ед. изм.", "План")
    data = books({"2025": [header, ("Наставники", "чел.", 10)], "2026": [header, ("Наставники", "чел.", 20)]})
    found = read_form_table(data, "показатели.xlsx")
    assert (found.rows[0].plan, found.others) == ("10", 1)


def test_a_header_of_two_rows_is_read_down_its_columns() -> None:
    def merge(_book: object, sheet: Any) -> None:
        for column, words in enumerate(("№", "Показатель", "Ед. изм.")):
            sheet.merge_range(0, column, 1, column, words)
        sheet.merge_range(0, 3, 0, 4, "Значение показателя")
        sheet.write_row(1, 3, ("план", "факт"))
        sheet.merge_range(2, 0, 2, 4, "I. Обучение")
        sheet.write_row(3, 0, (1, "Наставники", "чел.", 20, 17))

    assert asked(book((), fill=merge)) == [
        Question("", QuestionKind.WHOLE, "Наставники", unit="чел.", at_least=20.0)
    ]  # fmt: skip


def test_the_indicators_of_a_passport_are_read_from_their_cell() -> None:
    if not PASSPORT.exists():
        pytest.skip("the published documents are not beside the project")
    found = asked(PASSPORT.read_bytes(), "паспорт.txt")
    assert [(one.kind, one.unit, one.at_least) for one in found] == [
        (QuestionKind.WHOLE, None, 250.0),
        (QuestionKind.WHOLE, "чел.", 20.0),
        (QuestionKind.DECIMAL, "%", 50.0),
        (QuestionKind.WHOLE, None, 10.0),
    ]


def test_a_plan_of_matters_has_no_indicators() -> None:
    with pytest.raises(NoTableError):
        read_form_table(book(("№", "Мероприятие", "Срок"), (1, "Семинар", "1 мая")), "план.xlsx")


def test_a_torn_workbook_is_refused() -> None:
    with pytest.raises(DamagedError):
        read_form_table(form_template_xlsx()[:900], "вопросы.xlsx")


async def test_it_is_read_in_a_process_of_its_own() -> None:
    data = book(HEADER, ("Сколько?", "целое число"))
    assert await read_form(data, "форма.xlsx") == FormTable((FormRow(2, "Сколько?", "целое число"),), is_template=True)
    refused = await read_form(b"PK\x03\x04 torn", "форма.xlsx")
    assert isinstance(refused, Unreadable)
    assert refused.code is DocumentFault.DAMAGED
