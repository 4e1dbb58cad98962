"""Decisions of minutes: one row for each «Срок» line, with all that it governs."""

from __future__ import annotations

from datetime import date

import pytest

from bot.documents.errors import NoTableError
from bot.documents.reading import read_document
from bot.domain.documents import DocumentDraft

HEADING = ("ПРОТОКОЛ", "", "05.11.2024 № 3", "", "РЕШИЛИ:", "")


def read(*lines: str) -> DocumentDraft:
    return read_document("\n".join((*HEADING, *lines)).encode(), "протокол.txt", today=date(2024, 9, 1))


def rows(*lines: str) -> list[tuple[str | None, str, str, str]]:
    return [(row.number, row.responsible, row.title, row.phrase) for row in read(*lines).rows]


def test_a_term_governs_the_clause_above_it() -> None:
    assert rows("1. Собрать отчёты.", "", "Срок – до 24 ноября 2024 г.") == [
        ("1", "", "Собрать отчёты.", "Срок – до 24 ноября 2024 г.")
    ]


def test_one_term_governs_a_clause_and_its_parts() -> None:
    assert rows("1. Провести набор.", "1.1. Учителей.", "1.2. Учеников.", "Срок: май 2025 г.") == [
        ("1", "", "Провести набор.\n1.1. Учителей.\n1.2. Учеников.", "Срок: май 2025 г.")
    ]


def test_those_addressed_by_the_leading_clause_answer_for_its_parts() -> None:
    assert rows(
        "2. Директорам школ:",
        "2.1. Собрать отчёты.",
        "Срок – май 2025 г.",
        "2.2. Провести набор.",
        "Срок – июнь 2025 г.",
    ) == [
        ("2.1", "Директорам школ", "Собрать отчёты.", "Срок – май 2025 г."),
        ("2.2", "Директорам школ", "Провести набор.", "Срок – июнь 2025 г."),
    ]


def test_those_addressed_in_the_clause_itself_are_parted_from_what_is_asked() -> None:
    assert rows("1. Директорам школ области предоставить письмо на почту:", "a@school.ru.", "Срок – май 2025 г.") == [
        ("1", "Директорам школ области", "Предоставить письмо на почту:\na@school.ru.", "Срок – май 2025 г.")
    ]


def test_a_responsible_named_on_a_line_of_its_own_is_taken() -> None:
    assert rows("1. Собрать отчёты.", "Ответственный: Иванова И.И.", "Срок: май 2025 г.")[0][1] == "Иванова И.И."


@pytest.mark.parametrize(
    ("clause", "phrase"),
    [
        ("1. Собрать отчёты. Срок: до 15 мая 2025 г.", "Срок: до 15 мая 2025 г."),
        ("1. Собрать отчёты в срок до 15 мая 2025 г.", "до 15 мая 2025 г."),
    ],
)
def test_a_term_may_stand_at_the_end_of_its_clause(clause: str, phrase: str) -> None:
    ((_, _, title, found),) = rows(clause)
    assert (title.rstrip("."), found) == ("Собрать отчёты", phrase)


def test_what_is_only_noted_is_left_out() -> None:
    assert rows("1. Принять информацию Иванова И.И. к сведению.", "2. Собрать отчёты.", "Срок: май 2025 г.") == [
        ("2", "", "Собрать отчёты.", "Срок: май 2025 г.")
    ]


def test_a_clause_that_names_dates_of_other_papers_only_is_told_apart_and_has_no_row() -> None:
    draft = read(
        "1. Продолжить исполнение протокола от 26 октября 2024 г. № 2.", "2. Собрать отчёты.", "Срок: май 2025 г."
    )
    assert [row.number for row in draft.rows] == ["2"]
    (problem,) = [problem for problem in draft.problems if problem.code.value == "clauses_without_term"]
    assert problem.facts == {"numbers": "1"}


def test_the_agenda_above_the_decisions_is_not_taken_for_decisions() -> None:
    text = "ПРОТОКОЛ\n\n1. О наборе.\n\nРЕШИЛИ:\n\n1. Собрать отчёты.\nСрок: май 2025 г."
    draft = read_document(text.encode(), "протокол.txt", today=date(2024, 9, 1))
    assert "clauses_without_term" not in [problem.code.value for problem in draft.problems]


