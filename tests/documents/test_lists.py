"""Lists that people type or paste into the chat, one matter a line."""

from __future__ import annotations

from datetime import date

import pytest

from bot.documents.errors import NoTableError
from bot.documents.reading import read_document
from bot.domain.documents import DocumentDraft


def read(*lines: str) -> DocumentDraft:
    return read_document("\n".join(lines).encode(), "текст.txt", today=date(2024, 9, 1))


@pytest.mark.parametrize(
    ("line", "number", "title", "phrase", "responsible"),
    [
        ("1. Провести вебинар – до 15 ноября, отв. Иванова", "1", "Провести вебинар", "до 15 ноября", "Иванова"),
        ("Вебинар для учителей — 15 ноября", None, "Вебинар для учителей", "15 ноября", ""),
        ("2) Сдать отчёт до 20.11.2024 (отв. Петров П.П.)", "2", "Сдать отчёт", "до 20.11.2024", "Петров П.П."),
        ("- Собрать заявки: до 1 декабря 2024 г.", None, "Собрать заявки", "до 1 декабря 2024 г", ""),
        ("3. Мониторинг, ежеквартально", "3", "Мониторинг", "ежеквартально", ""),
        ("15 ноября – вебинар для учителей", None, "вебинар для учителей", "15 ноября", ""),
        ("4. Конкурс «Учитель 2024» с 1 по 15 октября", "4", "Конкурс «Учитель 2024»", "с 1 по 15 октября", ""),
        ("5. Отчёт, отв. Иванова, срок – до 15 ноября", "5", "Отчёт", "срок – до 15 ноября", "Иванова"),
        ("6. Семинар | Петрова А.А. | 12.12.2024", "6", "Семинар | Петрова А.А.", "12.12.2024", ""),
        ("7. Отчёт за I квартал: не позднее 10 мая 2025", "7", "Отчёт за I квартал", "не позднее 10 мая 2025", ""),
    ],
)  # fmt: skip
def test_a_line_gives_up_its_matter_its_term_and_who_answers(
    line: str, number: str | None, title: str, phrase: str, responsible: str
) -> None:
    (row,) = read(line).rows
    assert (row.number, row.title, row.phrase, row.responsible) == (number, title, phrase, responsible)
    assert row.term is not None
    assert row.term.has_date


def test_a_heading_above_a_numbered_list_is_no_row() -> None:
    draft = read(
        "План на ноябрь 2024 г.", "Готовим к 1 декабря 2024 г.", "1. Вебинар – 15 ноября", "2. Отчёт – 20 ноября"
    )
    assert [row.number for row in draft.rows] == ["1", "2"]


def test_a_numbered_line_without_a_term_among_others_is_a_question() -> None:
    draft = read("1. Вебинар – 15 ноября", "2. Собрать заявки", "3. Отчёт – 20 ноября")
    assert [(row.number, row.phrase) for row in draft.rows] == [("1", "15 ноября"), ("2", ""), ("3", "20 ноября")]
    assert [problem.code.value for problem in draft.rows[1].problems] == ["no_phrase"]


@pytest.mark.parametrize(
    "text",
    [
        "Приказ Минпросвещения от 3 сентября 2019 г.",
        "В соответствии с положением, принятым на заседании 2019",
        "1. Общие положения.\n2. Порядок работы.",
        "Добрый день! Завтра будет собрание.",
    ],
)
def test_prose_is_no_list(text: str) -> None:
    with pytest.raises(NoTableError):
        read(text)


def test_columns_kept_apart_by_spaces_are_a_table() -> None:
    draft = read(
        "№  Мероприятие  Ответственный  Срок",
        "1  Провести вебинар  Иванова И.И.  до 15 ноября 2024 г.",
        "2  Сдать отчёт    Петров П.П.  20 ноября 2024 г.",
    )
    assert [(row.number, row.title, row.responsible, row.phrase) for row in draft.rows] == [
        ("1", "Провести вебинар", "Иванова И.И.", "до 15 ноября 2024 г."),
        ("2", "Сдать отчёт", "Петров П.П.", "20 ноября 2024 г."),
    ]


def test_a_pasted_table_with_a_cell_on_each_line_is_a_table() -> None:
    cells = ("№ п/п", "Мероприятие", "Ответственный", "Срок")
    rows = (
        "1.",
        "Провести вебинар",
        "Иванова И.И.",
        "до 15 ноября 2024 г.",
        "2.",
        "Сдать отчёт",
        "Школы",
        "май 2025 г.",
    )
    assert [(row.number, row.title, row.responsible, row.phrase) for row in read(*cells, *rows).rows] == [
        ("1", "Провести вебинар", "Иванова И.И.", "до 15 ноября 2024 г."),
        ("2", "Сдать отчёт", "Школы", "май 2025 г."),
    ]


def test_a_pasted_table_with_an_empty_cell_is_not_guessed_at() -> None:
    cells = ("№ п/п", "Мероприятие", "Ответственный", "Срок")
    with pytest.raises(NoTableError):
        read(*cells, "1.", "Провести вебинар", "май", "2.", "Сдать отчёт", "Школы", "июнь")


def test_a_table_drawn_with_bars_is_a_table() -> None:
    draft = read(
        "| № | Мероприятие | Срок |", "|---|---|---|", "| 1 | Вебинар | май 2025 г. |", "| 2 | Отчёт | июнь 2025 г. |"
    )
    assert [(row.number, row.title, row.phrase) for row in draft.rows] == [
        ("1", "Вебинар", "май 2025 г."),
        ("2", "Отчёт", "июнь 2025 г."),
    ]
