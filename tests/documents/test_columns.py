"""A column is known by the words of its heading, wherever it stands; what the words do not say is asked."""

from __future__ import annotations

from datetime import date
from itertools import permutations

import pytest

from bot.documents.errors import DocumentError, EmptyTableError, NoTableError, UnknownColumnsError
from bot.documents.reading import read_document
from bot.domain.documents import DocumentDraft, ProblemCode
from tests.documents.word import docx, row, table

TODAY = date(2024, 9, 1)
CELLS = {
    "№ п/п": "1",
    "Мероприятия": "Создание штаба",
    "Ответственные исполнители": "Департамент",
    "Результат": "Приказ",
    "Период реализации": "май 2025 года",
}


def read(header: tuple[str, ...], *rows: tuple[str, ...]) -> DocumentDraft:
    return read_document(docx(table(header, *rows)), "карта.docx", today=TODAY)


@pytest.mark.parametrize("order", list(permutations(CELLS))[::7])
def test_columns_are_found_in_any_order(order: tuple[str, ...]) -> None:
    (found,) = read(order, tuple(CELLS[name] for name in order)).rows
    assert (found.number, found.title, found.responsible, found.result, found.phrase) == tuple(CELLS.values())


@pytest.mark.parametrize(
    "title",
    [
        "Наименование мероприятия",
        "Мероприятия",
        "МЕРОПРИЯТИЕ",
        "Перечень мероприятий",
        "Содержание деятельности",
        "Поручение",
        "Наименование мероприятий плана",
        "Перечень мероприятий в соответствии с календарным планом-графиком",
    ],
)
@pytest.mark.parametrize(
    "term",
    [
        "Срок",
        "Сроки",
        "Срок исполнения",
        "Период реализации",
        "Срок (период) выполнения",
        "Дата",
        "Дата проведения",
        "Плановый срок",
        "Сроки\nреализации",
    ],
)
def test_the_matter_and_its_term_are_known_under_many_names(title: str, term: str) -> None:
    (found,) = read(("№", title, term), ("1", "Создание штаба", "май 2025 года")).rows
    assert (found.title, found.phrase) == ("Создание штаба", "май 2025 года")


@pytest.mark.parametrize(
    "responsible",
    [
        "Ответственный",
        "Ответственные исполнители",
        "Исполнитель",
        "Исполнители/соисполнители",
        "Лицо, ответственное за исполнение",
    ],
)
@pytest.mark.parametrize(
    "result",
    [
        "Результат",
        "Ожидаемый результат",
        "Описание основных результатов реализации мероприятия",
        "Вид документа",
        "Планируемые результаты",
    ],
)
def test_the_responsible_and_the_result_are_known_under_many_names(responsible: str, result: str) -> None:
    (found,) = read(("Мероприятие", responsible, result, "Срок"), ("Создание", "Центр", "Приказ", "май 2025 года")).rows
    assert (found.responsible, found.result) == ("Центр", "Приказ")


def test_columns_that_are_not_ours_are_left_alone() -> None:
    header = ("№", "Мероприятие", "Место проведения", "Участники", "Срок", "Отметка о выполнении", "Примечание")
    (found,) = read(header, ("1", "Семинар", "Москва", "Учителя", "май 2025 года", "да", "х")).rows
    assert (found.title, found.responsible, found.result, found.phrase) == ("Семинар", "", "", "май 2025 года")


def test_the_day_and_the_hour_in_columns_of_their_own_make_one_phrase() -> None:
    (found,) = read(("Мероприятие", "Дата", "Время"), ("Вебинар", "12 декабря 2025 г.", "15:00")).rows
    assert found.phrase == "12 декабря 2025 г. 15:00"


def test_a_title_above_the_header_does_not_hide_it() -> None:
    draft = read_document(
        docx(table(row("План мероприятий на 2025 год", "", ""), ("№", "Мероприятие", "Срок"), ("1", "Семинар", "май"))),
        "план.docx",
        today=TODAY,
    )
    assert [found.title for found in draft.rows] == ["Семинар"]


def test_a_header_without_a_term_is_asked_about_with_its_first_rows() -> None:
    with pytest.raises(UnknownColumnsError) as caught:
        read(("№", "Мероприятие", "Ответственный"), ("1", "Семинар", "Центр"))
    assert caught.value.facts["missing"] == ("phrase",)
    assert caught.value.facts["rows"] == (("№", "Мероприятие", "Ответственный"), ("1", "Семинар", "Центр"))


