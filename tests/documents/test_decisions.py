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