def test_a_text_without_any_term_is_no_document_of_ours() -> None:
    with pytest.raises(NoTableError):
        read("1. Принять информацию к сведению.", "2. Работать дальше.")


def test_two_sections_may_number_their_decisions_alike() -> None:
    draft = read(
        "I. О наборе",
        "",
        "1. Провести набор.",
        "Срок: май 2025 г.",
        "",
        "II. Об отчётах",
        "",
        "1. Сдать отчёт.",
        "Срок: май 2025 г.",
    )
    assert [(row.number, row.group) for row in draft.rows] == [("1", "I. О наборе"), ("1", "II. Об отчётах")]


def found(*lines: str) -> list[tuple[str | None, str, str | None]]:
    ends = [row.term.to_json()["end"] if row.term else None for row in read(*lines).rows]
    return [(row.number, row.title, end) for row, end in zip(read(*lines).rows, ends, strict=True)]


@pytest.mark.parametrize(
    "line",
    [
        "Срок по п. 2.1–2.3 – до 15 мая 2025 г.",
        "Срок исполнения пунктов 2.1 – 2.3: до 15 мая 2025 г.",
        "Срок (пп. 2.1, 2.2 и 2.3) – до 15 мая 2025 г.",
        "3. Установить срок исполнения пунктов 2.1-2.3 – до 15 мая 2025 г.",
    ],
)
def test_a_term_for_a_range_of_clauses_governs_each_of_them_and_nothing_else(line: str) -> None:
    lines = ("1. Работать дружно.", "2.1. Собрать отчёты.", "2.2. Провести набор.", "2.3. Сдать списки.", line)
    assert found(*lines) == [
        ("2.1", "Собрать отчёты.", "2025-05-15"),
        ("2.2", "Провести набор.", "2025-05-15"),
        ("2.3", "Сдать списки.", "2025-05-15"),
    ]
    assert not any(row.term and row.term.doubts for row in read(*lines).rows)


def test_one_term_below_all_parts_of_a_led_list_is_the_term_of_each() -> None:
    lines = ("2. Директорам школ:", "2.1. Собрать отчёты.", "2.2. Провести набор.", "Срок – до 15 мая 2025 г.")
    assert rows(*lines) == [
        ("2.1", "Директорам школ", "Собрать отчёты.", "Срок – до 15 мая 2025 г."),
        ("2.2", "Директорам школ", "Провести набор.", "Срок – до 15 мая 2025 г."),
    ]
    assert not any(row.term and row.term.doubts for row in read(*lines).rows)


def test_a_term_below_the_second_of_two_clauses_is_doubtful_for_the_first() -> None:
    draft = read("1. Собрать отчёты.", "2. Провести набор.", "Срок: до 15 мая 2025 г.")
    doubts = [(row.number, [doubt.value for doubt in row.term.doubts] if row.term else None) for row in draft.rows]
    assert doubts == [("1", ["shared"]), ("2", [])]


@pytest.mark.parametrize(
    ("clause", "reason"),
    [
        ("1. Утвердить план работы.", "nothing that could have a day"),
        ("1. Продолжить исполнение протокола от 26 октября 2024 г. № 2.", "the days are in the other paper"),
        ("1. Школам сдать отчёты в установленные сроки.", "it names its term, elsewhere"),
    ],
)
def test_a_clause_that_cannot_share_the_term_below_gets_no_row(clause: str, reason: str) -> None:
    assert [row.number for row in read(clause, "2. Провести набор.", "Срок: май 2025 г.").rows] == ["2"], reason


def test_lettered_parts_with_terms_of_their_own_are_rows_of_the_same_addressee() -> None:
    lines = (
        "1. Директорам школ:",
        "а) собрать отчёты;",
        "Срок: май 2025 г.",
        "б) провести набор.",
        "Срок: июнь 2025 г.",
    )
    assert rows(*lines) == [
        ("1.а", "Директорам школ", "собрать отчёты;", "Срок: май 2025 г."),
        ("1.б", "Директорам школ", "провести набор.", "Срок: июнь 2025 г."),
    ]


