"""A term inside a clause: its own day is taken, a day of somebody else never."""

from __future__ import annotations

from datetime import date

import pytest

from bot.documents.facts import Text, read_facts
from bot.documents.reading import read_document
from bot.domain.documents import DocumentDraft, ProblemCode

HEADING = ("ПРОТОКОЛ", "", "05.11.2025 № 3", "", "РЕШИЛИ:", "")


def read(*lines: str) -> DocumentDraft:
    return read_document("\n".join((*HEADING, *lines)).encode(), "протокол.txt", today=date(2025, 9, 1))


def rows(*lines: str) -> list[tuple[str | None, str, str, str]]:
    return [(row.number, row.responsible, row.title, row.phrase) for row in read(*lines).rows]


@pytest.mark.parametrize(
    ("clause", "responsible", "title", "phrase"),
    [
        (
            "Директорам школ в срок до 15 января 2026 г. направить заявки.",
            "Директорам школ",
            "Направить заявки.",
            "до 15 января 2026 г.",
        ),
        (
            "Отделу кадров до 20 февраля 2026 г. подготовить сводку.",
            "Отделу кадров",
            "Подготовить сводку.",
            "до 20 февраля 2026 г.",
        ),
        (
            "Инициаторам кластеров до конца октября 2025 г. заключить договоры.",
            "Инициаторам кластеров",
            "Заключить договоры.",
            "до конца октября 2025 г.",
        ),
        (
            "Иванову И.И. в двухнедельный срок представить план.",
            "Иванову И.И.",
            "Представить план.",
            "в двухнедельный срок",
        ),
        (
            "Петровой А.А. ежемесячно до 5 числа представлять отчёт.",
            "Петровой А.А.",
            "Представлять отчёт.",
            "ежемесячно до 5 числа",
        ),
        (
            "Министерству образования (Иванова А.А.) не позднее 15 марта 2026 г. утвердить план.",
            "Министерству образования (Иванова А.А.)",
            "Утвердить план.",
            "не позднее 15 марта 2026 г.",
        ),
        (
            "Рекомендовать органам местного самоуправления в срок до 25 мая 2026 года завершить ремонт.",
            "органам местного самоуправления",
            "Завершить ремонт.",
            "до 25 мая 2026 года",
        ),
        (
            "Школам, созданным в 2024 году, до 15 января 2026 г. направить сведения.",
            "Школам, созданным в 2024 году",
            "Направить сведения.",
            "до 15 января 2026 г.",
        ),
    ],
)
def test_a_term_before_the_verb_is_parted_from_the_addressee(
    clause: str, responsible: str, title: str, phrase: str
) -> None:
    assert rows(f"1. {clause}") == [("1", responsible, title, phrase)]


@pytest.mark.parametrize(
    "clause",
    [
        "Организациям, созданным до 1 сентября 2024 г., представить сведения.",
        "Директорам школ, вошедших в проект до 1 сентября 2024 г., направить сведения.",
        "Представить сведения о детях, рождённых до 1 сентября 2019 г.",
    ],
)
def test_a_day_of_those_named_is_no_term_of_what_is_asked(clause: str) -> None:
    draft = read(f"1. {clause}", "2. Собрать отчёты.", "3. Сдать план в срок до 1 марта 2026 г.")
    assert [row.number for row in draft.rows] == ["3"]
    (problem,) = [found for found in draft.problems if found.code is ProblemCode.CLAUSES_WITHOUT_TERM]
    assert problem.facts == {"numbers": "1, 2"}


def test_a_clause_with_a_term_of_its_own_does_not_take_the_term_of_the_next() -> None:
    found = rows(
        "1. Директорам школ в срок до 15 января 2026 г. направить заявки.",
        "2. Региональным операторам представить списки. Срок – до 10 февраля 2026 г.",
    )
    assert [(row[1], row[3]) for row in found] == [
        ("Директорам школ", "до 15 января 2026 г."),
        ("Региональным операторам", "Срок – до 10 февраля 2026 г."),
    ]


def test_a_lone_day_behind_the_verb_is_proposed_as_doubtful() -> None:
    (row,) = read("1. Подготовить до 1 марта 2026 г. доклад.").rows
    assert row.phrase == "до 1 марта 2026 г."
    assert [problem.code for problem in row.problems] == [ProblemCode.TERM_DOUBTFUL]


def test_two_matters_with_a_term_each_in_one_clause_are_two_rows() -> None:
    assert [
        (row[1], row[3])
        for row in rows(
            "1. Отделу связи подготовить приказ – до 10 декабря 2025 г., провести опрос – с 15 по 26 декабря 2025 г."
        )
    ] == [("Отделу связи", "до 10 декабря 2025 г."), ("Отделу связи", "с 15 по 26 декабря 2025 г.")]


def test_parts_with_a_bracket_below_a_clause_with_a_point_are_its_parts() -> None:
    assert rows(
        "1. Отделу кадров (Иванова А.А.):",
        "1) в срок до 1 февраля 2026 г. утвердить план;",
        "2) провести обучение в срок до 5 марта 2026 г.;",
        "2. Считать утратившим силу приказ от 12.01.2024 № 4.",
    ) == [
        ("1.1", "Отделу кадров (Иванова А.А.)", "Утвердить план;", "до 1 февраля 2026 г."),
        ("1.2", "Отделу кадров (Иванова А.А.)", "провести обучение", "до 5 марта 2026 г."),
    ]


