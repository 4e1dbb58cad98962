"""Marks under quarters, months or years say a term in words that the grammar reads."""

from __future__ import annotations

from datetime import date

import pytest

from bot.documents.errors import UnknownColumnsError
from bot.documents.reading import read_document
from bot.domain.documents import DocumentDraft, RowDraft
from bot.domain.reading_choices import Column, ReadingChoices
from tests.documents.sheets import book
from tests.documents.word import cell, docx, p, row, table

TODAY = date(2024, 9, 1)
QUARTERS = ("I кв.", "II кв.", "III кв.", "IV кв.")


def parts(found: RowDraft) -> list[tuple[str | None, str | None]]:
    assert found.term is not None
    term = found.term.to_json()
    return [(part["start"], part["end"]) for part in term.get("parts") or [term]]


def read(header: tuple[str, ...], *marks: str, title: str = "План на 2025 год") -> DocumentDraft:
    rows = [(title,), (), ("№", "Мероприятие", *header), ("1", "Дело", *marks)]
    return read_document(book(*rows), "план.xlsx", today=TODAY)


@pytest.mark.parametrize(
    ("header", "marks", "phrase", "reason"),
    [
        (QUARTERS, ("+", "", "+", ""), "I квартал, III квартал", "plus signs"),
        (QUARTERS, ("х", "–", "Х", "нет"), "I квартал, III квартал", "crosses, and ways to say no"),
        (QUARTERS, ("✓", "", "√", "0"), "I квартал, III квартал", "ticks, and a nought"),
        (QUARTERS, ("", "10", "", "12 чел."), "II квартал, IV квартал", "figures of the plan"),
        (QUARTERS, ("", "семинар", "", ""), "II квартал", "a word says what is done then"),
        (QUARTERS, ("", "до 15.05", "", ""), "до 15.05", "a day of the quarter"),
        (QUARTERS, ("", "15.05.2025", "", "+"), "15.05.2025, IV квартал", "a whole date beside a mark"),
        (("1 квартал", "2 квартал", "3-й квартал", "4 кв"), ("+", "", "", "+"), "I квартал, IV квартал", "figures"),
        (("Первый квартал", "Второй квартал"), ("", "+"), "II квартал", "words"),
        (("I", "II", "III", "IV"), ("", "+", "", ""), "II квартал", "four Roman figures side by side"),
        (("I полугодие", "II полугодие"), ("", "+"), "II полугодие", "half-years"),
        (("янв", "фев.", "Март", "апрель"), ("+", "", "+", ""), "январь, март", "months, shortened or not"),
        (QUARTERS, ("", "май", "", "до конца ноября"), "май, до конца ноября", "a month of the quarter"),
        (("янв", "фев"), ("", "10–12"), "10–12 февраля", "days of the month"),
        (("янв", "фев"), ("до 20", ""), "до 20 января", "a day of the month"),
        (("янв", "фев"), ("15", ""), "январь", "a figure may be a day or a number of people: the month holds for both"),
        (("январь 2025", "02.2025"), ("+", "+"), "январь, февраль 2025 г.", "the year in each heading"),
    ],
)
def test_marks_become_a_phrase(header: tuple[str, ...], marks: tuple[str, ...], phrase: str, reason: str) -> None:
    (found,) = read(header, *marks).rows
    assert found.phrase == phrase, reason
    assert all(end and end.startswith("2025") for _, end in parts(found)), reason


def test_each_mark_is_a_term_of_its_own() -> None:
    (found,) = read(QUARTERS, "+", "", "+", "").rows
    assert parts(found) == [("2025-01-01", "2025-03-31"), ("2025-07-01", "2025-09-30")]


def test_years_above_the_quarters() -> None:
    """«2025: I II III IV | 2026: I II III IV», the title names neither."""
    header = row(
        cell("№", merge="restart"),
        cell("Мероприятие", merge="restart"),
        cell("2025 год", span=4),
        cell("2026 год", span=4),
    )
    below = row(cell(merge="continue"), cell(merge="continue"), *("I", "II", "III", "IV") * 2)
    marks = ("", "", "+", "+", "+", "", "", "")
    data = docx(p("План мероприятий"), table(header, below, ("1", "Дело", *marks)))
    (found,) = read_document(data, "план.docx", today=TODAY).rows
    assert found.phrase == "III квартал, IV квартал 2025 г., I квартал 2026 г."
    assert [end for _, end in parts(found)] == ["2025-09-30", "2025-12-31", "2026-03-31"]


@pytest.mark.parametrize(
    ("marks", "phrase", "last"),
    [
        (("+", "", "+"), "2025 г., 2027 г.", "2027-12-31"),
        (("", "июнь", ""), "июнь 2026 г.", "2026-06-30"),
        (("", "II кв.", "+"), "II кв. 2026 г., 2027 г.", "2027-12-31"),
    ],
)
def test_years_as_columns(marks: tuple[str, ...], phrase: str, last: str) -> None:
    header = row(cell("№", merge="restart"), cell("Мероприятие", merge="restart"), cell("Срок реализации", span=3))
    below = row(cell(merge="continue"), cell(merge="continue"), "2025", "2026", "2027")
    data = docx(p("План"), table(header, below, ("1", "Дело", *marks)))
    (found,) = read_document(data, "план.docx", today=TODAY).rows
    assert (found.phrase, parts(found)[-1][1]) == (phrase, last)