@pytest.mark.parametrize("marks", [("а)", "б)"), ("–", "–"), ("-", "-"), ("•", "•")])
def test_parts_without_terms_of_their_own_stay_one_row_of_their_clause(marks: tuple[str, str]) -> None:
    lines = ("1. Директорам школ:", f"{marks[0]} собрать отчёты;", f"{marks[1]} провести набор.", "Срок: май 2025 г.")
    title = f"{marks[0]} собрать отчёты;\n{marks[1]} провести набор."
    assert rows(*lines) == [("1", "Директорам школ", title, "Срок: май 2025 г.")]


def test_the_verb_of_a_leading_clause_belongs_to_each_of_its_parts() -> None:
    lines = ("2. Директорам школ обеспечить:", "2.1. Сдачу отчётов.", "Срок – май 2025 г.")
    assert rows(*lines) == [("2.1", "Директорам школ", "Обеспечить: Сдачу отчётов.", "Срок – май 2025 г.")]


@pytest.mark.parametrize(
    "lines",
    [
        ("1. Собрать отчёты.", "Срок: май 2025 г.", "Ответственные: Иванова И.И., Петров П.П."),
        ("1. Собрать отчёты.", "Ответственные: Иванова И.И., Петров П.П.", "Срок: май 2025 г."),
        ("1. Собрать отчёты.", "Ответственные:", "Иванова И.И.", "Петров П.П.", "Срок: май 2025 г."),
        ("1. Собрать отчёты.", "Срок: май 2025 г. Ответственные: Иванова И.И., Петров П.П."),
        ("1. Собрать отчёты.", "Отв.: Иванова И.И., Петров П.П., срок: май 2025 г."),
        ("1. Собрать отчёты (срок: май 2025 г., отв.: Иванова И.И., Петров П.П.).",),
    ],
)
def test_those_responsible_are_found_before_and_behind_the_term(lines: tuple[str, ...]) -> None:
    ((_, responsible, title, _),) = rows(*lines)
    assert (responsible, title.rstrip(".")) == ("Иванова И.И., Петров П.П.", "Собрать отчёты")


def test_a_clause_may_end_with_a_term_that_nothing_labels() -> None:
    assert found("1. Директорам школ сдать отчёт до 15 мая 2025 г.", "2. Провести набор.", "Срок: июнь 2025 г.") == [
        ("1", "Сдать отчёт", "2025-05-15"),
        ("2", "Провести набор.", "2025-06-30"),
    ]


def test_a_day_inside_a_clause_with_a_term_below_is_not_its_term() -> None:
    assert found("1. Собрать отчёты за время до 15 мая 2025 г.", "Срок: до 20 мая 2025 г.") == [
        ("1", "Собрать отчёты за время до 15 мая 2025 г.", "2025-05-20")
    ]


@pytest.mark.parametrize(
    ("addressee", "cohort"),
    [
        ("Инициаторам создания центров, созданных в 2023 году:", "2023"),
        ("Участникам проекта 2024 года:", "2024"),
        ("Инициаторам центров, созданных в 2022 г., 2023 и 2024 гг.:", None),
        ("Муниципальным координаторам:", None),
    ],
)
def test_a_year_in_the_addressee_is_the_proposed_cohort(addressee: str, cohort: str | None) -> None:
    (row,) = read(f"2. {addressee}", "2.1. Собрать отчёты за 2021 год.", "Срок – май 2025 г.").rows
    assert (row.cohort, row.responsible) == (cohort, addressee.rstrip(":"))


def test_a_table_approved_by_an_order_and_the_terms_of_its_clauses_are_both_read() -> None:
    text = (
        "ПРИКАЗ\n\nПРИКАЗЫВАЮ:\n\n1. Утвердить план.\n2. Директорам школ сдать отчёты.\nСрок: май 2025 г.\n\n"
        "№\tМероприятие\tСрок\n1\tНабор\tиюнь 2025 г.\n"
    )
    draft = read_document(text.encode(), "приказ.txt", today=date(2024, 9, 1))
    assert [(row.number, row.title) for row in draft.rows] == [("2", "Сдать отчёты."), ("1", "Набор")]