def test_an_errand_with_a_number_sign_and_a_term_in_brackets_is_read() -> None:
    assert rows("№ 1. Иванову С.П. – подготовить смету (до 30.01.2026).") == [
        ("1", "Иванову С.П.", "Подготовить смету", "до 30.01.2026")
    ]


@pytest.mark.parametrize(
    "heading",
    [
        ("ПРОТОКОЛ № 3", "заседания совета", "от 12.01.2026"),
        ("Протокол заседания рабочей группы по вопросам школ № 3 от 12.01.2026",),
        ("ПРОТОКОЛ", "от «12» января 2026 г. № 3"),
        ("Протокол", "рабочего совещания", "Дата: 12.01.2026", "Номер: 3"),
    ],
)
def test_number_and_date_are_read_where_the_document_names_itself(heading: tuple[str, ...]) -> None:
    found, _ = read_facts(Text(heading, heading))
    assert (found.number, found.signed_on) == ("3", date(2026, 1, 12))


@pytest.mark.parametrize(
    ("clause", "responsible", "title", "phrase"),
    [
        (
            "Министерству (Иванова А.А.), Департаменту культуры (Котов К.К.) до 1 марта 2026 г. внести предложения.",
            "Министерству (Иванова А.А.), Департаменту культуры (Котов К.К.)",
            "Внести предложения.",
            "до 1 марта 2026 г.",
        ),
        ("Школам с 1 сентября 2026 г. ввести форму.", "Школам", "Ввести форму.", "с 1 сентября 2026 г."),
        ("Департаменту до 1 марта 2026 г. свести отчёты.", "Департаменту", "Свести отчёты.", "до 1 марта 2026 г."),
        (
            "Школам ежеквартально представлять отчёт до 10 числа месяца, следующего за отчётным кварталом.",
            "Школам",
            "Представлять отчёт.",
            "ежеквартально, до 10 числа месяца, следующего за отчётным кварталом",
        ),
        ("До 1 апреля 2026 г. школам провести опрос.", "Школам", "Провести опрос.", "До 1 апреля 2026 г."),
        (
            "Школам провести опрос. Срок проведения: май 2026 г.",
            "Школам",
            "Провести опрос.",
            "Срок проведения: май 2026 г.",
        ),
        ("Школам ежемесячно сдавать отчёт до 10 числа.", "Школам", "Сдавать отчёт.", "ежемесячно, до 10 числа"),
    ],
)
def test_short_verbs_and_halves_of_a_term_are_told_from_the_addressee(
    clause: str, responsible: str, title: str, phrase: str
) -> None:
    assert rows(f"1. {clause}") == [("1", responsible, title, phrase)]


def test_a_day_of_no_named_month_of_a_quarter_is_asked_about() -> None:
    (row,) = read("1. Школам ежеквартально представлять отчёт до 10 числа.").rows
    assert row.phrase == "ежеквартально, до 10 числа"
    assert ProblemCode.TERM_NOT_UNDERSTOOD in [problem.code for problem in row.problems]


@pytest.mark.parametrize(
    ("lines", "phrase", "other"),
    [
        (
            ("1. Школам в срок до 15 января 2026 г. сдать отчёт.", "Срок – до 20 января 2026 г."),
            "Срок – до 20 января 2026 г.",
            "до 15 января 2026 г.",
        ),
        (
            ("1. Школам сдать отчёт.", "Срок – до 20 января 2026 г.", "Срок – до 25 января 2026 г."),
            "Срок – до 20 января 2026 г.",
            "Срок – до 25 января 2026 г.",
        ),
    ],
)
def test_a_second_term_of_a_clause_is_told(lines: tuple[str, ...], phrase: str, other: str) -> None:
    (row,) = read(*lines).rows
    assert row.phrase == phrase
    assert [problem.facts for problem in row.problems if problem.code is ProblemCode.OTHER_TERM] == [{"text": other}]


@pytest.mark.parametrize(
    "clause",
    [
        "Представить отчёт за период с 1 января по 31 марта 2026 г.",
        "Настоящий приказ вступает в силу с 1 сентября 2026 г.",
        "Заключить договоры сроком до 31 декабря 2026 г.",
    ],
)
def test_a_day_of_a_report_or_of_the_act_is_no_term(clause: str) -> None:
    assert [row[0] for row in rows(f"1. {clause}", "2. Собрать отчёты в срок до 1 марта 2026 г.")] == ["2"]


def test_a_clause_that_goes_on_over_its_line_keeps_all_its_words() -> None:
    text = "ПРИКАЗ\n\nПРИКАЗЫВАЮ:\n\n1. Школам в срок до 15 января 2026 г. направить\nзаявки на почту."
    (row,) = read_document(text.encode(), "приказ.txt", today=date(2025, 9, 1)).rows
    assert row.title.split() == ["Направить", "заявки", "на", "почту."]