def test_a_bar_over_several_months_is_one_stretch() -> None:
    header = row(*(cell(text) for text in ("№", "Мероприятие", "янв", "фев", "март", "апр")))
    bar = row("1", "Дело", cell("+", span=3), "")
    (found,) = read_document(docx(p("План на 2025 год"), table(header, bar)), "план.docx", today=TODAY).rows
    assert found.phrase == "январь – март"
    assert parts(found) == [("2025-01-01", "2025-03-31")]


def test_months_of_a_school_year_lie_in_two_years() -> None:
    header = row(
        cell("№", merge="restart"),
        cell("Мероприятие", merge="restart"),
        cell("2025/2026 учебный год", span=3),
    )
    below = row(cell(merge="continue"), cell(merge="continue"), "сентябрь", "декабрь", "январь")
    data = docx(p("План"), table(header, below, ("1", "Дело", "+", "", "+")))
    (found,) = read_document(data, "план.docx", today=TODAY).rows
    assert found.phrase == "сентябрь 2025 г., январь 2026 г."
    assert [end for _, end in parts(found)] == ["2025-09-30", "2026-01-31"]


def test_a_row_without_a_mark_has_no_term_and_one_with_its_own_words_keeps_them() -> None:
    rows = [("№", "Мероприятие", "Срок", *QUARTERS), ("1", "Дело", "май 2025 г.", "5", "5", "5", "5")]
    rows.append(("2", "Второе", "", "", "", "", ""))
    first, second = read_document(book(*rows), "план.xlsx", today=TODAY).rows
    assert (first.phrase, second.phrase, second.term) == ("май 2025 г.", "", None)


@pytest.mark.parametrize(
    ("mark", "reason"),
    [("до 15", "of which month?"), ("до 15-го числа", "of which month?")],
)
def test_a_day_without_its_month_is_left_to_the_coordinator(mark: str, reason: str) -> None:
    (found,) = read(QUARTERS, "", mark, "", "").rows
    assert mark in found.phrase
    assert not (found.term and found.term.has_date), reason


@pytest.mark.parametrize(
    "header",
    [
        ("Срок", "2024", "2025", "2026"),
        ("Срок", "Финансирование I квартал", "Финансирование II квартал"),
        ("Срок", "Факт I кв.", "Факт II кв."),
    ],
)
def test_money_and_facts_by_time_are_no_terms(header: tuple[str, ...]) -> None:
    rows = [("№", "Мероприятие", *header), ("1", "Дело", "", *["100"] * (len(header) - 1))]
    (found,) = read_document(book(*rows), "план.xlsx", today=TODAY).rows
    assert found.phrase == ""


def test_beside_a_calendar_only_the_matter_is_asked_for() -> None:
    data = book(("Что задумали", *QUARTERS), ("Собрать заявки", "+", "", "", ""), ("Сдать", "", "", "+", ""))
    with pytest.raises(UnknownColumnsError) as caught:
        read_document(data, "план.xlsx", today=TODAY)
    assert (caught.value.facts["missing"], caught.value.facts["labels"]) == (("title",), ("Что задумали", *[""] * 4))
    draft = read_document(data, "план.xlsx", today=TODAY, choices=ReadingChoices(columns={Column.TITLE: 0}))
    assert [(found.title, found.phrase) for found in draft.rows] == [
        ("Собрать заявки", "I квартал"),
        ("Сдать", "III квартал"),
    ]


def test_pages_of_plain_text_have_quarters_too() -> None:
    text = "План на 2025 год\n\n№\tМероприятие\tI кв.\tII кв.\n1\tДело\t\t+\n2\tВторое\t+\t\n"
    draft = read_document(text.encode(), "план.txt", today=TODAY)
    assert [found.phrase for found in draft.rows] == ["II квартал", "I квартал"]


@pytest.mark.parametrize(
    ("header", "cells", "phrase"),
    [
        (("Плановое начало", "Плановое окончание"), ("12.05.2025", "16.05.2025"), "12.05.2025 – 16.05.2025"),
        (("Дата начала", "Дата окончания"), ("12.05.2025", "12.05.2025"), "12.05.2025"),
        (("Срок начала", "Срок завершения"), ("", "16.05.2025"), "до 16.05.2025"),
        (("Начало (план)", "Окончание (план)"), ("12.05.2025", ""), "с 12.05.2025"),
        (("Срок с", "Срок по"), ("12.05.2025", "16.05.2025"), "12.05.2025 – 16.05.2025"),
        (("Срок начала/окончания",), ("12.05.2025 – 16.05.2025",), "12.05.2025 – 16.05.2025"),
        (("Дата окончания",), ("до 16.05.2025",), "до 16.05.2025"),
    ],
)
def test_a_beginning_and_an_end_make_one_phrase(header: tuple[str, ...], cells: tuple[str, ...], phrase: str) -> None:
    (found,) = read(header, *cells).rows
    assert found.phrase == phrase
    assert found.term is not None
    assert found.term.has_date
