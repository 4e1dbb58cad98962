"""Only what is resolved becomes a row: nothing of an agenda, of those present, or of a speech."""

from __future__ import annotations

from datetime import date

import pytest

from bot.demo.minutes import minutes
from bot.documents.reading import read_document
from bot.documents.resolving import resolves
from bot.domain.documents import DocumentDraft, ProblemCode

HEADING = ("ПРОТОКОЛ", "", "05.11.2025 № 3", "")


def read(*lines: str) -> DocumentDraft:
    return read_document("\n".join((*HEADING, *lines)).encode(), "протокол.txt", today=date(2025, 9, 1))


def rows(*lines: str) -> list[tuple[str | None, str, str, str]]:
    return [(row.number, row.responsible, row.title, row.phrase) for row in read(*lines).rows]


def unresolved(draft: DocumentDraft) -> str | None:
    found = [problem for problem in draft.problems if problem.code is ProblemCode.CLAUSES_WITHOUT_TERM]
    return found[0].facts["numbers"] if found else None


FIRST = ("1. О наборе", "СЛУШАЛИ: Иванову И.И.", "РЕШИЛИ:", "1.1. Школам собрать заявки. Срок – до 10 декабря 2025 г.")
LAST = ("РЕШИЛИ:", "2.1. Школам собрать планы. Срок – до 20 декабря 2025 г.")


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (("2. О плане до 2027 года", "СЛУШАЛИ: Иванову И.И. о плане до 1 февраля 2026 г."), "a question, a report"),
        (("СЛУШАЛИ:", "ВЫСТУПИЛИ: Петров, который предложил до 1 марта 2026 г. собрать отчёты."), "a proposal"),
        (("2. Отдых детей", "СЛУШАЛИ:", "1. Школам до 1 марта 2026 г. собрать отчёты."), "a numbered proposal"),
        (("2. Слушали: Петров", "Отметили:", "1) подготовить отчёты – до 1 марта 2026 г."), "in small letters"),
        (("ПОВЕСТКА ДНЯ:", "1. Подготовить форум до 1 марта 2026 г."), "an agenda of the next question"),
        (("СЛУШАЛИ:", "Собрать отчёты.", "Срок – до 1 марта 2026 г."), "a «Срок» that was proposed"),
        (("Присутствовали:", "1. Иванов И.И., с 1 марта 2026 г. директор"), "a list of those present"),
    ],
)
def test_what_is_said_between_two_resolutions_gives_no_row(said: tuple[str, ...], reason: str) -> None:
    found = rows(*FIRST, *said, *LAST)
    assert [(number, phrase) for number, _, _, phrase in found] == [
        ("1.1", "Срок – до 10 декабря 2025 г."),
        ("2.1", "Срок – до 20 декабря 2025 г."),
    ], reason


def test_an_agenda_with_dates_above_the_first_resolution_gives_no_row() -> None:
    agenda = ("Повестка дня:", "1. О плане до 2027 года", "2. Собрать форум до 1 марта 2026 г.")
    assert [row[0] for row in rows(*agenda, *FIRST, *LAST)] == ["1.1", "2.1"]


def test_the_question_is_the_section_of_what_was_resolved_on_it() -> None:
    draft = read(*FIRST, "2. О плане", "СЛУШАЛИ: Иванову И.И.", *LAST, "СЛУШАЛИ: Петрова П.П. о разном", *LAST)
    assert [row.group for row in draft.rows] == ["1. О наборе", "2. О плане", None]


def test_minutes_without_a_resolving_word_are_read_whole() -> None:
    assert rows("1. О наборе", "1.1. Школам собрать заявки.", "Срок – до 10 декабря 2025 г.") == [
        ("1.1", "Школам", "Собрать заявки.", "Срок – до 10 декабря 2025 г.")
    ]


@pytest.mark.parametrize(
    ("line", "does"),
    [
        ("РЕШИЛИ:", True),
        ("РЕШИЛИ", True),
        ("п р и к а з ы в а ю:", True),
        ("Коллегия решила:", True),
        ("2. ПОСТАНОВИЛИ:", True),
        ("Принято решение: Школам сдать отчёты.", True),
        ("Поручения:", True),
        ("Срок исполнения поручения: до 1 марта 2026 г.", False),
        ("3. Директорам школ рекомендовать:", False),
        ("Дата решения: 5 ноября 2025 г.", False),
    ],
)
def test_words_behind_which_decisions_follow(line: str, does: bool) -> None:
    assert resolves(line) is does


def test_decisions_without_numbers_are_read_below_the_word() -> None:
    draft = read(
        "РЕШИЛИ: Директорам школ в срок до 1 марта 2026 г. собрать отчёты.",
        "Провести набор.",
        "Срок – до 5 марта 2026 г.",
        "Разместить сведения на сайте.",
    )
    assert [(row.number, row.responsible, row.title, row.phrase) for row in draft.rows] == [
        (None, "Директорам школ", "Собрать отчёты.", "до 1 марта 2026 г."),
        (None, "", "Провести набор.", "Срок – до 5 марта 2026 г."),
    ]
    assert unresolved(draft) == "«Разместить сведения на сайте.»"


@pytest.mark.parametrize("heading", ["1. О готовности центров", "1. Готовность центров"])
def test_a_heading_above_numbered_clauses_is_no_matter(heading: str) -> None:
    draft = read(
        heading,
        "1.1. Принять к сведению.",
        "1.2. Продолжить исполнение поручений протокола от 1 сентября 2025 г. № 2.",
        "1.3. Школам направить паспорта.",
        "Срок – до 1 декабря 2025 г.",
    )
    assert [(row.number, row.title, row.group) for row in draft.rows] == [("1.3", "Направить паспорта.", heading)]
    assert unresolved(draft) == "1.2"


def test_the_demonstrations_minutes_give_each_instruction_to_whom_it_addresses() -> None:
    draft = read_document(minutes(date(2025, 11, 20)), "протокол.docx", today=date(2025, 11, 20))
    assert [(row.number, row.responsible, row.cohort) for row in draft.rows] == [
        ("1.3", "Координаторам школ", None),
        ("1.4", "Руководителям образовательных организаций", None),
        ("2.1", "Муниципальным координаторам", None),
        ("2.2", "Педагогам центров, созданных в 2025 году", "2025"),
        ("3.1", "Координаторам школ", None),
        ("3.2", "Департаменту", None),
    ]
    assert all("\n" not in row.title and row.term is not None for row in draft.rows)
    assert unresolved(draft) == "1.2"