def test_two_columns_that_claim_the_term_equally_are_not_guessed_between() -> None:
    with pytest.raises(UnknownColumnsError) as caught:
        read(("№", "Мероприятие", "Срок подготовки", "Срок сдачи"), ("1", "Отчёт", "май", "июнь"))
    assert caught.value.facts["ambiguous"] == ("phrase",)


@pytest.mark.parametrize(
    ("rows", "error", "reason"),
    [
        ([("раз", "два"), ("три", "четыре")], UnknownColumnsError, "no heading at all"),
        ([("№", "Мероприятие", "Срок")], EmptyTableError, "a header and nothing under it"),
        ([("№", "Мероприятие", "Срок"), ("1", "2", "3"), ("", "", "")], EmptyTableError, "only furniture under it"),
        ([("один",)], NoTableError, "a frame around a word is no table"),
    ],
)
def test_what_cannot_be_read_is_refused_by_its_name(
    rows: list[tuple[str, ...]], error: type[DocumentError], reason: str
) -> None:
    with pytest.raises(error):
        read_document(docx(table(*rows)), "карта.docx", today=TODAY)


# Numbers


def numbers(*given: str) -> list[tuple[ProblemCode, str]]:
    draft = read(
        ("№", "Мероприятие", "Срок"), *((number, f"Дело {at}", "май 2025 года") for at, number in enumerate(given))
    )
    found = [*draft.problems, *(problem for one in draft.rows for problem in one.problems)]
    return [(problem.code, problem.facts.get("number", "")) for problem in found if "number" in problem.code.value]


@pytest.mark.parametrize(
    ("given", "expected", "reason"),
    [
        (("1.", "2.", "3."), [], "1..N"),
        (
            ("1", "2", "4", "6"),
            [(ProblemCode.MISSING_NUMBER, "3"), (ProblemCode.MISSING_NUMBER, "5")],
            "two rows are lost",
        ),
        (("2", "3"), [(ProblemCode.MISSING_NUMBER, "1")], "the first row is lost"),
        (("1", "2", "2"), [(ProblemCode.DUPLICATE_NUMBER, "2")], "a number given twice"),
        (("1", "", "2"), [(ProblemCode.NO_NUMBER, "")], "a row without its number"),
        (("1.1", "1.3"), [(ProblemCode.MISSING_NUMBER, "1.2")], "a gap on the second level"),
        (("1)", "2)"), [], "brackets instead of dots"),
        (("", ""), [], "a table that does not number its rows"),
    ],
)
def test_numbers_are_checked(given: tuple[str, ...], expected: list[tuple[ProblemCode, str]], reason: str) -> None:
    assert numbers(*given) == expected, reason


def test_numbers_may_begin_anew_in_each_group() -> None:
    group = row('<w:tc><w:tcPr><w:gridSpan w:val="3"/></w:tcPr><w:p><w:r><w:t>Раздел</w:t></w:r></w:p></w:tc>')
    one = ("1", "Дело", "май 2025 года")
    draft = read_document(docx(table(("№", "Мероприятие", "Срок"), group, one, group, one)), "к.docx", today=TODAY)
    assert len(draft.rows) == 2
    assert not [problem for one in draft.rows for problem in one.problems if "number" in problem.code.value]


def test_a_number_before_the_title_is_used_where_there_is_no_column_for_it() -> None:
    draft = read(("Мероприятие", "Срок"), ("1. Семинар", "май 2025 года"), ("2. Конкурс", "июнь 2025 года"))
    assert [(found.number, found.title) for found in draft.rows] == [("1", "Семинар"), ("2", "Конкурс")]


def test_a_first_column_without_a_heading_is_known_by_its_numbers() -> None:
    draft = read(("", "Мероприятие", "Срок"), ("1.", "Семинар", "май 2025 года"), ("2.", "Конкурс", "июнь 2025 года"))
    assert [found.number for found in draft.rows] == ["1", "2"]


def test_a_heading_hyphenated_to_fit_its_column_is_recognised() -> None:
    (found,) = read(
        ("№", "Наимено-\nвание меро-\nприятия", "Срок испол-\nнения"), ("1", "Семинар", "май 2025 года")
    ).rows
    assert (found.title, found.phrase) == ("Семинар", "май 2025 года")


def test_numbers_left_over_in_an_unfilled_form_are_no_rows() -> None:
    draft = read(("№", "Мероприятие", "Срок"), ("1", "Семинар", "май 2025 года"), ("2", "", ""), ("3", "", ""))
    assert [found.number for found in draft.rows] == ["1"]
    assert not [problem for problem in draft.problems if "number" in problem.code.value]
