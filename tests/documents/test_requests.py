"""A letter asks in sentences: each is a matter with its own day, and none is lost behind a day of the next."""

from __future__ import annotations

from datetime import date

import pytest

from bot.documents.reading import read_document
from bot.domain.documents import DocumentDraft, ProblemCode

HEADING = ("МИНИСТЕРСТВО ОБРАЗОВАНИЯ", "15.01.2026 № 77", "", "Руководителям школ", "")


def read(*lines: str) -> DocumentDraft:
    return read_document("\n".join((*HEADING, *lines)).encode(), "письмо.txt", today=date(2026, 1, 15))


def rows(*lines: str) -> list[tuple[str, str]]:
    return [(row.title, row.phrase) for row in read(*lines).rows]


@pytest.mark.parametrize(
    ("text", "title", "phrase"),
    [
        ("Просим в срок до 20 января 2026 г. направить сведения.", "Направить сведения.", "до 20 января 2026 г."),
        ("Прошу Вас до 20 января 2026 г. направить сведения.", "Направить сведения.", "до 20 января 2026 г."),
        ("В связи с ней просим направить сведения до 20 января 2026 г.", "Направить сведения", "до 20 января 2026 г"),
        ("Просим сдать сведения. Срок – до 20 января 2026 г.", "Сдать сведения.", "Срок – до 20 января 2026 г."),
        (
            "Просим до 20 января 2026 г. направить:\n1) списки;\n2) заявки.",
            "Направить\n1) списки;\n2) заявки.",
            "до 20 января 2026 г.",
        ),
        ("Прошу в срок до 20 января 2026 г.:\n- направить списки.", "- направить списки.", "до 20 января 2026 г."),
    ],
)  # fmt: skip
def test_a_request_gives_up_its_matter_and_its_term(text: str, title: str, phrase: str) -> None:
    (row,) = read(*text.split("\n")).rows
    assert (row.title, row.phrase, row.problems) == (title, phrase, ())


def test_a_day_of_the_next_sentence_does_not_take_the_place_of_the_request() -> None:
    assert rows("Просим в срок до 20 января 2026 г. направить сведения. Семинар пройдёт 25 января 2026 г.") == [
        ("Направить сведения.", "до 20 января 2026 г."),
        ("Семинар пройдёт", "25 января 2026 г"),
    ]


def test_one_of_two_days_of_a_request_is_doubtful() -> None:
    (row,) = read("Просим направить сведения о детях, рождённых до 1 сентября 2019 г., до 10 февраля 2026 г.").rows
    assert row.phrase == "до 10 февраля 2026 г."
    assert [problem.facts for problem in row.problems] == [{"doubt": "shared"}]


def test_a_request_without_a_term_is_told() -> None:
    draft = read("Просим известить школы.", "Просим до 20 января 2026 г. направить сведения.")
    (problem,) = [found for found in draft.problems if found.code is ProblemCode.CLAUSES_WITHOUT_TERM]
    assert problem.facts == {"numbers": "«Просим известить школы.»"}


def test_a_term_below_a_list_of_a_letter_is_not_that_of_the_list() -> None:
    found = rows(
        "Прошу до 20 января 2026 г. направить:",
        "1) списки;",
        "Просим представить отчёт.",
        "Срок – до 3 марта 2026 г.",
    )
    assert [phrase for _, phrase in found] == ["до 20 января 2026 г.", "Срок – до 3 марта 2026 г."]


def test_an_hour_with_its_zone_in_brackets_stays_with_its_day() -> None:
    assert rows("Вебинар – 19 января 2026 г. в 14:00 (мск).") == [("Вебинар", "19 января 2026 г. в 14:00 (мск)")]
